"""Curated treaties as an `AllianceTable`, and the meeting of curated and imported alliances."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from foedus.register.imported import PREFIX, Tables, imported_alliances
from foedus.register.load import curated
from foedus.register.model import Treaty
from foedus.register.table import (
    ALLIANCE_SCHEMA,
    MEMBER_SCHEMA,
    OBLIGATION_SCHEMA,
    AllianceTable,
    assemble,
)
from foedus.register.vocabulary import ATOP_OF_KIND, PROVISIONS


def curated_alliances() -> AllianceTable:
    """The treaties of the register, and nothing else."""
    return tabulate(curated().values())


def alliances(cache: Tables | None = None) -> AllianceTable:
    """Curated and imported alliances in one table; curated alone when ``cache`` is None.

    A curated treaty with an ATOP number takes the place of the imported alliance: what the file
    knows stands, ATOP fills what the file leaves unknown. Members and their dates are the file's;
    obligations are the file's for every kind it lists or codes, ATOP's for the other kinds.
    """
    if cache is None:
        return curated_alliances()
    return merge(list(curated().values()), imported_alliances(cache))


def tabulate(treaties: Iterable[Treaty]) -> AllianceTable:
    """The frames of some treaties."""
    known = list(treaties)
    return assemble(
        pl.DataFrame([_alliance(item) for item in known], schema=ALLIANCE_SCHEMA),
        pl.DataFrame([row for item in known for row in _members(item)], schema=MEMBER_SCHEMA),
        _obligations(known),
        "curated",
    )


def _alliance(treaty: Treaty) -> dict:
    states = {member.ccode for member in treaty.members}
    codes = dict(treaty.codes)
    if "defense" in codes and "offense" in codes:
        codes.setdefault("active", max(codes["defense"], codes["offense"]))
    automaticity = treaty.codes_project.get("automaticity")
    ended = treaty.ended
    return {
        "alliance_id": treaty.id,
        "atop_id": treaty.atop_id,
        "title": treaty.title,
        "signed": treaty.signed.value.earliest,
        "signed_precision": treaty.signed.value.precision,
        "in_force": treaty.in_force.value.earliest if treaty.in_force else None,
        "ended": ended.value.latest if ended else None,
        "ended_precision": ended.value.precision if ended else None,
        "end_cause": ended.cause if ended else None,
        "end_detail": ended.how if ended else None,
        "observed_to": treaty.checked_on,
        "bilateral": len(states) == 2,
        "n_members": len(states),
        "origin": "curated",
        **{name: codes.get(name) for name in PROVISIONS},
        "automaticity": None if automaticity == "not stated" else automaticity,
        "domestic_law_clause": treaty.codes_project.get("domestic_law_clause"),
        "n_sectors": len(treaty.sectors) if treaty.articles else None,
    }


def _members(treaty: Treaty) -> list[dict]:
    cause = treaty.ended.cause if treaty.ended else None
    return [
        {
            "alliance_id": treaty.id,
            "ccode": member.ccode,
            "entry": member.entry.earliest,
            "exit": member.exit.latest if member.exit else None,
            "exit_mode": None,
            "exit_cause": cause if member.exit_how == "treaty_ended" else member.exit_how,
        }
        for member in treaty.members
    ]


def _obligations(treaties: list[Treaty]) -> pl.DataFrame:
    """Every promise for every ordered pair of members, while both were in."""
    rows: list[tuple] = []
    for treaty in treaties:
        for promise in treaty.obligations:
            conditions = [*promise.condition_codes, *promise.conditions]
            automatic = None if promise.automaticity == "not stated" else promise.automaticity
            first = promise.start.earliest if promise.start else date.min
            last = promise.end.latest if promise.end else None
            parties = tuple(dict.fromkeys(member.ccode for member in treaty.members))
            bound = set(promise.pairs(parties))
            for left in treaty.members:
                for right in treaty.members:
                    if (left.ccode, right.ccode) not in bound:
                        continue
                    start = max(left.entry.earliest, right.entry.earliest, first)
                    ends = [
                        end
                        for end in (
                            left.exit.latest if left.exit else None,
                            right.exit.latest if right.exit else None,
                            last,
                        )
                        if end is not None
                    ]
                    end = min(ends) if ends else None
                    if end is None or start <= end:
                        rows.append(
                            (
                                treaty.id,
                                left.ccode,
                                right.ccode,
                                promise.kind,
                                conditions,
                                automatic,
                                promise.article,
                                start,
                                end,
                            )
                        )
    return pl.DataFrame(rows, schema=OBLIGATION_SCHEMA, orient="row")


def merge(treaties: list[Treaty], imported: AllianceTable) -> AllianceTable:
    """One table of curated ``treaties`` and ``imported`` alliances; see `alliances`."""
    mine = tabulate(treaties)
    covered = {
        f"{PREFIX}{number}": treaty.id
        for treaty in treaties
        for number in (treaty.atop_id, *treaty.atop_also)
        if number is not None
    }
    known = set(imported.alliances["alliance_id"])
    taken = [ident for ident in covered if ident in known]
    rest = ~pl.col("alliance_id").is_in(taken)
    return assemble(
        pl.concat(
            [_fill(mine.alliances, imported.alliances), imported.alliances.filter(rest)],
            how="vertical",
        ),
        pl.concat([_modes(mine, imported), imported.members.filter(rest)], how="vertical"),
        pl.concat(
            [
                mine.obligations,
                _borrowed(treaties, mine, imported),
                imported.obligations.filter(rest),
            ],
            how="vertical",
        ),
        "both",
    )


def _fill(mine: pl.DataFrame, theirs: pl.DataFrame) -> pl.DataFrame:
    """Curated alliances with the provisions they leave unknown taken from ATOP."""
    fill = [name for name in PROVISIONS if name in theirs.columns]
    joined = mine.join(
        theirs.select(
            "atop_id", *(pl.col(name).alias(f"{name}_atop") for name in fill)
        ).with_columns(pl.lit(True).alias("_found")),
        on="atop_id",
        how="left",
    )
    return joined.with_columns(
        *(pl.coalesce(name, f"{name}_atop").alias(name) for name in fill),
        pl.when(pl.col("_found").fill_null(False))
        .then(pl.lit("both"))
        .otherwise(pl.col("origin"))
        .alias("origin"),
    ).select(mine.columns)


def _modes(mine: AllianceTable, imported: AllianceTable) -> pl.DataFrame:
    """Curated members with ATOP's exit mode where ATOP has the same exit to within a month."""
    named = mine.alliances.filter(pl.col("atop_id").is_not_null()).select(
        "alliance_id", pl.format(PREFIX + "{}", "atop_id").alias("atop_name")
    )
    theirs = imported.members.filter(pl.col("exit").is_not_null()).select(
        atop_name="alliance_id", ccode="ccode", exit_atop="exit", mode_atop="exit_mode"
    )
    rows = mine.members.with_row_index("_row")
    near = (
        rows.join(named, on="alliance_id")
        .join(theirs, on=["atop_name", "ccode"])
        .filter((pl.col("exit") - pl.col("exit_atop")).dt.total_days().abs() <= 31)
        .unique("_row", keep="first", maintain_order=True)
        .select("_row", "mode_atop")
    )
    return (
        rows.join(near, on="_row", how="left")
        .with_columns(pl.coalesce("exit_mode", "mode_atop").alias("exit_mode"))
        .select(mine.members.columns)
    )


def _borrowed(treaties: list[Treaty], mine: AllianceTable, imported: AllianceTable) -> pl.DataFrame:
    """ATOP's obligations of the kinds a curated file neither lists nor codes, for its members."""
    silent = [
        (treaty.id, f"{PREFIX}{treaty.atop_id}", kind)
        for treaty in treaties
        if treaty.atop_id is not None
        for kind, variable in ATOP_OF_KIND.items()
        if variable not in treaty.codes and kind not in {o.kind for o in treaty.obligations}
    ]
    wanted = pl.DataFrame(
        silent, schema={"mine": pl.Utf8, "alliance_id": pl.Utf8, "kind": pl.Utf8}, orient="row"
    )
    left = mine.members.select(mine="alliance_id", obligor="ccode", e1="entry", x1="exit")
    right = mine.members.select(mine="alliance_id", beneficiary="ccode", e2="entry", x2="exit")
    return (
        imported.obligations.join(wanted, on=["alliance_id", "kind"])
        .join(left, on=["mine", "obligor"])
        .join(right, on=["mine", "beneficiary"])
        .with_columns(
            pl.col("mine").alias("alliance_id"),
            pl.max_horizontal("start", "e1", "e2").alias("start"),
            pl.min_horizontal("end", "x1", "x2").alias("end"),
        )
        .filter(pl.col("end").is_null() | (pl.col("start") <= pl.col("end")))
        .select(list(OBLIGATION_SCHEMA))
    )
