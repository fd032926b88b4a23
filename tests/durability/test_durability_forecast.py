"""Cumulative incidence: what adds up, what only rises, and what survival to today implies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import toy_fit, toy_subject

from foedus.durability.design import COLUMNS
from foedus.durability.forecast import draw_coefficients, incidence, incidence_batch, project
from foedus.durability.train import mode_forecast
from foedus.panel import BY_NAME, NAMES


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0, 80), st.floats(0, 1), st.floats(0, 1))
def test_in_force_and_the_ways_to_end_add_up_in_every_draw_and_year(seed, age, spread, tau) -> None:
    fit = toy_fit(seed, spread=spread, tau=tau)
    done = incidence(fit, project(toy_subject(seed, age=age), fit, 20), draws=20)
    assert np.allclose(done.in_force + done.ends.sum(-1), 1)
    assert (np.diff(done.ends, axis=1) >= 0).all()
    assert (np.diff(done.in_force, axis=1) <= 0).all()
    assert (done.in_force >= 0).all()


def test_given_survival_to_today_the_forecast_is_the_ratio_of_two_from_the_start() -> None:
    fit = toy_fit(2)
    young = toy_subject(3, age=0.0, start=1957.0, steady=True)
    older = toy_subject(3, age=5.0, start=1962.0, steady=True)
    from_start = incidence(fit, project(young, fit, 15)).in_force
    from_today = incidence(fit, project(older, fit, 10)).in_force
    assert from_today[:, 9] == pytest.approx(from_start[:, 14] / from_start[:, 4])


def test_a_passing_event_fades_and_a_lasting_one_stays() -> None:
    fit, subject = toy_fit(), toy_subject()
    path = project(subject, fit, 30)
    war, power = NAMES.index("member_at_war"), NAMES.index("power_ratio")
    assert BY_NAME["member_at_war"].transient
    assert path[0, war] == subject.factors[war]
    assert abs(path[29, war]) < 1e-3 * abs(subject.factors[war])
    assert path[3, war] == pytest.approx(subject.factors[war] * np.exp(-3 / fit.settings.fade))
    assert (path[:, power] == subject.factors[power]).all()


def test_the_term_of_the_treaty_runs_on_along_the_horizon() -> None:
    path = project(toy_subject(start=1961.0), toy_fit(), 10)
    due = path[:, NAMES.index("term_due")]
    # Signed on 1 January 1957 for ten years.
    assert np.flatnonzero(due == 1).tolist() == [6]
    assert path[:, NAMES.index("past_term")].tolist() == [0.0] * 7 + [1.0] * 3
    assert path[:, COLUMNS.index("age_log")] == pytest.approx(np.log1p(4 + np.arange(10)))


def test_the_same_forecast_twice_is_the_same_bytes() -> None:
    fit, subject = toy_fit(), toy_subject()
    one, two = (incidence(fit, project(subject, fit, 10)) for _ in range(2))
    assert one.in_force.tobytes() == two.in_force.tobytes()
    assert one.ends.tobytes() == two.ends.tobytes()


def test_draws_are_antithetic_around_the_mode() -> None:
    fit = toy_fit(tau=0.4)
    coef, wave = draw_coefficients(fit, 200)
    assert np.allclose(coef.mean(0), fit.coef)
    assert np.allclose(coef[:100] + coef[100:], 2 * fit.coef)
    centred = wave + fit.tau**2 / 2
    assert np.allclose(np.sort(centred), -np.sort(centred)[::-1])
    assert abs(np.corrcoef(centred, coef[:, 0, 0])[0, 1]) < 0.2


def test_a_wave_widens_the_forecast_and_leaves_its_middle() -> None:
    subject = toy_subject()
    width, middle = [], []
    for tau in (0.0, 0.8):
        fit = toy_fit(spread=1e-6, tau=tau)
        ended = 1 - incidence(fit, project(subject, fit, 5), draws=400).in_force[:, 4]
        width.append(np.ptp(ended))
        middle.append(ended.mean())
    assert width[0] < 1e-3 < 0.1 < width[1]
    assert middle[1] == pytest.approx(middle[0], rel=0.15)


def test_one_forecast_is_the_same_alone_and_among_many() -> None:
    fit = toy_fit()
    subjects = [toy_subject(k) for k in range(3)]
    alive, ends = incidence_batch(fit, subjects, 5, draws=40)
    alone, alone_ends = incidence(fit, project(subjects[1], fit, 5), draws=40).mean()
    assert np.allclose(alive[1], alone)
    assert np.allclose(ends[1], alone_ends)


def test_without_uncertainty_the_mean_of_the_draws_is_the_mode() -> None:
    fit = toy_fit(spread=1e-9, tau=0.0)
    path = project(toy_subject(), fit, 10)
    stay, ends = mode_forecast(fit, path[None])
    drawn, by_cause = incidence(fit, path, draws=20).mean()
    assert np.allclose(stay[0], drawn)
    assert np.allclose(ends[0], by_cause)


def test_an_older_model_is_surer_of_nothing() -> None:
    from foedus.assessment.forecasting import stale_spread

    fit = toy_fit(tau=0.3, tau_late=0.7)
    by_gap = [stale_spread(fit, gap) for gap in range(8)]
    assert by_gap[0] == pytest.approx(0.3)
    assert by_gap[5] == by_gap[7] == pytest.approx(0.7)
    assert (np.diff(by_gap[:6]) > 0).all()
    wide = [
        np.ptp(
            np.quantile(
                incidence(replace(fit, tau=t), project(toy_subject(), fit, 5)).in_force[:, 4],
                [0.1, 0.9],
            )
        )
        for t in (by_gap[0], by_gap[5])
    ]
    assert wide[0] < wide[1]
