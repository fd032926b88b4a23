"""Scores by hand, and the forecasts replayed on the imported data."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from samples import SETTINGS, K, made_up_table

from foedus.durability import FittedModel, Material, scores
from foedus.durability.backtest import Forecasts, origins, replay, summarise
from foedus.durability.baselines import age_only, km_by_type, recent_window
from foedus.durability.fit import fit_hazard
from foedus.durability.run import backtest, score
from foedus.durability.table import YearTable
from foedus.durability.train import FIRST_VINTAGE, Vintage
from foedus.errors import MissingDataError, UsageError
from foedus.panel import NAMES
from foedus.sources import Cache

P, Y = np.array([0.1, 0.4, 0.8, 0.2]), np.array([0.0, 1.0, 1.0, 0.0])


# --- scores ---------------------------------------------------------------------------------------


def test_scores_by_hand() -> None:
    assert scores.brier(P, Y) == pytest.approx((0.01 + 0.36 + 0.04 + 0.04) / 4)
    assert scores.log_loss(P, Y) == pytest.approx(-np.log([0.9, 0.4, 0.8, 0.8]).mean())
    assert scores.brier(P, Y, np.array([1, 0, 0, 1])) == pytest.approx(0.025)
    assert scores.skill(0.15, 0.2) == pytest.approx(0.25)
    assert np.isnan(scores.skill(0.1, 0.0))
    assert scores.auc(P, Y) == 1
    assert scores.auc(np.array([0.5, 0.5]), np.array([0.0, 1.0])) == 0.5
    assert np.isnan(scores.auc(P, np.zeros(4)))


def test_a_certain_error_has_a_finite_log_score() -> None:
    assert scores.log_loss(np.array([0.0]), np.array([1.0])) == pytest.approx(-np.log(scores.FLOOR))


@pytest.mark.parametrize("seed", range(3))
def test_auc_is_the_usual_one_with_ties(seed: int) -> None:
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is not installed")
    rng = np.random.default_rng(seed)
    p, y = rng.integers(0, 12, 200) / 12, (rng.random(200) < 0.3).astype(float)
    assert scores.auc(p, y) == pytest.approx(metrics.roc_auc_score(y, p))


def test_calibrated_forecasts_have_slope_one_and_timid_ones_more() -> None:
    rng = np.random.default_rng(4)
    logit = rng.normal(-1, 1.2, 40_000)
    y = (rng.random(40_000) < 1 / (1 + np.exp(-logit))).astype(float)

    def of(scale: float, shift: float = 0.0) -> tuple[float, float]:
        return scores.calibration(1 / (1 + np.exp(-(scale * logit + shift))), y)

    assert of(1.0) == pytest.approx((0, 1), abs=0.05)
    assert of(0.5)[1] == pytest.approx(2, abs=0.1)
    assert of(2.0)[1] == pytest.approx(0.5, abs=0.03)
    assert of(1.0, shift=1.0)[0] == pytest.approx(-1, abs=0.05)


def test_reliability_bins_hold_every_forecast_once() -> None:
    p = np.array([0.0, 0.05, 0.1, 0.99, 1.0])
    found = scores.reliability(p, np.array([0, 0, 1, 1, 1.0]), np.array([0, 0.05, 0.1, 1.0]))
    assert [b["n"] for b in found] == [1, 1, 3]
    assert found[-1]["observed"] == 1


def test_the_interval_of_a_skill_is_wider_over_few_clusters() -> None:
    rng = np.random.default_rng(2)
    y = (rng.random(600) < 0.2).astype(float)
    p, base = np.where(y == 1, 0.3, 0.15) + rng.normal(0, 0.1, 600), np.full(600, 0.2)
    single = scores.bootstrap_skill(p, base, y, np.arange(600).astype(str))
    wave = scores.bootstrap_skill(p, base, y, (np.arange(600) // 100).astype(str))
    truth = scores.skill(scores.brier(p, y), scores.brier(base, y))
    assert single[0] < truth < single[1]
    assert wave == scores.bootstrap_skill(p, base, y, (np.arange(600) // 100).astype(str))


# --- origins and baselines ------------------------------------------------------------------------


def test_origins_end_where_outcomes_are_still_to_come() -> None:
    assert origins(5, 1990, 2016, 2016) == [1990, 1995, 2000, 2005, 2010]
    assert origins(10, 1990, 2010, 2016) == [1990, 1995, 2000, 2005]
    with pytest.raises(UsageError, match="labels end in 2016") as problem:
        origins(5, 2012, 2016, 2016)
    assert problem.value.hint


def test_a_backtest_before_the_first_vintage_is_a_named_error(tmp_path) -> None:
    with pytest.raises(UsageError, match=str(FIRST_VINTAGE)):
        backtest(Cache(tmp_path), first=1820, last=FIRST_VINTAGE - 1)


def test_a_backtest_without_data_says_what_to_import(tmp_path) -> None:
    with pytest.raises(MissingDataError) as problem:
        backtest(Cache(tmp_path))
    assert "foedus data" in problem.value.hint


def test_baselines_count_the_past_and_nothing_else() -> None:
    table = made_up_table(6, n=400)
    rows, horizon = table.at_risk(1930), 5
    recent = (table.year > 1910) & (table.year <= 1930)
    rate = (table.outcome[recent] > 0).sum() / recent.sum()
    assert recent_window(table, rows, 1930, horizon, None) == pytest.approx(1 - (1 - rate) ** 5)
    later = replace(table, outcome=np.where(table.year > 1930, 1, table.outcome))
    for f in (recent_window, age_only, km_by_type):
        p = f(table, rows, 1930, horizon, None)
        assert np.array_equal(p, f(later, rows, 1930, horizon, None))
        assert p.mean() == pytest.approx(1 - 0.95**5, abs=0.06)
        assert f(table, rows, 1930, horizon, 1).mean() < p.mean()


def test_at_risk_are_the_alliances_in_force_at_the_end_of_the_origin() -> None:
    table = made_up_table(6, n=50)
    who = set(table.subject[table.at_risk(1930)])
    for name, clock in table.clocks.items():
        assert (name in who) == (clock.signed.year <= 1930 < table.end_year.get(name, 9999)), name


def test_a_summary_by_hand_has_the_keys_of_the_contract() -> None:
    base = {n: np.full(4, 0.5) for n in ("recent_window", "age_only", "km_by_type")}
    names = np.array(["a", "b", "c", "d"])
    done = Forecasts(np.array([1990, 1990, 1995, 1995]), names, P, Y, np.ones(4), base)
    out = summarise(done)
    assert [o["year"] for o in out["origins"]] == [1990, 1995]
    assert {"year", "n", "brier", "log_score", "auc"} <= set(out["origins"][0])
    pooled = out["pooled"]
    assert pooled["brier"] == pytest.approx(0.1125)
    assert pooled["brier_skill"] == pytest.approx(1 - 0.1125 / 0.25)
    assert {"log_skill", "within_origin_auc", "calibration_slope"} <= set(pooled)
    # Two forecasts are too few to average an AUC over.
    assert pooled["within_origin_auc"] is None
    assert set(out["baselines"]) == set(base)


# --- the replay on the imported data --------------------------------------------------------------


@pytest.mark.shared
def test_the_forecast_reaches_the_untuned_row_on_the_imported_data(
    material: Material, shipped: FittedModel, shipped_vintages: dict[int, Vintage]
) -> None:
    out = score(material, shipped_vintages, target="treaty", horizon=5, first=1950, last=2010)
    assert out["pooled"]["brier_skill"] > 0.05
    assert out["pooled"]["brier_skill_interval_origins"][0] > 0
    assert out["pooled"]["within_origin_auc"] > 0.65
    assert len(out["origins"]) == 13
    # The counts of MODELS: alliances in force at each origin since 1950, ATOP 4.01.
    assert out["origins"][-1]["year"] == 2010
    card = next(b for b in shipped.card["backtest"] if (b["target"], b["horizon"]) == ("treaty", 5))
    assert out["pooled"]["n"] == card["pooled"]["n"]
    assert out["pooled"]["events"] == card["pooled"]["events"]
    assert out["pooled"]["brier"] == pytest.approx(card["pooled"]["brier"], abs=5e-4)
    assert out["pooled"]["brier_skill"] == pytest.approx(card["pooled"]["brier_skill"], abs=5e-3)


@pytest.mark.shared
def test_every_target_and_horizon_is_scored_on_the_card(shipped: FittedModel) -> None:
    done = {(b["target"], b["horizon"]) for b in shipped.card["backtest"]}
    assert done == {(t, h) for t in ("treaty", "tie", "violation") for h in (5, 10)}


def within_origin_auc(table: YearTable, fitted_on: YearTable, years: list[int]) -> float:
    """Mean AUC of fits on one table that forecast the subjects of another, settings fixed."""
    fitted = {}
    for y in years:
        use = fitted_on.year <= y
        rows = (
            a[use]
            for a in (
                fitted_on.raw,
                fitted_on.year,
                fitted_on.exposure,
                fitted_on.outcome,
                fitted_on.subject,
            )
        )
        fitted[y] = Vintage(fit_hazard(*rows, y, SETTINGS, K), y, {})
    done = replay(table, fitted, ([], None), target="treaty", horizon=5, years=years)  # type: ignore[arg-type]
    found = [scores.auc(done.p[done.origin == y], done.y[done.origin == y]) for y in years]
    return float(np.mean(found))


def shuffled(table: YearTable, seed: int) -> YearTable:
    """Every alliance-year is given the covariates of another one, of any year.

    Within years would not do: treaties of violent eras differ from those of quiet ones, and that
    alone tells the alliances of one origin apart.
    """
    return replace(table, raw=np.random.default_rng(seed).permutation(table.raw))


@pytest.mark.shared
def test_with_covariates_of_others_the_skill_within_an_origin_vanishes(material: Material) -> None:
    years = [1960, 1975, 1985, 1990, 2000]
    real = within_origin_auc(material.table, material.table, years)
    luck = [within_origin_auc(material.table, shuffled(material.table, s), years) for s in range(4)]
    assert real > 0.63
    assert np.mean(luck) == pytest.approx(0.5, abs=0.08)
    assert max(luck) < real


def test_a_planted_effect_is_found_and_its_absence_too() -> None:
    years = [1910, 1920, 1930, 1940]
    planted, none = made_up_table(1, n=600, effect=1.0), made_up_table(1, n=600, effect=0.0)
    assert within_origin_auc(planted, planted, years) > 0.7
    assert within_origin_auc(none, none, years) == pytest.approx(0.5, abs=0.08)
    assert NAMES[20] == "bilateral"
