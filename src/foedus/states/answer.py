"""The answer to one query, and the words for a state, its spells and who held its territory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.errors import FoedusError, NotAMemberError
from foedus.states.model import State
from foedus.states.reading import all_states

SYSTEM_START = date(1816, 1, 1)


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a text can mean: the candidates, remarks on other readings, and the error if not one."""

    query: str
    on: date | None
    states: tuple[State, ...]
    notes: tuple[str, ...] = ()
    problem: FoedusError | None = None


def tag(state: State, on: date | None = None) -> str:
    """Code and name as messages put them, "DDR East Germany"; those of the time with ``on``."""
    return f"{state.code_on(on)} {state.name_on(on)}" if on else f"{state.code} {state.name}"


def one(query: str, on: date | None, state: State, notes: tuple[str, ...]) -> Lookup:
    """The lookup when one state is meant; the problem when it was no member on the day."""
    if on is None or state.is_member(on):
        return Lookup(query, on, (state,), notes)
    early = [f"the COW state system begins on {SYSTEM_START}"] if on < SYSTEM_START else []
    hint = "; ".join([*early, *holders_text(state, on), *notes]) or None
    problem = NotAMemberError(
        f"{tag(state)} (COW {state.cow}) was not a member of the state system on {on}; "
        f"it was one {state.spells_text()}.",
        f"{hint}." if hint else None,
    )
    return Lookup(query, on, (), notes, problem)


def holders_text(state: State, on: date) -> list[str]:
    """Who held the territory on a day when the state was no member; empty when not known."""
    codes = [holder.code for holder in state.held if holder.covers(on)]
    holders = [other for code in codes for other in all_states() if other.code == code]
    named = [
        f"{tag(holder, on)} (COW {holder.cow}"
        + (")" if holder.is_member(on) else ", itself no member then)")
        for holder in holders
    ]
    return [f"on {on} its territory was under {' and '.join(named)}"] if named else []
