"""Lineage timeline: when each treaty of the pair was signed, in force, ended."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from foedus.dates import PartialDate
from foedus.report.charts.theme import ACCENT, INK, SOFT, Spec, frame, is_narrow, shortened
from foedus.report.words import END_CAUSES, listing, never_in_force

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment


def decimal(value: str) -> float:
    """A date, however precise, as a year with a fraction: the first day it can be."""
    first = PartialDate.parse(value).earliest
    return round(first.year + (first.timetuple().tm_yday - 1) / 365.25, 4)


def lineage_timeline(assessment: Assessment, width: int) -> tuple[Spec, str] | None:
    """Specification and alternative text; None without a lineage."""
    items = assessment.treaty.lineage
    if not items:
        return None
    narrow = is_narrow(width)
    now = decimal(assessment.question.as_of)
    rows: list[Spec] = []
    said: list[str] = []
    for item in sorted(items, key=lambda i: decimal(i.signed)):
        signed = decimal(item.signed)
        end = decimal(item.ended) if item.ended else now
        begins = decimal(item.in_force) if item.in_force else None
        cause = END_CAUSES.get(item.end_cause or "", item.end_cause or "")
        in_force = item.in_force or never_in_force(item.state)
        ended = f"{item.ended}{f', {cause}' if cause else ''}" if item.ended else "no end known"
        said.append(f"{item.title}: signed {item.signed}, in force {in_force}, ended {ended}")
        rows.append(
            {
                "id": item.id,
                "title": shortened(item.title, width * 0.55 if not narrow else width * 0.8),
                "signed": signed,
                "begins": begins if begins is not None else signed,
                "start": begins,
                "end": max(end, signed),
                "ended": end if item.ended else None,
                "limit": now,
                "this": item.relation == "this",
                "tip": {
                    "title": item.title,
                    "Signed": item.signed,
                    "In force": in_force,
                    "Ended": ended,
                    "Promises": listing(item.kinds) or "none known",
                },
            }
        )
    first = min(r["signed"] for r in rows)
    reach = max(6.0, now - first)
    domain = [first - 0.02 * reach, now + 0.05 * reach]
    x: Spec = {
        "field": "signed",
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False, "zero": False},
        "axis": {
            "format": "d",
            "title": None,
            "values": _years(domain[0], domain[1], 5 if narrow else 10),
            "grid": True,
        },
    }
    y: Spec = {
        "field": "id",
        "type": "ordinal",
        "sort": None,
        "axis": None,
        "scale": {"paddingInner": 0.2, "paddingOuter": 0.1},
    }
    colour: Spec = {"condition": {"test": "datum.this", "value": ACCENT}, "value": SOFT}
    tip: Spec = {"field": "tip"}
    on: Spec = {"y": y, "x": x, "tooltip": tip}
    middle = (first + now) / 2
    text: Spec = {
        "text": {"field": "title"},
        "color": {"condition": {"test": "datum.this", "value": ACCENT}, "value": INK},
    }
    layers: list[Spec] = [
        {  # signed, not yet in force
            "mark": {"type": "rule", "strokeDash": [2, 2], "strokeWidth": 2, "yOffset": 7},
            "encoding": {
                **on,
                "x2": {"field": "begins"},
                "color": colour,
            },
        },
        {
            "transform": [{"filter": "datum.start === null"}],
            "mark": {"type": "rule", "strokeDash": [2, 2], "strokeWidth": 2, "yOffset": 7},
            "encoding": {**on, "x2": {"field": "end"}, "color": colour},
        },
        {
            "transform": [{"filter": "datum.start !== null"}],
            "mark": {"type": "bar", "height": 11, "yOffset": 7},
            "encoding": {
                "y": y,
                "x": {**x, "field": "start"},
                "x2": {"field": "end"},
                "color": colour,
                "tooltip": tip,
            },
        },
        {
            "mark": {"type": "point", "filled": True, "size": 70, "yOffset": 7, "opacity": 1},
            "encoding": {**on, "color": colour},
        },
        {
            "transform": [{"filter": "datum.ended !== null"}],
            "mark": {"type": "tick", "thickness": 3, "height": 21, "color": INK, "yOffset": 7},
            "encoding": {"y": y, "x": {**x, "field": "ended"}, "tooltip": tip},
        },
        {
            **_title("left", f"datum.signed <= {middle}"),
            "encoding": {**on, **text},
        },
        {
            **_title("right", f"datum.signed > {middle}"),
            "encoding": {**on, "x": {**x, "field": "limit"}, **text},
        },
        {
            "data": {"values": [{"now": now}]},
            "mark": {"type": "rule", "color": SOFT, "strokeWidth": 1.5},
            "encoding": {"x": {**x, "field": "now"}},
        },
        {
            "data": {"values": [{"now": now, "label": f"as of {assessment.question.as_of}"}]},
            "mark": {
                "type": "text",
                "align": "right",
                "baseline": "bottom",
                "y": -4,
                "color": SOFT,
            },
            "encoding": {"x": {**x, "field": "now"}, "text": {"field": "label"}},
        },
    ]
    body: Spec = {"data": {"values": rows}, "layer": layers}
    spec = frame(width, 60 + 46 * len(rows), (8, 14, 26, 26), body)
    return spec, f"Timeline of the treaties of the two. {'; '.join(said)}."


def _title(align: str, where: str) -> Spec:
    """A treaty's title above its bar, beginning at its signature or ending at the as-of date."""
    return {
        "transform": [{"filter": where}],
        "mark": {"type": "text", "align": align, "dx": -4 if align == "left" else -6, "dy": -12},
    }


def _years(low: float, high: float, about: int) -> list[int]:
    """Round years for the axis, whole ones even where the span is short."""
    for step in (1, 2, 5, 10, 20, 25, 50):
        if (high - low) / step <= about:
            break
    first = math.ceil(low / step) * step
    return list(range(first, math.floor(high) + 1, step))
