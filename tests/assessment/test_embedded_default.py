"""What ships is what the imported data give: the snapshot, and the model's card."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from foedus.assessment.snapshot import FOLDER, ROWS, TIES, build_snapshot, read_snapshot
from foedus.durability import load_model, material_from
from foedus.durability.run import data_hashes
from foedus.durability.train import _fit
from foedus.panel import BY_NAME, NAMES
from foedus.register import curated
from foedus.sources import Cache


def test_every_curated_treaty_is_in_the_snapshot() -> None:
    snapshot = read_snapshot()
    assert [i for i in curated() if not snapshot.has(i)] == []


def test_the_snapshot_reaches_past_today() -> None:
    rows = pl.read_parquet(FOLDER / ROWS)
    assert rows.filter(pl.col("alliance_id") == "rus-prk-2024")["year"].max() >= 2027


def test_a_factor_whose_source_ended_is_unknown_and_not_zero() -> None:
    rows = pl.read_parquet(FOLDER / ROWS)
    late = rows.filter(pl.col("year") >= 2020)
    # CHISOLS ends in 2008 and GML's disputes in 2010: nothing may be said of 2020.
    assert late["leader_change"].null_count() == len(late)
    assert late["coalition_change"].null_count() == len(late)


def test_no_column_of_the_snapshot_is_a_source_s_own_value() -> None:
    columns = set(pl.read_parquet(FOLDER / ROWS).columns)
    named = {c for c in columns if c in BY_NAME}
    assert named == set(NAMES)
    assert {c for c in columns - named if not c.startswith("ref_")} == {"alliance_id", "year"}


@pytest.mark.shared
def test_the_snapshot_is_what_the_imported_data_give(imported: Cache, tmp_path: Path) -> None:
    shipped = read_snapshot().about
    build_snapshot(imported, tmp_path, through=shipped["through"])
    for name in (ROWS, TIES):
        ours, built = pl.read_parquet(FOLDER / name), pl.read_parquet(tmp_path / name)
        assert ours.columns == built.columns
        assert ours.equals(built), f"{name}: run foedus snapshot build"


@pytest.mark.shared
def test_the_model_was_fitted_on_these_data(imported: Cache) -> None:
    model = load_model()
    assert model.card["data_sha256"] == data_hashes(imported)
    table = material_from(imported).table
    fit = model.hazard(1950)
    again = _fit(table, 1950, fit.settings)
    assert np.allclose(again.coef, fit.coef, atol=1e-4), "run foedus train"
    assert again.n_events == fit.n_events


@pytest.mark.shared
def test_the_snapshot_agrees_with_what_is_computed_for_the_user(imported: Cache) -> None:
    from datetime import date

    from foedus.assessment.web import build_web

    web = build_web(imported, last=2024, only={"chn-prk-1961"})
    theirs = web.covariates("chn-prk-1961", (710, 731), date(2000, 6, 1))
    ours = read_snapshot().covariates("chn-prk-1961", (710, 731), date(2000, 6, 1))
    for name in NAMES:
        a, b = ours.factors[name], theirs.factors[name]
        assert (a is None) == (b is None), name
        if a is not None and b is not None:
            assert a == pytest.approx(b, abs=1e-3), name
    assert ours.other_ties == theirs.other_ties


def test_a_model_of_another_version_in_the_cache_is_passed_over(tmp_path: Path) -> None:
    from foedus.assessment import assess
    from foedus.durability import cached_model_folder

    folder = cached_model_folder(tmp_path)
    folder.mkdir(parents=True)
    (folder / "model.json").write_text('{"format": 0}', encoding="utf-8")
    a = assess("RUS", "PRK", as_of="2024-10-17", cache=Cache(tmp_path))
    assert a.forecast.model is not None
    assert a.forecast.model.vintage == load_model().vintages[-1]
