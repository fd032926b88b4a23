"""Write the table of factors in docs/methods.md from the code, so that the two cannot differ.

make docs                              rewrite the table
python tools/factor_table.py --check   exit 1 when it is out of date
"""

from __future__ import annotations

import sys
from pathlib import Path

from foedus.panel.factors import CLOCK, FACTORS, Factor
from foedus.panel.world import CARRY

PAGE = Path(__file__).resolve().parents[1] / "docs" / "methods.md"
START, END = "<!-- factors -->\n", "<!-- /factors -->"
#: Source as the factors name it -> the array of the world it fills, for the years it is carried on.
ARRAY = {
    "COW majors": "major",
    "COW NMC": "cinc",
    "UDS (extended)": "dem",
    "COW IGO": "igos",
    "COW contiguity": "contiguous",
    "Thompson et al. rivalries": "rivalry",
    "UNGA ideal points": "ideal",
}


def known_as_of(factor: Factor) -> str:
    """Which moment the value of the row for year y describes."""
    if factor.name in CLOCK:
        return "clock: start of y"
    if factor.source == "ATOP provisions":
        return "signature"
    if factor.source == "members":
        return "start of y"
    return "fixed" if factor.source == "capitals" else "end of y-1"


def where_missing(factor: Factor) -> str:
    """What stands where the source says nothing. Everything null enters the model at its mean."""
    if factor.source in ("register", "members"):
        return "never missing"
    years = CARRY.get(ARRAY.get(factor.source, ""))
    return f"carried {years} years, then null" if years else "null"


def factor_table() -> str:
    """The Markdown table, one row a factor."""
    head = (
        "factor",
        "what it is",
        "group",
        "unit",
        "source",
        "known as of",
        "source silent",
        "fades",
    )
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for f in FACTORS:
        fades = "yes" if f.transient else "clock" if f.name in CLOCK else "no"
        when, silent = known_as_of(f), where_missing(f)
        cells = (f"`{f.name}`", f.label, f.group, f.unit, f.source, when, silent, fades)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(START)
    _, after = rest.split(END)
    fresh = before + START + factor_table() + END + after
    if "--check" in sys.argv:
        sys.exit(fresh != text and "docs/methods.md does not show the factors as coded: make docs")
    PAGE.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    main()
