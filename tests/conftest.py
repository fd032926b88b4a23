"""Shared fixtures: the development data, and a cache folder of one's own for every test.

Where the development data are present, a test that needs them and skips fails the whole session: a
green run must mean that it was checked against them.
"""

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


_NEEDS_SHARED = "needs_shared"
_skipped: list[str] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """Mark the reports of tests that read the development data (the mark travels between workers)."""
    report = yield
    if item.get_closest_marker("shared") or "shared_dir" in getattr(item, "fixturenames", ()):
        report.user_properties.append((_NEEDS_SHARED, True))
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    needs = (_NEEDS_SHARED, True) in [tuple(p) for p in report.user_properties]
    if report.skipped and needs and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if _strict() and _skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _strict() and _skipped:
        terminalreporter.section("skipped although the development data are here")
        for nodeid in sorted(set(_skipped)):
            terminalreporter.line(nodeid)


def _strict() -> bool:
    return (_shared_root() / "data").is_dir()
