"""From hazards to a forecast: cumulative incidence of each ending, given survival to today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from foedus.durability.design import COLUMNS, age_basis
from foedus.durability.fit import HazardFit, hazards
from foedus.panel.alliance_year import term_clock
from foedus.panel.factors import CLOCK, FACTORS, NAMES

DRAWS = 400
SEED = 1648
_AT = {name: k for k, name in enumerate(NAMES)}
_CLOCK = np.array([_AT[n] for n in CLOCK])
_TRANSIENT = np.array([f.transient for f in FACTORS])


@dataclass(frozen=True, slots=True)
class Subject:
    """One alliance on the day of the forecast.

    ``factors`` (len(NAMES),) as known then, NaN where unknown; ``age`` in years since signature;
    ``start`` the day as a decimal year; the clock's terms in ATOP's coding (months).
    """

    factors: np.ndarray
    age: float
    start: float
    signed: date
    months: float
    renewal_rule: float
    renewal_months: float


@dataclass(frozen=True, slots=True)
class Incidence:
    """Draws of a forecast for each of H years ahead.

    ``in_force`` (draws, H) chance of no ending yet; ``ends`` (draws, H, K) cumulative incidence.
    """

    in_force: np.ndarray
    ends: np.ndarray

    def mean(self) -> tuple[np.ndarray, np.ndarray]:
        """Point forecasts (H,) and (H, K): means over the draws."""
        return self.in_force.mean(0), self.ends.mean(0)


def project(subject: Subject, fit: HazardFit, years: int) -> np.ndarray:
    """Raw design (years, p) along the horizon.

    The treaty's clock and the age run on; transient factors return to their mean with the fitted
    e-folding time; everything else is held as it is on the day of the forecast.
    """
    ahead = np.arange(years)
    mean = fit.scaler.mean[: len(NAMES)]
    now = subject.factors
    keep = np.exp(-ahead / fit.settings.fade)[:, None]
    path = np.where(_TRANSIENT, mean + (now - mean) * keep, now)
    clock = term_clock(
        subject.months,
        subject.renewal_rule,
        subject.renewal_months,
        subject.signed,
        subject.start + ahead,
    )
    for at, name in zip(_CLOCK, CLOCK, strict=True):
        path[:, at] = clock[name]
    return np.concatenate([path, age_basis(subject.age + ahead)], axis=1)


def draw_coefficients(fit: HazardFit, draws: int = DRAWS) -> tuple[np.ndarray, np.ndarray]:
    """Posterior draws (draws, K, 1 + p) and wave frailties (draws,), the same in every run.

    Draws come in antithetic pairs, so that their mean is the mode without noise.
    """
    rng = np.random.default_rng(SEED)
    size = fit.coef.size
    half = rng.standard_normal((draws // 2, size))
    wave = rng.standard_normal(draws // 2)
    noise = np.concatenate([half, -half]) @ fit.chol.T
    # Stratified with the sign flipped in another order, so that coefficient and wave stay apart.
    wave = np.concatenate([wave, wave[::-1] * -1.0])
    coef = fit.coef.ravel() + noise
    return coef.reshape(draws, *fit.coef.shape), fit.tau * wave - fit.tau**2 / 2


def incidence(
    fit: HazardFit,
    paths: np.ndarray,
    *,
    draws: int = DRAWS,
    coefficients: tuple[np.ndarray, np.ndarray] | None = None,
) -> Incidence:
    """Cumulative incidence for one path (H, p), in every draw."""
    coef, wave = coefficients or draw_coefficients(fit, draws)
    design = fit.scaler.transform(paths)
    scores = np.einsum("hq,dkq->dhk", design, coef) + wave[:, None, None]
    yearly = hazards(scores)
    stay = np.cumprod(1 - yearly.sum(-1), axis=1)
    before = np.concatenate([np.ones((len(stay), 1)), stay[:, :-1]], axis=1)
    return Incidence(stay, np.cumsum(before[:, :, None] * yearly, axis=1))


def incidence_batch(
    fit: HazardFit, subjects: list[Subject], years: int, *, draws: int = DRAWS
) -> tuple[np.ndarray, np.ndarray]:
    """Point forecasts: in force (n, years) and ends (n, years, K), means over the draws."""
    coefficients = draw_coefficients(fit, draws)
    alive, ends = [], []
    for subject in subjects:
        stay, by_cause = incidence(
            fit, project(subject, fit, years), coefficients=coefficients
        ).mean()
        alive.append(stay)
        ends.append(by_cause)
    return np.array(alive), np.array(ends)


def column(name: str) -> int:
    """Position of a design column (factor or age term)."""
    return COLUMNS.index(name)
