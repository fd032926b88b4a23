"""States by name: met whole, decided by the date where several bear it, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache

from foedus.errors import AmbiguousStateError, NotAMemberError, UnknownStateError
from foedus.states.answer import Lookup, holders_text, one, tag
from foedus.states.codes import near_codes
from foedus.states.model import DatedName, Span, State
from foedus.states.outside import GW_ONLY, OTHERS, TERRITORIES
from foedus.states.reading import all_states
from foedus.states.words import halves, key, turned, without_style

_DAY = timedelta(days=1)


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
    states = {state.cow: state for state in all_states()}
    return {
        word: tuple(_Bearer(states[cow], tuple(names)) for cow, names in bearers.items())
        for word, bearers in index.items()
    }


def by_name(text: str, on: date | None) -> Lookup:
    """The lookup of a name, alias or formal style."""
    if bearers := _bearers(text):
        return _decide(text, on, bearers)
    if two := halves(text):
        # "Yemen (Arab Republic of Yemen)": both names must be borne by one and the same state.
        second = {bearer.state.cow for bearer in _bearers(two[1])}
        both = tuple(bearer for bearer in _bearers(two[0]) if bearer.state.cow in second)
        if len(both) == 1:
            return _decide(text, on, both)
    for spelling in (text, turned(text)):
        plain = without_style(spelling) if spelling else None
        if plain and (bearers := _by_key().get(plain)):
            # A style that no state is on record with does not pick between namesakes.
            return _decide(text, on, bearers, style_unknown=True)
    return Lookup(text, on, (), problem=_unknown(text))


def _bearers(text: str) -> tuple[_Bearer, ...]:
    """All states that ever bore the name, written as is or turned at its comma."""
    other = turned(text)
    return _by_key().get(key(text)) or (_by_key().get(key(other), ()) if other else ())


def _decide(
    text: str, on: date | None, bearers: tuple[_Bearer, ...], *, style_unknown: bool = False
) -> Lookup:
    if len(bearers) == 1:
        return one(text, on, bearers[0].state, ())
    if style_unknown:
        candidates = [bearer.state for bearer in bearers]
        return _ambiguous(text, on, candidates, bearers, with_dates=False)
    if on is not None:
        candidates = _on_day(bearers, on)
        if len(candidates) == 1:
            return one(text, on, candidates[0], ())
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
    codes = [state.code_on(on) if on else state.code for state in candidates]
    hints = [f"give a code ({' or '.join(codes)})"]
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
        f"with a date {' or '.join(_when(span) for span in spans[cow])} it is {tag(bearer.state)}"
        for bearer in bearers
        for cow in [bearer.state.cow]
        if cow in spans and (skip is None or cow != skip.cow)
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
        (near_codes(text.upper()) if len(text) == 3 else _near_names(plain))
        or "foedus states list prints all states.",
    )


def _near_names(plain: str) -> str | None:
    known = {
        word: f"{bearers[0].names[0].name} ({bearers[0].state.code})"
        for word, bearers in _by_key().items()
    }
    near = get_close_matches(plain, list(known), n=3, cutoff=0.7)
    named = list(dict.fromkeys(known[word] for word in near))
    return f"did you mean {' or '.join(named)}?" if named else None
