"""Discrete-time competing risks: a penalised multinomial logit for the yearly cause of ending.

In alliance-year i the log-odds of cause k against going on are
``x_i' b_k + log(exposure_i)``. Partial pooling: each coefficient is a common effect shared by the
causes plus the cause's own deviation, ``b_kj = c_j + d_kj`` with ``c_j ~ N(0, 1/pool)`` and
``d_kj ~ N(0, 1/own)``; causes with few endings lean on the rest. Era weights halve every
``half_life`` years, so the baseline follows the times. The posterior is Laplace's: normal at the
mode, with the inverse Hessian as covariance. Source: Allison 1982 (discrete-time hazards); the
pooling is an ordinary hierarchical normal prior with fixed scales chosen by nested validation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.durability.design import Scaler
from foedus.errors import ModelError


@dataclass(frozen=True, slots=True)
class Settings:
    """What validation chooses. ``pool``, ``own``: prior precisions; ``half_life``, ``fade``: years.

    ``fade``: e-folding time with which a transient factor (a war, a dispute, a leader change)
    returns to its mean along a forecast.
    """

    pool: float
    own: float
    half_life: float
    fade: float


@dataclass(frozen=True, slots=True)
class HazardFit:
    """A fitted hazard. ``coef`` (K, 1 + p) on the scaled design; ``chol`` (K(1+p), K(1+p)) lower
    Cholesky factor of the posterior covariance of ``coef.ravel()``; ``tau`` the standard deviation
    of the log of the wave frailty (how far a period's endings stray from what the model expects),
    and ``tau_late`` the same for the period that begins five years after the vintage."""

    coef: np.ndarray
    chol: np.ndarray
    scaler: Scaler
    settings: Settings
    tau: float
    tau_late: float
    through: int
    n_alliances: int
    n_years: int
    n_events: tuple[int, ...]


def hazards(scores: np.ndarray) -> np.ndarray:
    """Linear scores (..., K) -> yearly hazards (..., K) of competing causes (softmax, base 0)."""
    top = np.maximum(scores.max(axis=-1, keepdims=True), 0.0)
    e = np.exp(scores - top)
    return e / (np.exp(-top) + e.sum(axis=-1, keepdims=True))


def prior_precision(n_causes: int, n_columns: int, pool: float, own: float) -> np.ndarray:
    """Precision matrix of ``coef.ravel()``; the intercepts are all but free."""
    joint = np.linalg.inv(np.eye(n_causes) / own + np.ones((n_causes, n_causes)) / pool)
    out = np.zeros((n_causes, n_columns, n_causes, n_columns))
    at = np.arange(1, n_columns)
    for k in range(n_causes):
        for other in range(n_causes):
            out[k, at, other, at] = joint[k, other]
        out[k, 0, k, 0] = 0.01
    size = n_causes * n_columns
    return out.reshape(size, size)


def fit_multinomial(
    design: np.ndarray,
    outcome: np.ndarray,
    weights: np.ndarray,
    offset: np.ndarray,
    precision: np.ndarray,
    n_causes: int,
    *,
    tolerance: float = 1e-6,
    max_steps: int = 60,
) -> tuple[np.ndarray, np.ndarray]:
    """Posterior mode and covariance by damped Newton steps.

    ``design`` (n, q); ``outcome`` (n,) 0 for going on, 1..K for a cause; returns coef (K, q) and
    covariance (Kq, Kq). Raises ModelError when it does not converge.
    """
    q = design.shape[1]
    exposure = (weights * np.exp(offset)).sum()
    coef = np.zeros((n_causes, q))
    for k in range(n_causes):
        coef[k, 0] = np.log((weights * (outcome == k + 1)).sum() + 0.5) - np.log(exposure)
    hits = np.stack([outcome == k + 1 for k in range(n_causes)], axis=1).astype(float)

    def objective(b: np.ndarray) -> float:
        scores = design @ b.T + offset[:, None]
        top = np.maximum(scores.max(1), 0)
        log_norm = top + np.log(np.exp(-top) + np.exp(scores - top[:, None]).sum(1))
        flat = b.ravel()
        return float(
            (weights * ((hits * scores).sum(1) - log_norm)).sum() - flat @ precision @ flat / 2
        )

    value = objective(coef)
    for _ in range(max_steps):
        p = hazards(design @ coef.T + offset[:, None])
        gradient = ((hits - p) * weights[:, None]).T @ design
        gradient = gradient.ravel() - precision @ coef.ravel()
        hessian = precision.copy()
        for k in range(n_causes):
            for other in range(k, n_causes):
                w = weights * p[:, k] * ((k == other) - p[:, other])
                block = design.T @ (w[:, None] * design)
                hessian[k * q : (k + 1) * q, other * q : (other + 1) * q] += block
                if other != k:
                    hessian[other * q : (other + 1) * q, k * q : (k + 1) * q] += block.T
        step = np.linalg.solve(hessian, gradient).reshape(n_causes, q)
        scale = 1.0
        while scale > 1e-4 and objective(coef + scale * step) < value:
            scale /= 2
        coef = coef + scale * step
        new = objective(coef)
        if np.abs(scale * step).max() < tolerance or abs(new - value) < tolerance:
            return coef, np.linalg.inv(hessian)
        value = new
    raise ModelError(
        f"the hazard did not converge in {max_steps} steps.",
        "look for a covariate that separates the outcomes, or raise the prior precision",
    )


def fit_hazard(
    raw: np.ndarray,
    year: np.ndarray,
    exposure: np.ndarray,
    outcome: np.ndarray,
    subject: np.ndarray,
    through: int,
    settings: Settings,
    n_causes: int,
) -> HazardFit:
    """Fit on the alliance-years up to and including ``through``; nothing later is looked at.

    ``raw`` (n, p) factors and age basis with NaN for unknown, the other arrays (n,).
    """
    use = year <= through
    if not use.any() or not (outcome[use] > 0).any():
        raise ModelError(f"no ending on record by {through}.", "take a later year")
    weights = 0.5 ** ((through - year[use]) / settings.half_life)
    scaler = Scaler.fit(raw[use], weights)
    design = scaler.transform(raw[use])
    precision = prior_precision(n_causes, design.shape[1], settings.pool, settings.own)
    coef, cov = fit_multinomial(
        design, outcome[use], weights, np.log(exposure[use]), precision, n_causes
    )
    return HazardFit(
        coef=coef,
        chol=np.linalg.cholesky((cov + cov.T) / 2),
        scaler=scaler,
        settings=settings,
        tau=0.0,
        tau_late=0.0,
        through=through,
        n_alliances=len(np.unique(subject[use])),
        n_years=int(use.sum()),
        n_events=tuple(int((outcome[use] == k + 1).sum()) for k in range(n_causes)),
    )
