"""Fixtures of the tests of sources."""

from __future__ import annotations

import pytest


@pytest.fixture
def no_known_editions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented files are shorter than any real edition: forget how long those are."""
    monkeypatch.setattr("foedus.sources.describe.Source.known", lambda self, table: ())
