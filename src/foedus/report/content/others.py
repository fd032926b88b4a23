"""Parts that later versions deepen: relations, leaders, order, scenarios, contingencies, claims.

They are open mappings in the Assessment; whatever they hold is shown, key by key, and nothing is
said where they are empty except in the coverage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from foedus.report.document import (
    Block,
    Column,
    Entries,
    Entry,
    Figure,
    Line,
    Paragraph,
    Section,
    Table,
)
from foedus.report.words import UNKNOWN, plain_key

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment, SeriesView
    from foedus.report.footnotes import Footnotes

_TITLES = ("name", "title", "statement", "label", "state", "date", "id")


def relations(assessment: Assessment, notes: Footnotes) -> Section | None:
    found = assessment.relations
    if not (found.series or found.turning_points or found.phases):
        return None
    blocks: list[Block] = []
    if found.series:
        blocks.append(
            Table(
                columns=(
                    Column("Series"),
                    Column("Years", unbroken=True),
                    Column("Last value", "right"),
                    Column("Unit", narrow=False),
                    Column("Reads", narrow=False),
                    Column("Source"),
                ),
                rows=tuple(
                    (
                        notes.line(s.label, s.evidence),
                        Line(_span(s.span)),
                        Line(_last(s.points)),
                        Line(s.unit),
                        Line("–" if s.direction == "neither" else s.direction),
                        Line(s.source),
                    )
                    for s in found.series
                ),
                caption=Line("The relation of the two over time; gaps are years not covered."),
            )
        )
        blocks += [
            Figure(f"series-{n}", notes.line(_series_caption(s), s.evidence))
            for n, s in enumerate(found.series)
        ]
    blocks += _mappings("Turning points", found.turning_points, notes)
    blocks += _mappings("Phases", found.phases, notes)
    return Section("relations", "Relations", tuple(blocks))


def _span(span: str) -> str:
    first, _, last = span.partition("-")
    return first if first == last else span


def _series_caption(series: SeriesView) -> str:
    reads = "" if series.direction == "neither" else f"; {series.direction}"
    return f"{series.label} ({series.unit}{reads})"


def _last(points: Iterable[Any]) -> str:
    known = [p for p in points if p.value is not None]
    return f"{known[-1].value:.4g} ({known[-1].year})" if known else UNKNOWN


def leaders(assessment: Assessment, notes: Footnotes) -> Section | None:
    return _open("leaders", "Leaders", assessment.leaders, notes)


def order(assessment: Assessment, notes: Footnotes) -> Section | None:
    found = assessment.order
    blocks: list[Block] = []
    for title, part in (("Triangle", found.triangle), ("Blocs", found.blocs)):
        if part:
            blocks += _mappings(title, (part,), notes)
    return Section("order", "Order", tuple(blocks)) if blocks else None


def scenarios(assessment: Assessment, notes: Footnotes) -> Section | None:
    return _open("scenarios", "Scenarios", assessment.scenarios, notes)


def contingencies(assessment: Assessment, notes: Footnotes) -> Section | None:
    return _open("contingencies", "Contingencies", assessment.contingencies, notes)


def claims(assessment: Assessment, notes: Footnotes) -> Section | None:
    return _open("claims", "Claims", assessment.claims, notes)


def _open(
    ident: str, title: str, items: tuple[Mapping[str, Any], ...], notes: Footnotes
) -> Section | None:
    blocks = _mappings(None, items, notes)
    return Section(ident, title, tuple(blocks)) if blocks else None


def _mappings(
    title: str | None, items: Iterable[Mapping[str, Any]], notes: Footnotes
) -> list[Block]:
    entries = tuple(_entry(item, number, notes) for number, item in enumerate(items, start=1))
    if not entries:
        return []
    head: list[Block] = [Paragraph(Line(title, strong=True))] if title else []
    return [*head, Entries(entries)]


def _entry(item: Mapping[str, Any], position: int, notes: Footnotes) -> Entry:
    key = next((k for k in _TITLES if item.get(k)), None)
    title = str(item[key]) if key else f"No. {position}"
    ids = item.get("evidence") or ()
    facts = tuple(
        (plain_key(k), Line(_value(v))) for k, v in item.items() if k not in (key, "evidence")
    )
    return Entry(notes.line(title, ids, strong=True), facts)


def _value(value: Any) -> str:
    """Any JSON value on one line."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{plain_key(k).lower()} {_value(v)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(_value(v) for v in value) or "none"
    return str(value)
