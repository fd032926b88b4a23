"""What the forecast is held against: the reference class, and the record of past forecasts."""

from __future__ import annotations

from foedus.assessment.covariates import Covariates
from foedus.assessment.model import Baseline, ClassSurvival, ReferenceClass, Skill
from foedus.assessment.sourcing import Sourcing
from foedus.durability.model import FittedModel


def _r(value: float) -> float:
    return round(float(value), 4)


def reference(cov: Covariates, years: int, headline: float, src: Sourcing) -> ReferenceClass | None:
    stats = cov.reference
    if stats is None:
        return None
    survival = tuple(
        ClassSurvival(years=y, p=_r(p), low=_r(low), high=_r(high))
        for y, (p, low, high) in sorted(stats.survival.items())
    )
    at_five = next((s for s in survival if s.years == years), None)
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
            f"{'inside' if inside else 'outside'} its interval; the class counts all its years "
            "alike, the model follows the era and the factors listed"
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
            "ATOP 4.01",
            f"reference class of {cov.alliance_id} at the end of {cov.row_year - 1}",
            "Kaplan-Meier over the alliances that meet the rule, given survival to the present "
            "age; endings that share a member within two years count as one wave",
        ),
    )


def skill(
    model: FittedModel, target: str, years: int, chance: float, src: Sourcing
) -> Skill | None:
    """The replayed record at the headline horizon, and how forecasts like this one came out."""
    test = next(
        (t for t in model.card["backtest"] if t["target"] == target and t["horizon"] == years), None
    )
    if test is None:
        return None
    p = test["pooled"]
    low, high = p["brier_skill_interval_origins"]
    return Skill(
        target=target,
        horizon_years=years,
        n=p["n"],
        origins=f"every fifth year {test['from']}-{test['to']}",
        known_by=test["to"] + years,
        brier=p["brier"],
        brier_skill=p["brier_skill"],
        brier_skill_low=low,
        brier_skill_high=high,
        within_origin_auc=p["within_origin_auc"],
        calibration_slope=p["calibration_slope"],
        baselines=tuple(Baseline(name=n, brier=b["brier"]) for n, b in test["baselines"].items()),
        text=_record(p, low, high, chance),
        evidence=src.derived(
            "foedus backtest",
            f"{target}, {years} years, origins {test['from']}-{test['to']}",
            "rolling origins; each forecast made by the vintage of its origin; ATOP 4.01 labels",
        ),
    )


def _record(pooled: dict, low: float, high: float, chance: float) -> str:
    text = (
        "Replayed at each origin on what was known then, forecasts beat the constant hazard of the "
        f"last twenty years by {pooled['brier_skill']:.0%} in Brier score ({low:.0%} to {high:.0%} "
        "over origins)"
    )
    auc = pooled["within_origin_auc"]
    if auc is not None:
        text += f"; within an origin an ending was ranked above a survivor {auc:.0%} of the time"
    alike = next(
        (
            b
            for b in pooled["reliability"]
            if b["low"] <= chance < b["high"] or b["high"] == chance == 1
        ),
        None,
    )
    if alike:
        text += (
            f". Of the {alike['n']} forecasts that gave a chance of ending like this one "
            f"({alike['low']:.0%} to {alike['high']:.0%}), {alike['observed']:.1%} ended"
        )
    return text + "."
