"""What the report says, section by section, top-down: a reader may stop anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.report.content import appendix, forecast, others, promises, summary, treaty
from foedus.report.document import Document
from foedus.report.footnotes import Footnotes

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment

#: The order of the report. Each takes the assessment and the footnotes, and gives a section, or
#: None where there is nothing to say.
ORDER = (
    summary.bottom_line,
    forecast.horizons,
    treaty.card,
    promises.obligations,
    treaty.events,
    treaty.lineage,
    forecast.reference_class,
    forecast.drivers,
    summary.would_change,
    treaty.depth,
    forecast.skill,
    treaty.articles,
    treaty.sectors,
    others.relations,
    others.leaders,
    others.order,
    others.scenarios,
    others.contingencies,
    others.claims,
    appendix.coverage,
    appendix.method,
    appendix.evidence,
    appendix.terms,
)


def build(assessment: Assessment) -> Document:
    """The whole report; footnotes are numbered in the order of first citing."""
    notes = Footnotes(assessment.evidence)
    question = assessment.question
    sections = tuple(s for make in ORDER if (s := make(assessment, notes)) is not None)
    return Document(
        title=question.text,
        subtitle=f"{assessment.treaty.title} ({question.a_name}–{question.b_name})",
        stamp=(
            ("As of", question.as_of),
            ("Generated", assessment.generated),
            ("foedus", assessment.foedus_version),
        ),
        sections=sections,
    )
