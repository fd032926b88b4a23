"""Do the intervals hold what they claim? The number of endings after each origin, replayed."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.durability.forecast import SEED, draw_coefficients, incidence, project
from foedus.durability.table import YearTable
from foedus.durability.train import Vintage

#: Origins with fewer alliances than this say nothing of an interval.
FEWEST = 5
DRAWS = 100
REPEATS = 20


def interval_coverage(
    table: YearTable, fitted: dict[int, Vintage], *, horizon: int, years: list[int]
) -> dict[str, Any]:
    """At how many origins the 80% interval for the number of endings held the number seen.

    The interval takes in the uncertainty of coefficients and of the wave, and chance given both;
    each origin is forecast by its own vintage. An honest interval holds at four origins of five.
    """
    rng = np.random.default_rng(SEED)
    held, below, above = 0, 0, 0
    for year in years:
        rows = table.at_risk(year)
        if len(rows) < FEWEST:
            continue
        fit = fitted[year].fit
        drawn = draw_coefficients(fit, DRAWS)
        chance = np.array(
            [
                1 - incidence(fit, project(s, fit, horizon), coefficients=drawn).in_force[:, -1]
                for s in table.subjects(rows)
            ]
        )
        counts = (rng.random((REPEATS, *chance.shape)) < chance).sum(axis=1).ravel()
        low, high = np.quantile(counts, [0.1, 0.9])
        seen = int((table.ended_by(rows, year + horizon) > 0).sum())
        held += int(low <= seen <= high)
        below += int(seen < low)
        above += int(seen > high)
    return {
        "horizon": horizon,
        "level": 0.8,
        "origins": held + below + above,
        "held": held,
        "fewer_endings_than_interval": below,
        "more_endings_than_interval": above,
    }
