"""Time and memory of importing all data, `foedus train` and `foedus backtest`.

python benchmarks/train.py [DIR]    DIR: data, by default of FOEDUS_SHARED or ../shared
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from import_data import shared_data
from measure import FOEDUS, HEAD, Measured, measure


def run(folder: Path) -> list[Measured]:
    if not folder.is_dir():
        return []
    with tempfile.TemporaryDirectory() as home:
        data = ["data", "import", str(folder), "--quiet"]
        train = ["train", "--out", str(Path(home) / "fitted")]
        return [
            measure("foedus data import, everything", "60 s", FOEDUS, data, home, 1),
            measure("foedus data import, again", "", FOEDUS, data, home, 3),
            measure("foedus train, with its backtests", "60 s", FOEDUS, train, home, 1),
            measure(
                "foedus backtest --horizon 5", "", FOEDUS, ["backtest", "--horizon", "5"], home, 1
            ),
        ]


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shared_data()
    print(HEAD, *(m.line() for m in run(folder)), sep="\n")
