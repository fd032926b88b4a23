"""The reference class and the counts that everything is checked against."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.durability import Material
from foedus.durability.reference import (
    DROPPED,
    ENOUGH,
    Case,
    cases,
    conditional_survival,
    effective_endings,
    kaplan_meier,
    median_survival,
    reference_class,
)
from foedus.panel import year_fraction

TRAITS = {"pact": 0, "size": True, "power": 1, "regimes": 0, "era": True}


def case(
    name: str, signed: float, ended: float | None, members=(1, 2), cause="violated", **traits
) -> Case:
    return Case(
        name, signed, ended, cause if ended else None, 2017.0, frozenset(members), TRAITS | traits
    )


def medians(material: Material, chosen: pl.DataFrame) -> float | None:
    start = [year_fraction(d) for d in chosen["signed"]]
    stop = [
        year_fraction(e or o) for e, o in zip(chosen["ended"], chosen["observed_to"], strict=True)
    ]
    return median_survival(np.array(stop) - start, chosen["ended"].is_not_null().to_numpy())


# --- what the field counts ------------------------------------------------------------------------


@pytest.mark.shared
def test_base_rates_of_atop(material: Material) -> None:
    table = material.register.alliances
    assert len(table) == 745
    assert table["ended"].is_not_null().sum() == 411
    by_cause = dict(table["end_cause"].value_counts().iter_rows())
    assert by_cause.pop(None) == 334
    assert by_cause == {"violated": 160, "renegotiated": 118, "scheduled": 84, "state_death": 49}


@pytest.mark.shared
def test_median_lives_of_alliances_are_those_of_the_literature(material: Material) -> None:
    table = material.register.alliances
    defense = table.filter(pl.col("defense") == 1)
    assert len(defense) == 275
    assert medians(material, table) == pytest.approx(21.5, abs=0.3)
    assert medians(material, defense) == pytest.approx(11.4, abs=0.3)
    postwar = defense.filter(pl.col("signed") >= date(1946, 1, 1))
    assert len(postwar) == 160
    assert medians(material, postwar) == pytest.approx(20.0, abs=0.3)


@pytest.mark.parametrize("seed", range(3))
def test_kaplan_meier_is_lifelines(seed: int) -> None:
    lifelines = pytest.importorskip("lifelines", reason="lifelines is not installed")
    rng = np.random.default_rng(seed)
    lives = rng.integers(1, 25, 150).astype(float)
    events = rng.random(150) < 0.6
    times, survival, variance = kaplan_meier(lives, events)
    theirs = lifelines.KaplanMeierFitter().fit(lives, events)
    assert np.allclose(survival, theirs.survival_function_at_times(times).to_numpy())
    assert median_survival(lives, events) == theirs.median_survival_time_
    greenwood = theirs._cumulative_sq_.loc[times].to_numpy()
    assert np.allclose(variance[survival > 0], greenwood[survival > 0])


def test_kaplan_meier_by_hand() -> None:
    times, survival, _ = kaplan_meier(np.array([1.0, 2, 2, 3, 4]), np.array([1, 1, 0, 1, 0], bool))
    assert times.tolist() == [1, 2, 3]
    assert survival == pytest.approx([0.8, 0.6, 0.3])


# --- choosing the class ---------------------------------------------------------------------------


def independent(n: int, start: int = 0, **traits) -> list[Case]:
    return [
        case(
            f"i{start + k}",
            1950.0 + k,
            1960.0 + 3 * k,
            (100 + start + k, 200 + start + k),
            **traits,
        )
        for k in range(n)
    ]


def test_a_class_with_enough_endings_is_not_widened() -> None:
    subject = case("x", 1990.0, None)
    found = reference_class(subject, independent(ENOUGH), date(2016, 12, 31))
    assert (found.widened, found.n, found.ended) == ((), ENOUGH, ENOUGH)
    assert found.effective_n == ENOUGH


def test_criteria_are_dropped_one_by_one_in_their_order() -> None:
    subject = case("x", 1990.0, None)
    few = independent(ENOUGH - 1)
    widened = []
    for drop, other in (("regimes", 2), ("era", False), ("power", 0), ("size", False)):
        everyone = few + independent(
            1, start=50, **dict.fromkeys(DROPPED[: len(widened)], None), **{drop: other}
        )
        widened.append(drop)
        assert reference_class(subject, everyone, date(2016, 12, 31)).widened == tuple(widened)
    assert tuple(widened) == DROPPED


def test_the_kind_of_promise_is_never_dropped() -> None:
    others = independent(20, pact=1)
    found = reference_class(case("x", 1990.0, None), others, date(2016, 12, 31))
    assert (found.n, found.widened, found.median_years, found.survival) == (0, DROPPED, None, {})


def test_the_soviet_pacts_of_1990_91_end_in_one_wave() -> None:
    russia = 365
    pacts = [
        case(f"s{k}", 1948.0 + k, ended, (russia, 300 + k))
        for k, ended in enumerate([1990.8, 1991.1, 1991.5, 1991.5, 1992.0])
    ]
    assert effective_endings(pacts, 2017.0) == 1
    alone = case("cuba", 1970.0, 1991.5, (2, 40))
    assert effective_endings([*pacts, alone], 2017.0) == 2
    later = case("mongolia", 1966.0, 1996.5, (russia, 712))
    assert effective_endings([*pacts, alone, later], 2017.0) == 3
    assert effective_endings([*pacts, alone, later], 1989.0) == 0


@pytest.mark.shared
def test_soviet_pacts_of_the_imported_data_are_worth_a_handful(material: Material) -> None:
    everyone = cases(material.context.spans, material.panel)
    russia = material.world.index(365)
    pacts = [
        c
        for c in everyone
        if russia in c.members and c.traits["size"] and c.ended and 1989 <= c.ended < 1993
    ]
    assert len(pacts) >= 8
    assert effective_endings(pacts, 2017.0) <= 2


def test_what_was_not_known_on_the_day_is_not_in_the_class() -> None:
    everyone = [*independent(6), case("later", 1980.0, 1985.0, (7, 8))]
    found = reference_class(case("x", 1950.0, None), everyone, date(1961, 7, 1))
    # Of the six, all signed by 1955, one had ended by the middle of 1961.
    assert (found.n, found.ended) == (6, 1)


def test_the_subject_is_not_its_own_precedent() -> None:
    subject = case("i0", 1950.0, 1960.0)
    assert reference_class(subject, independent(9), date(2016, 12, 31)).n == 8


# --- survival of the class ------------------------------------------------------------------------


def test_years_beyond_the_oldest_case_are_left_out() -> None:
    lives, events = np.array([2.0, 5.0, 9.0, 12.0]), np.array([True, True, False, False])
    found = conditional_survival(lives, events, 4.0, (1, 3, 5, 10, 20), 1.0)
    assert set(found) == {1, 3, 5}
    assert found[5][0] == pytest.approx(2 / 3)
    assert conditional_survival(lives, events, 50.0, (1, 3), 1.0) == {}


@settings(max_examples=60)
@given(
    lives=st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=40),
    age=st.integers(0, 20),
    discount=st.floats(0.05, 1),
)
def test_the_interval_contains_the_estimate(lives, age, discount) -> None:
    durations, events = (np.array(c) for c in zip(*lives, strict=True))
    found = conditional_survival(durations.astype(float), events, age, (1, 3, 5, 10, 20), discount)
    for p, low, high in found.values():
        assert 0 <= low <= p <= high <= 1
    points = [found[y][0] for y in found]
    assert points == sorted(points, reverse=True)


def test_fewer_independent_endings_make_a_wider_interval() -> None:
    rng = np.random.default_rng(1)
    lives, events = rng.uniform(0, 30, 60), rng.random(60) < 0.7
    wide, narrow = (conditional_survival(lives, events, 3.0, (5,), d)[5] for d in (0.2, 1.0))
    assert wide[0] == narrow[0]
    assert wide[1] < narrow[1]
    assert wide[2] > narrow[2]


def test_survival_given_age_is_the_ratio_of_survivals() -> None:
    rng = np.random.default_rng(2)
    lives, events = rng.uniform(0, 40, 300), rng.random(300) < 0.7
    times, survival, _ = kaplan_meier(lives, events)

    def at(t: float) -> float:
        return float(survival[np.searchsorted(times, t, side="right") - 1])

    got = conditional_survival(lives, events, 10.0, (5, 10), 1.0)
    assert got[5][0] == pytest.approx(at(15) / at(10))
    assert got[10][0] == pytest.approx(at(20) / at(10))
