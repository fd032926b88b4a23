"""Stacked ways to end: at each horizon, in force and the four ways not to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.report.charts.theme import (
    ALIVE,
    END_COLOURS,
    END_TEXT,
    INK,
    PAPER,
    Spec,
    frame,
    is_narrow,
)
from foedus.report.words import ENDS, percent, years

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment


def ways_to_end(assessment: Assessment, width: int) -> tuple[Spec, str] | None:
    """Specification and alternative text; None without horizons."""
    horizons = assessment.forecast.horizons
    if not horizons:
        return None
    narrow = is_narrow(width)
    parts = [("in_force", "In force", ALIVE, INK)] + [
        (key, label, END_COLOURS[key], END_TEXT[key]) for key, label, _ in ENDS
    ]
    rows = []
    for h in horizons:
        start = 0.0
        for key, label, _, ink in parts:
            p = h.in_force.p if key == "in_force" else getattr(h.ends, key)
            rows.append(
                {
                    "horizon": years(h.years),
                    "part": label,
                    "start": round(start, 6),
                    "end": round(min(1.0, start + p), 6),
                    "middle": round(start + p / 2, 6),
                    "label": percent(p) if p >= (0.1 if narrow else 0.045) else "",
                    "ink": ink,
                    "tip": {"title": f"{label}, {years(h.years)} on", "Chance": percent(p)},
                }
            )
            start += p
    y: Spec = {
        "field": "horizon",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": None, "domain": False, "ticks": False, "labelColor": INK},
        "scale": {"paddingInner": 0.32, "paddingOuter": 0.1},
    }
    x: Spec = {
        "field": "start",
        "type": "quantitative",
        "scale": {"domain": [0, 1], "nice": False},
        "axis": {
            "format": ".0%",
            "title": None,
            "grid": False,
            "values": [0, 0.25, 0.5, 0.75, 1],
            "domain": False,
        },
    }
    body: Spec = {
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "bar", "stroke": PAPER, "strokeWidth": 1.5},
                "encoding": {
                    "y": y,
                    "x": x,
                    "x2": {"field": "end"},
                    "color": {
                        "field": "part",
                        "type": "nominal",
                        "sort": None,
                        "scale": {
                            "domain": [label for _, label, _, _ in parts],
                            "range": [colour for _, _, colour, _ in parts],
                        },
                        "legend": {"orient": "top", "columns": 2 if narrow else 5, "offset": 8},
                    },
                    "tooltip": {"field": "tip"},
                },
            },
            {
                "mark": {"type": "text", "fontWeight": "bold", "tooltip": None},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "middle"},
                    "text": {"field": "label"},
                    "color": {"field": "ink", "type": "nominal", "scale": None},
                    "tooltip": {"field": "tip"},
                },
            },
        ],
    }
    height = (88 if narrow else 66) + 46 * len(horizons)
    lines = "; ".join(
        f"after {years(h.years)} in force {percent(h.in_force.p)}, "
        + ", ".join(f"{label.lower()} {percent(getattr(h.ends, key))}" for key, label, _ in ENDS)
        for h in horizons
    )
    margin = (64, 12, 74, 26) if narrow else (72, 12, 36, 26)
    return frame(width, height, margin, body), f"Stacked bars of the ways to end: {lines}."
