"""The imported data of the panel, built once for all tests that read it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from foedus.panel import WORLD_TABLES, World, alliance_years, build_world
from foedus.register import AllianceTable, imported_alliances
from foedus.sources import Cache, import_folder


@pytest.fixture(scope="session")
def imported(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """A cache with ATOP and the covariates."""
    cache = Cache(tmp_path_factory.mktemp("panel-cache"))
    for folder in ("atop", "cow", "rivalries", "regimes", "leaders", "un"):
        import_folder(shared_dir / "data" / folder, cache)
    assert all(cache.has(name) for name in WORLD_TABLES)
    return cache


@pytest.fixture(scope="session")
def atop(imported: Cache) -> AllianceTable:
    return imported_alliances(imported)


@pytest.fixture(scope="session")
def real_world(imported: Cache) -> World:
    return build_world(imported.load)


@pytest.fixture(scope="session")
def panel(atop: AllianceTable, real_world: World) -> pl.DataFrame:
    """Alliance-years of ATOP 4.01 to its end."""
    return alliance_years(atop.alliances, atop.members, real_world, last=2016)
