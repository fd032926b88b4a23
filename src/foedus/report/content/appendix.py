"""What is not covered, how it was computed, and where everything is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.report.document import (
    Block,
    Column,
    Entries,
    Entry,
    Facts,
    Line,
    NoteList,
    Paragraph,
    Section,
    Table,
)
from foedus.report.words import KNOWN, sentence

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment
    from foedus.report.footnotes import Footnotes


def coverage(assessment: Assessment, notes: Footnotes) -> Section | None:
    if not assessment.coverage:
        return None
    table = Table(
        columns=(Column("Topic"), Column("Coverage", unbroken=True), Column("Detail")),
        rows=tuple(
            (Line(c.topic), Line(KNOWN[c.status]), Line(c.detail)) for c in assessment.coverage
        ),
        caption=Line("Not covered means not looked at; it never means zero."),
    )
    return Section("coverage", "What is covered and what is not", (table,))


def method(assessment: Assessment, notes: Footnotes) -> Section | None:
    """Model and assumptions: every weight, threshold and prior."""
    blocks: list[Block] = []
    model = assessment.forecast.model
    if model:
        blocks.append(
            Facts(
                (
                    ("Model", Line(model.version)),
                    ("Knows endings up to", Line(f"end of {model.vintage}")),
                    ("Trained on", Line(model.trained_on)),
                    (
                        "Size",
                        Line(
                            f"{model.n_alliances} alliances, {model.n_alliance_years} "
                            f"alliance-years, {model.n_endings} endings"
                        ),
                    ),
                    ("Note", Line(sentence(model.note))),
                )
            )
        )
        if model.data_sha256:
            blocks.append(
                Table(
                    columns=(Column("Training data"), Column("SHA-256")),
                    rows=tuple((Line(n), Line(digest)) for n, digest in model.data_sha256.items()),
                    caption=Line("The tables the model was fitted on, by digest."),
                )
            )
    if assessment.assumptions:
        blocks.append(
            Table(
                columns=(Column("Assumption"), Column("Value"), Column("Why")),
                rows=tuple(
                    (Line(a.name), Line(a.value), Line(a.why)) for a in assessment.assumptions
                ),
                caption=Line("Every weight, threshold and prior that entered this report."),
            )
        )
    if not blocks:
        return None
    return Section("method", "Method and assumptions", tuple(blocks), full=True, appendix=True)


def evidence(assessment: Assessment, notes: Footnotes) -> Section:
    entries = notes.entries()
    lead = Paragraph(
        Line(
            "Verified: read at the source. Reported: attributed by the source to somebody. "
            "Unverified: known, but not seen in a source. Derived: computed by foedus."
        ),
        small=True,
    )
    return Section("evidence", "Evidence", (lead, NoteList(entries)), appendix=True)


def terms(assessment: Assessment, notes: Footnotes) -> Section | None:
    if not assessment.sources:
        return None
    entries = Entries(
        tuple(
            Entry(
                Line(f"{s.title} ({s.version})", strong=True),
                (("Terms", Line(s.terms)), ("Citation", Line(s.citation)), ("Id", Line(s.id))),
            )
            for s in assessment.sources
        )
    )
    return Section("sources", "Sources and their terms", (entries,), full=True, appendix=True)
