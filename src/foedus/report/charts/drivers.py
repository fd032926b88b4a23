"""Driver weights: diverging bars in percentage points, in their groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.report.charts.theme import ACCENT, INK, SOFT, Spec, frame, is_narrow, shortened
from foedus.report.leading import leading
from foedus.report.words import GROUPS, capital, points, reading

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment

#: Colour of a driver that wears the treaty down; the accent is for one that holds it up.
DOWN = "var(--down)"


def driver_weights(assessment: Assessment, width: int) -> tuple[Spec, str] | None:
    """Specification and alternative text; None without drivers."""
    given = leading(assessment.forecast.drivers)
    if not given:
        return None
    narrow = is_narrow(width)
    rows: list[Spec] = []
    said: list[str] = []
    for group, title in GROUPS:
        inside = sorted((d for d in given if d.group == group), key=lambda d: -abs(d.effect))
        if not inside:
            continue
        rows.append({"row": len(rows), "heading": title, "name": "", "effect": 0})
        said.append(f"{title}: " + ", ".join(f"{d.label} {points(d.effect)}" for d in inside))
        for d in inside:
            rows.append(
                {
                    "row": len(rows),
                    "heading": "",
                    "name": shortened(capital(d.label), width - 20 if narrow else _GUTTER),
                    "effect": d.effect * 100,
                    "label": points(d.effect),
                    "up": d.effect >= 0,
                    "tip": {
                        "title": capital(d.label),
                        "Here": reading(d.value_text, d.status),
                        "Compared with": d.reference_text,
                        "Effect": points(d.effect, unit=True),
                    },
                }
            )
    reach = max(0.5, max(abs(r["effect"]) for r in rows))
    pad = reach * (1.45 if narrow else 1.2)
    step = 40 if narrow else 27
    y: Spec = {
        "field": "row",
        "type": "ordinal",
        "sort": None,
        "axis": None,
        "scale": {
            "domain": [r["row"] for r in rows],
            "paddingInner": 0.3,
            "paddingOuter": 0.1,
        },
    }
    x: Spec = {
        "field": "effect",
        "type": "quantitative",
        "scale": {"domain": [-pad, pad], "nice": False},
        "axis": {
            "title": "Percentage points",
            "format": "+.0f" if reach >= 2 else "+.1f",
            "tickCount": 5 if narrow else 7,
            "tickMinStep": 1 if reach >= 2 else 0.5,
            "domain": False,
        },
    }
    bars = "datum.heading == ''"
    # Names stand left of the plot on a desk, above their bar on a phone.
    name: Spec = {"type": "text", "align": "left", "x": 0, "dy": -12}
    if not narrow:
        name = {"type": "text", "align": "left", "x": -_GUTTER}
    bar: Spec = {"type": "bar", "cornerRadiusEnd": 2, "height": {"band": 0.45 if narrow else 0.72}}
    number: Spec = {"type": "text"}
    if narrow:
        bar["yOffset"] = number["yOffset"] = 8
    text_x: Spec = {"field": "effect", "type": "quantitative"}
    layers: list[Spec] = [
        {
            "mark": bar,
            "transform": [{"filter": bars}],
            "encoding": {
                "y": y,
                "x": x,
                "color": {"condition": {"test": "datum.up", "value": ACCENT}, "value": DOWN},
                "tooltip": {"field": "tip"},
            },
        },
        {
            "mark": {"type": "rule", "color": SOFT},
            "data": {"values": [{}]},
            "encoding": {"x": {"datum": 0}},
        },
        {
            "mark": {**name, "color": INK},
            "transform": [{"filter": bars}],
            "encoding": {"y": y, "text": {"field": "name"}, "tooltip": {"field": "tip"}},
        },
        {
            "mark": {**name, "color": SOFT, "fontWeight": "bold", "dy": 4 if narrow else 0},
            "transform": [{"filter": "datum.heading != ''"}],
            "encoding": {"y": y, "text": {"field": "heading"}},
        },
        {
            "mark": {**number, "align": "left", "dx": 5},
            "transform": [{"filter": bars + " && datum.up"}],
            "encoding": {"y": y, "x": text_x, "text": {"field": "label"}},
        },
        {
            "mark": {**number, "align": "right", "dx": -5},
            "transform": [{"filter": bars + " && !datum.up"}],
            "encoding": {"y": y, "x": text_x, "text": {"field": "label"}},
        },
    ]
    body: Spec = {"data": {"values": rows}, "layer": layers}
    margin = (6, 6, 4, 42) if narrow else (_GUTTER + 4, 10, 4, 42)
    spec = frame(width, 46 + step * len(rows), margin, body)
    alt = (
        "Bars of the effect of each driver in percentage points; a plus holds the treaty up. "
        + "; ".join(said)
        + "."
    )
    return spec, alt


#: Width kept for the drivers' names, in pixels of the wide layout.
_GUTTER = 330
