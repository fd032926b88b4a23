"""The model on disk."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from samples import K, P, span, toy_fit

from foedus.durability.design import COLUMNS, Scaler
from foedus.durability.fit import HazardFit
from foedus.durability.model import CARD, FORMAT, FittedModel, load_model, save_model, write_whole
from foedus.durability.tie import TieFit, fit_tie
from foedus.durability.train import Vintage
from foedus.errors import CacheError, ModelError
from foedus.panel import bonds


def fits() -> tuple[dict[int, Vintage], dict[int, TieFit]]:
    rng = np.random.default_rng(1)
    half = rng.normal(0, 0.02, (K * (1 + P),) * 2)
    lower = np.tril(half) + 0.1 * np.eye(len(half))
    scaler = Scaler(rng.normal(0, 1, P), rng.uniform(0.5, 2, P))
    fit: HazardFit = replace(toy_fit(3), chol=lower, scaler=scaler, tau=0.31, tau_late=0.52)
    pact = span("a", (0, 1), date(1900, 1, 5), date(1920, 2, 1), "violated")

    class World:
        states = np.arange(2)

    tie = fit_tie([pact], bonds([pact], World()), 1960)  # type: ignore[arg-type]
    return {1960: Vintage(fit, 1960, {"pool=20": -0.5})}, {1960: tie}


@pytest.fixture
def saved(tmp_path: Path) -> FittedModel:
    vintages, ties = fits()
    save_model(tmp_path / "model", vintages, ties, {"labels_end": 2016})
    return load_model(tmp_path / "model")


def test_a_model_comes_back_to_half_precision(saved: FittedModel) -> None:
    vintages, ties = fits()
    was, now = vintages[1960].fit, saved.hazard(1960)
    assert np.allclose(now.coef, was.coef, rtol=1e-6)
    assert np.allclose(now.chol, was.chol, rtol=1e-3, atol=1e-6)
    assert np.array_equal(now.scaler.mean, was.scaler.mean)
    assert (now.settings, now.n_events, now.through) == (was.settings, was.n_events, 1960)
    assert (now.tau, now.tau_late) == (0.31, 0.52)
    tie = saved.tie(1960)
    assert np.array_equal(tie.coef, ties[1960].coef)
    assert (tie.exit_rate, tie.n_endings) == (ties[1960].exit_rate, 1)


def test_the_same_model_twice_is_the_same_bytes(saved: FittedModel, tmp_path: Path) -> None:
    save_model(tmp_path / "again", *fits(), {"labels_end": 2016})
    for path in saved.folder.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_a_vintage_knows_nothing_later_than_the_day(saved: FittedModel) -> None:
    assert saved.vintage_for(1959) is None
    assert saved.vintage_for(1960) == saved.vintage_for(1975) == 1960


def refuse(problem: pytest.ExceptionInfo[ModelError]) -> None:
    assert "foedus train" in problem.value.hint
    assert "\n" not in str(problem.value)


def test_no_model_says_to_train(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model") as problem:
        _ = load_model(tmp_path / "none").vintages
    refuse(problem)


@pytest.mark.parametrize(
    "change", [{"format": FORMAT + 1}, {"columns": list(COLUMNS[:-1])}, {"columns": None}]
)
def test_a_card_of_another_version_is_refused(saved: FittedModel, change: dict) -> None:
    path = saved.folder / CARD
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ModelError, match="another version") as problem:
        load_model(saved.folder).hazard(1960)
    refuse(problem)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[]", b"null"])
def test_a_card_that_is_no_card_is_refused(saved: FittedModel, content: bytes) -> None:
    (saved.folder / CARD).write_bytes(content)
    with pytest.raises(ModelError) as problem:
        _ = load_model(saved.folder).card
    refuse(problem)


def test_a_missing_vintage_is_named(saved: FittedModel) -> None:
    (saved.folder / "vintage-1960.npz").unlink()
    with pytest.raises(ModelError, match=r"vintage-1960\.npz") as problem:
        saved.hazard(1960)
    refuse(problem)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.98])
def test_a_truncated_vintage_is_named(saved: FittedModel, share: float) -> None:
    path = saved.folder / "vintage-1960.npz"
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ModelError, match=r"vintage-1960\.npz") as problem:
        saved.hazard(1960)
    refuse(problem)


def test_a_damaged_vintage_is_named(saved: FittedModel) -> None:
    path = saved.folder / "vintage-1960.npz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 200] = bytes(200)
    path.write_bytes(bytes(content))
    with pytest.raises(ModelError, match=r"vintage-1960\.npz"):
        saved.hazard(1960)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "card.json"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CacheError, match="nothing was changed"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["card.json"]


def test_the_model_that_ships_is_whole() -> None:
    model = load_model()
    assert model.vintages[0] == 1870
    assert model.vintages[-1] == model.card["labels_end"] == 2016
    for year in (model.vintages[0], 1950, model.vintages[-1]):
        fit, tie = model.hazard(year), model.tie(year)
        assert fit.coef.shape == (K, 1 + P)
        assert np.isfinite(fit.chol).all()
        assert (np.diag(fit.chol) > 0).all()
        assert 0 < tie.exit_rate < 0.1
