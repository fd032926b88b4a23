"""Proper scores, calibration and discrimination of probability forecasts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

FLOOR = 1e-4


def brier(p: np.ndarray, y: np.ndarray, w: np.ndarray | None = None) -> float:
    """Mean squared error of probabilities ``p`` for outcomes ``y`` in {0, 1} (Brier 1950)."""
    return float(np.average((p - y) ** 2, weights=w))


def log_loss(p: np.ndarray, y: np.ndarray, w: np.ndarray | None = None) -> float:
    """Mean negative log probability of what happened (ignorance score), p floored at 0.0001."""
    q = np.clip(p, FLOOR, 1 - FLOOR)
    return float(np.average(-(y * np.log(q) + (1 - y) * np.log(1 - q)), weights=w))


def skill(score: float, baseline: float) -> float:
    """1 - score / baseline; positive is better than the baseline, NaN where that is zero."""
    return float("nan") if baseline <= 0 else 1 - score / baseline


def auc(p: np.ndarray, y: np.ndarray) -> float:
    """Chance that an ending was given a higher probability than a survivor (ties count half)."""
    positives, negatives = int(y.sum()), int((1 - y).sum())
    if not positives or not negatives:
        return float("nan")
    _, at, count = np.unique(p, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[at]
    return float((ranks[y == 1].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def calibration(p: np.ndarray, y: np.ndarray, w: np.ndarray | None = None) -> tuple[float, float]:
    """Intercept and slope of the outcome's logit on the forecast's (Cox 1958); ideal 0 and 1."""
    q = np.clip(p, FLOOR, 1 - FLOOR)
    x = np.column_stack([np.ones(len(q)), np.log(q / (1 - q))])
    weights = np.ones(len(q)) if w is None else w
    b = np.array([0.0, 1.0])
    for _ in range(100):
        mu = 1 / (1 + np.exp(-x @ b))
        gradient = x.T @ (weights * (y - mu)) - 1e-6 * b
        hessian = (x * (weights * mu * (1 - mu))[:, None]).T @ x + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        step *= min(1.0, 1.0 / max(np.abs(step).max(), 1e-12))
        b = b + step
        if np.abs(step).max() < 1e-10:
            break
    return float(b[0]), float(b[1])


def reliability(p: np.ndarray, y: np.ndarray, edges: np.ndarray) -> list[dict[str, float | int]]:
    """Forecast bins: n, mean forecast, share that happened; empty bins are left out."""
    out = []
    for low, high in pairwise(edges):
        mine = (p >= low) & ((p < high) | (high == edges[-1]))
        if mine.any():
            out.append(
                {
                    "low": float(low),
                    "high": float(high),
                    "n": int(mine.sum()),
                    "forecast": float(p[mine].mean()),
                    "observed": float(y[mine].mean()),
                }
            )
    return out


def bootstrap_skill(
    p: np.ndarray,
    base: np.ndarray,
    y: np.ndarray,
    cluster: np.ndarray,
    *,
    draws: int = 1000,
    seed: int = 1648,
    w: np.ndarray | None = None,
) -> tuple[float, float]:
    """80% interval of the Brier skill when whole clusters are drawn again."""
    weights = np.ones(len(y)) if w is None else w
    names, at = np.unique(cluster, return_inverse=True)
    ours = np.bincount(at, weights * (p - y) ** 2, len(names))
    theirs = np.bincount(at, weights * (base - y) ** 2, len(names))
    rng = np.random.default_rng(seed)
    count = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    values = 1 - (count @ ours) / np.maximum(count @ theirs, 1e-12)
    low, high = np.quantile(values, [0.1, 0.9])
    return float(low), float(high)
