"""The tie of a pair beside the treaty that makes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import span, toy_fit, toy_subject

from foedus.durability import Material
from foedus.durability.forecast import incidence, project
from foedus.durability.tie import PRIOR_EXITS, PRIOR_YEARS, fit_tie, stays_allied
from foedus.panel import AllianceSpan, Bonds, bonds
from foedus.panel.world import YEARS


class States:
    """As much of a world as counting bonds needs."""

    states = np.arange(8)


def web(spans: list[AllianceSpan]) -> Bonds:
    return bonds(spans, States())  # type: ignore[arg-type]


def record(n: int = 12, *, replaced: bool) -> list[AllianceSpan]:
    """Bilateral treaties that were renegotiated; ``replaced`` by a successor or not."""
    out = []
    for k in range(n):
        pair = (k % 4, 4 + k % 4)
        out.append(span(f"a{k}", pair, date(1900 + k, 1, 5), date(1920 + k, 3, 1), "renegotiated"))
        if replaced:
            out.append(span(f"b{k}", pair, date(1920 + k, 3, 1)))
    return out


def forecast(seed: int = 0, years: int = 20):
    fit = toy_fit(seed)
    return incidence(fit, project(toy_subject(seed), fit, years), draws=40)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 5), st.booleans())
def test_a_bilateral_treaty_s_tie_is_never_less_likely_than_the_treaty(
    seed, other, replaced
) -> None:
    spans = record(replaced=replaced)
    fit, done = fit_tie(spans, web(spans), 1960), forecast(seed)
    allied = stays_allied(fit, done.in_force, done.ends, other, multilateral=False)
    assert (allied >= done.in_force - 1e-12).all()
    assert (allied <= 1 + 1e-12).all()


def test_a_record_of_successors_keeps_ties_that_a_record_of_none_breaks() -> None:
    done, chance = forecast(), {}
    for replaced in (True, False):
        spans = record(replaced=replaced)
        fit = fit_tie(spans, web(spans), 1960)
        chance[replaced] = stays_allied(fit, done.in_force, done.ends, 0, False, mode_only=True)[
            :, -1
        ].mean()
    treaty = done.in_force[:, -1].mean()
    assert chance[True] > chance[False] > treaty
    assert (1 - chance[False]) / (1 - treaty) > 0.7
    assert (1 - chance[True]) / (1 - treaty) < 0.3


def test_with_no_ending_on_record_it_falls_back_on_even_chances() -> None:
    fit = fit_tie([span("a", (0, 1), date(1900, 1, 5))], web([]), 1950)
    assert (fit.n_endings, fit.exits, fit.exit_rate) == (0, 0, PRIOR_EXITS / PRIOR_YEARS)
    done = forecast()
    allied = stays_allied(fit, done.in_force, done.ends, 0, False, mode_only=True)
    assert allied == pytest.approx(done.in_force + (1 - done.in_force) / 2)


def test_an_ending_after_the_day_is_not_on_record() -> None:
    spans = record(replaced=True)
    early = [
        s
        if s.ended and s.ended.year <= 1925
        else replace(s, ended=None, cause=None, exit=(date.max,) * 2)
        for s in spans
        if s.signed.year <= 1925
    ]
    whole, part = fit_tie(spans, web(spans), 1925), fit_tie(early, web(early), 1925)
    assert np.array_equal(whole.coef, part.coef)
    assert np.array_equal(whole.chol, part.chol)
    assert whole.n_endings == part.n_endings == 6


def league(**kwargs) -> AllianceSpan:
    return span("league", (0, 1, 2, 3), date(1900, 1, 5), **kwargs)


def test_exits_of_single_members_are_counted_per_member_year() -> None:
    left = league(exits={3: date(1910, 6, 1)})
    fit = fit_tie([left], web([left]), 1920)
    assert fit.exits == 1
    assert fit.member_years == 3 * 20 + 10
    assert fit.exit_rate == pytest.approx((1 + PRIOR_EXITS) / (70 + PRIOR_YEARS))
    assert fit_tie([left], web([left]), 1909).exits == 0


def test_an_exit_with_the_end_of_the_treaty_is_not_a_leaving() -> None:
    over = league(ended=date(1910, 6, 1), cause="scheduled")
    fit = fit_tie([over], web([over]), 1920)
    assert (fit.exits, fit.member_years) == (0, 40)


def test_a_treaty_of_two_that_a_third_joins_later_has_no_exits_before() -> None:
    joined = AllianceSpan(
        "axis", date(1936, 1, 5), None, None, date(2016, 12, 31), np.array([0, 1, 2]),
        (date(1936, 1, 5), date(1936, 1, 5), date(1950, 1, 5)), (date.max,) * 3,
    )  # fmt: skip
    assert fit_tie([joined], web([joined]), 1945).member_years == 0
    assert fit_tie([joined], web([joined]), 1960).member_years == 24 + 24 + 10


def test_a_member_of_many_may_leave_so_its_tie_can_fall_below_the_treaty() -> None:
    left = league(exits={2: date(1905, 6, 1), 3: date(1906, 6, 1)})
    spans = [left, *record(replaced=False)]
    fit, done = fit_tie(spans, web(spans), 1945), forecast()
    many = stays_allied(fit, done.in_force, done.ends, 0, True, mode_only=True)
    assert (many[:, 0] < 1).all()
    assert (
        many[:, -1].mean()
        < stays_allied(fit, done.in_force, done.ends, 0, False, mode_only=True)[:, -1].mean()
    )


def test_a_pair_with_other_treaties_is_tied_before_and_after_one_ends() -> None:
    spans = [
        span("one", (0, 1), date(1900, 1, 5), date(1930, 6, 1), "violated"),
        span("two", (0, 1), date(1910, 1, 5)),
    ]
    bound = web(spans).pair[0, 1]
    counted = {y: int(bound[y - YEARS[0]]) for y in (1899, 1905, 1920, 1930, 1950)}
    assert counted == {1899: 0, 1905: 1, 1920: 2, 1930: 1, 1950: 1}


@pytest.mark.shared
def test_renegotiated_treaties_mostly_leave_the_pair_allied_and_violated_ones_do_not(
    material: Material,
) -> None:
    fit = fit_tie(material.context.spans, material.context.web, 2016)
    assert fit.n_endings == 410
    nothing, horizon = np.zeros((1, 5)), 5

    def after(cause: int) -> float:
        ends = np.zeros((1, horizon, 4))
        ends[..., cause] = 1
        return float(stays_allied(fit, nothing, ends, 0, False, mode_only=True)[0, -1])

    assert after(1) > 0.6
    assert after(0) < 0.4
    assert after(1) > max(after(k) for k in (0, 2, 3))


@pytest.mark.shared
def test_the_bridge_knows_nothing_later_than_its_vintage(material: Material) -> None:
    spans, through = material.context.spans, 1960
    end = date(through, 12, 31)
    known = []
    for s in spans:
        inside = [k for k, a in enumerate(s.entry) if a <= end]
        if s.signed > end or len({int(s.rows[k]) for k in inside}) < 2:
            continue
        over = s.ended is not None and s.ended <= end
        known.append(
            replace(
                s,
                ended=s.ended if over else None,
                cause=s.cause if over else None,
                rows=s.rows[inside],
                entry=tuple(s.entry[k] for k in inside),
                exit=tuple(s.exit[k] if s.exit[k] <= end else date.max for k in inside),
            )
        )
    whole = fit_tie(spans, material.context.web, through)
    part = fit_tie(known, bonds(known, material.world), through)
    assert len(known) < len(spans)
    assert np.allclose(whole.coef, part.coef, atol=1e-10)
    assert (whole.exits, whole.member_years) == (part.exits, part.member_years)
