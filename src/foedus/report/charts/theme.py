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


#: Room around the plot for axes and labels: left, right, top, bottom, in pixels.
Margin = tuple[int, int, int, int]


def frame(width: int, height: int, margin: Margin, body: Spec, *, size: int = 13) -> Spec:
    """A complete specification of that outer size; ``body`` brings data, marks, encodings.

    The margins are set here and not left to Vega's fitting: the drawing then takes half the time,
    and the live view in a browser with other fonts keeps the exact place of the static one.
    """
    left, right, top, bottom = margin
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width - left - right,
        "height": height - top - bottom,
        "autosize": {"type": "none"},
        "padding": {"left": left, "right": right, "top": top, "bottom": bottom},
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


def shortened(text: str, width: float, size: int = 13) -> str:
    """Text cut to about that many pixels, with an ellipsis; the full text is in the table."""
    most = max(8, int(width / (size * 0.5)))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
