"""The report on a terminal: 80 columns suffice, no colour is needed, pipes get plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from foedus.report.content import build
from foedus.report.document import (
    Block,
    Bullets,
    Entries,
    Facts,
    Figure,
    Headline,
    Line,
    NoteList,
    Paragraph,
    Section,
    Table,
    ranges,
)
from foedus.report.encoding import never_fail
from foedus.report.widths import GAP, column_widths

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from foedus.assessment.model import Assessment

#: Lines longer than this are hard to read, however wide the window.
MAX_WIDTH = 100


def to_terminal(assessment: Assessment, console: Console) -> None:
    """Print the assessment, the bottom line first; the full detail is left to the other formats."""
    document = build(assessment)
    never_fail(console)
    width = min(console.width, MAX_WIDTH)
    cited: set[int] = set()

    def show(item: RenderableType) -> None:
        console.print(item, width=width, highlight=False, markup=False, soft_wrap=False)

    show(Text(document.title, style="bold"))
    show(Text(document.subtitle))
    show(Text(", ".join(f"{label.lower()} {value}" for label, value in document.stamp)))
    for section in document.sections:
        if section.full:
            continue
        show(Text(""))
        show(_heading(section, width))
        cited.update(n for block in section.blocks for line in _lines(block) for n in line.notes)
        rendered = [
            r for block in section.blocks if (r := _render(block, cited, width)) is not None
        ]
        for position, item in enumerate(rendered):
            if position:
                show(Text(""))
            show(item)
    show(Text(""))
    show(
        Text(
            "Articles, method, assumptions, sources' terms and links: in the full report, "
            "foedus assess ... --out report.html (or .md, .json)."
        )
    )


def _heading(section: Section, width: int) -> Text:
    title = section.title.upper()
    return Text(f"{title} {'─' * max(0, width - len(title) - 1)}", style="bold")


def footnotes(line: Line) -> str:
    """ " [1][4-7]" """
    return "".join(
        f"[{first}]" if first == last else f"[{first}-{last}]" for first, last in ranges(line.notes)
    )


def text(line: Line) -> Text:
    """A line as rich text; footnotes follow in brackets."""
    out = Text(line.text, style="bold" if line.strong else "")
    if line.notes:
        out.append(" " + footnotes(line), style="dim not bold")
    return out


def _render(block: Block, cited: set[int], width: int) -> RenderableType | None:
    match block:
        case Headline():
            return _headline(block)
        case Paragraph():
            return text(block.line)
        case Bullets():
            return _bullets(block)
        case Facts():
            return _pairs([(Text(label), text(line)) for label, line in block.pairs])
        case Entries():
            return _entries(block)
        case Table():
            return _table(block, width)
        case NoteList():
            return _notes(block, cited)
        case Figure():
            return None  # charts are for the HTML report


def _headline(block: Headline) -> Text:
    out = Text()
    out.append(f"{block.term}, {block.probability.text}", style="bold")
    out.append(f" ({block.interval}): {block.what}.")
    out.append(f" {footnotes(block.probability)}", style="dim")
    out.append(f"\nConfidence in the evidence: {block.confidence.upper()} (stated apart from the ")
    out.append("likelihood).")
    return out


def _grid() -> RichTable:
    grid = RichTable.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=False, max_width=24)
    grid.add_column(overflow="fold", ratio=1)
    return grid


def _bullets(block: Bullets) -> RichTable:
    grid = RichTable.grid(padding=(0, 1, 0, 0))
    grid.add_column()
    grid.add_column(overflow="fold", ratio=1)
    for item in block.items:
        grid.add_row(Text("-"), text(item))
    return grid


def _pairs(pairs: list[tuple[Text, Text]]) -> RichTable:
    grid = _grid()
    for label, value in pairs:
        grid.add_row(label, value)
    return grid


def _entries(block: Entries) -> RichTable:
    outer = RichTable.grid()
    outer.add_column(overflow="fold")
    for item in block.items:
        outer.add_row(text(item.title))
        pairs = _pairs([(Text(label), text(line)) for label, line in item.facts])
        outer.add_row(Padding(pairs, (0, 0, 0, 2)))
    return outer


def _table(block: Table, width: int) -> RenderableType | None:
    kept = [n for n, column in enumerate(block.columns) if column.narrow]
    if not kept:
        return None
    columns = [block.columns[n] for n in kept]
    heads = [column.short or column.head for column in columns]
    rows = [[text(row[n]) for n in kept] for row in _rows(block)]
    headings = [row[0].strong and not any(c.text for c in row[1:]) for row in _rows(block)]
    widths = column_widths(
        heads,
        [
            [row[n].plain for row, is_heading in zip(rows, headings, strict=True) if not is_heading]
            for n in range(len(kept))
        ],
        [column.align == "right" for column in columns],
        width,
    )
    table = RichTable(box=None, show_edge=False, pad_edge=False, padding=0, header_style="bold")
    for n, (head, column) in enumerate(zip(heads, columns, strict=True)):
        gap = 0 if n == len(heads) - 1 else GAP
        # The gap is part of the column: rich would otherwise split it unevenly.
        table.add_column(
            Padding(Text(head, justify=column.align), (0, gap, 0, 0)),
            width=widths[n] + gap,
            vertical="top",
        )
    parts: list[RenderableType] = []
    for row, is_heading in zip(rows, headings, strict=True):
        if is_heading:
            parts.append(table)
            parts.append(Text(row[0].plain.upper(), style="bold"))
            table = _like(table)
            continue
        table.add_row(
            *(
                Padding(
                    Text.assemble(cell, justify=column.align, overflow="fold"),
                    (0, 0 if n == len(heads) - 1 else GAP, 0, 0),
                )
                for n, (cell, column) in enumerate(zip(row, columns, strict=True))
            )
        )
    return Group(*parts, table, text(block.caption))


def _like(table: RichTable) -> RichTable:
    """A table with the same columns and no header, to go on below a heading."""
    new = RichTable(box=None, show_edge=False, pad_edge=False, padding=0, show_header=False)
    for column in table.columns:
        new.add_column(width=column.width, vertical="top")
    return new


def _notes(block: NoteList, cited: set[int]) -> RichTable:
    """What was cited above, by source; places, links and processing are for the full report."""
    by_source: dict[str, list[int]] = {}
    for note in block.notes:
        if note.number in cited:
            by_source.setdefault(f"{note.source} ({note.status})", []).append(note.number)
    grid = RichTable.grid()
    grid.add_column(overflow="fold")
    for source, numbers in by_source.items():
        grid.add_row(Text(f"{footnotes(Line('', tuple(numbers)))} {source}"))
    return grid


def _lines(block: Block) -> Iterator[Line]:
    """The lines of a block that a terminal shows."""
    match block:
        case Headline():
            yield block.probability
        case Paragraph():
            yield block.line
        case Bullets():
            yield from block.items
        case Facts():
            yield from (line for _, line in block.pairs)
        case Entries():
            for item in block.items:
                yield item.title
                yield from (line for _, line in item.facts)
        case Table() if any(column.narrow for column in block.columns):
            for row in _rows(block):
                yield from (cell for cell, c in zip(row, block.columns, strict=True) if c.narrow)
            yield block.caption


def _rows(block: Table) -> tuple[tuple[Line, ...], ...]:
    return block.rows if block.narrow_rows is None else block.narrow_rows
