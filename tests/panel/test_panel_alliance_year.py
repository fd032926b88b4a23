"""What stands in the row of an alliance and a year."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import A, B, C, D, Treaties, row, small_world

from foedus.panel import (
    FIRST,
    NAMES,
    YEARS,
    World,
    alliance_years,
    context_of,
    term_clock,
    year_fraction,
)


def table(treaties: Treaties, world: World | None = None, last: int = 2016) -> pl.DataFrame:
    return alliance_years(*treaties.frames, world or small_world(), last=last)


def line(frame: pl.DataFrame, name: str, column: str) -> dict[int, float | None]:
    mine = frame.filter(pl.col("alliance_id") == name)
    return dict(zip(mine["year"].to_list(), mine[column].to_list(), strict=True))


def pact(**codes: int | None) -> Treaties:
    return Treaties().add("pact", (A, B), date(1945, 7, 2), **codes)


# --- lags -----------------------------------------------------------------------------------------


def test_a_war_enters_the_row_of_the_year_after() -> None:
    war = np.zeros((6, len(YEARS)))
    war[row(A), 1950 - FIRST] = 1
    at_war = line(table(pact(), small_world(at_war=war)), "pact", "member_at_war")
    assert (at_war[1950], at_war[1951], at_war[1952]) == (0.0, 0.5, 0.0)


@pytest.mark.parametrize(
    ("array", "factor"),
    [
        ("cinc", "power_ratio"),
        ("dem", "democracy_gap"),
        ("ideal", "ideal_distance"),
        ("major", "major_minor"),
        ("leader_change", "leader_change"),
        ("coalition_change", "coalition_change"),
        ("war_ended", "war_ended"),
        ("mid", "dispute_inside"),
        ("rivalry", "rivalry_inside"),
        ("contiguous", "contiguous"),
        ("igos", "shared_igos"),
    ],
)
def test_what_happens_in_a_year_is_seen_only_the_year_after(array: str, factor: str) -> None:
    values = getattr(small_world(), array).copy()
    if values.ndim == 2:
        values[row(A), 1950 - FIRST :] += 0.5 if array == "cinc" else 1
    else:
        values[row(A), row(B), 1950 - FIRST :] += 1
        values[row(B), row(A), 1950 - FIRST :] += 1
    seen = line(table(pact(), small_world(**{array: values})), "pact", factor)
    quiet = line(table(pact()), "pact", factor)
    assert seen[1950] == quiet[1950]
    assert seen[1951] != quiet[1951]


def test_nothing_of_the_world_from_a_year_on_enters_its_row() -> None:
    rng = np.random.default_rng(1)
    quiet, changed = small_world(), {}
    for name in ("cinc", "dem", "ideal", "major", "at_war", "war_ended", "mid", "rivalry", "igos"):
        values = getattr(quiet, name).copy()
        late = values[..., 1955 - FIRST :]
        late[...] = rng.integers(0, 2, late.shape)
        changed[name] = values
    treaties = pact().add("older", (A, B, C), date(1920, 1, 5))
    past = pl.col("year") <= 1955
    before, after = table(treaties, quiet), table(treaties, small_world(**changed))
    assert before.filter(past).equals(after.filter(past))
    assert not before.equals(after)


# --- the clock of a row ---------------------------------------------------------------------------


def test_the_first_year_is_at_risk_from_the_signature_on() -> None:
    frame = table(pact())
    assert line(frame, "pact", "exposure")[1945] == pytest.approx(1 - 182 / 365)
    assert line(frame, "pact", "age0")[1945] == 0
    assert line(frame, "pact", "age0")[1946] == pytest.approx(183 / 365)
    assert line(frame, "pact", "exposure")[1946] == 1


def test_an_ending_stands_in_the_row_of_its_year_and_that_year_is_the_last() -> None:
    treaties = Treaties().add("pact", (A, B), date(1945, 7, 2), date(1960, 3, 1), "violated")
    events = line(table(treaties), "pact", "event")
    assert [y for y, e in events.items() if e != "none"] == [1960] == [max(events)]
    assert events[1960] == "violated"


def test_the_year_of_an_ending_counts_whole_whatever_the_day() -> None:
    # Else the exposure of a row would say that the alliance is about to end.
    early = Treaties().add("pact", (A, B), date(1945, 7, 2), date(1960, 1, 3), "violated")
    assert line(table(early), "pact", "exposure")[1960] == 1


def test_an_alliance_of_hours_is_at_risk_and_ends() -> None:
    frame = table(
        Treaties().add("pact", (A, B), date(1945, 12, 31), date(1945, 12, 31), "violated")
    )
    assert frame["event"].to_list() == ["violated"]
    assert 0 < frame["exposure"][0] <= 1 / 365


def test_after_coverage_the_outcome_is_unknown_and_not_survival() -> None:
    treaties = Treaties(date(1955, 12, 31)).add("pact", (A, B), date(1945, 7, 2))
    frame = table(treaties, last=1960)
    assert line(frame, "pact", "observed")[1955] is True
    assert line(frame, "pact", "event")[1955] == "none"
    late = frame.filter(pl.col("year") > 1955)
    assert late["observed"].to_list() == [False] * 5
    assert late["event"].null_count() == 5


def test_a_last_year_watched_in_part_is_at_risk_for_that_part() -> None:
    treaties = Treaties(date(1955, 6, 30)).add("pact", (A, B), date(1945, 7, 2))
    exposure = line(table(treaties, last=1956), "pact", "exposure")
    assert exposure[1955] == pytest.approx(181 / 365)
    assert exposure[1954] == 1


# --- unknown --------------------------------------------------------------------------------------


def test_an_unknown_provision_is_null_and_not_zero() -> None:
    frame = table(pact(defense=None, milcon=None, base=None))
    assert frame["defense"].null_count() == len(frame)
    assert frame["military_institutionalization"].null_count() == len(frame)
    # Whether a treaty promises less than help cannot be said when help is unknown.
    assert frame["nonaggression_only"].null_count() == len(frame)
    assert frame["consultation"].to_list() == [1.0] * len(frame)


@pytest.mark.parametrize(
    ("array", "unknown", "factors"),
    [
        ("cinc", np.nan, ("power_ratio", "power_change_recent", "power_share")),
        ("dem", np.nan, ("democracy_min", "democracy_gap", "regime_change_recent")),
        ("ideal", np.nan, ("ideal_distance", "ideal_distance_change")),
        ("at_war", np.nan, ("member_at_war",)),
        ("leader_change", np.nan, ("leader_change",)),
        ("mid", -1, ("dispute_inside",)),
        ("rivalry", -1, ("rivalry_inside", "shared_rivals")),
        ("igos", -1, ("shared_igos",)),
        ("contiguous", -1, ("contiguous",)),
    ],
)
def test_what_no_source_covers_is_null(array: str, unknown: float, factors: tuple) -> None:
    empty = np.full_like(getattr(small_world(), array), unknown)
    frame = table(pact(), small_world(**{array: empty}))
    for name in factors:
        assert frame[name].null_count() == len(frame), name
    others = [n for n in NAMES if n not in factors and not n.startswith(("power", "regime"))]
    assert frame.select(others).null_count().sum_horizontal()[0] < len(others) * len(frame)


# --- who is bound ---------------------------------------------------------------------------------


def test_a_replacing_treaty_is_no_new_outside_alliance() -> None:
    treaties = (
        Treaties()
        .add("first", (A, B), date(1940, 5, 1), date(1955, 5, 14), "renegotiated")
        .add("second", (A, B), date(1955, 5, 14))
        .add("wider", (A, B, C), date(1954, 2, 1))
    )
    frame = table(treaties)
    for name in ("first", "second"):
        assert set(line(frame, name, "new_outside_alliance").values()) == {0.0}


def test_a_treaty_with_an_outsider_counts_for_the_two_years_after_it() -> None:
    treaties = pact().add("elsewhere", (A, C), date(1950, 6, 1))
    outside = line(table(treaties), "pact", "new_outside_alliance")
    assert [outside[y] for y in (1950, 1951, 1952, 1953)] == [0.0, 0.5, 0.5, 0.0]


def test_an_outsider_who_joins_later_was_an_outsider_until_then() -> None:
    treaties = Treaties().add(
        "league",
        ((A, date(1949, 4, 4), None), (B, date(1949, 4, 4), None), (C, date(1982, 5, 30), None)),
        date(1949, 4, 4),
    )
    treaties.add("bases", (A, C), date(1953, 9, 26))
    outside = line(table(treaties), "league", "new_outside_alliance")
    assert (outside[1954], outside[1955], outside[1956]) == (0.5, 0.5, 0.0)


def test_joining_an_alliance_is_dated_from_the_entry_not_from_its_signature() -> None:
    treaties = pact().add(
        "league",
        ((C, date(1948, 1, 10), None), (D, date(1948, 1, 10), None), (A, date(1960, 3, 3), None)),
        date(1948, 1, 10),
    )
    outside = line(table(treaties), "pact", "new_outside_alliance")
    assert (outside[1949], outside[1961], outside[1962], outside[1963]) == (0.0, 0.5, 0.5, 0.0)


def test_a_member_that_leaves_is_gone_from_the_next_row() -> None:
    treaties = Treaties().add(
        "three",
        (
            (A, date(1940, 1, 9), None),
            (B, date(1940, 1, 9), None),
            (C, date(1940, 1, 9), date(1955, 5, 3)),
        ),
        date(1940, 1, 9),
    )
    frame = table(treaties)
    assert line(frame, "three", "members")[1955] == pytest.approx(math.log(3))
    assert line(frame, "three", "members")[1956] == pytest.approx(math.log(2))
    assert line(frame, "three", "bilateral")[1955] == 0
    assert line(frame, "three", "bilateral")[1956] == 1


def test_where_membership_lapses_the_last_known_members_stand() -> None:
    # ATOP: Saudi Arabia and Yemen, 1934-62, taken up again by a Yemeni successor in 1995.
    treaties = Treaties().add(
        "taif",
        (
            (A, date(1934, 5, 20), date(1962, 11, 6)),
            (B, date(1934, 5, 20), date(1962, 11, 6)),
            (A, date(1995, 2, 26), None),
            (C, date(1995, 2, 26), None),
        ),
        date(1934, 5, 20),
    )
    share = line(table(treaties), "taif", "power_share")
    world = small_world()
    with_b = world.cinc[[row(A), row(B)], 0].sum()
    with_c = world.cinc[[row(A), row(C)], 0].sum()
    assert share[1980] == pytest.approx(with_b)
    assert share[1996] == pytest.approx(with_c)


def test_a_member_of_several_phases_stays_bound_through_them() -> None:
    phases = (
        (A, date(1940, 1, 9), None),
        (B, date(1940, 1, 9), date(1955, 3, 1)),
        (B, date(1955, 3, 2), None),
    )
    treaties = Treaties().add("phased", phases, date(1940, 1, 9))
    web = context_of(*treaties.frames, small_world()).web
    bound = web.pair[row(A), row(B)]
    assert (bound[1939 - FIRST], bound[1940 - FIRST]) == (0, 1)
    assert set(bound[1940 - FIRST :].tolist()) == {1}
    assert set(line(table(treaties), "phased", "bilateral").values()) == {1.0}


def test_a_treaty_and_its_successor_of_the_same_year_leave_no_gap_in_the_tie() -> None:
    treaties = (
        Treaties()
        .add("first", (A, B), date(1948, 2, 18), date(1967, 9, 7), "renegotiated")
        .add("second", (A, B), date(1967, 9, 7), date(1991, 7, 1), "violated")
    )
    bound = context_of(*treaties.frames, small_world()).web.pair[row(A), row(B)]
    assert [int(bound[y - FIRST]) for y in (1947, 1948, 1966, 1967, 1990, 1991)] == [
        0,
        1,
        1,
        1,
        1,
        0,
    ]


def test_other_treaties_count_from_the_first_row_on() -> None:
    treaties = Treaties().add("old", (A, B), date(1930, 4, 1)).add("new", (A, B), date(1950, 4, 1))
    other = line(table(treaties), "new", "other_ties")
    assert other[1950] == other[1951] == pytest.approx(math.log(2))
    first = line(table(treaties), "old", "other_ties")
    assert (first[1930], first[1950]) == (0, 0)
    assert first[1951] == pytest.approx(math.log(2))


def test_the_record_of_a_member_counts_only_past_endings() -> None:
    treaties = pact().add("broken", (A, C), date(1930, 1, 5), date(1950, 6, 1), "violated")
    record = line(table(treaties), "pact", "violation_record")
    assert record[1950] == record[1946] == pytest.approx(0.35)
    assert record[1951] == pytest.approx(1.7 / 3)


# --- the term clock -------------------------------------------------------------------------------


@given(
    signed=st.dates(date(1816, 1, 1), date(1990, 12, 31)),
    months=st.integers(1, 360),
    rule=st.sampled_from([0, 1, 2]),
    renewal=st.sampled_from([0, 12, 60, 120, 240]),
)
def test_a_term_falls_due_only_when_it_or_a_renewal_runs_out(signed, months, rule, renewal) -> None:
    starts = np.arange(signed.year, signed.year + 80, dtype=float)
    clock = term_clock(float(months), float(rule), float(renewal), signed, starts)
    first = year_fraction(signed) + months / 12
    every = renewal / 12 if rule in (1, 2) and renewal else math.inf
    for start, due in zip(starts, clock["term_due"], strict=True):
        elapsed = start + 1 - first
        turns = 0 if math.isinf(every) else max(math.floor(elapsed / every + 1e-9), 0)
        last = first + (turns * every if turns else 0)
        inside = start - 1e-6 <= last < start + 1 + 1e-6
        if due == 1:
            assert inside
        elif due == 0:
            assert not (start + 1e-6 <= last < start + 1 - 1e-6)
    past = clock["past_term"]
    assert (np.diff(past) >= 0).all()
    assert set(np.unique(past)) <= {0.0, 1.0}
    assert (past == (starts > first)).all()


def test_a_treaty_without_a_term_has_no_clock_and_an_unknown_term_an_unknown_one() -> None:
    starts = np.arange(1950.0, 1990.0)
    none = term_clock(0.0, 0.0, 0.0, date(1950, 1, 1), starts)
    unknown = term_clock(math.nan, 0.0, 0.0, date(1950, 1, 1), starts)
    assert all((v == 0).all() for v in none.values())
    assert all(np.isnan(v).all() for v in unknown.values())


def test_the_sino_soviet_term_of_thirty_years_falls_due_in_1980() -> None:
    frame = table(
        Treaties().add("pact", (A, B), date(1950, 2, 14), length=360, proren=2, renewlgt=60)
    )
    due = line(frame, "pact", "term_due")
    assert [y for y in range(1950, 1996) if due[y] == 1] == [1980, 1985, 1990, 1995]
    assert due[1981] == 0.5


# --- the era --------------------------------------------------------------------------------------


def test_the_era_rate_is_endings_over_alliance_years_of_the_years_before() -> None:
    treaties = Treaties()
    for k in range(10):
        end = (date(1952, 6, 1), "violated") if k < 2 else (None, None)
        treaties.add(f"a{k}", (A, B), date(1940, 1, 5), *end)
    rate = line(table(treaties), "a9", "era_rate_5")
    assert rate[1952] == pytest.approx(math.log(1 / (50 + 25)))
    # Two of ten ended in 1952; all ten were at risk in that year.
    assert rate[1953] == pytest.approx(math.log(3 / (50 + 25)))
    assert rate[1958] == pytest.approx(math.log(1 / (40 + 25)))


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_no_future_ending_changes_the_rates_of_the_past(data) -> None:
    years = data.draw(st.lists(st.integers(1961, 2016), min_size=6, max_size=6))
    shuffled = data.draw(st.permutations(years))

    def rates(ends: list[int]) -> dict[str, np.ndarray]:
        treaties = Treaties().add("early", (A, B), date(1930, 1, 5), date(1950, 3, 1), "violated")
        for k, end in enumerate(ends):
            treaties.add(f"t{k}", (C, D), date(1935 + k, 1, 5), date(end, 5, 1), "scheduled")
        return context_of(*treaties.frames, small_world()).era

    one, other = rates(years), rates(list(shuffled))
    upto = 1960 - FIRST + 1
    for name in one:
        assert np.array_equal(one[name][:upto], other[name][:upto])


def test_a_window_past_its_source_is_not_free_of_what_it_cannot_see() -> None:
    import numpy as np

    from foedus.panel.group import _happened

    nan = float("nan")
    #       known and quiet | seen, rest unknown | quiet, one year unknown | nothing known
    years = np.array([[0.0, 1.0, 0.0, nan], [0.0, nan, nan, nan]])
    assert _happened(years)[:2].tolist() == [0.0, 1.0]
    assert np.isnan(_happened(years)[2:]).all()
