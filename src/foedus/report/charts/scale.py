"""The likelihood scale: where the headline probability and its interval stand among the terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.assessment.language import TERMS
from foedus.report.charts.theme import ACCENT, BAND, FAINT, INK, PAPER, SOFT, Spec, frame, is_narrow
from foedus.report.words import capital, estimate, years

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment

_SHORT = {"roughly even chance": "even"}


def likelihood_scale(assessment: Assessment, width: int) -> tuple[Spec, str] | None:
    """Specification and alternative text of the strip under the bottom line."""
    line = assessment.bottom_line
    narrow = is_narrow(width)
    bounds = [(min(1.0, bound), term) for bound, term in TERMS]
    rows = [
        {
            "low": low,
            "high": high,
            "middle": (low + high) / 2,
            # Bands of a few percent have no room for their name; the middle ones carry the scale.
            "label": _SHORT.get(term, term) if high - low >= (0.2 if narrow else 0.1) else "",
            "here": term == line.likelihood_term,
            "tip": {"title": capital(term), "Probability": f"{low:.0%} to {high:.0%}"},
        }
        for low, (high, term) in zip((0.0, *(bound for bound, _ in TERMS)), bounds, strict=False)
    ]
    x: Spec = {
        "field": "low",
        "type": "quantitative",
        "scale": {"domain": [0, 1], "nice": False},
        "axis": {
            "format": ".0%",
            "title": None,
            "values": [0.05, 0.2, 0.45, 0.55, 0.8, 0.95],
            "grid": False,
            "domain": False,
            "labelOverlap": True,
        },
    }
    here = {"p": line.probability, "low": line.low, "high": line.high}
    here_tip = {
        "title": f"In force {years(line.horizon_years)} on",
        "Probability": estimate(line.probability, line.low, line.high),
    }
    body: Spec = {
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "bar", "y": 34, "height": 18, "stroke": PAPER, "strokeWidth": 2},
                "encoding": {
                    "x": x,
                    "x2": {"field": "high"},
                    "color": {"condition": {"test": "datum.here", "value": BAND}, "value": FAINT},
                    "tooltip": {"field": "tip"},
                },
            },
            {
                "data": {"values": rows},
                "mark": {"type": "text", "y": 34, "fontSize": 12},
                "encoding": {
                    "x": {**x, "field": "middle"},
                    "text": {"field": "label"},
                    "color": {"condition": {"test": "datum.here", "value": INK}, "value": SOFT},
                    "tooltip": {"field": "tip"},
                },
            },
            {
                "data": {"values": [{**here, "tip": here_tip}]},
                "mark": {"type": "rule", "y": 12, "strokeWidth": 3, "color": ACCENT},
                "encoding": {"x": x, "x2": {"field": "high"}, "tooltip": {"field": "tip"}},
            },
            {
                "data": {"values": [{**here, "tip": here_tip}]},
                "mark": {"type": "circle", "y": 12, "size": 150, "opacity": 1, "color": ACCENT},
                "encoding": {"x": {**x, "field": "p"}, "tooltip": {"field": "tip"}},
            },
        ],
    }
    alt = (
        f"Scale from 0 to 100% with the standard terms: {line.likelihood_term}, "
        f"{estimate(line.probability, line.low, line.high)}."
    )
    return frame(width, 76, (14, 14, 2, 24), body), alt
