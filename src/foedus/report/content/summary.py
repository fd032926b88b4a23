"""The bottom line, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.report.document import (
    Block,
    Bullets,
    Column,
    Figure,
    Headline,
    Line,
    Paragraph,
    Section,
    Table,
)
from foedus.report.words import capital, only_signed, percent, points, sentence, span, years

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment
    from foedus.report.footnotes import Footnotes


def bottom_line(assessment: Assessment, notes: Footnotes) -> Section:
    """Term, probability and interval; the confidence in the evidence apart, with its reasons."""
    line = assessment.bottom_line
    blocks: list[Block] = [
        Headline(
            probability=notes.line(percent(line.probability), line.evidence, strong=True),
            term=capital(line.likelihood_term),
            interval=f"80% interval {span(line.low, line.high)}",
            what=_what(assessment),
            confidence=line.confidence,
        ),
        Figure("scale", notes.line("Among the standard terms, with its interval", line.evidence)),
        Paragraph(notes.line(line.text, line.evidence)),
    ]
    if line.confidence_reasons:
        blocks += [
            Paragraph(Line(f"Why confidence is {line.confidence}:")),
            Bullets(tuple(Line(sentence(reason)) for reason in line.confidence_reasons)),
        ]
    return Section("bottom-line", "Bottom line", tuple(blocks))


def _what(assessment: Assessment) -> str:
    # The model counts from signature: of a treaty not yet in force it says whether it still stands.
    stands = "has not ended" if only_signed(assessment.treaty.state) else "is in force"
    return f"the treaty {stands} {years(assessment.bottom_line.horizon_years)} on"


def would_change(assessment: Assessment, notes: Footnotes) -> Section | None:
    """One event at a time, and what the headline probability becomes."""
    line = assessment.bottom_line
    if not line.would_change:
        return None
    table = Table(
        columns=(
            Column("If this happened"),
            Column("Becomes", "right"),
            Column("Change, pp", "right"),
            Column("How computed", narrow=False),
        ),
        rows=tuple(
            (
                notes.line(capital(change.what), change.evidence or line.evidence),
                Line(percent(change.probability)),
                Line(points(change.delta)),
                Line(change.basis),
            )
            for change in line.would_change
        ),
        caption=Line(
            f"Each row by itself, against {percent(line.probability)} that the treaty is in force "
            f"{years(line.horizon_years)} on. Changes in percentage points (pp)."
        ),
    )
    return Section("would-change", "What would change this", (table,))
