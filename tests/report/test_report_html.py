"""The HTML page as a text: self-contained, linked to its evidence, safe."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from foedus.report import to_html
from foedus.report.charts import charts
from foedus.report.charts.theme import spread


class Reader(HTMLParser):
    """Collects what the tests ask about."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def tags(page):
    return Reader(page).tags


def test_nothing_is_loaded_from_outside(tags, page):
    loading = [
        (t, a)
        for t, a in tags
        if t in ("img", "iframe", "link", "script", "object", "image", "use")
    ]
    for tag, attributes in loading:
        address = (
            attributes.get("src") or attributes.get("href") or attributes.get("xlink:href") or ""
        )
        assert address in ("", "data:,"), (tag, attributes)
    assert "@import" not in page.split("<body>")[0]
    assert "default-src 'none'" in page


def test_outside_links_stand_in_the_evidence_list_only(tags, assessment):
    outside = {a["href"] for t, a in tags if t == "a" and (a.get("href") or "").startswith("http")}
    assert outside == {e.url for e in assessment.evidence if e.url}


def test_every_inner_link_leads_somewhere(tags):
    ids = [a["id"] for _, a in tags if a.get("id")]
    assert len(ids) == len(set(ids)), "ids are unique"
    inner = {a["href"][1:] for t, a in tags if t == "a" and (a.get("href") or "").startswith("#")}
    assert inner <= set(ids)
    referenced = {
        m for _, a in tags for v in a.values() for m in re.findall(r"url\(#([^)]+)\)", v or "")
    }
    assert referenced <= set(ids)


def test_every_chart_has_a_text_with_its_figures(tags, assessment):
    texts = {a["data-chart"]: a["aria-label"] for _, a in tags if "data-chart" in a}
    assert {"scale", "fan", "ends", "drivers", "timeline", "series-0"} <= set(texts)
    assert "after 5 years 75% (59-86%)" in texts["fan"]
    assert "The reference class stands at" in texts["fan"]
    assert "A member at war at the as-of date -5.1" in texts["drivers"]
    assert "signed 1961-07-06, in force 1961-09-10, ended 1996-09-10" in texts["timeline"]
    assert all(len(text) > 40 for text in texts.values())


def test_every_row_of_figures_carries_a_footnote(page):
    body = page[page.index("<main>") : page.index('id="coverage"')]
    rows = re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", body, flags=re.DOTALL)
    assert len(rows) > 30
    for row in rows:
        text = re.sub(r"<[^>]+>", " ", row)
        if "Sum of the group" not in text:
            assert '<a href="#e' in row, text


def test_headings_are_in_order_and_the_contents_list_them(tags, page):
    levels = [int(t[1]) for t, _ in tags if re.fullmatch(r"h[1-6]", t)]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    sections = [a["id"] for t, a in tags if t == "section"]
    contents = page[page.index('class="contents"') : page.index("</nav>")]
    assert re.findall(r'href="#([^"]+)"', contents) == sections


def test_hostile_text_stays_text(assessment):
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    lineage = tuple(i.model_copy(update={"title": evil}) for i in assessment.treaty.lineage)
    treaty = assessment.treaty.model_copy(update={"title": evil, "lineage": lineage})
    evidence = (
        *(assessment.evidence[:-1]),
        assessment.evidence[-1].model_copy(update={"url": "javascript:alert(3)"}),
    )
    page = to_html(assessment.model_copy(update={"treaty": treaty, "evidence": evidence}))
    found = Reader(page).tags
    assert sum(t == "script" for t, _ in found) == 3
    assert not any(t == "img" for t, _ in found)
    assert not any((a.get("href") or "").startswith("javascript:") for _, a in found)
    specs = re.search(r'id="chart-specs">(.*?)</script>', page, flags=re.DOTALL)
    assert specs
    assert evil in json.dumps(json.loads(specs.group(1)), ensure_ascii=False)


def test_charts_without_data_are_left_out(assessment):
    bare = assessment.model_copy(
        update={
            "treaty": assessment.treaty.model_copy(update={"lineage": ()}),
            "forecast": assessment.forecast.model_copy(update={"drivers": (), "curve": ()}),
        }
    )
    assert set(charts(bare)) == {"scale", "ends", "series-0", "series-1", "series-2", "series-3"}


def test_a_year_not_covered_is_a_gap_and_not_a_zero(assessment):
    values = charts(assessment)["series-2"].wide["data"]["values"]
    gap = [v for v in values if 1996 <= v["year"] <= 2000]
    assert len(gap) == 5
    assert all(v["value"] is None and v["tip"]["Value"] == "not covered" for v in gap)


def test_labels_are_moved_apart_and_keep_their_order():
    placed = spread([0.5, 0.51, 0.49, 0.99, 1.0], 0.06, 0.02, 0.98)
    ordered = sorted(placed)
    assert all(b - a >= 0.06 - 1e-9 for a, b in pairwise(ordered))
    assert placed[2] < placed[0] < placed[1] < placed[3] < placed[4]
    assert max(placed) <= 0.98
