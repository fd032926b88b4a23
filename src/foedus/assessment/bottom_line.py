"""The bottom line: likelihood, confidence stated apart, and what would change the mind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.assessment.choose import UNFOLLOWED
from foedus.assessment.covariates import Covariates
from foedus.assessment.language import percent, phrase, span
from foedus.assessment.model import BottomLine, Change, Forecast, TreatyView
from foedus.assessment.sourcing import Sourcing
from foedus.panel import NAMES, RecentWar

#: Points for and against confidence; two or more make it high, none or more moderate. Labels that
#: end more than STALE years before the question cap it at moderate, whatever the points.
HIGH, MODERATE, STALE = 2, 0, 5
#: Forecast and reference class further apart than this speak against confidence.
APART = 0.15
ENDINGS = {
    "violated": "violation",
    "renegotiated": "replacement by another treaty",
    "scheduled": "expiry",
    "state_death": "the end of a member state",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    points: int
    reason: str


def judge(
    forecast: Forecast, cov: Covariates, treaty: TreatyView, as_of_year: int
) -> list[Judgement]:
    """Each reason for or against confidence in the evidence, with its points."""
    out = []
    headline = next(h for h in forecast.horizons if h.years == 5)
    ref = forecast.reference_class
    if ref is None or ref.ended == 0:
        out.append(Judgement(-1, "no reference class with endings"))
    elif ref.effective_n >= 25:
        out.append(Judgement(1, f"reference class worth {ref.effective_n:.0f} independent cases"))
    elif ref.effective_n < 12:
        out.append(
            Judgement(-1, f"reference class worth only {ref.effective_n:.0f} independent cases")
        )
    five = next((c for c in ref.survival if c.years == 5), None) if ref else None
    if five is not None and abs(headline.in_force.p - five.p) > APART:
        out.append(
            Judgement(
                -1,
                "forecast and reference class are "
                f"{abs(headline.in_force.p - five.p) * 100:.0f} points apart",
            )
        )
    if (
        forecast.skill
        and forecast.skill.known_by <= as_of_year
        and forecast.skill.brier_skill_low > 0
    ):
        out.append(Judgement(1, "the model beat its baselines when replayed"))
    assert forecast.model is not None
    gap = as_of_year - 1 - forecast.model.vintage
    if gap > STALE:
        out.append(Judgement(-1, f"labels end {gap} years before the question (high is ruled out)"))
    known = sum(cov.factors[n] is not None for n in NAMES) / len(NAMES)
    if known < 0.75:
        out.append(Judgement(-1, f"only {known:.0%} of the factors are covered on the date"))
    elif known >= 0.9:
        out.append(Judgement(1, f"{known:.0%} of the factors are covered on the date"))
    width = headline.in_force.high - headline.in_force.low
    if width > 0.3:
        out.append(
            Judgement(-2 if width > 0.5 else -1, f"the interval is {width * 100:.0f} points wide")
        )
    statuses = [a.status for a in treaty.articles] + [o.status for o in treaty.obligations]
    if treaty.origin == "imported":
        out.append(Judgement(0, "the treaty's text is not in the register, only ATOP's codes"))
    elif statuses and sum(s == "verified" for s in statuses) / len(statuses) < 0.5:
        out.append(
            Judgement(-1, "less than half of the treaty's provisions were verified at a source")
        )
    elif not treaty.articles:
        out.append(Judgement(-1, "the text of the treaty is not public or not in the register"))
    return out


def level(points: int) -> str:
    """Points to the three levels of ICD 203."""
    return "high" if points >= HIGH else "moderate" if points >= MODERATE else "low"


def bottom_line(
    title: str,
    forecast: Forecast,
    cov: Covariates,
    treaty: TreatyView,
    changed: tuple[Change, ...],
    as_of: date,
    followed_to: date,
    at_war: RecentWar | None,
    src: Sourcing,
) -> BottomLine:
    """Likelihood and confidence are stated apart; the sentence names the most likely ending."""
    head = next(h for h in forecast.horizons if h.years == 5)
    ends = head.ends.model_dump()
    first, second = sorted(ends, key=lambda k: -ends[k])[:2]
    judgements = judge(forecast, cov, treaty, as_of.year)
    unfollowed = as_of - followed_to > UNFOLLOWED
    if unfollowed:
        judgements.append(
            Judgement(-1, f"whether it still stands was last checked on {followed_to}")
        )
    if at_war is not None:
        judgements.append(
            Judgement(-2, f"the two are at war with each other ({at_war.name}, {at_war.start})")
        )
    confidence = level(sum(j.points for j in judgements))
    assert forecast.model is not None
    if confidence == "high" and as_of.year - 1 - forecast.model.vintage > STALE:
        confidence = "moderate"
    when = head.date
    force = "standing" if treaty.state.startswith("signed") else "in force"
    text = (
        f"It is {phrase(head.in_force.p)} ({percent(head.in_force.p)}; 80% interval "
        f"{span(head.in_force.low, head.in_force.high)}) that {title} will still be {force} on "
        f"{when}, in five years. Should it end by then, {ENDINGS[first]} is the most likely way "
        f"({percent(ends[first])}), then {ENDINGS[second]} ({percent(ends[second])}). "
        "That the two are still allied "
        f"then, by this or another treaty, is {phrase(head.allied.p)} ({percent(head.allied.p)}). "
        f"Confidence in the evidence is {confidence}."
    )
    if not {"defense", "offense"} & {o.kind for o in treaty.obligations}:
        kinds = list(dict.fromkeys(o.kind for o in treaty.obligations))
        text += (
            f" It holds no promise of armed help, only {' and '.join(kinds) or 'other clauses'}."
        )
    if unfollowed:
        text = (
            f"Provided that it still stands on {as_of}, which foedus's sources show only to "
            f"{followed_to}: " + text[0].lower() + text[1:]
        )
    evidence = forecast.evidence
    if at_war is not None:
        text = (
            f"The two have been at war with each other since {at_war.start}: what follows is about "
            "the form of the treaty, which no ending on record contradicts, and not about any help "
            "between them. " + text
        )
        evidence += (src.book.add(at_war.source, at_war.name, at_war.status),)  # type: ignore[arg-type]
    return BottomLine(
        text=text,
        likelihood_term=head.term,
        probability=head.in_force.p,
        low=head.in_force.low,
        high=head.in_force.high,
        horizon_years=5,
        confidence=confidence,  # type: ignore[arg-type]
        confidence_reasons=tuple(
            f"{'for' if j.points > 0 else 'against' if j.points < 0 else 'noted'}: {j.reason}"
            for j in judgements
        ),
        would_change=changed,
        evidence=evidence,
    )
