"""The hazard: its optimum, its limits, and what partial pooling does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import K, made_up_table

from foedus.durability.design import CLIP, Scaler, age_basis
from foedus.durability.fit import (
    Settings,
    fit_hazard,
    fit_multinomial,
    hazards,
    prior_precision,
)
from foedus.errors import ModelError


def sample(seed: int, n: int = 800, columns: int = 3, causes: int = 3):
    """Design with an intercept, outcomes from a true multinomial logit, weights and offsets."""
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(n), rng.normal(0, 1, (n, columns))])
    coef = rng.normal(0, 0.7, (causes, columns + 1))
    coef[:, 0] -= 1.5
    p = hazards(design @ coef.T)
    everything = np.column_stack([1 - p.sum(1), p])
    outcome = (everything.cumsum(1) < rng.random(n)[:, None]).sum(1)
    return design, outcome, rng.uniform(0.2, 1, n), np.log(rng.uniform(0.2, 1, n))


def log_posterior(flat, design, outcome, weights, offset, precision, causes) -> float:
    """Written out anew, so that the fit is checked against the formula and not against itself."""
    odds = np.exp(design @ flat.reshape(causes, -1).T + offset[:, None])
    p = np.column_stack([np.ones(len(design)), odds]) / (1 + odds.sum(1))[:, None]
    return float(
        (weights * np.log(p[np.arange(len(p)), outcome])).sum() - flat @ precision @ flat / 2
    )


def test_the_mode_has_no_slope_and_the_covariance_is_the_inverse_curvature() -> None:
    design, outcome, weights, offset = sample(1)
    precision = prior_precision(3, 4, 5.0, 15.0)
    coef, cov = fit_multinomial(design, outcome, weights, offset, precision, 3, tolerance=1e-10)
    flat, size = coef.ravel(), coef.size

    def f(x: np.ndarray) -> float:
        return log_posterior(x, design, outcome, weights, offset, precision, 3)

    step = np.eye(size) * 1e-5
    gradient = np.array([(f(flat + s) - f(flat - s)) / 2e-5 for s in step])
    assert np.abs(gradient).max() < 1e-4
    wide = np.eye(size) * 1e-3
    curvature = np.array(
        [
            [
                (f(flat + a + b) - f(flat + a - b) - f(flat - a + b) + f(flat - a - b)) / 4e-6
                for b in wide
            ]
            for a in wide
        ]
    )
    assert np.allclose(np.linalg.inv(-curvature), cov, rtol=2e-3, atol=1e-6)


def test_without_covariates_the_hazards_are_counts_over_exposure() -> None:
    outcome = np.repeat([0, 1, 2, 3], [900, 60, 30, 10])
    design, ones = np.ones((1000, 1)), np.ones(1000)
    coef, _ = fit_multinomial(design, outcome, ones, 0 * ones, np.eye(3) * 1e-9, 3)
    assert hazards(coef.T)[0] == pytest.approx([0.06, 0.03, 0.01], rel=1e-5)


def test_one_covariate_of_two_groups_gives_the_hazards_of_the_groups() -> None:
    outcome = np.concatenate(
        [np.repeat([0, 1, 2], [80, 15, 5]), np.repeat([0, 1, 2], [370, 10, 20])]
    )
    group = np.repeat([0.0, 1.0], [100, 400])
    design, ones = np.column_stack([np.ones(500), group]), np.ones(500)
    coef, _ = fit_multinomial(design, outcome, ones, 0 * ones, np.eye(4) * 1e-9, 2)
    got = hazards(np.array([[1.0, 0.0], [1.0, 1.0]]) @ coef.T)
    assert got == pytest.approx(np.array([[0.15, 0.05], [0.025, 0.05]]), rel=1e-4)


@pytest.mark.parametrize("seed", [3, 4])
def test_with_a_weak_prior_it_is_the_usual_multinomial_logit(seed: int) -> None:
    linear = pytest.importorskip("sklearn.linear_model", reason="scikit-learn is not installed")
    design, outcome, weights, offset = sample(seed)
    coef, _ = fit_multinomial(design, outcome, weights, 0 * offset, np.eye(12) * 1e-8, 3)
    theirs = linear.LogisticRegression(C=1e8, tol=1e-10, max_iter=5000)
    theirs.fit(design[:, 1:], outcome, sample_weight=weights)
    ours = hazards(design @ coef.T)
    assert np.abs(ours - theirs.predict_proba(design[:, 1:])[:, 1:]).max() < 1e-4


def test_half_a_year_at_risk_has_half_the_odds() -> None:
    score = np.array([[-2.0, -3.0]])
    whole, half = hazards(score), hazards(score + np.log(0.5))
    odds = whole / (1 - whole.sum()), half / (1 - half.sum())
    assert odds[1] == pytest.approx(odds[0] / 2)


def test_the_prior_is_a_common_effect_and_an_own_deviation() -> None:
    covariance = np.linalg.inv(prior_precision(4, 3, 20.0, 60.0)).reshape(4, 3, 4, 3)
    assert covariance[0, 1, 0, 1] == pytest.approx(1 / 20 + 1 / 60)
    assert covariance[0, 1, 3, 1] == pytest.approx(1 / 20)
    assert covariance[0, 1, 0, 2] == pytest.approx(0)
    assert covariance[0, 0, 1, 0] == pytest.approx(0)


def test_a_rare_cause_leans_on_the_common_effect() -> None:
    rng = np.random.default_rng(7)
    x = rng.normal(0, 1, 4000)
    often = 0.05 * np.exp(0.8 * x - 0.32)
    rare = 0.002 * np.ones(4000)
    draw = rng.random(4000)
    outcome = np.where(draw < often, 1, np.where(draw < often + rare, 2, 0))
    assert 3 <= (outcome == 2).sum() <= 20
    design, ones = np.column_stack([np.ones(4000), x]), np.ones(4000)

    def gap(own: float) -> float:
        precision = prior_precision(2, 2, 1.0, own)
        coef, _ = fit_multinomial(design, outcome, ones, 0 * ones, precision, 2)
        return abs(coef[0, 1] - coef[1, 1])

    free, leaning, bound = gap(0.01), gap(60.0), gap(1e6)
    assert bound < 0.01 < leaning < free


@given(st.lists(st.floats(-40, 12), min_size=2, max_size=5))
def test_hazards_leave_room_for_going_on(scores: list[float]) -> None:
    h = hazards(np.array(scores))
    assert (h >= 0).all()
    assert h.sum() < 1
    assert np.argmax(h) == np.argmax(scores) or np.isclose(h.max(), h[np.argmax(scores)])


def test_a_certain_score_is_not_a_number_too_large() -> None:
    assert hazards(np.array([900.0, -900.0])) == pytest.approx([1.0, 0.0])


def test_nothing_after_the_vintage_enters_its_fit() -> None:
    table = made_up_table(1)
    rows = (table.raw, table.year, table.exposure, table.outcome, table.subject)
    settings_ = Settings(20.0, 60.0, 15.0, 3.0)
    early = table.year <= 1920
    whole = fit_hazard(*rows, 1920, settings_, K)
    part = fit_hazard(*(a[early] for a in rows), 1920, settings_, K)
    assert np.array_equal(whole.coef, part.coef)
    assert np.array_equal(whole.chol, part.chol)
    assert whole.n_years == int(early.sum())


def test_recent_years_weigh_more() -> None:
    """Endings were frequent and became rare; a short half-life believes the present."""
    year = np.repeat(np.arange(1900, 1980), 20)
    rng = np.random.default_rng(3)
    outcome = (rng.random(len(year)) < np.where(year < 1940, 0.2, 0.02)).astype(int)
    raw, ones = np.zeros((len(year), 1)), np.ones(len(year))
    rate = {}
    for half_life in (10.0, 1000.0):
        fit = fit_hazard(raw, year, ones, outcome, year, 1979, Settings(20, 60, half_life, 3), 1)
        rate[half_life] = float(hazards(fit.coef[:, 0]).sum())
    assert rate[10.0] < 0.06
    assert rate[1000.0] > 0.09


def test_without_an_ending_on_record_there_is_no_fit() -> None:
    table = made_up_table(1)
    rows = (table.raw, table.year, table.exposure, 0 * table.outcome, table.subject)
    with pytest.raises(ModelError, match="no ending on record by 1920"):
        fit_hazard(*rows, 1920, Settings(20, 60, 15, 3), K)


def test_an_unknown_value_neither_helps_nor_hurts() -> None:
    raw = np.array([[1.0, 5.0], [3.0, np.nan], [5.0, 7.0]])
    scaler = Scaler.fit(raw, np.ones(3))
    assert scaler.mean == pytest.approx([3, 6])
    design = scaler.transform(raw)
    assert design[1].tolist() == [1.0, 0.0, 0.0]
    assert scaler.transform(np.array([[1e9, 6.0]]))[0].tolist() == [1.0, CLIP, 0.0]


@settings(max_examples=30)
@given(st.floats(0, 150), st.floats(0, 20))
def test_the_age_basis_only_rises(age: float, more: float) -> None:
    one, two = age_basis(np.array([age, age + more]))
    assert (two >= one).all()
    assert (age_basis(np.zeros(1)) == 0).all()
