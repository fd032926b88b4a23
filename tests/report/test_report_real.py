"""The renderings of real assessments, from the facts and the model that ship."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from foedus.assessment import assess
from foedus.report import to_markdown, to_terminal
from foedus.report.charts import charts
from foedus.report.content import build

CASES = {
    "Russia-North Korea before entry into force": ("RUS", "PRK", "2024-10-17"),
    "an alliance of many": ("USA", "TUR", "2024-01-01"),
    "1914": ("AUH", "DEU", "1914-06-01"),
}


@pytest.fixture(scope="module", params=list(CASES), ids=list(CASES))
def real(request):
    a, b, day = CASES[request.param]
    return assess(a, b, as_of=day)


def test_it_fits_eighty_columns_without_control_codes(real):
    out = io.StringIO()
    to_terminal(real, Console(file=out, width=80))
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", out.getvalue())
    assert len(lines) < 450, "a terminal report is read, not archived"


def test_every_footnote_leads_to_evidence_and_reads_in_order(real):
    body, _, notes = to_markdown(real).partition("## Appendix: Evidence")
    cited = list(dict.fromkeys(int(n) for n in re.findall(r"\[\^(\d+)\]", body)))
    assert cited == list(range(1, len(cited) + 1))
    assert cited == [int(n) for n in re.findall(r"^\[\^(\d+)\]:", notes, flags=re.MULTILINE)]


def test_the_charts_asked_for_are_there_and_short_enough_to_read(real):
    drawn = charts(real)
    assert {"scale", "fan", "ends", "drivers", "timeline"} <= set(drawn)
    assert all(chart.wide["height"] < 900 for chart in drawn.values())


def test_a_treaty_not_in_force_is_not_called_in_force(real):
    headline = build(real).sections[0].blocks[0]
    if real.treaty.in_force is None:
        assert "has not ended" in headline.what  # type: ignore[union-attr]
    else:
        assert "is in force" in headline.what  # type: ignore[union-attr]
