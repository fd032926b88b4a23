"""What a state is here: one member of the Correlates of War state system, with its dated names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

#: name: what foedus calls the state in that span; official: its formal style; alias: anything else
#: it is called, including names that it shares with another state.
NameKind = Literal["name", "official", "alias"]


@dataclass(frozen=True, slots=True)
class Spell:
    """Days from ``start`` to ``end``, both included; ``end`` None means it goes on."""

    start: date
    end: date | None

    def covers(self, on: date) -> bool:
        """Whether ``on`` falls in the spell."""
        return self.start <= on and (self.end is None or on <= self.end)

    def __str__(self) -> str:
        return f"{self.start} to {self.end}" if self.end else f"since {self.start}"


@dataclass(frozen=True, slots=True)
class GwSpell(Spell):
    """A spell of the Gleditsch-Ward list, under the number ``gw`` of that list."""

    gw: int


@dataclass(frozen=True, slots=True)
class Span:
    """Like a spell, but either end may be open: ``start`` None means as far back as the data go."""

    start: date | None
    end: date | None

    def covers(self, on: date) -> bool:
        """Whether ``on`` falls in the span."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)

    def __str__(self) -> str:
        if self.start is None:
            return f"until {self.end}" if self.end else "at any time"
        return f"{self.start} to {self.end}" if self.end else f"since {self.start}"


@dataclass(frozen=True, slots=True)
class DatedName(Span):
    """A name the state bears in the span. Undated facts are borne in the membership spells only."""

    name: str
    kind: NameKind


@dataclass(frozen=True, slots=True)
class DatedCode(Span):
    """An alpha-3 code that stands for the state in the span (SUN, CSK before 1993, PRU)."""

    code: str


@dataclass(frozen=True, slots=True)
class Holder(Span):
    """Another state (display ``code``) that held most of the territory in the span."""

    code: str


@dataclass(frozen=True, slots=True)
class State:
    """One entity of the Correlates of War state system (States2016), member or former member.

    ``code`` is the one alpha-3 display code: that of ISO 3166-1 where ISO has, or had, a code for
    the entity's latest form, else the COW abbreviation (see docs/states.md). ``spells`` are the COW
    membership spells; ``gw_spells`` those of Gleditsch and Ward for the same entity, ``gw`` the
    number they last give it (None: not on their main list). ``names`` hold every span in which a
    name is borne, ``codes`` the dated codes other than ``code``, ``held`` who held the territory
    when the state was no member.
    """

    code: str
    cow: int
    cow_abb: str
    gw: int | None
    name: str
    names: tuple[DatedName, ...]
    spells: tuple[Spell, ...]
    gw_spells: tuple[GwSpell, ...] = ()
    codes: tuple[DatedCode, ...] = ()
    other_codes: tuple[str, ...] = ()
    held: tuple[Holder, ...] = field(default=(), repr=False)

    def is_member(self, on: date) -> bool:
        """Whether the state was a member of the COW state system on that day."""
        return any(spell.covers(on) for spell in self.spells)

    def name_on(self, on: date) -> str:
        """The name of the time: "Soviet Union" in 1961, "Russia" in 2024."""
        for name in self.names:
            if name.kind == "name" and name.covers(on):
                return name.name
        return self.name

    def code_on(self, on: date) -> str:
        """The code of the time: SUN in 1961, RUS in 2024."""
        for dated in self.codes:
            if dated.covers(on):
                return dated.code
        return self.code

    def gw_on(self, on: date) -> int | None:
        """The Gleditsch-Ward number on that day; None when they do not list the state then."""
        for spell in self.gw_spells:
            if spell.covers(on):
                return spell.gw
        return None

    def spells_text(self) -> str:
        """The membership spells in words: "1887-01-01 to 1905-11-17"."""
        return ", ".join(str(spell) for spell in self.spells)
