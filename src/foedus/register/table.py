"""The one table of alliances: alliances, members, obligations and ties, curated or imported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from foedus.register.spells import join_pairs, ties
from foedus.register.vocabulary import PROVISIONS

Origin = Literal["curated", "imported", "both"]

ALLIANCE_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "alliance_id": pl.Utf8,
    "atop_id": pl.Int32,
    "title": pl.Utf8,
    "signed": pl.Date,
    "signed_precision": pl.Utf8,
    "in_force": pl.Date,
    "ended": pl.Date,
    "ended_precision": pl.Utf8,
    "end_cause": pl.Utf8,
    "end_detail": pl.Utf8,
    "observed_to": pl.Date,
    "bilateral": pl.Boolean,
    "n_members": pl.Int32,
    "origin": pl.Utf8,
    **dict.fromkeys(PROVISIONS, pl.Int16),
    "automaticity": pl.Utf8,
    "domestic_law_clause": pl.Boolean,
    "n_sectors": pl.Int16,
}
MEMBER_SCHEMA = {
    "alliance_id": pl.Utf8,
    "ccode": pl.Int32,
    "entry": pl.Date,
    "exit": pl.Date,
    "exit_mode": pl.Int16,
    "exit_cause": pl.Utf8,
}
OBLIGATION_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "alliance_id": pl.Utf8,
    "obligor": pl.Int32,
    "beneficiary": pl.Int32,
    "kind": pl.Utf8,
    "conditions": pl.List(pl.Utf8),
    "automaticity": pl.Utf8,
    "article": pl.Utf8,
    "start": pl.Date,
    "end": pl.Date,
}


@dataclass(frozen=True, slots=True)
class AllianceTable:
    """Alliances as four Polars frames.

    ``alliances``: one row a treaty. Dates known to the month or year stand at their first day for
    ``signed`` and ``in_force`` and at their last for ``ended``; the precision columns say so. Null
    is unknown. ``members``: one row a spell of membership. ``obligations``: one row an ordered
    pair, kind and spell. ``ties``: maximal spells in which any treaty binds a pair
    (`foedus.register.spells.ties`). All intervals include both ends; an open one has a null end.
    ``covered_to`` is the latest day to which any alliance was followed.
    """

    alliances: pl.DataFrame
    members: pl.DataFrame
    obligations: pl.DataFrame
    ties: pl.DataFrame
    covered_to: date
    origin: Origin


def assemble(
    alliances: pl.DataFrame, members: pl.DataFrame, obligations: pl.DataFrame, origin: Origin
) -> AllianceTable:
    """Order and type the frames, and derive the ties from the members."""
    alliances = _typed(alliances, ALLIANCE_SCHEMA).sort("signed", "alliance_id")
    members = _typed(members, MEMBER_SCHEMA).sort("alliance_id", "ccode", "entry")
    obligations = _typed(obligations, OBLIGATION_SCHEMA).sort(
        "alliance_id", "kind", "obligor", "beneficiary", "start"
    )
    covered = alliances["observed_to"].max()
    return AllianceTable(
        alliances,
        members,
        obligations,
        ties(members, alliances),
        covered if isinstance(covered, date) else date(1815, 1, 1),
        origin,
    )


def ties_through(table: AllianceTable, kinds: Iterable[str]) -> pl.DataFrame:
    """Ties of pairs through promises of some ``kinds`` alone, columns as in ``table.ties``.

    ``table.ties`` counts every treaty, also wide ones of non-aggression: the ASEAN Treaty of Amity
    and Cooperation ties Russia and North Korea since 2008. One direction of a promise is enough.
    """
    owed = table.obligations.filter(pl.col("kind").is_in(list(kinds)))
    pairs = owed.select(
        "alliance_id",
        pl.min_horizontal("obligor", "beneficiary").alias("ccode1"),
        pl.max_horizontal("obligor", "beneficiary").alias("ccode2"),
        "start",
        "end",
    )
    return join_pairs(pairs, table.alliances)


def _typed(frame: pl.DataFrame, schema: dict) -> pl.DataFrame:
    missing = [pl.lit(None).alias(name) for name in schema if name not in frame.columns]
    return frame.with_columns(missing).select(
        pl.col(name).cast(kind) for name, kind in schema.items()
    )
