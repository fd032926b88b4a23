"""The treaty part: what was promised, by whom, in which article; lineage and sectors."""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from foedus.assessment.choose import Candidate
from foedus.assessment.depth import COMPARATORS, COMPONENTS, depth
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
from foedus.assessment.sourcing import Sourcing, title_of
from foedus.dates import PartialDate
from foedus.register import AllianceTable, Treaty, curated
from foedus.states import state_by_cow

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
    chosen: Candidate, table: AllianceTable, as_of: date, src: Sourcing
) -> tuple[TreatyView, tuple[SectorView, ...]]:
    """The treaty as curated, or as ATOP codes it when no file of the register has it."""
    treaty = curated().get(chosen.id)
    if treaty is None:
        return _imported(chosen, table, as_of, src), ()
    return _curated(treaty, chosen, table, as_of, src), tuple(
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


def _name(ccode: int, day: date) -> tuple[str, str]:
    state = state_by_cow(ccode)
    return state.code_on(day), state.name_on(day)


def _known_by(value: date | None, as_of: date) -> bool:
    return value is not None and value <= as_of


def _curated(
    treaty: Treaty, chosen: Candidate, table: AllianceTable, as_of: date, src: Sourcing
) -> TreatyView:
    day = min(as_of, treaty.ended.value.latest) if treaty.ended else as_of
    in_force = (
        treaty.in_force
        if treaty.in_force and _known_by(treaty.in_force.value.earliest, as_of)
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
        code, name = _name(m.ccode, min(as_of, m.exit.earliest) if m.exit else as_of)
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
            if e.date.earliest <= as_of
        ),
        depth=_depth(chosen, table, src, treaty),
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
            owing = ", ".join(_name(c, day)[0] for c in dict.fromkeys(a for a, _ in pairs))
            served = ", ".join(_name(c, day)[0] for c in dict.fromkeys(b for _, b in pairs))
            out.append(ObligationView(obligor=owing, beneficiary=served, **shared))
        else:
            for a, b in pairs:
                out.append(
                    ObligationView(obligor=_name(a, day)[0], beneficiary=_name(b, day)[0], **shared)
                )
    return tuple(out)


def _depth(chosen: Candidate, table: AllianceTable, src: Sourcing, treaty: Treaty | None):
    names = [c.name for c in COMPONENTS]
    codes = {n: chosen.row.get(n) for n in names}
    rows = {r["alliance_id"]: r for r in table.alliances.iter_rows(named=True)}
    beside = [
        (
            i,
            curated()[i].short_title or curated()[i].title,
            {n: rows[i][n] for n in names},
            src.fact(curated()[i], curated()[i].codes_basis, "provisions"),
        )
        for i in COMPARATORS
        if i in rows and i in curated() and i != chosen.id
    ]
    if treaty is not None:
        evidence = src.fact(treaty, treaty.codes_basis, "provisions")
    else:
        evidence = src.atop(chosen.row["atop_id"], "provisions")
    return depth(codes, beside, evidence)


def _imported(chosen: Candidate, table: AllianceTable, as_of: date, src: Sourcing) -> TreatyView:
    """An alliance known from ATOP alone: no text, no articles, but members, promises and term."""
    row = chosen.row
    evidence = src.atop(row["atop_id"], "dates, term and provisions")
    members = table.members.filter(pl.col("alliance_id") == chosen.id).sort("entry", "ccode")
    ended = row["ended"] if row["ended"] and row["ended"] <= as_of else None
    state = "ended" if ended else "in effect"
    if not ended and as_of > row["observed_to"]:
        state = f"in effect when ATOP's coverage ended on {row['observed_to']}, not followed since"
    length = row["length"]
    return TreatyView(
        id=chosen.id,
        title=chosen.title,
        atop_id=str(row["atop_id"]),
        origin="imported",
        members=tuple(
            Member(
                state=_name(m["ccode"], min(as_of, m["exit"] or as_of))[0],
                name=_name(m["ccode"], min(as_of, m["exit"] or as_of))[1],
                entry=str(m["entry"]),
                exit=str(m["exit"]) if m["exit"] and m["exit"] <= as_of else None,
                evidence=evidence,
            )
            for m in members.iter_rows(named=True)
            if m["entry"] <= as_of
        ),
        signed=str(row["signed"]),
        in_force=None,
        ended=str(ended) if ended else None,
        end_cause=row["end_cause"] if ended else None,
        state=state,
        term="not known"
        if length is None
        else f"{length / 12:g} years"
        if length
        else "no fixed term",
        renewal={None: "not known", 0: "none", 1: "by new consent", 2: "renews by itself"}.get(
            row["proren"], "not known"
        ),
        exit_clause={
            None: "not known",
            0: "no clause",
            1: "on notice",
            2: "ruled out",
            3: "after a time or on a condition",
        }.get(row["renounce"], "not known"),
        obligations=_imported_obligations(chosen, table, as_of, evidence),
        articles=(),
        institutions=(),
        depth=_depth(chosen, table, src, None),
        evidence=evidence,
    )


def _imported_obligations(chosen, table, as_of, evidence) -> tuple[ObligationView, ...]:
    owed = table.obligations.filter(
        (pl.col("alliance_id") == chosen.id)
        & (pl.col("start") <= as_of)
        & (pl.col("end").is_null() | (pl.col("end") >= as_of))
    )
    out = []
    for (kind,), group in sorted(owed.group_by("kind"), key=lambda g: str(g[0])):
        pairs = list(zip(group["obligor"].to_list(), group["beneficiary"].to_list(), strict=True))
        conditions = tuple(sorted({c for cs in group["conditions"].to_list() for c in (cs or [])}))
        shared = {
            "kind": kind,
            "trigger": "as coded by ATOP; no text in the register",
            "conditions": conditions,
            "status": "verified",
            "evidence": evidence,
        }
        if len(pairs) > 6:
            out.append(
                ObligationView(
                    obligor="members bound", beneficiary="their fellow members", **shared
                )
            )
        else:
            for a, b in sorted(pairs):
                out.append(
                    ObligationView(
                        obligor=_name(a, as_of)[0], beneficiary=_name(b, as_of)[0], **shared
                    )
                )
    return tuple(out)


def _state_of(file: Treaty | None, c: Candidate, as_of: date) -> str:
    if file is not None:
        return state_in_words(file, as_of).split(" (")[0]
    if _known_by(c.ended, as_of):
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
        ended = c.ended if _known_by(c.ended, as_of) else None
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
                in_force=str(c.in_force) if _known_by(c.in_force, as_of) else None,
                ended=str(ended) if ended else None,
                end_cause=c.end_cause if ended else None,
                kinds=c.kinds,
                relation=relation,
                evidence=evidence,
            )
        )
    return tuple(out)
