"""Spells and ties: merging, gaps, and what holds for any set of memberships."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.register.spells import TIE_GAP_DAYS, coalesce, ties

DAY0 = date(1900, 1, 1)


def day(number: int) -> date:
    return DAY0 + timedelta(days=number)


def tie_frame(spells: list[tuple[str, int, int | None]]) -> pl.DataFrame:
    """Ties of one pair from (treaty, first day, last day or None) of both members."""
    members = pl.DataFrame(
        [
            (name, code, day(start), None if end is None else day(end))
            for name, start, end in spells
            for code in (2, 200)
        ],
        schema={"alliance_id": pl.Utf8, "ccode": pl.Int32, "entry": pl.Date, "exit": pl.Date},
        orient="row",
    )
    alliances = pl.DataFrame({"alliance_id": sorted({name for name, _, _ in spells})}).with_columns(
        pl.lit(date(2016, 12, 31)).alias("observed_to")
    )
    return ties(members, alliances)


def test_a_successor_within_a_month_keeps_the_tie():
    frame = tie_frame([("old", 0, 100), ("new", 100 + TIE_GAP_DAYS, 500)])
    assert frame.height == 1
    assert frame["treaties"].to_list() == [["old", "new"]]
    assert frame.row(0, named=True)["end"] == day(500)


def test_a_longer_gap_breaks_it():
    frame = tie_frame([("old", 0, 100), ("new", 101 + TIE_GAP_DAYS, 500)])
    assert frame["treaties"].to_list() == [["old"], ["new"]]


def test_a_treaty_that_outlives_a_later_one_carries_the_tie():
    frame = tie_frame([("long", 0, 1000), ("short", 10, 20), ("after", 1001, 1100)])
    assert frame.height == 1
    assert frame.row(0, named=True)["n_treaties"] == 3


def test_a_tie_with_an_open_treaty_is_open():
    frame = tie_frame([("open", 0, None), ("closed", 5, 9)])
    assert frame["end"].to_list() == [None]


def test_members_who_never_met_are_not_tied():
    members = pl.DataFrame(
        {
            "alliance_id": ["a", "a"],
            "ccode": [2, 200],
            "entry": [day(0), day(50)],
            "exit": [day(40), None],
        },
        schema_overrides={"ccode": pl.Int32},
    )
    alliances = pl.DataFrame({"alliance_id": ["a"], "observed_to": [day(900)]})
    assert ties(members, alliances).height == 0


SPELLS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.integers(0, 400),
        st.one_of(st.none(), st.integers(0, 200)),
    ).map(lambda s: (s[0], s[1], None if s[2] is None else s[1] + s[2])),
    min_size=1,
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(SPELLS)
def test_ties_cover_every_spell_and_are_maximal(spells):
    frame = tie_frame(spells)
    rows = [(row["start"], row["end"] or date.max) for row in frame.iter_rows(named=True)]
    for _, start, end in spells:
        # Each treaty's spell lies inside exactly one tie.
        last = date.max if end is None else day(end)
        assert sum(first <= day(start) and last <= final for first, final in rows) == 1
    for (_, before), (after, _) in itertools.pairwise(rows):
        assert (after - before).days > TIE_GAP_DAYS
    starts = {day(start) for _, start, _ in spells}
    assert {first for first, _ in rows} <= starts
    assert {name for names in frame["treaties"] for name in names} == {s[0] for s in spells}


@settings(max_examples=100, deadline=None)
@given(SPELLS, st.integers(0, 60))
def test_coalescing_twice_changes_nothing_and_loses_no_day(spells, gap):
    frame = pl.DataFrame(
        [(1, day(start), None if end is None else day(end)) for _, start, end in spells],
        schema={"key": pl.Int32, "start": pl.Date, "end": pl.Date},
        orient="row",
    )
    once = coalesce(frame, ["key"], "start", "end", gap_days=gap)
    assert once.equals(coalesce(once, ["key"], "start", "end", gap_days=gap))
    assert once["start"].min() == frame["start"].min()
    assert once["end"].null_count() == min(1, frame["end"].null_count())
