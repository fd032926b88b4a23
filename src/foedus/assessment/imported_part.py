"""The view of an alliance known from ATOP alone: members, promises and term, but no text."""

from __future__ import annotations

from datetime import date

import polars as pl

from foedus.assessment.choose import Candidate
from foedus.assessment.depth import Beside, codes_of, depth
from foedus.assessment.model import LineageItem, Member, ObligationView, TreatyView
from foedus.assessment.naming import name_on
from foedus.assessment.sourcing import Sourcing
from foedus.register import AllianceTable


def imported_view(
    chosen: Candidate,
    table: AllianceTable,
    as_of: date,
    beside: Beside,
    past: tuple[LineageItem, ...],
    src: Sourcing,
) -> TreatyView:
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
                state=name_on(m["ccode"], min(as_of, m["exit"] or as_of))[0],
                name=name_on(m["ccode"], min(as_of, m["exit"] or as_of))[1],
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
        obligations=_obligations(chosen, table, as_of, evidence),
        articles=(),
        institutions=(),
        depth=depth(codes_of(row), beside, src.atop(row["atop_id"], "provisions")),
        lineage=past,
        evidence=evidence,
    )


def _obligations(chosen, table, as_of, evidence) -> tuple[ObligationView, ...]:
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
                        obligor=name_on(a, as_of)[0], beneficiary=name_on(b, as_of)[0], **shared
                    )
                )
    return tuple(out)
