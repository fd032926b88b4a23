"""The report as a neutral document: content once, three renderings of it.

A section holds blocks; a block holds lines; a line is text with the footnotes that back it. The
terminal, Markdown and HTML renderers know these few classes and nothing of assessments, so the
same figure cannot differ between them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Notes = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One run of text and the footnote numbers that back it."""

    text: str
    notes: Notes = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, one pair a line."""

    pairs: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A titled thing with its facts below, such as an obligation."""

    title: Line
    facts: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Entries:
    items: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column.

    ``narrow`` False leaves it out where there are only 80 columns; ``unbroken`` keeps its cells on
    one line where the page is wide.
    """

    head: str
    align: Literal["left", "right"] = "left"
    narrow: bool = True
    short: str | None = None
    unbroken: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of lines. A row whose first cell is ``strong`` and whose others are empty is a heading
    within the table. ``narrow_rows`` stand in for the rows on a terminal, where there are many."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    caption: Line
    narrow_rows: tuple[tuple[Line, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A place for the chart of that id (HTML only)."""

    chart: str
    caption: Line


@dataclass(frozen=True, slots=True)
class Headline:
    """The bottom line's display: figure, term and interval, with confidence kept apart."""

    probability: Line
    term: str
    interval: str
    what: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Note:
    """One entry of the evidence list."""

    number: int
    id: str
    source: str
    locator: str
    status: str
    as_of: str | None
    url: str | None
    processing: str | None
    cited: bool


@dataclass(frozen=True, slots=True)
class NoteList:
    notes: tuple[Note, ...]


Block = Paragraph | Bullets | Facts | Entries | Table | Figure | Headline | NoteList


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its blocks. ``full`` sections are left out of the terminal."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    full: bool = False
    appendix: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    subtitle: str
    stamp: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...] = field(default=())

    @property
    def notes(self) -> tuple[Note, ...]:
        """All evidence entries, by number."""
        return tuple(
            note
            for section in self.sections
            for block in section.blocks
            if isinstance(block, NoteList)
            for note in block.notes
        )


def ranges(notes: Notes) -> tuple[tuple[int, int], ...]:
    """Footnote numbers as runs, so that seven in a row read "3-9"; ascending, without repeats."""
    runs: list[tuple[int, int]] = []
    for n in sorted(set(notes)):
        if runs and n == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    split: list[tuple[int, int]] = []
    for first, last in runs:
        # Two in a row are not worth a dash.
        split += [(first, last)] if last - first != 1 else [(first, first), (last, last)]
    return tuple(split)
