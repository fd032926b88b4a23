"""The forecasts to beat: no covariates, only counting."""

from __future__ import annotations

import numpy as np

from foedus.durability.table import YearTable
from foedus.panel.factors import NAMES

RECENT_YEARS = 20
_AGE_EDGES = np.array([0, 1, 2, 5, 10, 20, 40, 1000])
_AT = {n: k for k, n in enumerate(NAMES)}


def _split(table: YearTable, mask: np.ndarray, cause: int | None) -> tuple[float, float]:
    """Yearly hazard of any ending, and the share of it that the cause has (1 for any)."""
    risk = max(table.exposure[mask].sum(), 1.0)
    total = (table.outcome[mask] > 0).sum()
    share = 1.0 if cause is None else ((table.outcome[mask] == cause).sum() + 0.5) / (total + 1.0)
    return (total + 0.5) / (risk + 0.5 / 0.04), share


def recent_window(table: YearTable, rows: np.ndarray, origin: int, horizon: int, cause: int | None):
    """The constant hazard of the last twenty years, for everybody."""
    recent = (table.year > origin - RECENT_YEARS) & (table.year <= origin)
    total = (table.outcome[recent] > 0).sum()
    risk = max(table.exposure[recent].sum(), 1.0)
    share = 1.0 if cause is None else (table.outcome[recent] == cause).sum() / max(total, 1)
    return np.full(len(rows), share * (1 - (1 - total / risk) ** horizon))


def age_only(table: YearTable, rows: np.ndarray, origin: int, horizon: int, cause: int | None):
    """Hazard by age band, all history up to the origin."""
    past = (table.year <= origin) & (table.outcome >= 0)
    bands = np.digitize(table.age, _AGE_EDGES) - 1
    rate, share = {}, {}
    for b in range(len(_AGE_EDGES) - 1):
        rate[b], share[b] = _split(table, past & (bands == b), cause)
    return _run(table, rows, horizon, lambda _, age: (rate[_band(age)], share[_band(age)]))


def km_by_type(table: YearTable, rows: np.ndarray, origin: int, horizon: int, cause: int | None):
    """Actuarial survival by pact type and age band, all history up to the origin."""
    past = (table.year <= origin) & (table.outcome >= 0)
    bands = np.digitize(table.age, _AGE_EDGES) - 1
    kind = pact_type(table.factors)
    rate, share = {}, {}
    for t in range(3):
        for b in range(len(_AGE_EDGES) - 1):
            rate[t, b], share[t, b] = _split(table, past & (bands == b) & (kind == t), cause)

    def look_up(row: int, age: float) -> tuple[float, float]:
        return rate[kind[row], _band(age)], share[kind[row], _band(age)]

    return _run(table, rows, horizon, look_up)


def pact_type(factors: np.ndarray) -> np.ndarray:
    """0 active help (defense or offense), 1 nonaggression or neutrality, 2 consultation only."""
    active = (factors[:, _AT["defense"]] == 1) | (factors[:, _AT["offense"]] == 1)
    passive = (factors[:, _AT["nonaggression_only"]] == 1) | (factors[:, _AT["neutrality"]] == 1)
    return np.where(active, 0, np.where(passive, 1, 2))


def _band(age: float) -> int:
    return int(np.digitize(age, _AGE_EDGES) - 1)


def _run(table: YearTable, rows: np.ndarray, horizon: int, hazard) -> np.ndarray:
    out = np.empty(len(rows))
    for k, row in enumerate(rows):
        stay, gone = 1.0, 0.0
        for step in range(horizon):
            rate, share = hazard(row, float(table.age[row]) + step)
            gone += stay * rate * share
            stay *= 1 - rate
        out[k] = gone
    return out


BASELINES = {"recent_window": recent_window, "age_only": age_only, "km_by_type": km_by_type}
