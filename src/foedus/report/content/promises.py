"""Who owes whom what: the promises of the treaty, directed, with their trigger and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.report.document import Block, Entries, Entry, Line, Paragraph, Section
from foedus.report.words import listing

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment, ObligationView
    from foedus.report.footnotes import Footnotes


def obligations(assessment: Assessment, notes: Footnotes) -> Section:
    """Who owes whom what; equal promises in both directions are said once."""
    treaty = assessment.treaty
    names = {m.state: m.name for m in treaty.members}
    names |= {
        assessment.question.a: assessment.question.a_name,
        assessment.question.b: assessment.question.b_name,
    }
    grouped: dict[tuple, list[ObligationView]] = {}
    for o in treaty.obligations:
        key = (o.kind, o.trigger, o.conditions, o.automaticity, o.article, o.status)
        grouped.setdefault(key, []).append(o)
    items = []
    for (kind, trigger, conditions, automaticity, article, status), same in grouped.items():
        who = parties([(o.obligor, o.beneficiary) for o in same], names)
        where = f" (Article {article})" if article else ""
        facts = [("When", Line(trigger or "not stated"))]
        facts.append(("Conditions", Line("; ".join(conditions) or "none stated")))
        facts.append(("Response", Line(automaticity)))
        facts.append(("Reading", Line(status)))
        title = notes.line(
            f"{kind.capitalize()}: {who}{where}",
            tuple(dict.fromkeys(i for o in same for i in o.evidence)),
            strong=True,
        )
        items.append(Entry(title, tuple(facts)))
    blocks: tuple[Block, ...] = (
        (Entries(tuple(items)),)
        if items
        else (Paragraph(Line("No obligation is known; that is not to say there is none.")),)
    )
    return Section("obligations", "Obligations: who owes whom", blocks)


def parties(pairs: list[tuple[str, str]], names: dict[str, str]) -> str:
    """Directed pairs in words: "Russia and North Korea, each to the other", or "A to B"."""

    def say(states: list[str]) -> str:
        full = [names.get(s, s) for s in states]
        return listing(full) if len(full) <= 6 else f"{len(full)} members"

    obligors = list(dict.fromkeys(a for a, _ in pairs))
    beneficiaries = list(dict.fromkeys(b for _, b in pairs))
    everyone = set(obligors)
    distinct = set(pairs)
    if everyone == set(beneficiaries) and len(distinct) == len(everyone) * (len(everyone) - 1):
        other = "the other" if len(everyone) == 2 else "every other"
        return f"{say(obligors)}, each to {other}"
    if len(distinct) == len(obligors) * len(beneficiaries):
        return f"{say(obligors)} to {say(beneficiaries)}"
    return "; ".join(f"{names.get(a, a)} to {names.get(b, b)}" for a, b in pairs)
