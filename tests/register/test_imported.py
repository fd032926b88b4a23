"""ATOP 4.01 as a table: base rates, dates, members, directed obligations, ties."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from foedus.errors import ForeignLayoutError
from foedus.register import from_atop, ties_through

pytestmark = pytest.mark.shared


def one(table, ident):
    return table.alliances.row(by_predicate=pl.col("alliance_id") == ident, named=True)


def test_base_rates_are_those_of_the_publisher(imported):
    frame = imported.alliances
    assert frame.height == 745
    counts = dict(frame["end_cause"].value_counts().iter_rows())
    assert counts == {
        None: 334,
        "violated": 160,
        "renegotiated": 118,
        "scheduled": 84,
        "state_death": 49,
    }
    assert frame["ended"].null_count() == 334
    lost = frame.filter(pl.col("end_cause") == "state_death")["end_detail"]
    assert (lost == "a member lost its independence").sum() == 44


def test_censoring_is_the_flag_of_effect_not_the_term(imported):
    # 49 alliances have term 0 and are over all the same.
    assert imported.alliances.filter(pl.col("ended").is_null())["end_cause"].null_count() == 334
    assert set(imported.alliances["observed_to"]) == {date(2016, 12, 31)}


def test_unknown_provisions_stay_null(imported):
    # 13 treaties whose text ATOP could not read on organization; secret terms and the like.
    assert imported.alliances["organ1"].null_count() == 13
    assert imported.alliances["defense"].null_count() == 0


def test_a_day_that_atop_does_not_know_is_marked(imported):
    partly = imported.alliances.filter(pl.col("ended_precision") == "month")
    assert partly.height == 13
    assert (partly["ended"].dt.month_end() == partly["ended"]).all()


def test_phases_are_one_membership_and_a_return_is_two(imported):
    members = imported.members.filter(pl.col("alliance_id") == "atop-4220")
    assert members.filter(pl.col("ccode") == 365).height == 1
    assert members.filter(pl.col("ccode") == 704)["entry"].to_list() == [
        date(1992, 5, 15),
        date(2006, 8, 17),
    ]


def test_an_asymmetric_alliance_has_one_sided_obligations(imported):
    owed = imported.obligations.filter(
        (pl.col("alliance_id") == "atop-3375") & (pl.col("kind") == "defense")
    )
    assert owed.select("obligor", "beneficiary").rows() == [(2, 740)]


def test_conditions_keep_their_names(imported):
    owed = imported.obligations.filter(
        (pl.col("alliance_id") == "atop-3140")
        & (pl.col("kind") == "defense")
        & (pl.col("obligor") == 375)
    )
    assert owed["conditions"].to_list() == [["adversary", "location"]]


def test_a_treatys_end_is_not_the_ties_end(imported):
    hungary = imported.ties.filter((pl.col("ccode1") == 310) & (pl.col("ccode2") == 365))
    assert {"atop-3120", "atop-3285"} <= set(hungary["treaties"].to_list()[0])
    korea = imported.ties.filter((pl.col("ccode1") == 365) & (pl.col("ccode2") == 731))
    assert korea["end"].to_list() == [date(1996, 9, 10), None]


def test_a_defense_tie_is_not_a_tie_of_non_aggression(imported):
    pair = (pl.col("ccode1") == 365) & (pl.col("ccode2") == 731)
    # Since 2008 both are parties to ASEAN's treaty of amity, which promises no defense.
    assert "atop-3755" in imported.ties.filter(pair)["treaties"].to_list()[-1]
    defense = ties_through(imported, ["defense"]).filter(pair)
    assert defense["end"].to_list() == [date(1996, 9, 10)]
    assert defense.columns == imported.ties.columns


def test_ties_agree_with_atops_own_dyad_years(imported, shared_dir):
    """Share of allied pair-years on which the ties and ATOP 5.1's directed dyad-years agree.

    5.1 is a later edition: it knows alliances that 4.01 does not, so agreement is not whole.
    Measured: 0.9935 of the union, 1.0 in the median year, 0.9816 in the worst one outside 1874-1890.
    In those years 5.1 adds up to ten pairs of Central American states to a dozen or so in all. The
    rest is two duplicate transitions of 1990 (Germany, Yemen) and one party outside the system.
    """
    path = shared_dir / "data" / "atop" / "atop5_1_directed_dyad_year.parquet"
    theirs = (
        pl.read_parquet(path)
        .cast(pl.Int32)
        .filter(pl.col("year") <= 2016)
        .select(
            "year",
            a=pl.min_horizontal("ccode1", "ccode2"),
            b=pl.max_horizontal("ccode1", "ccode2"),
        )
        .unique()
    )
    last = pl.col("end").dt.year().fill_null(2016)
    ours = (
        imported.ties.with_columns(
            pl.int_ranges(pl.col("start").dt.year(), last + 1, dtype=pl.Int32).alias("year")
        )
        .explode("year")
        .select("year", a="ccode1", b="ccode2")
        .unique()
    )
    both = ours.join(theirs, on=["year", "a", "b"]).group_by("year").len("both")
    either = pl.concat([ours, theirs]).unique().group_by("year").len("either")
    years = either.join(both, on="year", how="left").with_columns(pl.col("both").fill_null(0))
    assert years["both"].sum() / years["either"].sum() > 0.99
    years = years.with_columns((pl.col("both") / pl.col("either")).alias("share"))
    central_america = pl.col("year").is_between(1874, 1890)
    assert years.filter(~central_america)["share"].min() > 0.97
    early = years.filter(central_america)
    assert (early["either"] - early["both"]).max() <= 10
    assert years["share"].median() == 1.0


def test_a_foreign_layout_is_named(atop_cache):
    alliance = atop_cache.load("atop_4_01_alliance").drop("ineffect")
    with pytest.raises(ForeignLayoutError, match="ineffect"):
        from_atop(alliance, atop_cache.load("atop_4_01_member"))
