"""The forecast part of an assessment: horizons, curve, drivers, reference class, what would change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from foedus.assessment.covariates import Covariates
from foedus.assessment.figures import reading, typical
from foedus.assessment.language import likelihood_term
from foedus.assessment.model import (
    Baseline,
    Change,
    ClassSurvival,
    CurvePoint,
    Driver,
    Ends,
    Forecast,
    Horizon,
    Interval,
    ModelCard,
    ReferenceClass,
    Skill,
)
from foedus.assessment.sourcing import Sourcing
from foedus.dates import years_between
from foedus.durability.design import CAUSES, age_basis
from foedus.durability.fit import HazardFit, hazards
from foedus.durability.forecast import Incidence, Subject, incidence, project
from foedus.durability.model import FittedModel
from foedus.durability.table import clock_of
from foedus.durability.tie import TieFit, stays_allied
from foedus.durability.train import mode_forecast
from foedus.panel import BY_NAME, FACTORS, NAMES, year_fraction

HORIZONS = (1, 3, 5, 10, 20)
HEADLINE = 5
_AT = {n: k for k, n in enumerate(NAMES)}


@dataclass(frozen=True)
class Ready:
    """Everything a forecast is made of, so that variants of it can be made too."""

    fit: HazardFit
    tie: TieFit
    subject: Subject
    cov: Covariates
    as_of: date


def prepare(model: FittedModel, cov: Covariates, row: dict, as_of: date) -> Ready | None:
    """Match model vintage, covariates and treaty clock; None before the first vintage."""
    vintage = model.vintage_for(as_of.year - 1)
    if vintage is None:
        return None
    clock = clock_of(row)
    subject = Subject(
        factors=cov.vector(),
        age=max(years_between(row["signed"], as_of), 0.0),
        start=year_fraction(as_of),
        signed=clock.signed,
        months=clock.months,
        renewal_rule=clock.renewal_rule,
        renewal_months=clock.renewal_months,
    )
    fit = model.hazard(vintage)
    gap = as_of.year - 1 - vintage
    return Ready(replace(fit, tau=stale_spread(fit, gap)), model.tie(vintage), subject, cov, as_of)


def stale_spread(fit: HazardFit, gap: int) -> float:
    """Wave spread of a forecast made ``gap`` years after the labels end.

    The variance grows in a straight line from that of the first five years after a vintage to that
    of the next five, both measured on the vintages' own record.
    """
    share = min(max(gap, 0) / 5, 1.0)
    return float(np.sqrt((1 - share) * fit.tau**2 + share * fit.tau_late**2))


def make_forecast(ready: Ready, model: FittedModel, src: Sourcing) -> Forecast:
    """All figures of the forecast, each with its evidence."""
    draws = incidence(ready.fit, project(ready.subject, ready.fit, max(HORIZONS)))
    allied = stays_allied(
        ready.tie, draws.in_force, draws.ends, ready.cov.other_ties, ready.cov.multilateral
    )
    vintage = ready.fit.through
    basis = src.derived(
        f"foedus durability model, vintage {vintage}",
        f"{ready.cov.alliance_id} as of {ready.as_of}",
        "competing-risks hazard fitted on ATOP 4.01 endings by the end of the vintage year, lagged "
        "covariates, 400 draws of coefficients and wave frailty; see the appendix",
    )
    src.used.add("atop-4.01")
    headline = next(h for h in _horizons(draws, allied, ready.as_of) if h.years == HEADLINE)
    return Forecast(
        status="known",
        model=_card(model, ready.fit),
        horizons=_horizons(draws, allied, ready.as_of),
        curve=_curve(draws, allied),
        reference_class=_reference(ready, headline.in_force.p, src),
        drivers=drivers(ready, src),
        skill=_skill(model, "treaty", src),
        tie_skill=_skill(model, "tie", src),
        notes=_notes(ready),
        evidence=basis,
    )


def _interval(values: np.ndarray, level: float = 0.8) -> Interval:
    tail = (1 - level) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return Interval(p=_r(values.mean()), low=_r(low), high=_r(high))


def _r(value: float) -> float:
    return round(float(value), 4)


def _ends(ends: np.ndarray) -> Ends:
    return Ends(**{c: _r(v) for c, v in zip(CAUSES, ends.mean(0), strict=True)})


def _horizons(draws: Incidence, allied: np.ndarray, as_of: date) -> tuple[Horizon, ...]:
    out = []
    for y in HORIZONS:
        in_force = _interval(draws.in_force[:, y - 1])
        out.append(
            Horizon(
                years=y,
                date=_years_on(as_of, y).isoformat(),
                in_force=in_force,
                allied=_interval(allied[:, y - 1]),
                ends=_ends(draws.ends[:, y - 1]),
                ends_intervals={
                    c: _interval(draws.ends[:, y - 1, k]) for k, c in enumerate(CAUSES)
                },
                term=likelihood_term(in_force.p),
            )
        )
    return tuple(out)


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _curve(draws: Incidence, allied: np.ndarray) -> tuple[CurvePoint, ...]:
    nothing = Ends(violated=0, renegotiated=0, scheduled=0, state_death=0)
    points = [
        CurvePoint(years=0, in_force=1, low80=1, high80=1, low50=1, high50=1, allied=1,
                   allied_low80=1, allied_high80=1, ends=nothing)
    ]
    for k in range(draws.in_force.shape[1]):
        wide, narrow = _interval(draws.in_force[:, k]), _interval(draws.in_force[:, k], 0.5)
        tie = _interval(allied[:, k])
        points.append(
            CurvePoint(
                years=k + 1, in_force=wide.p, low80=wide.low, high80=wide.high, low50=narrow.low,
                high50=narrow.high, allied=tie.p, allied_low80=tie.low, allied_high80=tie.high,
                ends=_ends(draws.ends[:, k]),
            )
        )
    return tuple(points)


def _card(model: FittedModel, fit: HazardFit) -> ModelCard:
    card = model.card
    s = fit.settings
    return ModelCard(
        version=card["foedus_version"],
        vintage=fit.through,
        trained_on=card["trained_on"],
        n_alliances=fit.n_alliances,
        n_alliance_years=fit.n_years,
        n_endings=sum(fit.n_events),
        data_sha256=card["data_sha256"],
        note=(
            f"prior precision {s.pool:g} (common) and {s.own:g} (per cause), era half-life "
            f"{s.half_life:g} years, transient factors fade with {s.fade:g} years, wave spread "
            f"{fit.tau:.2f}; settings chosen by {card['selection']['rule']}"
        ),
    )


def headline_at_mode(ready: Ready, factors: np.ndarray | None = None, age: float | None = None) -> float:
    """In force at the headline horizon, at the posterior mode, for changed factors or age."""
    subject = ready.subject
    if factors is not None:
        subject = replace(subject, factors=factors)
    path = project(subject, ready.fit, HEADLINE)
    if age is not None:
        path[:, len(NAMES) :] = age_basis(age + np.arange(HEADLINE))
    stay, _ = mode_forecast(ready.fit, path[None])
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
                effect=_r(base - float(stay[0, -1])) if known else 0.0,
                log_odds=_r(odds - _ending_log_odds(ready, changed)) if known else 0.0,
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
        effect=_r(base - float(stay[0, -1])),
        log_odds=_r(odds - _ending_log_odds(ready, changed)),
        status="known",
        evidence=src.derived(
            "foedus register", f"{ready.cov.alliance_id}: date of signature",
            "years from signature to the as-of date",
        ),
    )


#: What would change the mind: label, and the factors it sets. Each is an ordinary event of the
#: training data; the answer is the model's association, not a proven cause.
EVENTS: tuple[tuple[str, dict[str, float]], ...] = (
    ("the members clash in a militarized dispute", {"dispute_inside": 1.0}),
    ("the members become rivals", {"rivalry_inside": 1.0}),
    ("a regime change of one point on the democracy scale in one member", {"regime_change_recent": 1.0}),
    ("a new leader with another supporting coalition in one member",
     {"leader_change": 0.5, "coalition_change": 0.5}),
    ("a member's capabilities change by half within five years",
     {"power_change_recent": 0.405}),
    ("a member forms an alliance with outsiders", {"new_outside_alliance": 0.5}),
    ("a member enters an interstate war", {"member_at_war": 0.5}),
    ("a member's war ends", {"member_at_war": 0.0, "war_ended": 0.5}),
    ("their UN voting drifts apart by one ideal point", {"ideal_distance_change": 1.0}),
)


def changes(ready: Ready, headline: float, count: int = 5) -> tuple[Change, ...]:
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
                probability=_r(moved),
                delta=_r(moved - headline),
                basis=f"forecast with {names} set accordingly; association, not proven cause",
            )
        )
    return tuple(sorted(out, key=lambda c: -abs(c.delta))[:count])


def _shift(headline: float, base: float, shifted: float) -> float:
    def logit(p: float) -> float:
        p = min(max(p, 1e-6), 1 - 1e-6)
        return float(np.log(p / (1 - p)))

    return float(1 / (1 + np.exp(-(logit(headline) + logit(shifted) - logit(base)))))


def _reference(ready: Ready, headline: float, src: Sourcing) -> ReferenceClass | None:
    stats = ready.cov.reference
    if stats is None:
        return None
    survival = tuple(
        ClassSurvival(years=y, p=_r(p), low=_r(low), high=_r(high))
        for y, (p, low, high) in sorted(stats.survival.items())
    )
    at_five = next((s for s in survival if s.years == HEADLINE), None)
    if at_five is None:
        departure = (
            "no member of the class has yet lasted five years beyond the present age, so the class "
            "gives no figure to compare with"
        )
    else:
        gap = headline - at_five.p
        side = "above" if gap > 0 else "below"
        inside = at_five.low <= headline <= at_five.high
        departure = (
            f"{abs(gap) * 100:.0f} points {side} the class at five years "
            f"({at_five.p:.0%}, {at_five.low:.0%}-{at_five.high:.0%}), "
            f"{'inside' if inside else 'outside'} its interval; the class counts all its years alike, "
            "the model follows the era and the factors listed"
        )
    return ReferenceClass(
        rule=", ".join(stats.criteria),
        widened=stats.widened,
        n=stats.n,
        ended=stats.ended,
        effective_n=stats.effective_n,
        median_years=stats.median_years,
        causes=stats.causes,
        survival=survival,
        departure=departure,
        evidence=src.derived(
            "ATOP 4.01", f"reference class of {ready.cov.alliance_id} at the end of {ready.cov.row_year - 1}",
            "Kaplan-Meier over the alliances that meet the rule, given survival to the present age; "
            "endings that share a member within two years count as one wave",
        ),
    )


def _skill(model: FittedModel, target: str, src: Sourcing) -> Skill | None:
    test = next(
        (t for t in model.card["backtest"] if t["target"] == target and t["horizon"] == HEADLINE), None
    )
    if test is None:
        return None
    p = test["pooled"]
    low, high = p["brier_skill_interval_origins"]
    return Skill(
        target=target,
        horizon_years=HEADLINE,
        n=p["n"],
        origins=f"every fifth year {test['from']}-{test['to']}",
        known_by=test["to"] + HEADLINE,
        brier=p["brier"],
        brier_skill=p["brier_skill"],
        brier_skill_low=low,
        brier_skill_high=high,
        within_origin_auc=p["within_origin_auc"],
        calibration_slope=p["calibration_slope"],
        baselines=tuple(Baseline(name=n, brier=b["brier"]) for n, b in test["baselines"].items()),
        text=(
            f"Replayed at each origin on what was known then, forecasts beat the constant hazard of "
            f"the last twenty years by {p['brier_skill']:.0%} in Brier score ({low:.0%} to {high:.0%} "
            f"over origins); within an origin an ending was ranked above a survivor "
            f"{p['within_origin_auc']:.0%} of the time."
            if p["within_origin_auc"] is not None
            else "Too few cases for discrimination within an origin."
        ),
        evidence=src.derived(
            "foedus backtest", f"{target}, {HEADLINE} years, origins {test['from']}-{test['to']}",
            "rolling origins; each forecast made by the vintage of its origin; labels from ATOP 4.01",
        ),
    )


def _notes(ready: Ready) -> tuple[str, ...]:
    out = []
    gap = ready.as_of.year - 1 - ready.fit.through
    if gap > 0:
        out.append(
            f"The labels the model learned from end in {ready.fit.through}: endings of the {gap} "
            "years since then are unknown to it, and the rate of the era is carried forward."
        )
    if ready.fit.through >= 2000:
        out.append("Violations since 2000 are undercounted in the labels, so their share is a floor.")
    if ready.cov.row_year < ready.as_of.year:
        out.append(f"Covariates stop at {ready.cov.row_year - 1}; later ones are not in the snapshot.")
    unknown = [n for n in NAMES if ready.cov.factors[n] is None]
    if unknown:
        out.append(
            f"{len(unknown)} of {len(NAMES)} factors are not covered on this date and enter at their "
            "mean, neither helping nor hurting."
        )
    return tuple(out)
