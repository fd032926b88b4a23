"""Reads the facts: one paragraph per state in ``facts/*.txt``, checked as it is read.

A paragraph is a head line and indented lines of facts::

    RUS 365 RUS 365 Russia                       display code, COW number, COW abbreviation,
                                                 Gleditsch-Ward number or -, name
      cow 1816-01-01..                           membership spells of Correlates of War
      gw 1816-01-01..                            spells of Gleditsch and Ward; @340 gives another
                                                 number than the head's
      code SUN 1922-12-30..1991-12-25            code of the time
      accept ROM                                 further codes that are understood, never shown
      name Soviet Union 1922-12-30..1991-12-25   name of the time
      official Russian Federation 1991-12-26..   formal style
      alias USSR 1922-12-30..1991-12-25          other names, shared names too; no dates: borne
                                                 while a member
      held GBR 1885..1960-09-30                  who held the territory

Facts of one line are parted by ``;``. A bare year starts on its 1 January and ends on its
31 December. ``#`` starts a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from foedus.errors import RegisterError
from foedus.states.model import (
    DatedCode,
    DatedName,
    GwSpell,
    Holder,
    NameKind,
    Span,
    Spell,
    State,
)

_FOLDER = Path(__file__).parent / "facts"
_SPAN = re.compile(r"^(.*?)\s*(\d{4}(?:-\d\d-\d\d)?)?\.\.(\d{4}(?:-\d\d-\d\d)?)?$")
_DAY = timedelta(days=1)
_KINDS: dict[str, NameKind] = {"name": "name", "official": "official", "alias": "alias"}


@cache
def all_states() -> tuple[State, ...]:
    """Every state that was ever a member of the COW state system, by COW number."""
    states = [
        state
        for file in sorted(_FOLDER.glob("*.txt"))
        for state in read_facts(file.read_text(encoding="utf-8"), file.name)
    ]
    return tuple(sorted(states, key=lambda state: state.cow))


def read_facts(text: str, where: str) -> list[State]:
    """The states in a text of facts; RegisterError names the file and the line that is wrong."""
    states: list[State] = []
    for line, head, body in _paragraphs(text):
        try:
            states.append(_state(head, body))
        except ValueError as problem:
            raise RegisterError(
                f"{where}, the state at line {line}: {problem}.",
                "the head of foedus/states/reading.py describes the form",
            ) from None
    return states


def _paragraphs(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Line number, head line and indented lines of each state."""
    found: tuple[int, str, list[str]] | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.split("#", 1)[0].rstrip()
        if line.startswith(" "):
            found = found or (number, "", [])
            found[2].append(line.strip())
        elif line:
            if found:
                yield found
            found = (number, line, [])
    if found:
        yield found


def _state(head: str, body: list[str]) -> State:
    if len(head.split(maxsplit=4)) != 5:
        raise ValueError(f"{head!r} is not: code, COW number, COW abbreviation, G-W number, name")
    code, cow, abbreviation, gw_text, display = head.split(maxsplit=4)
    gw = None if gw_text == "-" else int(gw_text)
    spells: list[Spell] = []
    gw_spells: list[GwSpell] = []
    codes: list[DatedCode] = []
    accepted: list[str] = []
    held: list[Holder] = []
    dated: list[DatedName] = []
    undated: list[tuple[str, NameKind]] = []
    for key, _, facts in (line.partition(" ") for line in body):
        for fact in facts.split(";"):
            what, span = _span(fact.strip())
            kind = _KINDS.get(key)
            if key == "cow" and span and span.start:
                spells.append(Spell(span.start, span.end))
            elif key == "gw" and span and span.start:
                number = int(what[1:]) if what else gw
                if number is None:
                    raise ValueError("a gw spell without a Gleditsch-Ward number")
                gw_spells.append(GwSpell(span.start, span.end, number))
            elif key == "code" and what and span:
                codes.append(DatedCode(span.start, span.end, what))
            elif key == "held" and what and span:
                held.append(Holder(span.start, span.end, what))
            elif key == "accept" and what and not span:
                accepted.append(what)
            elif kind and what and span:
                dated.append(DatedName(span.start, span.end, what, kind))
            elif kind and what and kind != "name":
                undated.append((what, kind))
            else:
                raise ValueError(f"cannot read {key!r} {fact.strip()!r}")
    names = [
        *_display_names(display, spells, dated),
        *dated,
        *(DatedName(s.start, s.end, name, kind) for name, kind in undated for s in spells),
    ]
    order = list(_KINDS.values())
    names.sort(key=lambda name: (order.index(name.kind), name.start or date.min))
    return State(
        code, int(cow), abbreviation, gw, display, tuple(names), tuple(spells), tuple(gw_spells),
        tuple(codes), tuple(accepted), tuple(held),
    )  # fmt: skip


def _span(fact: str) -> tuple[str, Span | None]:
    found = _SPAN.match(fact)
    if not found:
        return fact, None
    what, start, end = found.groups()
    first = date.fromisoformat(start if len(start) > 4 else start + "-01-01") if start else None
    last = date.fromisoformat(end if len(end) > 4 else end + "-12-31") if end else None
    if first and last and last < first:
        raise ValueError(f"{fact!r} ends before it starts")
    return what, Span(first, last)


def _display_names(display: str, spells: list[Spell], dated: list[DatedName]) -> list[DatedName]:
    """The head's name, borne in the days of membership that no dated name takes."""
    gaps: list[tuple[date, date | None]] = [(spell.start, spell.end) for spell in spells]
    for name in dated:
        if name.kind != "name":
            continue
        rest: list[tuple[date, date | None]] = []
        for start, end in gaps:
            if name.start is not None and start < name.start:
                before = name.start - _DAY
                rest.append((start, before if end is None else min(before, end)))
            if name.end is not None and (end is None or name.end < end):
                rest.append((max(start, name.end + _DAY), end))
        gaps = rest
    return [DatedName(start, end, display, "name") for start, end in gaps]
