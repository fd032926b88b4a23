"""Interstate wars since COW's list ends: a short list of facts with their sources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foedus.states import state_by_code

_FILE = Path(__file__).parent / "recent_wars.toml"


@dataclass(frozen=True, slots=True)
class RecentWar:
    """``sides``: COW codes of the states on each side; ``end`` None while no end is known."""

    name: str
    sides: tuple[frozenset[int], ...]
    start: int
    end: int | None
    status: str
    source: str

    def opposes(self, a: int, b: int, year: int) -> bool:
        """Whether the two fought each other in ``year`` (COW codes)."""
        apart = any(
            a in one and b in other for one in self.sides for other in self.sides if one != other
        )
        return apart and self.start <= year and (self.end is None or year <= self.end)


@cache
def recent_wars() -> tuple[tuple[RecentWar, ...], int]:
    """The list, and the last year it was followed to."""
    facts = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    wars = tuple(
        RecentWar(
            name=war["name"],
            sides=tuple(frozenset(state_by_code(c).cow for c in side) for side in war["sides"]),
            start=war["start"],
            end=war.get("end"),
            status=war["status"],
            source=war["source"],
        )
        for war in facts["war"]
    )
    return wars, int(facts["followed_to"])
