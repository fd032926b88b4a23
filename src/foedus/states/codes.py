"""States by number and by three letters."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import zip_longest

from foedus.errors import UnknownStateError
from foedus.states.answer import Lookup, one, tag
from foedus.states.model import State
from foedus.states.outside import GW_ONLY, TERRITORIES
from foedus.states.reading import all_states


def state_by_cow(cow: int) -> State:
    """The state with that COW number; UnknownStateError."""
    state = _by_cow().get(cow)
    if state is None:
        raise UnknownStateError(f"{cow} is no COW state number.", _number_hint(cow))
    return state


def state_by_code(code: str) -> State:
    """The state with that display code, present or past (RUS, SUN); UnknownStateError.

    COW abbreviations are not read here; ``find_state`` reads them.
    """
    state = _by_display().get(code.upper()) or _by_past_code().get(code.upper())
    if state is None:
        raise UnknownStateError(
            f"{code!r} is no display code of a state.", _letters_hint(code.upper())
        )
    return state


def state_by_gw(gw: int, on: date) -> State:
    """The state that Gleditsch and Ward number ``gw`` on that day; UnknownStateError."""
    for state in all_states():
        if state.gw_on(on) == gw:
            return state
    raise UnknownStateError(
        f"{gw} is no Gleditsch-Ward number of a COW state on {on}.", _number_hint(gw)
    )


@cache
def _by_cow() -> dict[int, State]:
    return {state.cow: state for state in all_states()}


@cache
def _by_display() -> dict[str, State]:
    return {state.code: state for state in all_states()}


@cache
def _by_past_code() -> dict[str, State]:
    return {
        code: state
        for state in all_states()
        for code in (*(dated.code for dated in state.codes), *state.other_codes)
    }


@cache
def _by_abbreviation() -> dict[str, State]:
    return {state.cow_abb: state for state in all_states()}


def by_number(number: int, on: date | None) -> Lookup:
    """The lookup of a COW number."""
    state = _by_cow().get(number)
    if state is None:
        problem = UnknownStateError(f"{number} is no COW state number.", _number_hint(number))
        return Lookup(str(number), on, (), problem=problem)
    return one(str(number), on, state, ())


def _number_hint(number: int) -> str | None:
    if number in GW_ONLY:
        abbreviation, name, years = GW_ONLY[number]
        return (
            f"Gleditsch and Ward number {name} ({abbreviation}, {years}) so; "
            "Correlates of War do not count it."
        )
    for state in all_states():
        if any(spell.gw == number for spell in state.gw_spells):
            return f"{number} is the Gleditsch-Ward number of {tag(state)} (COW {state.cow})."
    return "foedus states list prints all numbers."


def by_letters(letters: str, on: date | None) -> Lookup | None:
    """The lookup of three capital letters; None when they are no code (they may be a name: PRC)."""
    abbreviated = _by_abbreviation().get(letters)
    state = _by_display().get(letters) or _by_past_code().get(letters)
    if state is not None:
        notes: tuple[str, ...] = ()
        if abbreviated is not None and abbreviated is not state:
            notes = (
                f"{letters} is read as the display code of {state.name}; as COW abbreviation it is "
                f"{tag(abbreviated)} (COW {abbreviated.cow})",
            )
        return one(letters, on, state, notes)
    if abbreviated is not None:
        notes = ()
        if letters in TERRITORIES:
            notes = (
                f"{letters} is read as COW abbreviation of {abbreviated.name}; in ISO 3166 it is "
                f"{TERRITORIES[letters]}, no member of the state system",
            )
        return one(letters, on, abbreviated, notes)
    if letters in TERRITORIES:
        problem = UnknownStateError(
            f"{letters} ({TERRITORIES[letters]}) was never a member of the COW state system.",
            "give the state that answers for it.",
        )
        return Lookup(letters, on, (), problem=problem)
    return None


def _letters_hint(letters: str) -> str | None:
    abbreviated = _by_abbreviation().get(letters)
    if abbreviated is not None:
        return f"{letters} is the COW abbreviation of {tag(abbreviated)}."
    return near_codes(letters)


def near_codes(letters: str) -> str | None:
    """A hint with the closest display codes: letters swapped first, then one letter wrong."""
    known = {code: tag(state) for code, state in {**_by_past_code(), **_by_display()}.items()}
    near = sorted(
        (code for code in known if _letters_apart(letters, code) < 2),
        key=lambda code: (_letters_apart(letters, code), code[0] != letters[:1], code),
    )[:3]
    named = list(dict.fromkeys(known[code] for code in near))
    return f"did you mean {' or '.join(named)}?" if named else None


def _letters_apart(left: str, right: str) -> int:
    """0 for the same letters in another order, else the number of places that differ."""
    if sorted(left) == sorted(right):
        return 0
    return sum(a != b for a, b in zip_longest(left, right))
