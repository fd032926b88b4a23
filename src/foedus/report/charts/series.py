"""One series of the relation over the years, as one of several small charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.report.charts.theme import ACCENT, Spec, frame

if TYPE_CHECKING:
    from foedus.assessment.model import SeriesView


#: A line through fewer years than this shows nothing the table does not.
LEAST = 3


def relation_series(series: SeriesView, width: int) -> tuple[Spec, str] | None:
    """Specification and alternative text; None where too few years have a value."""
    known = [p for p in series.points if p.value is not None]
    if len(known) < LEAST:
        return None
    rows = [
        {
            "year": p.year,
            "value": p.value,
            "tip": {
                "title": f"{series.label}, {p.year}",
                "Value": "not covered" if p.value is None else f"{p.value:.4g} {series.unit}",
            },
        }
        for p in series.points
    ]
    first, last = series.points[0].year, series.points[-1].year
    x: Spec = {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": [first, max(last, first + 1)], "nice": False, "zero": False},
        "axis": {"format": "d", "title": None, "tickCount": 5, "grid": False},
    }
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {"title": None, "tickCount": 4, "domain": False, "format": "~s"},
    }
    if all(0 <= (p.value or 0) < 10 for p in known):
        y["axis"]["format"] = "~g"
    body: Spec = {
        "data": {"values": rows},
        "layer": [
            {  # a year without a value breaks the line: a gap is a gap
                "mark": {
                    "type": "line",
                    "color": ACCENT,
                    "strokeWidth": 2,
                    "invalid": "break-paths-show-domains",
                },
                "encoding": {"x": x, "y": y},
            },
            {
                "transform": [{"filter": "datum.value !== null"}],
                "params": [
                    {
                        "name": "hover",
                        "select": {"type": "point", "on": "pointerover", "clear": "pointerout"},
                    }
                ],
                "mark": {"type": "circle", "color": ACCENT, "size": 44},
                "encoding": {
                    "x": x,
                    "y": y,
                    "opacity": {
                        "condition": {"param": "hover", "value": 1, "empty": False},
                        "value": 0.25,
                    },
                    "tooltip": {"field": "tip"},
                },
            },
        ],
    }
    alt = (
        f"{series.label} ({series.unit}; {series.direction}), {known[0].year} to {known[-1].year}: "
        f"from {known[0].value:.4g} to {known[-1].value:.4g}, "
        f"lowest {min(p.value for p in known if p.value is not None):.4g}, "
        f"highest {max(p.value for p in known if p.value is not None):.4g}."
    )
    return frame(width, 170, (46, 10, 8, 24), body, size=12), alt
