"""The HTML page in a real Chromium: no network, live charts, dark mode, phone, print."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.browser

CHARTS = 9


@pytest.fixture
def open_page(browser, page_file):
    """Opens the report in a fresh context and returns (page, requests, errors)."""
    contexts = []

    def opener(scheme: str = "light", width: int = 1200, script: bool = True):
        context = browser.new_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        requests: list[str] = []
        errors: list[str] = []
        page.on("request", lambda r: requests.append(r.url))
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on(
            "console", lambda m: errors.append(m.text) if m.type in ("error", "warning") else None
        )
        page.goto(page_file.as_uri())
        if script:
            page.wait_for_function(f"document.querySelectorAll('.is-live').length === {CHARTS}")
        return page, requests, errors

    yield opener
    for context in contexts:
        context.close()


def test_the_page_asks_the_network_for_nothing(open_page, page_file):
    page, requests, errors = open_page()
    page.mouse.wheel(0, 20000)
    page.wait_for_timeout(300)
    assert requests == [page_file.as_uri()]
    assert errors == []


def test_going_live_moves_nothing(open_page):
    still, _, _ = open_page(script=False)
    live, _, _ = open_page()
    box_still = still.locator("#chart-drivers").bounding_box()
    box_live = live.locator("#chart-drivers").bounding_box()
    assert box_still == box_live
    live_svg = live.locator("#chart-drivers .live svg").bounding_box()
    assert abs(live_svg["width"] - box_live["width"]) < 2
    assert abs(live_svg["height"] - box_live["height"]) < 2


def test_without_scripts_the_static_charts_show(open_page):
    page, _, _ = open_page(script=False)
    shown = page.locator(".chart .static.wide svg")
    assert shown.count() == CHARTS
    assert all(shown.nth(n).is_visible() for n in range(CHARTS))


def test_pointing_at_the_fan_gives_the_values(open_page):
    page, _, _ = open_page()
    chart = page.locator("#chart-fan")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.wait_for_timeout(200)  # scrolling puts the values away; let it come to rest
    for part in (0.4, 0.45):
        page.mouse.move(box["x"] + box["width"] * part, box["y"] + box["height"] * 0.5)
    page.wait_for_selector("#tip:not([hidden])")
    text = page.locator("#tip").inner_text()
    assert re.search(r"years on\nIn force\n\d+%", text)
    assert "80% interval" in text


def test_dark_mode_changes_page_and_charts(open_page):
    looks = []
    for scheme in ("light", "dark"):
        page, _, _ = open_page(scheme)
        looks.append(
            page.evaluate(
                """() => [getComputedStyle(document.body).backgroundColor,
                ...['#chart-fan .static.wide path', '#chart-fan .live path', '#chart-ends .live path']
                .map(q => [...document.querySelectorAll(q)].map(e => getComputedStyle(e).fill +
                getComputedStyle(e).stroke).join())]"""
            )
        )
    assert all(a != b for a, b in zip(*looks, strict=True))


def test_the_scheme_can_change_while_the_page_is_open(open_page):
    page, _, _ = open_page("light")
    query = "getComputedStyle(document.querySelector('#chart-drivers .live text')).fill"
    before = page.evaluate(query)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(query) != before


@pytest.mark.parametrize("width", [360, 390, 800])
def test_the_page_does_not_scroll_sideways(open_page, width):
    page, _, _ = open_page(width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_keys_reach_the_skip_link_and_wide_tables(open_page):
    page, _, _ = open_page(width=390)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.querySelectorAll('.scroll[tabindex=\"0\"]').length") > 5


def test_no_text_of_a_chart_is_cut_off(open_page):
    for width in (1200, 390):
        page, _, _ = open_page(width=width)
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.chart')].flatMap(c => {
              const frame = c.querySelector('.live svg').getBoundingClientRect();
              return [...c.querySelectorAll('.live svg text')].filter(t => t.textContent).filter(t => {
                const b = t.getBoundingClientRect();
                return b.width && (b.left < frame.left - 2 || b.right > frame.right + 2 ||
                  b.top < frame.top - 2 || b.bottom > frame.bottom + 2);
              }).map(t => c.id + ': ' + t.textContent);
            })"""
        )
        assert cut == []


def test_print_shows_the_static_charts_in_light_colours(open_page):
    page, _, _ = open_page("dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".chart .static.wide svg").count() == CHARTS
    shown = page.evaluate(
        """() => [...document.querySelectorAll('.chart')].map(c => [
          getComputedStyle(c.querySelector('.static.wide')).visibility,
          getComputedStyle(c.querySelector('.live')).display])"""
    )
    assert shown == [["visible", "none"]] * CHARTS
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_printed_page_has_every_chart_and_address(open_page, tmp_path, assessment):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    page, _, _ = open_page()
    path = tmp_path / "report.pdf"
    page.pdf(path=str(path), format="A4", prefer_css_page_size=True)
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in (
        "very unlikely",  # scale
        "Years from 2024-10-17",  # fan
        "as of 2024-10-17",  # timeline
        "Percentage points",  # drivers
        "Agreement in the General Assembly (share of votes",
    ):
        assert words in text, words
    flat = re.sub(r"\s+", "", text)
    assert all(e.url in flat for e in assessment.evidence if e.url)
    pages = text.split("\f")
    drivers = next(p for p in pages if "Percentage points" in p)
    assert "Structural" in drivers
    assert "Era" in drivers, "the chart stands on one page"
