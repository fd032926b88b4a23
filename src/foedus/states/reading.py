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
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import get_args

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
    head: list[str] = []
    body: list[tuple[str, str]] = []
    head_line = 0
    for number, raw in enumerate([*text.splitlines(), "END 0 END - end"], start=1):
        line = raw.split("#", 1)[0].rstrip()
        if not line:
            continue
        try:
            if line[0] == " ":
                key, _, rest = line.strip().partition(" ")
                body.extend((key, fact.strip()) for fact in rest.split(";"))
                continue
            if head:
                states.append(_state(head, body))
            head, body, head_line = line.split(maxsplit=4), [], number
        except (ValueError, KeyError) as problem:
            raise RegisterError(
                f"{where}, the state at line {head_line}: {problem}.",
                "see the head of foedus/states/reading.py for the form",
            ) from None
    return states


def _state(head: list[str], body: list[tuple[str, str]]) -> State:
    code, cow, abb, gw_text, display = head
    gw = None if gw_text == "-" else int(gw_text)
    spells: list[Spell] = []
    gw_spells: list[GwSpell] = []
    codes: list[DatedCode] = []
    other: list[str] = []
    held: list[Holder] = []
    dated: list[DatedName] = []
    undated: list[tuple[str, NameKind]] = []
    for key, fact in body:
        what, span = _span(fact)
        if key == "cow" and span and span.start:
            spells.append(Spell(span.start, span.end))
        elif key == "gw" and span and span.start:
            number = int(what[1:]) if what else gw
            if number is None:
                raise ValueError("a gw spell without a Gleditsch-Ward number")
            gw_spells.append(GwSpell(span.start, span.end, number))
        elif key == "code" and span:
            codes.append(DatedCode(span.start, span.end, what))
        elif key == "held" and span:
            held.append(Holder(span.start, span.end, what))
        elif key == "accept":
            other.append(what)
        elif key in get_args(NameKind) and span:
            dated.append(DatedName(span.start, span.end, what, key))
        elif key in ("official", "alias"):
            undated.append((what, key))
        else:
            raise ValueError(f"cannot read {key!r} {fact!r}")
    names = [
        *_display_names(display, spells, dated),
        *dated,
        *(DatedName(s.start, s.end, name, kind) for name, kind in undated for s in spells),
    ]
    names.sort(key=lambda name: (get_args(NameKind).index(name.kind), name.start or date.min))
    return State(
        code, int(cow), abb, gw, display, tuple(names), tuple(spells), tuple(gw_spells),
        tuple(codes), tuple(other), tuple(held),
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
