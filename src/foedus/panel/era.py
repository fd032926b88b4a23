"""How often alliances of the time end: the rates that let a forecast follow its era."""

from __future__ import annotations

import numpy as np

from foedus.panel.timeline import AllianceSpan
from foedus.panel.world import FIRST, YEARS


def era_rates(all_spans: list[AllianceSpan]) -> dict[str, np.ndarray]:
    """Yearly rates of ending of all alliances, last five and fifteen years, log, by year index.

    ``era_rate_5``/``era_rate_15``: log of (endings + 1) / (alliance-years + 1 / prior) over the
    window that ends with the year; carried forward past the last year observed.
    """
    ends, risk = np.zeros(len(YEARS)), np.zeros(len(YEARS))
    horizon = 0
    for s in all_spans:
        stop = s.ended.year if s.ended else s.observed_to.year
        horizon = max(horizon, min(stop, s.observed_to.year))
        risk[s.signed.year - FIRST : stop - FIRST + 1] += 1
        if s.ended:
            ends[s.ended.year - FIRST] += 1
    prior = 0.04
    out = {}
    for window in (5, 15):
        kernel = np.ones(window)
        e = np.convolve(ends, kernel)[: len(YEARS)]
        r = np.convolve(risk, kernel)[: len(YEARS)]
        rate = np.log((e + 1) / (r + 1 / prior))
        rate[horizon - FIRST + 1 :] = rate[horizon - FIRST]
        out[f"era_rate_{window}"] = rate
    return out
