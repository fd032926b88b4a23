"""All treaties of a pair on the time line, and the state of a treaty on a day."""

from __future__ import annotations

from datetime import date

from foedus.assessment.choose import Candidate
from foedus.assessment.model import LineageItem
from foedus.assessment.naming import known_by
from foedus.assessment.sourcing import Sourcing
from foedus.register import Treaty, curated


def state_in_words(treaty: Treaty, as_of: date) -> str:
    """Signed, in force or ended on the day; a treaty signed and not in force is said to be so."""
    state = treaty.state_on(as_of)
    if state == "signed, not in force":
        return "signed, NOT in force (the forecast, like ATOP, counts from signature)"
    if state == "signed, entry into force unknown":
        return "signed; whether it is in force is not known"
    if state == "in force":
        return "in force"
    return state


def _state_of(file: Treaty | None, c: Candidate, as_of: date) -> str:
    if file is not None:
        return state_in_words(file, as_of).split(" (")[0]
    if known_by(c.ended, as_of):
        return "ended"
    return "in effect" if as_of <= c.row["observed_to"] else "not followed since ATOP ends"


def lineage(
    chosen: Candidate, everything: list[Candidate], as_of: date, src: Sourcing
) -> tuple[LineageItem, ...]:
    """All alliances of the pair known by the day, and how they relate to the one assessed.

    What happened after the day is left out: an ending later than it is not known yet.
    """
    treaty = curated().get(chosen.id)
    before = set(treaty.lineage.supersedes) if treaty else set()
    out = []
    for c in everything:
        if c.joint_from > as_of:
            continue
        ended = c.ended if known_by(c.ended, as_of) else None
        file = curated().get(c.id)
        if c.id == chosen.id:
            relation = "this"
        elif c.id in before or (ended is not None and c.signed < chosen.signed):
            relation = "predecessor"
        elif c.signed > chosen.signed and chosen.ended is not None and c.signed >= chosen.ended:
            relation = "successor"
        else:
            relation = "parallel"
        evidence = (
            src.fact(file, file.signed.basis, f"signed {file.signed.value}")
            if file
            else src.atop(c.row["atop_id"], "dates and provisions")
        )
        out.append(
            LineageItem(
                id=c.id,
                title=file.title if file else f"{c.title} ({c.n_members} members)",
                state=_state_of(file, c, as_of),
                signed=str(file.signed.value) if file else str(c.signed),
                in_force=str(c.in_force) if known_by(c.in_force, as_of) else None,
                ended=str(ended) if ended else None,
                end_cause=c.end_cause if ended else None,
                kinds=c.kinds,
                relation=relation,
                evidence=evidence,
            )
        )
    return tuple(out)
