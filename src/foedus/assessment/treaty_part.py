"""The treaty part: what was promised, by whom, in which article; lineage and sectors."""

from __future__ import annotations

import re
from datetime import date

from foedus.assessment.choose import Candidate
from foedus.assessment.depth import COMPARATORS, Beside, codes_of, depth
from foedus.assessment.imported_part import imported_view
from foedus.assessment.lineage import lineage, state_in_words
from foedus.assessment.model import (
    ArticleView,
    Conflict,
    EventView,
    LineageItem,
    Member,
    ObligationView,
    SectorView,
    TreatyView,
)
from foedus.assessment.naming import known_by, name_on
from foedus.assessment.sourcing import Sourcing, title_of
from foedus.dates import PartialDate
from foedus.register import AllianceTable, Treaty, curated

_TERM = {
    "indefinite": "indefinite",
    "until_event": "until a stated event",
    "not_stated": "no term stated",
    "unknown": "not known",
}
_RENEWAL = {
    "tacit": "renews by itself",
    "consent": "by new consent",
    "none": "none",
    "unknown": "not known",
}
_EXIT = {
    "notice": "on notice",
    "after_term": "at the end of the term",
    "ruled_out": "ruled out",
    "silent": "no clause",
    "unknown": "not known",
}


def treaty_view(
    chosen: Candidate,
    everything: list[Candidate],
    table: AllianceTable,
    as_of: date,
    src: Sourcing,
) -> TreatyView:
    """The treaty as curated, or as ATOP codes it when no file of the register has it.

    ``everything``: all alliances of the pair, for the lineage.
    """
    treaty = curated().get(chosen.id)
    beside = comparators(table, chosen.id, src)
    past = lineage(chosen, everything, as_of, src)
    if treaty is None:
        return imported_view(chosen, table, as_of, beside, past, src)
    return _curated(treaty, chosen, as_of, beside, past, src)


def comparators(table: AllianceTable, but: str, src: Sourcing) -> Beside:
    """The familiar alliances whose depth stands beside that of ``but``."""
    rows = {r["alliance_id"]: r for r in table.alliances.iter_rows(named=True)}
    out = []
    for ident in COMPARATORS:
        file = curated().get(ident)
        if file is not None and ident in rows and ident != but:
            evidence = src.fact(file, file.codes_basis, "provisions")
            out.append((ident, file.short_title or file.title, codes_of(rows[ident]), evidence))
    return out


def _sectors(treaty: Treaty, src: Sourcing) -> tuple[SectorView, ...]:
    return tuple(
        SectorView(
            sector=sector,
            articles=numbers,
            evidence=tuple(
                dict.fromkeys(
                    e
                    for article in treaty.articles
                    if sector in article.sectors
                    for e in src.fact(treaty, article.basis, f"article {article.number}")
                )
            ),
        )
        for sector, numbers in treaty.sectors.items()
    )


def _curated(
    treaty: Treaty,
    chosen: Candidate,
    as_of: date,
    beside: Beside,
    past: tuple[LineageItem, ...],
    src: Sourcing,
) -> TreatyView:
    day = min(as_of, treaty.ended.value.latest) if treaty.ended else as_of
    in_force = (
        treaty.in_force
        if treaty.in_force and known_by(treaty.in_force.value.earliest, as_of)
        else None
    )
    ended = treaty.ended if treaty.ended and treaty.ended.value.latest <= as_of else None
    facts = src.fact(treaty, treaty.signed.basis, f"signed {treaty.signed.value}")
    if in_force:
        facts += src.fact(treaty, in_force.basis, f"in force {in_force.value}")
    if ended:
        facts += src.fact(treaty, ended.basis, f"ended {ended.value}")
    members = []
    for m in treaty.members:
        if m.entry.earliest > as_of:
            continue
        # By the name of the day, or of the day it left.
        code, name = name_on(m.ccode, min(as_of, m.exit.earliest) if m.exit else as_of)
        left = m.exit if m.exit and m.exit.latest <= as_of else None
        members.append(
            Member(
                state=code,
                name=name,
                entry=str(m.entry),
                exit=str(left) if left else None,
                evidence=src.fact(treaty, m.basis, f"member {code}")
                if m.basis.sources
                else facts[:1],
            )
        )
    articles = tuple(
        ArticleView(
            number=a.number,
            summary=a.summary,
            sectors=a.sectors,
            status=a.basis.status,
            evidence=src.fact(treaty, a.basis, f"article {a.number}"),
        )
        for a in treaty.articles
    )
    term, renewal, exit_clause, term_evidence = _term(treaty, src)
    return TreatyView(
        id=treaty.id,
        title=treaty.title,
        atop_id=str(treaty.atop_id) if treaty.atop_id else None,
        origin="both" if chosen.origin == "both" else "curated",
        members=tuple(members),
        signed=str(treaty.signed.value),
        in_force=str(in_force.value) if in_force else None,
        ended=str(ended.value) if ended else None,
        end_cause=ended.cause if ended else None,
        state=state_in_words(treaty, as_of),
        term=term,
        renewal=renewal,
        exit_clause=exit_clause,
        obligations=_obligations(treaty, day, src),
        articles=articles,
        institutions=tuple(
            f"{i.name}: {i.purpose}" if i.purpose else i.name for i in treaty.institutions
        ),
        events=tuple(
            EventView(
                date=str(e.date),
                kind=e.kind,
                what=e.what,
                status=e.basis.status,
                evidence=src.fact(treaty, e.basis, f"event of {e.date}"),
            )
            for e in sorted(treaty.events, key=lambda e: e.date.earliest)
            if e.date.latest <= as_of
        ),
        depth=depth(
            codes_of(chosen.row), beside, src.fact(treaty, treaty.codes_basis, "provisions")
        ),
        lineage=past,
        sectors=_sectors(treaty, src),
        conflicts=_conflicts(treaty, as_of),
        evidence=tuple(dict.fromkeys(facts + term_evidence)),
    )


def _conflicts(treaty: Treaty, as_of: date) -> tuple[Conflict, ...]:
    """Where sources disagree on what was a fact by the day: no ending is told in advance."""
    out = []
    for c in treaty.conflicts:
        about = {"ended": treaty.ended, "in_force": treaty.in_force}.get(c.field.split(".")[-1])
        if about is not None and about.value.earliest > as_of:
            continue
        if "end" in c.field and (treaty.ended is None or treaty.ended.value.earliest > as_of):
            continue
        dates = re.findall(r"\b\d{4}(?:-\d{2}(?:-\d{2})?)?\b", c.chosen)
        if any(PartialDate.parse(d).earliest > as_of for d in dates):
            continue
        out.append(
            Conflict(
                field=c.field,
                values=tuple((v.value, title_of(treaty, v.source)[0]) for v in c.values),
                chosen=c.chosen,
                why=c.why,
            )
        )
    return tuple(out)


def _term(treaty: Treaty, src: Sourcing) -> tuple[str, str, str, tuple[str, ...]]:
    t = treaty.term
    if t is None:
        return "not known", "not known", "not known", ()
    term = f"{t.years:g} years" if t.kind == "fixed" and t.years else _TERM.get(t.kind, t.kind)
    renewal = _RENEWAL[t.renewal]
    if t.renewal_years and t.renewal in ("tacit", "consent"):
        renewal += f", for {t.renewal_years:g} years at a time"
    leave = _EXIT[t.exit]
    if t.notice_months:
        leave += f", {t.notice_months} months"
    where = f"term, article {t.article}" if t.article else "term"
    return term, renewal, leave, src.fact(treaty, t.basis, where)


def _obligations(treaty: Treaty, day: date, src: Sourcing) -> tuple[ObligationView, ...]:
    """Directed promises on the day; one line for a promise all members make to each other."""
    members = set(treaty.members_on(day))
    out = []
    for o in treaty.obligations:
        if (o.start and o.start.earliest > day) or (o.end and o.end.latest < day):
            continue
        evidence = src.fact(treaty, o.basis, f"{o.kind}, article {o.article or 'not stated'}")
        shared = {
            "kind": o.kind,
            "trigger": o.trigger,
            "conditions": o.conditions,
            "automaticity": o.automaticity,
            "article": o.article,
            "status": o.basis.status,
            "evidence": evidence,
        }
        pairs = list(o.pairs(tuple(sorted(members))))
        mutual = {(b, a) for a, b in pairs} == set(pairs)
        if len(pairs) > 6 and mutual:
            out.append(
                ObligationView(obligor="each member", beneficiary="every other member", **shared)
            )
        elif len(pairs) > 6:
            owing = ", ".join(name_on(c, day)[0] for c in dict.fromkeys(a for a, _ in pairs))
            served = ", ".join(name_on(c, day)[0] for c in dict.fromkeys(b for _, b in pairs))
            out.append(ObligationView(obligor=owing, beneficiary=served, **shared))
        else:
            for a, b in pairs:
                out.append(
                    ObligationView(
                        obligor=name_on(a, day)[0], beneficiary=name_on(b, day)[0], **shared
                    )
                )
    return tuple(out)
