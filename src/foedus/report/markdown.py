"""The report as Markdown (GitHub's dialect: tables and footnotes)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.report.content import build
from foedus.report.document import (
    Block,
    Bullets,
    Entries,
    Facts,
    Figure,
    Headline,
    Line,
    Note,
    NoteList,
    Paragraph,
    Section,
    Table,
)

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def to_markdown(assessment: Assessment) -> str:
    """The whole report; evidence as footnotes with the same numbers as in the other renderings."""
    document = build(assessment)
    parts = [f"# {escape(document.title)}", escape(document.subtitle)]
    parts.append("; ".join(f"{label} {escape(value)}" for label, value in document.stamp))
    for section in document.sections:
        parts += _section(section)
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(value: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(value.split()))


def text(line: Line) -> str:
    body = escape(line.text)
    if line.strong and body:
        body = f"**{body}**"
    return body + "".join(f"[^{n}]" for n in line.notes)


def _section(section: Section) -> list[str]:
    title = f"Appendix: {section.title}" if section.appendix else section.title
    return [f"## {escape(title)}", *(_block(block) for block in section.blocks)]


def _block(block: Block) -> str:
    match block:
        case Headline():
            return (
                f"**{escape(block.term)}, {text(Line(block.probability.text))}** "
                f"({escape(block.interval)}): {escape(block.what)}."
                f"{text(Line('', block.probability.notes))}\n\n"
                f"Confidence in the evidence: **{escape(block.confidence)}** "
                "(stated apart from the likelihood)."
            )
        case Paragraph():
            return text(block.line)
        case Bullets():
            return "\n".join(f"- {text(item)}" for item in block.items)
        case Facts():
            return "\n".join(f"- {escape(label)}: {text(line)}" for label, line in block.pairs)
        case Entries():
            return "\n".join(
                "\n".join(
                    [
                        f"- {text(item.title)}",
                        *(f"  - {escape(label)}: {text(line)}" for label, line in item.facts),
                    ]
                )
                for item in block.items
            )
        case Table():
            return _table(block)
        case NoteList():
            return _notes(block)
        case Figure():
            return ""  # the figures' values are in the tables beside them


def _table(block: Table) -> str:
    head = "| " + " | ".join(escape(c.head) for c in block.columns) + " |"
    rule = "| " + " | ".join("---:" if c.align == "right" else "---" for c in block.columns) + " |"
    rows = ["| " + " | ".join(text(cell) for cell in row) + " |" for row in block.rows]
    return "\n".join([head, rule, *rows]) + f"\n\n{text(block.caption)}"


def _notes(block: NoteList) -> str:
    cited = [f"[^{note.number}]: {_note(note)}" for note in block.notes if note.cited]
    further = [f"- {note.number}. {_note(note)}" for note in block.notes if not note.cited]
    if further:
        cited += ["", "Evidence consulted, to which no single figure points:", "", *further]
    return "\n".join(cited)


def _note(note: Note) -> str:
    parts = [f"{escape(note.source)}, {escape(note.locator)}", note.status]
    if note.as_of:
        parts.append(f"as of {note.as_of}")
    if note.processing:
        parts.append(f"processing: {escape(note.processing)}")
    if note.url:
        parts.append(f"<{note.url}>")
    return f"{'; '.join(parts)} (`{note.id}`)"
