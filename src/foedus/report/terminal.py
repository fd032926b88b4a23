"""The report on a terminal: 80 columns suffice, no colour is needed, pipes get plain text."""

from __future__ import annotations

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

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from foedus.assessment.model import Assessment

#: Lines longer than this are hard to read, however wide the window.
MAX_WIDTH = 100


def to_terminal(assessment: Assessment, console: Console) -> None:
    """Print the assessment, the bottom line first; the full detail is left to the other formats."""
    document = build(assessment)
    width = min(console.width, MAX_WIDTH)

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
        rendered = [r for block in section.blocks if (r := _render(block)) is not None]
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


def _render(block: Block) -> RenderableType | None:
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
            return _table(block)
        case NoteList():
            return _notes(block)
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


def _table(block: Table) -> RenderableType | None:
    kept = [n for n, column in enumerate(block.columns) if column.narrow]
    if not kept:
        return None
    table = RichTable(
        box=None,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1),
        header_style="bold",
    )
    for n in kept:
        column = block.columns[n]
        table.add_column(
            column.short or column.head,
            justify=column.align,
            overflow="fold",
            vertical="top",
        )
    for row in block.rows:
        heading = row[0].strong and not any(cell.text for cell in row[1:])
        cells = [text(row[n]) for n in kept]
        if heading:
            cells[0] = Text(row[0].text.upper(), style="bold")
        table.add_row(*cells)
    return Group(table, text(block.caption))


def _notes(block: NoteList) -> RichTable:
    """Number, id, source and place; links and processing are in the full report."""
    grid = RichTable.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right")
    grid.add_column(overflow="fold", ratio=1)
    for note in block.notes:
        where = f"{note.source}, {note.locator} ({note.status}) {note.id}"
        grid.add_row(Text(f"[{note.number}]"), Text(where))
    return grid
