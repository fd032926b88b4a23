"""Each vintage is fitted and tuned on what had happened by its year."""

from __future__ import annotations

import numpy as np
import pytest
from samples import made_up_table, with_other_fates

from foedus.durability.table import YearTable
from foedus.durability.train import DEFAULT, GRID, HORIZON, train, vintages, wave_spread

FIRST, LAST = 1915, 1945


@pytest.fixture(scope="module")
def table() -> YearTable:
    return made_up_table(3, n=220, effect=0.6)


@pytest.fixture(scope="module")
def trained(table: YearTable):
    return train(table, LAST, first=FIRST)


def test_a_vintage_every_five_years_and_one_at_the_end_of_the_labels() -> None:
    assert vintages(1945, 1930) == [1930, 1935, 1940, 1945]
    assert vintages(1947, 1935) == [1935, 1940, 1945, 1947]


def test_before_ten_endings_are_resolved_the_cautious_settings_stand(trained) -> None:
    assert trained[FIRST].fit.settings == DEFAULT
    assert trained[FIRST].log_scores == {}
    assert len(trained[LAST].log_scores) == len(GRID)


def test_what_happens_after_a_vintage_changes_neither_its_fit_nor_its_settings(
    table: YearTable, trained
) -> None:
    after = 1930
    other = train(with_other_fates(table, after), LAST, first=FIRST)
    for year in (1915, 1920, 1925, 1930):
        ours, theirs = trained[year], other[year]
        assert ours.log_scores == theirs.log_scores
        assert ours.fit.settings == theirs.fit.settings
        assert (ours.fit.tau, ours.fit.tau_late) == (theirs.fit.tau, theirs.fit.tau_late)
        assert np.array_equal(ours.fit.coef, theirs.fit.coef)
    assert trained[LAST].log_scores != other[LAST].log_scores
    assert not np.array_equal(trained[LAST].fit.coef, other[LAST].fit.coef)


def test_a_vintage_is_the_same_from_labels_that_end_with_it(table: YearTable, trained) -> None:
    short = train(table, 1930, first=FIRST)
    for year in short:
        assert np.array_equal(short[year].fit.coef, trained[year].fit.coef)
        assert short[year].log_scores == trained[year].log_scores
        assert short[year].fit.tau_late == trained[year].fit.tau_late


def test_settings_are_those_with_the_best_resolved_log_score(trained) -> None:
    for vintage in trained.values():
        if not vintage.log_scores:
            continue
        s = vintage.fit.settings
        chosen = f"pool={s.pool:g} half_life={s.half_life:g} fade={s.fade:g}"
        assert vintage.log_scores[chosen] == max(vintage.log_scores.values())


def test_what_is_further_off_is_not_known_better(trained) -> None:
    assert all(v.fit.tau_late >= v.fit.tau > 0 for v in trained.values())
    assert HORIZON == 5


@pytest.mark.parametrize("planted", [0.25, 0.7, 1.1])
def test_the_spread_of_waves_is_recovered(planted: float) -> None:
    rng = np.random.default_rng(9)
    expected = rng.uniform(10, 60, 300)
    frailty = rng.gamma(1 / planted**2, planted**2, 300)
    assert wave_spread(rng.poisson(expected * frailty), expected) == pytest.approx(planted, rel=0.2)


def test_without_a_record_the_spread_is_the_prior_s() -> None:
    assert wave_spread(np.array([]), np.array([])) == pytest.approx(0.5, abs=0.03)
    one = wave_spread(np.array([30]), np.array([30.0]))
    assert 0.3 < one <= 0.5
