"""Fit one model per vintage, with settings that only earlier forecasts have chosen.

A vintage T knows what had happened by the end of the year T. Its settings are those whose five-year
forecasts, made at the earlier vintages and fully resolved by T, have the best log score: nested
rolling validation, so no forecast is ever judged by what it was tuned on.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from foedus.durability.design import CAUSES
from foedus.durability.fit import HazardFit, Settings, fit_hazard, hazards
from foedus.durability.forecast import project
from foedus.durability.table import YearTable

#: All candidates; every vintage picks among these eight by the rule above.
GRID = tuple(
    Settings(pool=pool, own=3 * pool, half_life=half, fade=fade)
    for pool in (20.0, 60.0)
    for half in (15.0, 30.0)
    for fade in (3.0, 6.0)
)
#: Before ten endings have been forecast and resolved, the most cautious candidate stands.
DEFAULT = Settings(pool=60.0, own=180.0, half_life=30.0, fade=3.0)
FIRST_VINTAGE = 1870
STEP = 5
HORIZON = 5


@dataclass(frozen=True, slots=True)
class Vintage:
    """A fit and the record by which its settings were chosen (log score per candidate)."""

    fit: HazardFit
    chosen_on: int
    log_scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class Replayed:
    """How the forecasts of one origin fared: log scores, endings seen and expected in the first
    five years, and in the next five among those that lasted (None while not yet known)."""

    scores: np.ndarray
    observed: int
    expected: float
    observed_late: int | None
    expected_late: float


def vintages(last: int, first: int = FIRST_VINTAGE) -> list[int]:
    """Years of the vintages: every five years, and the last year of the labels."""
    years = list(range(first, last + 1, STEP))
    return years if years[-1] == last else [*years, last]


def mode_forecast(fit: HazardFit, paths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Point forecast at the posterior mode for paths (n, H, p): in force (n, H), ends (n, H, K)."""
    yearly = hazards(fit.scaler.transform(paths) @ fit.coef.T)
    stay = np.cumprod(1 - yearly.sum(-1), axis=1)
    before = np.concatenate([np.ones((len(stay), 1)), stay[:, :-1]], axis=1)
    return stay, np.cumsum(before[:, :, None] * yearly, axis=1)


def log_score(in_force: np.ndarray, ends: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    """Log probability given to what happened (still in force, or the cause), (n,)."""
    p = np.concatenate([in_force[:, None], ends], axis=1)[np.arange(len(outcome)), outcome]
    return np.log(np.clip(p, 1e-4, 1.0))


def wave_spread(observed: np.ndarray, expected: np.ndarray) -> float:
    """Standard deviation of the log frailty of a period, by maximum likelihood.

    Endings per period are taken as gamma-Poisson around the forecast; one pseudo-period with the
    spread of 0.5 keeps short records from claiming certainty.
    """
    grid = np.linspace(0.05, 1.5, 59)
    best, where = -math.inf, 0.5
    for spread in grid:
        r = 1 / spread**2
        ll = -((spread - 0.5) ** 2) / (2 * 0.25**2)
        for o, e in zip(observed, expected, strict=True):
            if e > 0:
                ll += (
                    math.lgamma(o + r)
                    - math.lgamma(r)
                    - math.lgamma(o + 1)
                    + r * math.log(r / (r + e))
                    + o * math.log(e / (r + e))
                )
        if ll > best:
            best, where = ll, float(spread)
    return where


def train(
    table: YearTable,
    last: int,
    *,
    first: int = FIRST_VINTAGE,
    progress: Callable[[str], None] | None = None,
) -> dict[int, Vintage]:
    """Fit every vintage up to ``last`` (the last year whose labels are complete)."""
    out: dict[int, Vintage] = {}
    record: dict[Settings, dict[int, Replayed]] = {s: {} for s in GRID}
    for through in vintages(last, first):
        fits = _candidates(table, through)
        chosen, scores = _choose(record, through)
        tau, tau_late = _spreads(record.get(chosen, {}), through)
        fit = fits.get((chosen.pool, chosen.half_life)) or _fit(table, through, chosen)
        out[through] = Vintage(
            replace(fit, settings=chosen, tau=tau, tau_late=tau_late), through, scores
        )
        _judge(table, through, fits, record, last)
        if progress:
            progress(
                f"vintage {through}: {fit.n_alliances} alliances, {sum(fit.n_events)} endings, "
                f"pool {chosen.pool:g}, half-life {chosen.half_life:g} y, "
                f"wave {tau:.2f}, later {tau_late:.2f}"
            )
    return out


def _fit(table: YearTable, through: int, settings: Settings) -> HazardFit:
    seen = (table.year <= through) & (table.outcome >= 0)
    return fit_hazard(
        table.raw[seen],
        table.year[seen],
        table.exposure[seen],
        table.outcome[seen],
        table.subject[seen],
        through,
        settings,
        len(CAUSES),
    )


def _candidates(table: YearTable, through: int) -> dict[tuple[float, float], HazardFit]:
    """One fit per (pool, half-life); the fade only enters forecasts."""
    fits: dict[tuple[float, float], HazardFit] = {}
    for s in GRID:
        key = (s.pool, s.half_life)
        if key not in fits:
            fits[key] = _fit(table, through, s)
    return fits


def _judge(table, through, fits, record, last) -> None:
    """Make the candidates' forecasts at this origin and note how they fare, if that is known."""
    if through + HORIZON > last:
        return
    rows = table.at_risk(through)
    if not len(rows):
        return
    outcome = table.ended_by(rows, through + HORIZON)
    lasted = outcome == 0
    late = None
    if through + 2 * HORIZON <= last:
        late = int((table.ended_by(rows, through + 2 * HORIZON) > 0)[lasted].sum())
    subjects = table.subjects(rows)
    for s in GRID:
        fit = replace(fits[(s.pool, s.half_life)], settings=s)
        paths = np.stack([project(x, fit, 2 * HORIZON) for x in subjects])
        stay, ends = mode_forecast(fit, paths)
        near, far = stay[:, HORIZON - 1], stay[:, -1]
        record[s][through] = Replayed(
            scores=log_score(near, ends[:, HORIZON - 1], outcome),
            observed=int((~lasted).sum()),
            expected=float((1 - near).sum()),
            observed_late=late,
            expected_late=float((1 - far / near)[lasted].sum()),
        )


def _choose(record: dict[Settings, dict[int, Replayed]], through: int):
    done = [o for o in record[GRID[0]] if o + HORIZON <= through]
    if sum(record[GRID[0]][o].observed for o in done) < 10:
        return DEFAULT, {}
    scores = {s: float(np.concatenate([record[s][o].scores for o in done]).mean()) for s in GRID}
    best = max(GRID, key=lambda s: scores[s])
    return best, {
        f"pool={s.pool:g} half_life={s.half_life:g} fade={s.fade:g}": round(v, 5)
        for s, v in scores.items()
    }


def _spreads(entries: dict[int, Replayed], through: int) -> tuple[float, float]:
    """Wave spread of the five years after an origin, and of the five after those."""
    near = [v for o, v in entries.items() if o + HORIZON <= through]
    far = [v for o, v in entries.items() if o + 2 * HORIZON <= through]
    tau = wave_spread(np.array([v.observed for v in near]), np.array([v.expected for v in near]))
    late = wave_spread(
        np.array([v.observed_late for v in far]), np.array([v.expected_late for v in far])
    )
    # What is further off is not known better.
    return tau, max(tau, late)
