"""Running on data cut at a year gives the same fits and forecasts at that origin."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from foedus.durability import Material
from foedus.durability.forecast import incidence_batch
from foedus.durability.table import YearTable, year_table
from foedus.durability.train import Vintage, train
from foedus.panel import alliance_years

ORIGIN, FIRST = 1960, 1945

pytestmark = pytest.mark.shared


def known_by(material: Material, through: int) -> YearTable:
    """The table from a register and a world that end with ``through``; one row ahead of it."""
    end = date(through, 12, 31)
    alliances = material.register.alliances.filter(pl.col("signed") <= end)
    alliances = alliances.with_columns(
        *(
            pl.when(pl.col("ended") <= end).then(pl.col(name)).alias(name)
            for name in ("end_cause", "ended")
        ),
        observed_to=pl.lit(end),
    )
    members = material.register.members.filter(
        (pl.col("entry") <= end) & pl.col("alliance_id").is_in(alliances["alliance_id"].implode())
    ).with_columns(pl.when(pl.col("exit") <= end).then(pl.col("exit")).alias("exit"))
    panel = alliance_years(alliances, members, material.world.cut(through), last=through + 1)
    return year_table(panel, alliances)


@pytest.fixture(scope="module")
def then(material: Material) -> YearTable:
    return known_by(material, ORIGIN)


@pytest.fixture(scope="module")
def both(material: Material, then: YearTable) -> tuple[dict[int, Vintage], dict[int, Vintage]]:
    return train(material.table, ORIGIN + 10, first=FIRST), train(then, ORIGIN, first=FIRST)


def test_no_outcome_after_the_cut_is_known(then: YearTable) -> None:
    assert (then.outcome[then.year > ORIGIN] == -1).all()
    assert max(then.end_year.values()) <= ORIGIN


def test_vintages_are_the_same(both) -> None:
    whole, part = both
    assert list(part) == [1945, 1950, 1955, 1960]
    for year, ours in part.items():
        theirs = whole[year]
        assert ours.fit.settings == theirs.fit.settings
        assert ours.log_scores == pytest.approx(theirs.log_scores, abs=2e-5)
        assert (ours.fit.tau, ours.fit.tau_late) == (theirs.fit.tau, theirs.fit.tau_late)
        assert ours.fit.n_events == theirs.fit.n_events
        assert np.allclose(ours.fit.coef, theirs.fit.coef, atol=1e-5)


def test_forecasts_at_the_origin_are_the_same_for_every_alliance(
    material: Material, then: YearTable, both
) -> None:
    whole, part = both
    answers = []
    for table, fitted in ((material.table, whole), (then, part)):
        rows = table.at_risk(ORIGIN)
        rows = rows[np.argsort(table.subject[rows])]
        alive, ends = incidence_batch(fitted[ORIGIN].fit, table.subjects(rows), 10, draws=64)
        answers.append((table.subject[rows].tolist(), alive, ends))
    (names, alive, ends), (names_then, alive_then, ends_then) = answers
    assert names == names_then
    assert len(names) == 77
    assert np.allclose(alive, alive_then, atol=1e-5)
    assert np.allclose(ends, ends_then, atol=1e-5)
