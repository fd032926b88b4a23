"""The forecast part of an assessment: horizons, curve, model card, and what limits them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from foedus.assessment.covariates import Covariates
from foedus.assessment.language import likelihood_term
from foedus.assessment.model import (
    CurvePoint,
    Driver,
    Ends,
    Forecast,
    Horizon,
    Interval,
    ModelCard,
)
from foedus.assessment.record import reference, skill
from foedus.assessment.sourcing import Sourcing
from foedus.dates import years_between
from foedus.durability.design import CAUSES
from foedus.durability.fit import HazardFit
from foedus.durability.forecast import Incidence, Subject, incidence, project
from foedus.durability.model import FittedModel
from foedus.durability.table import clock_of
from foedus.durability.tie import TieFit, stays_allied
from foedus.panel import NAMES, year_fraction

HORIZONS = (1, 3, 5, 10, 20)
HEADLINE = 5


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


def make_forecast(
    ready: Ready, model: FittedModel, drivers: tuple[Driver, ...], src: Sourcing
) -> Forecast:
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
        reference_class=reference(ready.cov, HEADLINE, headline.in_force.p, src),
        drivers=drivers,
        skill=skill(model, "treaty", HEADLINE, 1 - headline.in_force.p, src),
        tie_skill=skill(model, "tie", HEADLINE, 1 - headline.allied.p, src),
        notes=_notes(ready, model),
        evidence=basis,
    )


def _interval(values: np.ndarray, level: float = 0.8) -> Interval:
    tail = (1 - level) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return Interval(p=rounded(values.mean()), low=rounded(low), high=rounded(high))


def rounded(value: float) -> float:
    """Four decimals: what is published of a probability."""
    return round(float(value), 4)


def _ends(ends: np.ndarray) -> Ends:
    return Ends(**{c: rounded(v) for c, v in zip(CAUSES, ends.mean(0), strict=True)})


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
        CurvePoint(
            years=0,
            in_force=1,
            low80=1,
            high80=1,
            low50=1,
            high50=1,
            allied=1,
            allied_low80=1,
            allied_high80=1,
            ends=nothing,
        )
    ]
    for k in range(draws.in_force.shape[1]):
        wide, narrow = _interval(draws.in_force[:, k]), _interval(draws.in_force[:, k], 0.5)
        tie = _interval(allied[:, k])
        points.append(
            CurvePoint(
                years=k + 1,
                in_force=wide.p,
                low80=wide.low,
                high80=wide.high,
                low50=narrow.low,
                high50=narrow.high,
                allied=tie.p,
                allied_low80=tie.low,
                allied_high80=tie.high,
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


def _notes(ready: Ready, model: FittedModel) -> tuple[str, ...]:
    out = []
    held = {c["horizon"]: c for c in model.card["interval_coverage"]}
    out.append(
        "Replayed, the 80% interval for the number of endings held it at "
        f"{held[5]['held']} of {held[5]['origins']} origins over five years and at "
        f"{held[10]['held']} of {held[10]['origins']} over ten: at long horizons the intervals are "
        "too narrow."
        if held[10]["held"] < 0.8 * held[10]["origins"]
        else "Replayed, the 80% intervals held the number of endings as often as they claim."
    )
    gap = ready.as_of.year - 1 - ready.fit.through
    if gap > 0:
        out.append(
            f"The labels the model learned from end in {ready.fit.through}: endings of the {gap} "
            "years since then are unknown to it, and the rate of the era is carried forward."
        )
    if ready.fit.through >= 2000:
        out.append(
            "Violations since 2000 are undercounted in the labels, so their share is a floor."
        )
    if ready.cov.row_year < ready.as_of.year:
        out.append(
            f"Covariates stop at {ready.cov.row_year - 1}; later ones are not in the snapshot."
        )
    unknown = [n for n in NAMES if ready.cov.factors[n] is None]
    if unknown:
        out.append(
            f"{len(unknown)} of {len(NAMES)} factors are not covered on this date and enter at "
            "their mean, neither helping nor hurting."
        )
    return tuple(out)
