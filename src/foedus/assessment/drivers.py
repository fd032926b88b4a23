"""What drives the forecast: each factor's weight, and the events that would change it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.assessment.figures import reading, typical
from foedus.assessment.forecasting import HEADLINE, Ready, rounded
from foedus.assessment.model import Change, Driver
from foedus.assessment.sourcing import Sourcing
from foedus.durability.fit import hazards
from foedus.durability.forecast import project
from foedus.durability.train import mode_forecast
from foedus.panel import BY_NAME, FACTORS, NAMES

_AT = {n: k for k, n in enumerate(NAMES)}


def headline_at_mode(ready: Ready, factors: np.ndarray | None = None) -> float:
    """In force at the headline horizon, at the posterior mode, for the factors or changed ones."""
    subject = ready.subject if factors is None else replace(ready.subject, factors=factors)
    stay, _ = mode_forecast(ready.fit, project(subject, ready.fit, HEADLINE)[None])
    return float(stay[0, -1])


def _ending_log_odds(ready: Ready, path: np.ndarray) -> float:
    yearly = hazards(ready.fit.scaler.transform(path[:1]) @ ready.fit.coef.T).sum()
    return float(np.log(yearly / (1 - yearly)))


def drivers(ready: Ready, src: Sourcing) -> tuple[Driver, ...]:
    """Every factor's weight in the headline forecast, largest first.

    The effect of a factor is the headline probability as it is, less what it would be with that
    factor alone at its training mean (the treaty's clock and the age each count as one factor).
    """
    base = headline_at_mode(ready)
    path = project(ready.subject, ready.fit, HEADLINE)
    odds = _ending_log_odds(ready, path)
    mean = ready.fit.scaler.mean
    out = []
    for factor in FACTORS:
        k = _AT[factor.name]
        value = ready.cov.factors[factor.name]
        changed = path.copy()
        # The clock moves along the path, so it is set to its mean there, not in the factors.
        changed[:, k] = mean[k]
        stay, _ = mode_forecast(ready.fit, changed[None])
        known = value is not None
        out.append(
            Driver(
                factor=factor.name,
                label=factor.label,
                group=factor.group,
                value=None if value is None else round(float(value), 4),
                value_text=reading(factor.name, value),
                reference_text=typical(factor.name, float(mean[k])),
                effect=rounded(base - float(stay[0, -1])) if known else 0.0,
                log_odds=rounded(odds - _ending_log_odds(ready, changed)) if known else 0.0,
                status="known" if known else "not_covered",
                evidence=src.factor(ready.cov, factor.name),
            )
        )
    out.append(_age_driver(ready, base, path, odds, src))
    return tuple(sorted(out, key=lambda d: (-abs(d.effect), d.factor)))


def _age_driver(ready: Ready, base: float, path: np.ndarray, odds: float, src: Sourcing) -> Driver:
    changed = path.copy()
    changed[:, len(NAMES) :] = ready.fit.scaler.mean[len(NAMES) :]
    stay, _ = mode_forecast(ready.fit, changed[None])
    log_age = float(ready.fit.scaler.mean[len(NAMES)])
    return Driver(
        factor="age",
        label="age of the alliance",
        group="history",
        value=round(ready.subject.age, 2),
        value_text=f"{ready.subject.age:.1f} years",
        reference_text=f"{np.expm1(log_age):.0f} years on average",
        effect=rounded(base - float(stay[0, -1])),
        log_odds=rounded(odds - _ending_log_odds(ready, changed)),
        status="known",
        evidence=src.derived(
            "foedus register",
            f"{ready.cov.alliance_id}: date of signature",
            "years from signature to the as-of date",
        ),
    )


#: What would change the mind: label, and the factors it sets. Each is an ordinary event of the
#: training data; the answer is the model's association, not a proven cause.
EVENTS: tuple[tuple[str, dict[str, float]], ...] = (
    ("the members clash in a militarized dispute", {"dispute_inside": 1.0}),
    ("the members become rivals", {"rivalry_inside": 1.0}),
    (
        "a regime change of one point on the democracy scale in one member",
        {"regime_change_recent": 1.0},
    ),
    (
        "a new leader with another supporting coalition in one member",
        {"leader_change": 0.5, "coalition_change": 0.5},
    ),
    ("a member's capabilities change by half within five years", {"power_change_recent": 0.405}),
    ("a member forms an alliance with outsiders", {"new_outside_alliance": 0.5}),
    ("a member enters an interstate war", {"member_at_war": 0.5}),
    ("a member's war ends", {"member_at_war": 0.0, "war_ended": 0.5}),
    ("their UN voting drifts apart by one ideal point", {"ideal_distance_change": 1.0}),
)


def changes(ready: Ready, headline: float, src: Sourcing, count: int = 5) -> tuple[Change, ...]:
    """The events that move the headline most, each taken alone, as if it happened now."""
    base = headline_at_mode(ready)
    out = []
    for label, setting in EVENTS:
        factors = ready.subject.factors.copy()
        current = {n: ready.cov.factors[n] for n in setting}
        if label == "a member's war ends" and (current["member_at_war"] or 0) == 0:
            continue
        if label == "a member enters an interstate war" and (current["member_at_war"] or 0) > 0:
            continue
        if all(v is not None and v >= setting[n] > 0 for n, v in current.items()):
            continue
        for name, value in setting.items():
            now = current[name]
            factors[_AT[name]] = value if now is None or value == 0 else max(now, value)
        shifted = headline_at_mode(ready, factors)
        # The odds move as at the mode; applied to the headline, which is the mean over the draws.
        moved = _shift(headline, base, shifted)
        names = ", ".join(BY_NAME[n].label for n in setting)
        out.append(
            Change(
                what=label,
                probability=rounded(moved),
                delta=rounded(moved - headline),
                basis=f"forecast with {names} set accordingly; association, not proven cause",
                evidence=src.derived(
                    f"foedus durability model, vintage {ready.fit.through}",
                    f"{ready.cov.alliance_id} as of {ready.as_of}, if {label}",
                    "the same forecast with the named factors changed and all else held",
                ),
            )
        )
    return tuple(sorted(out, key=lambda c: -abs(c.delta))[:count])


def _shift(headline: float, base: float, shifted: float) -> float:
    def logit(p: float) -> float:
        p = min(max(p, 1e-6), 1 - 1e-6)
        return float(np.log(p / (1 - p)))

    return float(1 / (1 + np.exp(-(logit(headline) + logit(shifted) - logit(base)))))
