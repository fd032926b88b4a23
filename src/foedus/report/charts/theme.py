"""What all charts share: type, axes, colours by name, and the frame of a specification."""

from __future__ import annotations

from typing import Any

# Names of CSS variables set by the page (templates/style.css), light and dark.
INK = "var(--ink)"
SOFT = "var(--ink-soft)"
FAINT = "var(--rule)"
PAPER = "var(--paper)"
ACCENT = "var(--accent)"
BAND = "var(--accent-band)"
TIE = "var(--tie)"
CLASS = "var(--ink-soft)"
ALIVE = "var(--alive)"
END_COLOURS = {
    "renegotiated": "var(--end-renegotiated)",
    "scheduled": "var(--end-scheduled)",
    "violated": "var(--end-violated)",
    "state_death": "var(--end-state-death)",
}
#: Text on a segment of that colour.
END_TEXT = {
    "renegotiated": "var(--on-renegotiated)",
    "scheduled": "var(--on-scheduled)",
    "violated": "var(--on-violated)",
    "state_death": "var(--on-state-death)",
}

#: Metric twins on every system, so that the widths measured here hold in the reader's browser.
FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"

Spec = dict[str, Any]


def is_narrow(width: int) -> bool:
    return width < 400


def frame(width: int, height: int | dict[str, int], body: Spec, *, size: int = 13) -> Spec:
    """A complete specification of that outer width; ``body`` brings data, marks, encodings."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 2,
        "background": "transparent",
        "config": {
            "aria": False,  # the figure as a whole has a text; single marks would only be noise
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelColor": SOFT,
                "titleColor": SOFT,
                "gridColor": FAINT,
                "domainColor": FAINT,
                "tickColor": FAINT,
                "labelFontSize": size,
                "titleFontSize": size,
                "titleFontWeight": "normal",
                "labelPadding": 6,
            },
            "legend": {
                "labelColor": INK,
                "labelFontSize": size,
                "title": None,
                "symbolType": "square",
            },
            "text": {"color": INK, "fontSize": size},
        },
        **body,
    }


def spread(positions: list[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart to at least ``gap``, keeping their order, inside [low, high]."""
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    placed = [0.0] * len(positions)
    last = low - gap
    for i in order:
        placed[i] = last = max(positions[i], last + gap)
    ceiling = high + gap
    for i in reversed(order):
        placed[i] = ceiling = min(placed[i], ceiling - gap)
    return placed
