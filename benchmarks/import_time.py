"""Time of `import foedus` and `foedus --help`, Python's own start included."""

from __future__ import annotations

import tempfile

from measure import FOEDUS, HEAD, Measured, measure


def run() -> list[Measured]:
    with tempfile.TemporaryDirectory() as home:
        return [
            measure("python -c pass (for comparison)", "", "pass", [], home, 11),
            measure("import foedus", "0.2 s", "import foedus", [], home, 11),
            measure("foedus --help", "0.5 s", FOEDUS, ["--help"], home, 11),
        ]


if __name__ == "__main__":
    print(HEAD, *(m.line() for m in run()), sep="\n")
