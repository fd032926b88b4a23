"""Assessments of the cases every reader knows, made once, and a cache with the data imported."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from foedus.assessment import Assessment, assess
from foedus.sources import Cache, import_folder


@functools.lru_cache(maxsize=32)
def _assess(a: str, b: str, as_of: str, treaty: str | None, root: str) -> Assessment:
    return assess(a, b, as_of=as_of, treaty=treaty, cache=Cache(Path(root)))


@pytest.fixture(scope="session")
def nothing_imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty-cache")


@pytest.fixture
def offline(nothing_imported: Path):
    """Assess on the embedded default alone: ``offline(a, b, as_of, treaty=None)``."""

    def run(a: str, b: str, as_of: str, treaty: str | None = None) -> Assessment:
        return _assess(a, b, as_of, treaty, str(nothing_imported))

    return run


@pytest.fixture(scope="session")
def imported(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """A cache with what assessing any alliance needs."""
    cache = Cache(tmp_path_factory.mktemp("imported-cache"))
    for folder in ("atop", "cow", "rivalries", "regimes", "leaders", "un"):
        import_folder(shared_dir / "data" / folder, cache)
    return cache
