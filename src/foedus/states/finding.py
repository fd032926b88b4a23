"""From what an analyst types to the one state it means, or an error that says what would decide.

The order, and why: a number is a COW number. Three letters are first a display code, then a code of
the past, and only then a COW abbreviation, whatever the date: AUS is Australia also in 1919, when
only Austria (AUS in COW) was a member, because a code that changes its meaning with the date is a
trap. Anything else is a name and must be met whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache

from foedus.dates import parse_day
from foedus.errors import (
    AmbiguousStateError,
    FoedusError,
    NotAMemberError,
    UnknownStateError,
)
from foedus.states.model import DatedName, Span, State
from foedus.states.outside import GW_ONLY, OTHERS, TERRITORIES
from foedus.states.reading import all_states
from foedus.states.words import key, turned, without_style

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a text can mean: the candidates, remarks on other readings, and the error if not one."""

    query: str
    on: date | None
    states: tuple[State, ...]
    notes: tuple[str, ...] = ()
    problem: FoedusError | None = None


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
    """Like ``find_state``, but hands out candidates, remarks and the error, and never raises."""
    text = str(name).strip()
    day = None if on is None else parse_day(on)
    if text.isascii() and text.isdigit():
        return _by_number(int(text), day)
    if len(text) == 3 and (found := _by_letters(text.upper(), day)):
        return found
    return _by_name(text, day)


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


def tag(state: State, on: date | None = None) -> str:
    """Code and name (of the time), as messages put them: "DDR East Germany"."""
    return f"{state.code} {state.name_on(on) if on else state.name}"


# numbers and letters


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


def _by_number(number: int, on: date | None) -> Lookup:
    state = _by_cow().get(number)
    if state is None:
        problem = UnknownStateError(f"{number} is no COW state number.", _number_hint(number))
        return Lookup(str(number), on, (), problem=problem)
    return _one(str(number), on, state, ())


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


def _by_letters(letters: str, on: date | None) -> Lookup | None:
    abbreviated = _by_abbreviation().get(letters)
    state = _by_display().get(letters) or _by_past_code().get(letters)
    if state is not None:
        notes: tuple[str, ...] = ()
        if abbreviated is not None and abbreviated is not state:
            notes = (
                f"{letters} is read as the display code of {state.name}; as COW abbreviation it is "
                f"{tag(abbreviated)} (COW {abbreviated.cow})",
            )
        return _one(letters, on, state, notes)
    if abbreviated is not None:
        notes = ()
        if letters in TERRITORIES:
            notes = (
                f"{letters} is read as COW abbreviation of {abbreviated.name}; in ISO 3166 it is "
                f"{TERRITORIES[letters]}, no member of the state system",
            )
        return _one(letters, on, abbreviated, notes)
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
    return _close(letters)


def _one(
    query: str, on: date | None, state: State, notes: tuple[str, ...], bearer: str | None = None
) -> Lookup:
    """The lookup when one state is meant; the problem when it was no member on the day."""
    if on is None or state.is_member(on):
        return Lookup(query, on, (state,), notes)
    what = bearer or tag(state)
    hint = "; ".join([*holders_text(state, on), *notes]) or None
    problem = NotAMemberError(
        f"{what} (COW {state.cow}) was not a member of the state system on {on}; "
        f"it was one {state.spells_text()}.",
        f"{hint}." if hint else None,
    )
    return Lookup(query, on, (), notes, problem)


def holders_text(state: State, on: date) -> list[str]:
    """Who held the territory on a day when the state was no member; empty when not known."""
    holders = [_by_display()[holder.code] for holder in state.held if holder.covers(on)]
    named = [
        f"{tag(holder, on)} (COW {holder.cow}"
        + (")" if holder.is_member(on) else ", itself no member then)")
        for holder in holders
    ]
    return [f"on {on} its territory was under {' and '.join(named)}"] if named else []


# names


@dataclass(frozen=True, slots=True)
class _Bearer:
    state: State
    names: tuple[DatedName, ...]

    def bears(self, on: date) -> bool:
        return any(name.covers(on) for name in self.names)

    def bears_now(self) -> bool:
        open_names = any(name.end is None for name in self.names)
        return open_names and self.state.spells[-1].end is None


@cache
def _by_key() -> dict[str, tuple[_Bearer, ...]]:
    index: dict[str, dict[int, list[DatedName]]] = {}
    for state in all_states():
        for name in state.names:
            index.setdefault(key(name.name), {}).setdefault(state.cow, []).append(name)
    return {
        word: tuple(_Bearer(_by_cow()[cow], tuple(names)) for cow, names in bearers.items())
        for word, bearers in index.items()
    }


def _by_name(text: str, on: date | None) -> Lookup:
    index = _by_key()
    for spelling in (text, turned(text)):
        if spelling is None:
            continue
        if bearers := index.get(key(spelling)):
            return _decide(text, on, bearers)
    for spelling in (text, turned(text)):
        plain = without_style(spelling) if spelling else None
        if plain and (bearers := index.get(plain)):
            # A style that no state is on record with does not pick between namesakes.
            return _decide(text, on, bearers, style_unknown=True)
    return Lookup(text, on, (), problem=_unknown(text))


def _decide(
    text: str, on: date | None, bearers: tuple[_Bearer, ...], *, style_unknown: bool = False
) -> Lookup:
    if len(bearers) == 1:
        return _one(text, on, bearers[0].state, ())
    if style_unknown:
        candidates = [bearer.state for bearer in bearers]
        return _ambiguous(text, on, candidates, bearers, with_dates=False)
    if on is not None:
        candidates = _on_day(bearers, on)
        if len(candidates) == 1:
            return _one(text, on, candidates[0], ())
        if not any(state.is_member(on) for state in candidates):
            return _none_was_member(text, on, [bearer.state for bearer in bearers])
        return _ambiguous(text, on, candidates, bearers)
    now = [bearer.state for bearer in bearers if bearer.bears_now()]
    if len(now) == 1:
        return Lookup(text, on, (now[0],), tuple(_dates_that_decide(bearers, skip=now[0])))
    return _ambiguous(text, on, now or [bearer.state for bearer in bearers], bearers)


def _on_day(bearers: Iterable[_Bearer], on: date) -> list[State]:
    """Who is meant on a day: those that bear the name then; else the members that ever bore it.

    Two that bear it are two candidates even while only one is a member yet: "Korea" in early 1949
    is not the North because COW counts the South from June.
    """
    bearing = [bearer.state for bearer in bearers if bearer.bears(on)]
    if bearing:
        return bearing
    members = [bearer.state for bearer in bearers if bearer.state.is_member(on)]
    return members or [bearer.state for bearer in bearers]


def _ambiguous(
    text: str,
    on: date | None,
    candidates: list[State],
    bearers: tuple[_Bearer, ...],
    *,
    with_dates: bool = True,
) -> Lookup:
    listed = ", ".join(f"{tag(state, on)} ({state.spells_text()})" for state in candidates)
    when = f" on {on}" if on else ""
    hints = [f"give a code ({' or '.join(state.code for state in candidates)})"]
    decided = _dates_that_decide(bearers) if with_dates else []
    hints.extend(decided or ["no date decides"] if with_dates else [])
    problem = AmbiguousStateError(f"{text!r}{when} can be {listed}.", f"{'; '.join(hints)}.")
    return Lookup(text, on, tuple(candidates), (), problem)


def _none_was_member(text: str, on: date, candidates: list[State]) -> Lookup:
    listed = ", ".join(f"{tag(state)} ({state.spells_text()})" for state in candidates)
    hints = list(dict.fromkeys(hint for state in candidates for hint in holders_text(state, on)))
    problem = NotAMemberError(
        f"no state called {text!r} was a member of the state system on {on}: {listed}.",
        f"{'; '.join(hints)}." if hints else None,
    )
    return Lookup(text, on, (), (), problem)


def _dates_that_decide(bearers: tuple[_Bearer, ...], skip: State | None = None) -> list[str]:
    """For every state that a date would pick: the spans in which the name means it alone."""
    cuts: set[date] = {date.min}
    for bearer in bearers:
        for span in (*bearer.names, *bearer.state.spells):
            cuts.update({span.start} if span.start else ())
            cuts.update({span.end + _DAY} if span.end else ())
    days = sorted(cuts)
    spans: dict[int, list[Span]] = {}
    for place, day in enumerate(days):
        picked = _on_day(bearers, day)
        if len(picked) != 1 or not picked[0].is_member(day):
            continue
        last = days[place + 1] - _DAY if place + 1 < len(days) else None
        known = spans.setdefault(picked[0].cow, [])
        if known and known[-1].end == day - _DAY:
            known[-1] = Span(known[-1].start, last)
        else:
            known.append(Span(day, last))
    return [
        f"with a date {' or '.join(_when(span) for span in spans[cow])} it is {tag(_by_cow()[cow])}"
        for cow in sorted(spans)
        if skip is None or cow != skip.cow
    ]


def _when(span: Span) -> str:
    return f"from {span.start} to {span.end}" if span.end else f"since {span.start}"


def _unknown(text: str) -> UnknownStateError:
    plain = key(text)
    if not plain:
        return UnknownStateError("an empty name.", "give a code, a COW number or a name.")
    for name, what in OTHERS.items():
        if key(name) == plain:
            return UnknownStateError(f"{name} is not in the COW state system ({what}).", None)
    for code, name in TERRITORIES.items():
        if key(name) == plain:
            return UnknownStateError(
                f"{name} ({code}) was never a member of the COW state system.",
                "give the state that answers for it.",
            )
    for number, (_, name, years) in GW_ONLY.items():
        if key(name) == plain:
            return UnknownStateError(
                f"{name} ({years}) is on the list of Gleditsch and Ward ({number}), not on COW's.",
                "foedus follows COW membership.",
            )
    return UnknownStateError(
        f"{text!r} names no state of the system since 1816.",
        _close(text) or "foedus states list prints all states.",
    )


def _close(text: str) -> str | None:
    if len(text) == 3:
        known = {code: tag(state) for code, state in {**_by_past_code(), **_by_display()}.items()}
        near = get_close_matches(text.upper(), list(known), n=3, cutoff=0.6)
    else:
        known = {
            word: f"{bearer.names[0].name} ({bearer.state.code})"
            for word, bearers in _by_key().items()
            for bearer in bearers[:1]
        }
        near = get_close_matches(key(text), list(known), n=3, cutoff=0.7)
    named = list(dict.fromkeys(known[word] for word in near))
    return f"did you mean {' or '.join(named)}?" if named else None
