"""The charts of the report as Vega-Lite specifications: plain dicts, no drawing here.

Colours are CSS variables of the page, so that one drawing serves light, dark and print. Each chart
comes in two layouts, ``wide`` (desk, print) and ``narrow`` (phone), with one alternative text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.report.charts.drivers import driver_weights
from foedus.report.charts.ends import ways_to_end
from foedus.report.charts.fan import survival_fan
from foedus.report.charts.scale import likelihood_scale
from foedus.report.charts.series import relation_series
from foedus.report.charts.timeline import lineage_timeline

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment

Spec = dict[str, Any]

WIDE, NARROW = 880, 350


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its alternative text, and a specification for each layout."""

    id: str
    alt: str
    wide: Spec
    narrow: Spec


_Maker = Callable[["Assessment", int], tuple[Spec, str] | None]

_CHARTS: tuple[tuple[str, _Maker], ...] = (
    ("scale", likelihood_scale),
    ("fan", survival_fan),
    ("ends", ways_to_end),
    ("drivers", driver_weights),
    ("timeline", lineage_timeline),
)


def charts(assessment: Assessment) -> dict[str, Chart]:
    """All charts the assessment has data for, by id."""
    out: dict[str, Chart] = {}
    for ident, make in _CHARTS:
        wide, narrow = make(assessment, WIDE), make(assessment, NARROW)
        if wide and narrow:
            out[ident] = Chart(ident, wide[1], wide[0], narrow[0])
    for n, series in enumerate(assessment.relations.series):
        # Small multiples: two to a row on a desk, each drawn at half the width.
        wide, narrow = relation_series(series, WIDE // 2 - 20), relation_series(series, NARROW)
        if wide and narrow:
            out[f"series-{n}"] = Chart(f"series-{n}", wide[1], wide[0], narrow[0])
    return out
