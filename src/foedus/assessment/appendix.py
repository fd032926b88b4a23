"""Coverage and assumptions: what is not known, and every weight, threshold and prior in use."""

from __future__ import annotations

from datetime import date

from foedus.assessment import bottom_line, depth
from foedus.assessment.covariates import Covariates
from foedus.assessment.language import RANGES
from foedus.assessment.model import Assumption, CoverageItem, TreatyView
from foedus.assessment.sourcing import TABLE_OF
from foedus.durability import reference, tie
from foedus.durability.fit import HazardFit
from foedus.durability.forecast import DRAWS, SEED
from foedus.durability.model import FittedModel
from foedus.panel import BY_NAME, NAMES
from foedus.panel.world import CARRY
from foedus.register import Treaty

_LATER = (
    ("turning points and phases of the relation", "not computed by this version of foedus"),
    ("leaders", "leader risk is not computed by this version of foedus"),
    ("order", "blocs, triangles and alignment are not computed by this version of foedus"),
    ("contingencies", "who must do what in a war is not computed by this version of foedus"),
)


def coverage(
    cov: Covariates, view: TreatyView, file: Treaty | None, day: date, imported: bool
) -> tuple[CoverageItem, ...]:
    """What the assessment knows, what it does not, and why."""
    out = [
        CoverageItem(
            topic="covariates",
            status="known",
            detail=f"{cov.origin}; row {cov.row_year}, values to the end of {cov.row_year - 1}",
        )
    ]
    gone: dict[str, list[str]] = {}
    for name in NAMES:
        if cov.factors[name] is None:
            gone.setdefault(BY_NAME[name].source, []).append(BY_NAME[name].label)
    out += [
        CoverageItem(
            topic=source, status="not_covered", detail="no value on this date: " + ", ".join(labels)
        )
        for source, labels in gone.items()
    ]
    carried = sorted(
        {
            f"{BY_NAME[n].source} (ends {cov.spans[array][1]})"
            for n in NAMES
            if cov.factors[n] is not None
            and (array := TABLE_OF[BY_NAME[n].source][1]) in CARRY
            and cov.spans[array][1] < cov.row_year - 1
        }
    )
    if carried:
        out.append(
            CoverageItem(
                topic="carried forward",
                status="known",
                detail="last value used for the years since: " + ", ".join(carried),
            )
        )
    if file is not None:
        out.append(
            CoverageItem(
                topic="curated facts", status="known", detail=f"followed until {file.checked_on}"
            )
        )
        if file.checked_on < day:
            out.append(
                CoverageItem(
                    topic="events since",
                    status="not_covered",
                    detail=f"nothing after {file.checked_on} was looked at; that it is still "
                    "in force on the as-of date is assumed",
                )
            )
        if not view.articles:
            out.append(
                CoverageItem(
                    topic="treaty text",
                    status="not_covered",
                    detail="no article-level facts in the register (text unpublished or not read)",
                )
            )
    else:
        out.append(
            CoverageItem(
                topic="treaty text",
                status="not_covered",
                detail="not curated: known from ATOP's codes alone",
            )
        )
    if not imported:
        out.append(
            CoverageItem(
                topic="other alliances of the pair",
                status="not_covered",
                detail="lineage shows curated treaties only; import ATOP 4.01 for all",
            )
        )
    out += [CoverageItem(topic=t, status="not_covered", detail=d) for t, d in _LATER]
    return tuple(out)


def assumptions(model: FittedModel, fit: HazardFit) -> tuple[Assumption, ...]:
    """Everything chosen rather than observed."""
    s = fit.settings
    card = model.card
    rows = [
        ("likelihood terms", RANGES, "ICD 203"),
        (
            "intervals",
            "80%, from 400 draws" if DRAWS == 400 else f"80%, from {DRAWS} draws",
            f"coefficients from their posterior, wave frailty from its spread; seed {SEED}",
        ),
        (
            "prior precision",
            f"{s.pool:g} on effects common to all causes, {s.own:g} on a cause's own",
            card["selection"]["rule"],
        ),
        ("era half-life", f"{s.half_life:g} years", "older alliance-years weigh less; same rule"),
        (
            "fading of transient factors",
            f"{s.fade:g} years",
            "wars, disputes and leader changes do not last; same rule",
        ),
        (
            "wave spread",
            f"{fit.tau:.2f} (log scale)",
            "how far a period's endings have strayed from the forecast, by maximum likelihood",
        ),
        ("missing factors", "enter at their mean", "an unknown neither helps nor hurts"),
        ("standard scores", "cut at 4", "one odd state must not drive a forecast"),
        (
            "carried forward",
            ", ".join(f"{k} {v} years" for k, v in CARRY.items()),
            "slow measures only, past the last year of their source",
        ),
        (
            "reference class",
            f"widened until {reference.ENOUGH} waves of endings are in it",
            f"endings that share a member within {reference.WAVE_YEARS:g} years are one wave",
        ),
        (
            "exit of a member",
            f"one per {tie.PRIOR_YEARS:g} member-years added to the record",
            "no rate is zero because none was seen yet",
        ),
        (
            "depth weights",
            ", ".join(f"{c.label} {c.weight:g}" for c in depth.COMPONENTS),
            "judgement",
        ),
        (
            "confidence",
            f"high from {bottom_line.HIGH} points, moderate from {bottom_line.MODERATE}",
            "points as listed with the reasons",
        ),
    ]
    return tuple(Assumption(name=n, value=v, why=w) for n, v, w in rows)
