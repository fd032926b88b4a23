"""Dated spells as rows: coalescing overlapping or adjoining ones, and the ties of pairs."""

from __future__ import annotations

from datetime import date

import polars as pl

#: Stands for "no end known" inside computations; never leaves this module.
FOREVER = date(9999, 12, 31)
#: A pair stays allied when the next treaty starts within so many days of the last one's end: a
#: replacing treaty is often signed days after its predecessor lapses.
TIE_GAP_DAYS = 31

TIE_SCHEMA = {
    "ccode1": pl.Int32,
    "ccode2": pl.Int32,
    "start": pl.Date,
    "end": pl.Date,
    "treaties": pl.List(pl.Utf8),
    "n_treaties": pl.Int32,
    "observed_to": pl.Date,
}


def numbered_spells(
    frame: pl.DataFrame, keys: list[str], start: str, end: str, gap_days: int
) -> pl.DataFrame:
    """Add the column ``spell``: rows of one key that overlap or adjoin share a number.

    ``end`` null means open. Two rows adjoin when the later starts at most ``gap_days`` days after
    everything before it has ended. The result is sorted by keys, start, end.
    """
    closed = pl.col(end).fill_null(FOREVER)
    ordered = frame.with_columns(closed.alias("_end")).sort([*keys, start, "_end"])
    before = pl.col("_end").cum_max().shift(1).over(keys)
    days = (pl.col(start) - before).dt.total_days()
    opens = (before.is_null() | (days > gap_days)).cast(pl.Int32)
    return (
        ordered.with_columns(opens.alias("_opens"))
        .with_columns(pl.col("_opens").cum_sum().over(keys).alias("spell"))
        .drop("_opens", "_end")
    )


def last_end(end: str) -> pl.Expr:
    """The end of a group of spells: null when any is open, else the latest."""
    return pl.when(pl.col(end).is_null().any()).then(None).otherwise(pl.col(end).max())


def coalesce(
    frame: pl.DataFrame, keys: list[str], start: str, end: str, *, gap_days: int = 1
) -> pl.DataFrame:
    """Maximal spells by key: columns keys, start, end (null open), sorted by keys and start."""
    return (
        numbered_spells(frame, keys, start, end, gap_days)
        .group_by([*keys, "spell"], maintain_order=True)
        .agg(pl.col(start).min(), last_end(end).alias(end))
        .drop("spell")
        .sort([*keys, start])
    )


def pairs_within(members: pl.DataFrame) -> pl.DataFrame:
    """All pairs of members of one alliance with the time both were in it.

    ``members``: alliance_id, ccode, entry, exit. Result: alliance_id, ccode1 < ccode2, start, end.
    """
    left = members.select("alliance_id", ccode1="ccode", entry1="entry", exit1="exit")
    right = members.select("alliance_id", ccode2="ccode", entry2="entry", exit2="exit")
    return (
        left.join(right, on="alliance_id")
        .filter(pl.col("ccode1") < pl.col("ccode2"))
        .select(
            "alliance_id",
            "ccode1",
            "ccode2",
            pl.max_horizontal("entry1", "entry2").alias("start"),
            pl.min_horizontal("exit1", "exit2").alias("end"),
        )
        .filter(pl.col("end").is_null() | (pl.col("start") <= pl.col("end")))
    )


def ties(members: pl.DataFrame, alliances: pl.DataFrame) -> pl.DataFrame:
    """Ties of pairs: maximal spells in which at least one treaty binds both.

    A gap of at most ``TIE_GAP_DAYS`` between a treaty and the next does not break the tie.
    ``treaties`` are in order of their start; ``observed_to`` is the latest day to which any of
    them was followed, among the open ones when the tie is open.
    """
    return join_pairs(pairs_within(members), alliances)


def join_pairs(pairs: pl.DataFrame, alliances: pl.DataFrame) -> pl.DataFrame:
    """Ties from pairs: alliance_id, ccode1 < ccode2, start, end (null open); see `ties`."""
    pairs = pairs.join(alliances.select("alliance_id", "observed_to"), on="alliance_id")
    keys = ["ccode1", "ccode2"]
    numbered = numbered_spells(pairs, keys, "start", "end", TIE_GAP_DAYS)
    is_open = pl.col("end").is_null()
    followed = (
        pl.when(is_open.any())
        .then(pl.col("observed_to").filter(is_open).max())
        .otherwise(pl.col("observed_to").max())
    )
    return (
        numbered.sort([*keys, "spell", "start", "alliance_id"])
        .group_by([*keys, "spell"], maintain_order=True)
        .agg(
            pl.col("start").min(),
            last_end("end").alias("end"),
            pl.col("alliance_id").unique(maintain_order=True).alias("treaties"),
            followed.alias("observed_to"),
        )
        .with_columns(pl.col("treaties").list.len().cast(pl.Int32).alias("n_treaties"))
        .select(pl.col(name).cast(kind) for name, kind in TIE_SCHEMA.items())
        .sort("ccode1", "ccode2", "start")
    )
