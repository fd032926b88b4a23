"""Shared fixtures: the development data, and a cache folder of one's own for every test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def _shared_root() -> Path:
    configured = os.environ.get("FOEDUS_SHARED")
    return Path(configured) if configured else Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The development folder (``data``, ``reference``, ...); tests that need it skip without it."""
    root = _shared_root()
    if not (root / "data" / "README.md").exists():
        pytest.skip("the development data (../shared, or FOEDUS_SHARED) are not here")
    return root


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the user's cache."""
    home = tmp_path / "foedus-home"
    monkeypatch.setenv("FOEDUS_HOME", str(home))
    return home
