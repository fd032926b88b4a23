"""Survival fan: the treaty with its bands, the tie, and the reference class on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.report.charts.theme import ACCENT, BAND, CLASS, TIE, Spec, frame, is_narrow, spread
from foedus.report.words import estimate, percent, span, years

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment


_NAMES = ("This treaty", "Still allied", "Reference class")


def survival_fan(assessment: Assessment, width: int) -> tuple[Spec, str] | None:
    """Specification and alternative text; None without a curve."""
    forecast = assessment.forecast
    if not forecast.curve:
        return None
    narrow = is_narrow(width)
    ref = forecast.reference_class
    known = list(ref.survival) if ref else []
    curve = [
        {
            "years": round(p.years, 4),
            "p": p.in_force,
            "low80": p.low80,
            "high80": p.high80,
            "low50": p.low50,
            "high50": p.high50,
            "tie": p.allied,
            "tielow": p.allied_low80,
            "tiehigh": p.allied_high80,
            "tip": {
                "title": f"{years(p.years)} on",
                "In force": percent(p.in_force),
                "50% interval": span(p.low50, p.high50),
                "80% interval": span(p.low80, p.high80),
                "Still allied": estimate(p.allied, p.allied_low80, p.allied_high80),
            },
        }
        for p in forecast.curve
    ]
    reference = [{"years": 0, "p": 1, "low": 1, "high": 1, "tip": {}}] + [
        {
            "years": s.years,
            "p": s.p,
            "low": s.low,
            "high": s.high,
            "tip": {
                "title": f"Reference class, {years(s.years)} on",
                "In force": estimate(s.p, s.low, s.high),
            },
        }
        for s in known
    ]
    last = curve[-1]
    names = ("Treaty", "Allied", "Class") if narrow else _NAMES
    ends = [(names[0], last["p"], ACCENT), (names[1], last["tie"], TIE)]
    if known:
        ends.append((names[2], known[-1].p, CLASS))
    placed = spread([y for _, y, _ in ends], 0.055 if not narrow else 0.075, 0.02, 0.98)
    labels = [
        {"years": last["years"], "p": at, "name": name, "colour": colour}
        for (name, _, colour), at in zip(ends, placed, strict=True)
    ]
    x: Spec = {
        "field": "years",
        "type": "quantitative",
        "scale": {"domain": [0, last["years"]], "nice": False},
        "axis": {
            "title": f"Years from {assessment.question.as_of}",
            "values": [1, 3, 5, 10, 15, 20] if last["years"] >= 10 else None,
            "grid": False,
        },
    }
    y: Spec = {
        "field": "p",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {
            "format": ".0%",
            "title": None,
            "values": [0, 0.25, 0.5, 0.75, 1],
            "domain": False,
        },
    }

    def band(low: str, high: str, colour: str, opacity: float) -> Spec:
        return {
            "mark": {"type": "area", "color": colour, "opacity": opacity, "interpolate": "linear"},
            "encoding": {"x": x, "y": {**y, "field": low}, "y2": {"field": high}},
        }

    step = (width - (110 if narrow else 170)) / max(1, len(curve) - 1)
    layers: list[Spec] = [
        band("low80", "high80", BAND, 0.35),
        band("low50", "high50", BAND, 0.65),
        {
            "mark": {"type": "line", "color": TIE, "strokeWidth": 2, "strokeDash": [7, 4]},
            "encoding": {"x": x, "y": {**y, "field": "tie"}},
        },
        {
            "mark": {"type": "line", "color": ACCENT, "strokeWidth": 3},
            "encoding": {"x": x, "y": y},
        },
    ]
    if known:
        layers += [
            {
                "data": {"values": reference},
                "mark": {"type": "line", "color": CLASS, "strokeWidth": 1.5, "strokeDash": [2, 3]},
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": reference[1:]},
                "mark": {"type": "rule", "color": CLASS, "strokeWidth": 1},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
        ]
    layers += [
        {
            "data": {"values": labels},
            "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": "bold", "clip": False},
            "encoding": {
                "x": x,
                "y": y,
                "text": {"field": "name"},
                "color": {"field": "colour", "type": "nominal", "scale": None},
            },
        },
        {  # the hover targets: one invisible stripe a point
            "params": [
                {
                    "name": "hover",
                    "select": {"type": "point", "on": "pointerover", "clear": "pointerout"},
                }
            ],
            "mark": {"type": "rule", "strokeWidth": round(step, 2), "color": ACCENT},
            "encoding": {
                "x": x,
                "opacity": {
                    "condition": {"param": "hover", "value": 0.18, "empty": False},
                    "value": 0,
                },
                "tooltip": {"field": "tip"},
            },
        },
    ]
    if known:
        layers.append(
            {
                "data": {"values": reference[1:]},
                "mark": {"type": "circle", "color": CLASS, "size": 46, "opacity": 1},
                "encoding": {"x": x, "y": y, "tooltip": {"field": "tip"}},
            }
        )
    body = {"data": {"values": curve}, "layer": layers}
    margin = (44, 54, 10, 44) if narrow else (48, 126, 10, 46)
    return frame(width, 280 if narrow else 400, margin, body), _alt(assessment)


def _alt(assessment: Assessment) -> str:
    forecast = assessment.forecast
    parts = [
        f"after {years(h.years)} {estimate(h.in_force.p, h.in_force.low, h.in_force.high)}, "
        f"still allied {percent(h.allied.p)}"
        for h in forecast.horizons
    ]
    text = f"Line chart of the chance that the treaty is in force: {'; '.join(parts)}."
    ref = forecast.reference_class
    if ref and ref.survival:
        at = [f"{percent(s.p)} after {years(s.years)}" for s in ref.survival]
        text += f" The reference class stands at {', '.join(at)}."
    return text
