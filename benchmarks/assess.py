"""Time and memory of `foedus assess RUS PRK --out x.html` on the embedded default.

The first run makes the Vega runtime and keeps it in the cache; the later ones find it there.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from measure import FOEDUS, HEAD, Measured, measure


def run() -> list[Measured]:
    with tempfile.TemporaryDirectory() as folder:
        home = str(Path(folder) / "home")
        html = ["assess", "RUS", "PRK", "--out", str(Path(folder) / "x.html")]
        return [
            measure(
                "foedus assess RUS PRK, HTML, first time", "4 s, 600 MB", FOEDUS, html, home, 1
            ),
            measure("foedus assess RUS PRK, HTML", "4 s, 600 MB", FOEDUS, html, home, 7),
            measure("foedus assess RUS PRK, terminal", "", FOEDUS, html[:3], home),
        ]


if __name__ == "__main__":
    print(HEAD, *(m.line() for m in run()), sep="\n")
