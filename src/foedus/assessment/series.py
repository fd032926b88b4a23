"""The pair over the years: the covariates that are measures of a relation, as series."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from foedus.assessment.covariates import Covariates
from foedus.assessment.model import Relations, SeriesPoint, SeriesView
from foedus.assessment.sourcing import TABLE_OF, Sourcing, source_title
from foedus.panel import BY_NAME
from foedus.register.imported import ATOP_OBSERVED_TO

Direction = Literal["higher is closer", "higher is more distant", "neither"]

#: factor, label, unit, direction, transformation of the stored (logged) value
_SERIES: tuple[tuple[str, str, str, Direction, Callable[[float], float]], ...] = (
    (
        "ideal_distance",
        "Distance in UN General Assembly voting",
        "ideal points",
        "higher is more distant",
        lambda v: v,
    ),
    (
        "shared_igos",
        "Shared intergovernmental organizations",
        "organizations",
        "higher is closer",
        lambda v: math.expm1(v),
    ),
    (
        "dispute_inside",
        "Militarized dispute between them in the last five years",
        "share of pairs",
        "higher is more distant",
        lambda v: v,
    ),
    (
        "power_ratio",
        "Capability ratio, stronger to weaker",
        "ratio",
        "neither",
        lambda v: math.exp(v),
    ),
    ("democracy_gap", "Distance between regimes", "UDS points", "neither", lambda v: v),
    (
        "other_ties",
        "Other treaties between them",
        "treaties",
        "higher is closer",
        lambda v: math.expm1(v),
    ),
)


def relations(cov: Covariates, src: Sourcing) -> Relations:
    """Series of a bilateral alliance while it ran, without turning points or phases.

    For an alliance of many the factors are means over all pairs and say little of one pair, so they
    are not shown as its relation.
    """
    if cov.multilateral:
        return Relations(status="not_covered")
    out = []
    for name, label, unit, direction, transform in _SERIES:
        table, array = TABLE_OF[BY_NAME[name].source]
        # The forecast carries slow measures forward; a series shows only what its source covers.
        last = cov.spans[array][1] if array else ATOP_OBSERVED_TO.year
        points = tuple(
            SeriesPoint(
                year=y - 1,
                value=None if v is None or y - 1 > last else round(transform(v), 3),
            )
            for y, v in sorted(cov.history[name].items())
        )
        known = [p.year for p in points if p.value is not None]
        if not known:
            continue
        source = cov.sources.get(table, {}).get("source") or table
        out.append(
            SeriesView(
                name=name,
                label=label,
                unit=unit,
                direction=direction,
                points=points,
                span=f"{min(known)}-{max(known)}",
                source=source_title(source),
                evidence=src.factor(cov, name),
            )
        )
    return Relations(status="known" if out else "not_covered", series=tuple(out))
