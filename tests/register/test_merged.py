"""Curated and imported alliances in one table: who wins, what is filled, what stays apart."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from foedus.register import curated, curated_alliances
from foedus.register.merged import merge, tabulate
from foedus.register.parse import parse_treaty
from foedus.register.table import assemble

DAY = date(1904, 4, 8)


@pytest.fixture
def atop():
    """One imported alliance of France and Britain, with codes and promises, and one of others."""
    alliances = pl.DataFrame(
        {
            "alliance_id": ["atop-7", "atop-8"],
            "atop_id": [7, 8],
            "title": ["ATOP 7", "ATOP 8"],
            "signed": [DAY, DAY],
            "observed_to": [date(2016, 12, 31)] * 2,
            "origin": ["imported"] * 2,
            "defense": [0, 1],
            "milcon": [2, 0],
        }
    )
    members = pl.DataFrame(
        [
            ("atop-7", 220, DAY, None),
            ("atop-7", 200, DAY, date(1915, 1, 1)),
            ("atop-8", 2, DAY, None),
        ],
        schema={"alliance_id": pl.Utf8, "ccode": pl.Int32, "entry": pl.Date, "exit": pl.Date},
        orient="row",
    ).with_columns(pl.lit(3, dtype=pl.Int16).alias("exit_mode"))
    obligations = pl.DataFrame(
        [
            ("atop-7", 220, 200, "consultation", None),
            ("atop-7", 220, 200, "defense", None),
            ("atop-7", 200, 220, "neutrality", None),
        ],
        schema={
            "alliance_id": pl.Utf8,
            "obligor": pl.Int32,
            "beneficiary": pl.Int32,
            "kind": pl.Utf8,
            "end": pl.Date,
        },
        orient="row",
    ).with_columns(pl.lit(DAY).alias("start"))
    return assemble(alliances, members, obligations, "imported")


@pytest.fixture
def ours(sound):
    sound["atop_id"] = 7
    found, problems = parse_treaty(sound, "fra-gbr-1904.toml")
    assert not [p for p in problems.found if not p.warning]
    return found


def test_the_curated_treaty_takes_the_place_of_the_imported_one(ours, atop):
    table = merge([ours], atop)
    assert sorted(table.alliances["alliance_id"]) == ["atop-8", "fra-gbr-1904"]
    assert set(table.members["alliance_id"]) == {"atop-8", "fra-gbr-1904"}
    origin = dict(table.alliances.select("alliance_id", "origin").iter_rows())
    assert origin == {"atop-8": "imported", "fra-gbr-1904": "both"}


def test_the_file_wins_where_it_knows_and_atop_fills_the_rest(ours, atop):
    row = merge([ours], atop).alliances.row(
        by_predicate=pl.col("alliance_id") == "fra-gbr-1904", named=True
    )
    assert row["defense"] == 1
    assert row["milcon"] == 2
    assert row["base"] is None
    assert row["ended"] == date(1914, 12, 31)
    assert row["observed_to"] == date(2026, 5, 31)


def test_promises_of_a_kind_the_file_knows_are_the_files(ours, atop):
    kinds = merge([ours], atop).obligations.filter(pl.col("alliance_id") == "fra-gbr-1904")
    # defense: both ways, from the file; consultation: coded absent; neutrality: left to ATOP.
    counts = dict(kinds["kind"].value_counts().iter_rows())
    assert counts == {"defense": 2, "neutrality": 1}


def test_borrowed_promises_end_with_the_files_membership(ours, atop):
    owed = merge([ours], atop).obligations.filter(pl.col("kind") == "neutrality")
    assert owed["end"].to_list() == [date(1914, 12, 31)]


def test_an_exit_keeps_atops_mode_only_where_the_dates_agree(ours, atop):
    members = merge([ours], atop).members.filter(pl.col("alliance_id") == "fra-gbr-1904")
    modes = dict(members.select("ccode", "exit_mode").iter_rows())
    # Britain's exits are a day apart; of France's ATOP has none.
    assert modes == {200: 3, 220: None}


def test_further_atop_numbers_of_a_file_are_covered_too(sound, atop):
    sound.update(atop_id=7, atop_also=[8])
    found, _ = parse_treaty(sound, "fra-gbr-1904.toml")
    assert merge([found], atop).alliances["alliance_id"].to_list() == ["fra-gbr-1904"]


def test_a_treaty_without_a_number_stands_beside_the_imported(sound, atop):
    found, _ = parse_treaty(sound, "fra-gbr-1904.toml")
    table = merge([found], atop)
    assert table.alliances.height == 3
    # One tie of the pair, from two treaties.
    tie = table.ties.filter((pl.col("ccode1") == 200) & (pl.col("ccode2") == 220))
    assert tie["n_treaties"].to_list() == [2]


def test_dates_known_in_part_keep_their_precision(ours):
    row = tabulate([ours]).alliances.row(0, named=True)
    assert (row["signed"], row["signed_precision"]) == (DAY, "day")
    assert row["in_force"] == date(1904, 6, 1)
    assert (row["ended"], row["ended_precision"]) == (date(1914, 12, 31), "year")


def test_an_empty_register_is_an_empty_table():
    table = tabulate([])
    assert table.alliances.height == table.members.height == table.ties.height == 0


def test_the_curated_table_is_consistent():
    table = curated_alliances()
    assert table.alliances.height == len(curated())
    assert table.alliances["alliance_id"].is_unique().all()
    for frame in (table.members, table.obligations):
        assert set(frame["alliance_id"]) <= set(table.alliances["alliance_id"])
    for frame, first, last in (
        (table.members, "entry", "exit"),
        (table.obligations, "start", "end"),
        (table.ties, "start", "end"),
    ):
        assert frame.filter(pl.col(last) < pl.col(first)).height == 0
    parties = table.members.select("alliance_id", obligor="ccode").unique()
    assert table.obligations.join(parties, on=["alliance_id", "obligor"], how="anti").height == 0


@pytest.mark.shared
def test_the_merged_table_knows_each_atop_alliance_once(imported):
    table = merge(list(curated().values()), imported)
    numbers = table.alliances["atop_id"].drop_nulls()
    assert numbers.is_unique().all()
    also = {n for t in curated().values() for n in t.atop_also}
    assert set(numbers) | also == set(imported.alliances["atop_id"])
    korea = table.ties.filter((pl.col("ccode1") == 365) & (pl.col("ccode2") == 731))
    assert "rus-prk-2024" in korea["treaties"].to_list()[-1]
    assert korea["end"].to_list()[-1] is None


@pytest.mark.shared
def test_every_promise_of_atop_survives_the_merge_or_is_contradicted(imported):
    """A kind that ATOP codes for an alliance is in the merged table, unless the file denies it."""
    table = merge(list(curated().values()), imported)
    for treaty in curated().values():
        if treaty.atop_id is None:
            continue
        theirs = imported.obligations.filter(pl.col("alliance_id") == f"atop-{treaty.atop_id}")
        mine = table.obligations.filter(pl.col("alliance_id") == treaty.id)
        denied = {kind for kind in theirs["kind"].unique() if kind not in set(mine["kind"])}
        names = {"neutrality": "neutral", "nonaggression": "nonagg", "consultation": "consul"}
        assert all(treaty.codes.get(names.get(kind, kind)) == 0 for kind in denied), treaty.id
