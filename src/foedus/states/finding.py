"""From what an analyst types to the one state it means, or an error that says what would decide.

The order, and why: a number is a COW number. Three letters are first a display code, then a code of
the past, and only then a COW abbreviation, whatever the date: AUS is Australia also in 1919, when
only Austria (AUS in COW) was a member, because a code that changes its meaning with the date is a
trap. Anything else is a name and must be met whole.
"""

from __future__ import annotations

from datetime import date

from foedus.dates import parse_day
from foedus.states.answer import Lookup
from foedus.states.codes import by_letters, by_number
from foedus.states.model import State
from foedus.states.names import by_name


def find_state(name: str | int, on: date | str | None = None) -> State:
    """The one state that ``name`` means, as a member on ``on`` if a date is given.

    ``name`` is an alpha-3 code of today or of the past, a COW abbreviation or number, or a name or
    alias of any time; case, diacritics, hyphens, articles and formal styles do not matter.
    UnknownStateError, AmbiguousStateError (with the candidates and the dates that would decide) or
    NotAMemberError (with the spells, and who held the territory then).
    """
    found = lookup(name, on)
    if found.problem is not None:
        raise found.problem
    return found.states[0]


def matches(name: str | int, on: date | str | None = None) -> list[State]:
    """All states that ``name`` can mean (on ``on``); empty when none does."""
    return list(lookup(name, on).states)


def lookup(name: str | int, on: date | str | None = None) -> Lookup:
    """Like ``find_state``, but hands out candidates, remarks and the error instead of raising it.

    DateError when ``on`` is a text that is no date.
    """
    text = str(name).strip()
    day = None if on is None else parse_day(on)
    if text.isascii() and text.isdigit() and len(text) < 7:
        return by_number(int(text), day)
    if len(text) == 3 and (found := by_letters(text.upper(), day)):
        return found
    return by_name(text, day)
