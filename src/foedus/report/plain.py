"""The Assessment as JSON: the document itself, nothing added."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment


def to_json(assessment: Assessment) -> str:
    """JSON text in the model's own order, UTF-8, two spaces, one trailing newline."""
    return assessment.model_dump_json(indent=2) + "\n"
