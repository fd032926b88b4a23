"""``foedus states``: who is a state when, under which codes and names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from cyclopts import App

from foedus.cli import Format, emit, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from foedus.states import Span, Spell, State

app = App(name="states", help="Who is a state when, under which codes.")


@app.command
def find(name: str, *, on: str | None = None, format: Format = "text") -> None:
    """The state that a name or code means.

    Parameters
    ----------
    name
        Alpha-3 code of today or of the past, COW abbreviation or number, or a name of any time.
    on
        A day (YYYY, YYYY-MM or YYYY-MM-DD) on which the state must be a member.
    format
        text or json.
    """
    from foedus.dates import parse_day
    from foedus.states import lookup

    day = parse_day(on) if on else None
    found = lookup(name, day)
    if found.problem is not None:
        raise found.problem
    if format == "json":
        emit(
            {
                "query": name,
                "on": day,
                "matches": [_record(state, day) for state in found.states],
                "notes": list(found.notes),
            }
        )
        return
    for remark in found.notes:
        note(f"Note: {remark}.")
    _print(*(_card(state, day) for state in found.states))


@app.command(name="list")
def list_(*, on: str | None = None, format: Format = "text") -> None:
    """All states of the system since 1816, or the members on a day.

    Parameters
    ----------
    on
        Only the members on this day (YYYY, YYYY-MM or YYYY-MM-DD).
    format
        text or json.
    """
    from foedus.dates import parse_day
    from foedus.states import all_states

    day = parse_day(on) if on else None
    states = [state for state in all_states() if day is None or state.is_member(day)]
    if format == "json":
        emit({"on": day, "matches": [_record(state, day) for state in states]})
        return
    _print(_table(states, day))


def _record(state: State, on: date | None) -> dict[str, Any]:
    return {
        "code": state.code,
        "cow": state.cow,
        "name": state.name,
        "spells": [_dates(spell) for spell in state.spells],
        "cow_abb": state.cow_abb,
        "gw": state.gw,
        "code_on": state.code_on(on) if on else state.code,
        "name_on": state.name_on(on) if on else state.name,
        "gw_on": state.gw_on(on) if on else state.gw,
        "names": [{"name": name.name, "kind": name.kind, **_dates(name)} for name in state.names],
        "codes": [{"code": dated.code, **_dates(dated)} for dated in state.codes],
        "gw_spells": [{"gw": spell.gw, **_dates(spell)} for spell in state.gw_spells],
    }


def _dates(span: Spell | Span) -> dict[str, date | None]:
    return {"start": span.start, "end": span.end}


def _card(state: State, on: date | None) -> RenderableType:
    from rich.table import Table

    card = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    card.add_column(style="bold", no_wrap=True)
    card.add_column(overflow="fold")
    name, code = (state.name_on(on), state.code_on(on)) if on else (state.name, state.code)
    card.add_row(code, f"[bold]{name}[/bold]" + (f" on {on}" if on else ""))
    if (name, code) != (state.name, state.code):
        card.add_row(
            "today" if state.spells[-1].end is None else "last", f"{state.code} {state.name}"
        )
    card.add_row("COW", f"{state.cow} {state.cow_abb}; member {state.spells_text()}")
    listed = ", ".join(f"{spell.gw} {spell}" for spell in state.gw_spells)
    card.add_row("G-W", listed or "not on the main list")
    for dated in state.codes:
        card.add_row("code", f"{dated.code} {dated}")
    for kind, label in (("name", "called"), ("official", "formally"), ("alias", "also")):
        spans: dict[str, list[str]] = {}
        for dated in state.names:
            if dated.kind == kind:
                spans.setdefault(dated.name, []).append(str(dated))
        for index, (text, when) in enumerate(spans.items()):
            card.add_row(label if index == 0 else "", f"{text} [dim]({', '.join(when)})[/dim]")
    return card


def _table(states: Sequence[State], on: date | None) -> RenderableType:
    from rich import box
    from rich.table import Table

    title = f"{len(states)} members on {on}" if on else f"{len(states)} states since 1816"
    table = Table(title=title, title_justify="left", box=box.SIMPLE, pad_edge=False)
    for heading in ("code", "COW", "abb.", "G-W"):
        table.add_column(heading, no_wrap=True)
    table.add_column("name", overflow="fold")
    table.add_column("member", overflow="fold")
    for state in states:
        gw = state.gw_on(on) if on else state.gw
        table.add_row(
            state.code_on(on) if on else state.code,
            str(state.cow),
            state.cow_abb,
            "" if gw is None else str(gw),
            state.name_on(on) if on else state.name,
            state.spells_text(),
        )
    return table


def _print(*parts: RenderableType) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    for part in parts:
        console.print(part)
