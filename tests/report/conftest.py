"""The assessment all report tests look at, and a Chromium where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from report_sample import sample

from foedus.assessment.model import Assessment


@pytest.fixture(scope="session")
def assessment() -> Assessment:
    return sample()


@pytest.fixture(scope="session")
def page(assessment: Assessment, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The HTML report, rendered once, with a cache of its own."""
    pytest.importorskip("vl_convert", reason="the extra 'report' is not installed")
    from foedus.report import to_html

    before = os.environ.get("FOEDUS_HOME")
    os.environ["FOEDUS_HOME"] = str(tmp_path_factory.mktemp("cache"))
    try:
        return to_html(assessment)
    finally:
        os.environ.pop("FOEDUS_HOME")
        if before is not None:
            os.environ["FOEDUS_HOME"] = before


@pytest.fixture(scope="session")
def page_file(page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(page, encoding="utf-8")
    return path


def _chromium() -> str | None:
    named = os.environ.get("FOEDUS_CHROMIUM")
    if named:
        return named
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """A headless Chromium; skips where neither the system nor playwright has one."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as driver:
        try:
            started = driver.chromium.launch(
                executable_path=_chromium(),
                args=[
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            )
        except api.Error as problem:
            pytest.skip(f"no Chromium could be started: {str(problem).splitlines()[0]}")
        yield started
        started.close()
