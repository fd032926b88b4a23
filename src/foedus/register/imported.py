"""ATOP 4.01 (alliance and member level) as an `AllianceTable`.

Source: Leeds, Ritter, Mitchell & Long (2002). What the columns mean where the codebook was not at
hand is read off the data and stated beside the mapping.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

import polars as pl

from foedus.errors import ForeignLayoutError
from foedus.register.spells import coalesce, last_end, numbered_spells
from foedus.register.table import AllianceTable, assemble
from foedus.register.vocabulary import PROVISIONS

#: ATOP 4.01 says whether an alliance is in effect until the end of 2016.
ATOP_OBSERVED_TO = date(2016, 12, 31)
PREFIX = "atop-"

#: `term` of an ended alliance (`ineffect` 0). 0 is the rest: neither run out, broken nor replaced;
#: nearly all are losses of a member's independence (`termmode` 4).
END_CAUSES = {1: "scheduled", 2: "violated", 3: "renegotiated", 0: "state_death"}
#: `termmode` of a member, inferred from its cross-tabulation with `term`.
EXIT_CAUSES = {
    1: "scheduled",
    2: "renegotiated",
    3: "violated",
    4: "state_death",
    5: "scheduled",
    6: "other",
}
#: Kind of obligation: ATOP variable, and the conditions ATOP codes for it at member level.
OBLIGATIONS: dict[str, tuple[str, dict[str, str]]] = {
    "defense": (
        "defense",
        {
            "defcoadv": "adversary",
            "defcoloc": "location",
            "defcocon": "conflict",
            "defconum": "number",
            "defcodem": "demands",
            "defconpr": "nonprovocation",
        },
    ),
    "offense": (
        "offense",
        {
            "offcoadv": "adversary",
            "offcoloc": "location",
            "offcocon": "conflict",
            "offconum": "number",
            "offcodem": "demands",
        },
    ),
    "neutrality": (
        "neutral",
        {
            "neucoadv": "adversary",
            "neucoloc": "location",
            "neucocon": "conflict",
            "neuconum": "number",
            "neucodem": "demands",
            "neuconpr": "nonprovocation",
            "neucoatt": "attacked",
        },
    ),
    "nonaggression": ("nonagg", {}),
    "consultation": (
        "consul",
        {
            "concoadv": "adversary",
            "concoloc": "location",
            "concocon": "conflict",
            "concoreq": "request",
        },
    ),
}


class Tables(Protocol):
    """What is needed of `foedus.sources.Cache`."""

    def load(self, table: str) -> pl.DataFrame: ...


def imported_alliances(cache: Tables) -> AllianceTable:
    """ATOP 4.01 as imported into ``cache``; MissingDataError when it was not.

    745 alliances with ids ``atop-NNNN``, in force or not until 2016-12-31. ATOP dates an alliance
    from its signature, so ``in_force`` is null throughout.
    """
    return from_atop(cache.load("atop_4_01_alliance"), cache.load("atop_4_01_member"))


def from_atop(alliance: pl.DataFrame, member: pl.DataFrame) -> AllianceTable:
    """Build the table from ATOP's alliance-level and member-level frames (publisher's columns)."""
    _require(alliance, ("atopid", "begyr", "begmo", "begday", "endyr", "ineffect", "term"), "4.01a")
    _require(member, ("atopid", "member", "yrent", "yrexit", "termmode", "defense"), "4.01m")
    rows = _member_rows(member)
    members = _members(rows)
    obligations = _obligations(rows, members)
    return assemble(_alliances(alliance, members, member), members, obligations, "imported")


def _require(frame: pl.DataFrame, columns: tuple[str, ...], level: str) -> None:
    lost = [name for name in columns if name not in frame.columns]
    if lost:
        raise ForeignLayoutError(
            f"the frame given as ATOP {level} has no column {', '.join(lost)}.",
            "foedus data import DIR recognises ATOP's files by their layout",
        )


def _known(column: str) -> pl.Expr:
    """A part of a date; ATOP leaves it empty, or 0, where it is unknown or does not apply."""
    return pl.when(pl.col(column) > 0).then(pl.col(column))


def _earliest(year: str, month: str, day: str) -> pl.Expr:
    return pl.date(_known(year), _known(month).fill_null(1), _known(day).fill_null(1))


def _latest(year: str, month: str, day: str) -> pl.Expr:
    first = pl.date(_known(year), _known(month).fill_null(12), 1)
    exact = pl.date(_known(year), _known(month).fill_null(12), _known(day).fill_null(1))
    return pl.when(_known(day).is_null()).then(first.dt.month_end()).otherwise(exact)


def _precision(month: str, day: str) -> pl.Expr:
    return (
        pl.when(_known(month).is_null())
        .then(pl.lit("year"))
        .when(_known(day).is_null())
        .then(pl.lit("month"))
        .otherwise(pl.lit("day"))
    )


def _alliance_id() -> pl.Expr:
    return pl.format(PREFIX + "{}", pl.col("atopid").cast(pl.Int64)).alias("alliance_id")


def _alliances(alliance: pl.DataFrame, members: pl.DataFrame, member: pl.DataFrame) -> pl.DataFrame:
    counts = members.group_by("alliance_id").agg(pl.col("ccode").n_unique().alias("n_members"))
    modes = member.group_by("atopid").agg((pl.col("termmode") == 4).any().alias("_death"))
    ended = pl.col("ineffect") == 0
    detail = (
        pl.when(ended & (pl.col("term") == 0))
        .then(
            pl.when(pl.col("_death"))
            .then(pl.lit("a member lost its independence"))
            .otherwise(pl.lit("neither run out, broken nor replaced (ATOP term 0)"))
        )
        .alias("end_detail")
    )
    provisions = [pl.col(name) for name in PROVISIONS if name in alliance.columns]
    return (
        alliance.with_columns(_alliance_id())
        .join(counts, on="alliance_id", how="left")
        .join(modes, on="atopid", how="left")
        .select(
            "alliance_id",
            pl.col("atopid").alias("atop_id"),
            pl.format("ATOP {}", pl.col("atopid").cast(pl.Int64)).alias("title"),
            _earliest("begyr", "begmo", "begday").alias("signed"),
            _precision("begmo", "begday").alias("signed_precision"),
            pl.when(ended).then(_latest("endyr", "endmo", "endday")).alias("ended"),
            pl.when(ended).then(_precision("endmo", "endday")).alias("ended_precision"),
            pl.when(ended)
            .then(pl.col("term").replace_strict(END_CAUSES, default=None, return_dtype=pl.Utf8))
            .alias("end_cause"),
            detail,
            pl.lit(ATOP_OBSERVED_TO).alias("observed_to"),
            (pl.col("bilat") == 1).alias("bilateral"),
            "n_members",
            pl.lit("imported").alias("origin"),
            *provisions,
        )
    )


def _member_rows(member: pl.DataFrame) -> pl.DataFrame:
    """Member-level rows (one a member and phase) with entry and exit as dates."""
    return member.with_columns(
        _alliance_id(),
        pl.col("member").cast(pl.Int32).alias("ccode"),
        _earliest("yrent", "moent", "dayent").alias("entry"),
        _latest("yrexit", "moexit", "dayexit").alias("exit"),
    )


def _members(rows: pl.DataFrame) -> pl.DataFrame:
    """Spells of membership: the phases of an alliance adjoin, a state that came back has two."""
    keys = ["alliance_id", "ccode"]
    mode = pl.when(pl.col("exit").is_null().any()).then(None).otherwise(pl.col("termmode").last())
    return (
        numbered_spells(rows, keys, "entry", "exit", gap_days=1)
        .group_by([*keys, "spell"], maintain_order=True)
        .agg(pl.col("entry").min(), last_end("exit").alias("exit"), mode.alias("exit_mode"))
        .with_columns(
            pl.when(pl.col("exit_mode") > 0)
            .then(
                pl.col("exit_mode").replace_strict(EXIT_CAUSES, default=None, return_dtype=pl.Utf8)
            )
            .alias("exit_cause")
        )
        .drop("spell")
    )


def _obligations(rows: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Directed promises: a member coded with a kind owes it to every other one while both are in.

    ATOP codes what a member owes, not to whom; in a few alliances (guarantees, protocols of a
    larger pact) some of the pairs this gives were not meant.
    """
    others = members.select(
        "alliance_id", beneficiary="ccode", other_entry="entry", other_exit="exit"
    )
    found = []
    for kind, (variable, conditions) in OBLIGATIONS.items():
        named = [
            pl.when(pl.col(column) == 1).then(pl.lit(label))
            for column, label in conditions.items()
            if column in rows.columns
        ]
        listed = (
            pl.concat_list(named).list.drop_nulls() if named else pl.lit([], dtype=pl.List(pl.Utf8))
        )
        owed = (
            rows.filter(pl.col(variable) == 1)
            .select("alliance_id", "entry", "exit", obligor="ccode", conditions=listed)
            .join(others, on="alliance_id")
            .filter(pl.col("obligor") != pl.col("beneficiary"))
            .select(
                "alliance_id",
                "obligor",
                "beneficiary",
                pl.lit(kind).alias("kind"),
                pl.col("conditions").list.join(",").alias("_conditions"),
                pl.max_horizontal("entry", "other_entry").alias("start"),
                pl.min_horizontal("exit", "other_exit").alias("end"),
            )
            .filter(pl.col("end").is_null() | (pl.col("start") <= pl.col("end")))
        )
        found.append(owed)
    keys = ["alliance_id", "obligor", "beneficiary", "kind", "_conditions"]
    spells = coalesce(pl.concat(found), keys, "start", "end")
    texts = pl.col("_conditions").str.split(",").list.eval(pl.element().filter(pl.element() != ""))
    return spells.with_columns(texts.alias("conditions")).drop("_conditions")
