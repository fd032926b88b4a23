"""What the imported data give, assembled once, and the model that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.durability import FittedModel, Material, load_model, material_from
from foedus.durability.train import Vintage
from foedus.panel import WORLD_TABLES
from foedus.sources import Cache, import_folder


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """Small matrices on shared cores: more threads only wait for one another."""
    try:
        from threadpoolctl import threadpool_limits
    except ImportError:
        yield
        return
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="session")
def imported(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """A cache with ATOP and the covariates."""
    cache = Cache(tmp_path_factory.mktemp("durability-cache"))
    for folder in ("atop", "cow", "rivalries", "regimes", "leaders", "un"):
        import_folder(shared_dir / "data" / folder, cache)
    assert all(cache.has(name) for name in WORLD_TABLES)
    return cache


@pytest.fixture(scope="session")
def material(imported: Cache) -> Material:
    return material_from(imported)


@pytest.fixture(scope="session")
def shipped() -> FittedModel:
    return load_model()


@pytest.fixture(scope="session")
def shipped_vintages(shipped: FittedModel) -> dict[int, Vintage]:
    """The fits that ship, as `replay` takes them."""
    return {y: Vintage(shipped.hazard(y), y, {}) for y in shipped.vintages}
