"""The forecast: horizons, reference class, drivers, and how good the model has been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.report.document import (
    Block,
    Bullets,
    Column,
    Facts,
    Figure,
    Line,
    Paragraph,
    Section,
    Table,
)
from foedus.report.leading import leading
from foedus.report.words import (
    BASELINES,
    END_CAUSES,
    ENDS,
    GROUPS,
    KNOWN,
    capital,
    estimate,
    listing,
    number,
    only_signed,
    percent,
    points,
    reading,
    sentence,
    years,
)

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment, Driver, Skill
    from foedus.report.footnotes import Footnotes


def _fan(assessment: Assessment) -> str:
    said = (
        "Chance that the treaty is in force, with its 50% and 80% intervals; dashed, that any "
        "treaty of alliance binds the two"
    )
    ref = assessment.forecast.reference_class
    if ref and ref.survival:
        return f"{said}; dotted, the reference class with its 80% intervals"
    return f"{said}; the reference class gives no figure"


def horizons(assessment: Assessment, notes: Footnotes) -> Section:
    """In force, still allied, and the four ways to end, at each horizon."""
    forecast = assessment.forecast
    if not forecast.horizons:
        reason = " ".join(sentence(note) for note in forecast.notes)
        text = f"No forecast: {KNOWN[forecast.status]}. {reason}".strip()
        return Section("forecast", "Forecast", (Paragraph(notes.line(text, forecast.evidence)),))
    table = Table(
        columns=(
            Column("Years"),
            Column("In force (80%)", "right"),
            Column("Term", narrow=False, unbroken=True),
            Column("Allied (80%)", "right"),
            *(Column(label, "right", short=short) for _, label, short in ENDS),
        ),
        rows=tuple(
            (
                notes.line(str(h.years), forecast.evidence),
                Line(estimate(h.in_force.p, h.in_force.low, h.in_force.high), strong=True),
                Line(h.term),
                Line(estimate(h.allied.p, h.allied.low, h.allied.high)),
                *(Line(percent(getattr(h.ends, key))) for key, _, _ in ENDS),
            )
            for h in forecast.horizons
        ),
        caption=Line(
            f"Years from {assessment.question.as_of}. In force: {_standing(assessment)}. Allied: "
            "any treaty of alliance binds the two. The last four columns are the chance that the "
            "treaty has ended in that way by then; rounded, they and “in force” may not add up to "
            "100."
        ),
    )
    blocks: list[Block] = [
        Figure("fan", notes.line(_fan(assessment), forecast.evidence)),
        table,
        Figure("ends", notes.line("Chance of each way to have ended", forecast.evidence)),
    ]
    if any(h.ends_intervals for h in forecast.horizons):
        blocks.append(_ends_intervals(assessment, notes))
    if forecast.notes:
        blocks.append(Bullets(tuple(Line(sentence(note)) for note in forecast.notes)))
    return Section("forecast", "Forecast", tuple(blocks))


def _standing(assessment: Assessment) -> str:
    if only_signed(assessment.treaty.state):
        return "this treaty has not ended, counted from its signature"
    return "this treaty"


def _ends_intervals(assessment: Assessment, notes: Footnotes) -> Table:
    forecast = assessment.forecast
    return Table(
        columns=(
            Column("Years", narrow=False),
            *(Column(label, "right", narrow=False) for _, label, _ in ENDS),
        ),
        rows=tuple(
            (
                notes.line(str(h.years), forecast.evidence),
                *(
                    Line(estimate(i.p, i.low, i.high) if i else percent(getattr(h.ends, key)))
                    for key, _, _ in ENDS
                    for i in (h.ends_intervals.get(key),)
                ),
            )
            for h in forecast.horizons
        ),
        caption=Line("The ways to end with their 80% intervals."),
    )


def reference_class(assessment: Assessment, notes: Footnotes) -> Section | None:
    """The alliances most like this one, and what became of them."""
    ref = assessment.forecast.reference_class
    if ref is None:
        return None
    causes = listing(
        f"{count} {END_CAUSES.get(cause, cause)}" for cause, count in ref.causes.items() if count
    )
    median = "not reached" if ref.median_years is None else years(ref.median_years)
    pairs = [
        ("Rule", Line(sentence(ref.rule))),
        (
            "Cases",
            notes.line(
                f"{ref.n}, of which {ref.ended} ended{f' ({causes})' if causes else ''}; "
                f"effective number {number(ref.effective_n, 1)}",
                ref.evidence,
            ),
        ),
        ("Median life", notes.line(median, ref.evidence)),
        ("Departure", Line(sentence(ref.departure))),
    ]
    if ref.widened:
        pairs.insert(1, ("Widened by dropping", Line(", then ".join(ref.widened))))
    blocks: list[Block] = [Facts(tuple(pairs))]
    if ref.survival:
        blocks.append(
            Table(
                columns=(
                    Column("Years on"),
                    Column("Class: in force (80%)", "right"),
                    Column("This treaty (80%)", "right"),
                ),
                rows=tuple(
                    (
                        notes.line(str(s.years), ref.evidence),
                        Line(estimate(s.p, s.low, s.high)),
                        Line(_own(assessment, s.years)),
                    )
                    for s in ref.survival
                ),
                caption=Line("Given survival to the present age."),
            )
        )
    return Section("reference-class", "Reference class", tuple(blocks))


def _own(assessment: Assessment, horizon: int) -> str:
    for h in assessment.forecast.horizons:
        if h.years == horizon:
            return estimate(h.in_force.p, h.in_force.low, h.in_force.high)
    return "–"


def drivers(assessment: Assessment, notes: Footnotes) -> Section | None:
    """What moves the headline probability, grouped, each with its value and what it is held to."""
    given = assessment.forecast.drivers
    if not given:
        return None
    rows = _driver_rows(given, notes)
    first = leading(given)
    few = [row for row in _driver_rows(first, notes) if row[0].text != _SUM]
    if rest := len(given) - len(first):
        few.append((Line(f"and {rest} more, each of less weight or not covered"), *[Line("")] * 4))
    line = assessment.bottom_line
    horizon = years(line.horizon_years)
    table = Table(
        columns=(
            Column("Driver"),
            Column("Here"),
            Column("Compared with"),
            Column("Effect, pp", "right"),
            Column("Log-odds", "right", narrow=False),
        ),
        rows=tuple(rows),
        caption=Line(
            f"Effect: change of the {percent(line.probability)} for {horizon} on, in percentage "
            "points (pp), against the reference value, the others held; a plus holds the treaty "
            "up. Effects of a non-linear model do not add up exactly. Log-odds: contribution to "
            "the yearly log-odds of any ending. A dash: not known, so the factor has no say."
        ),
        narrow_rows=tuple(few),
    )
    figure = Figure(
        "drivers",
        notes.line(
            f"What holds the treaty up and what wears it down, {horizon} on"
            + (f"; the {len(first)} of {len(given)} drivers with most weight" if rest else ""),
            tuple(i for d in given for i in d.evidence),
        ),
    )
    return Section("drivers", "Drivers", (figure, table))


_SUM = "Sum of the group"


def _driver_rows(given: tuple[Driver, ...], notes: Footnotes) -> list[tuple[Line, ...]]:
    """Group by group, the largest effect first."""
    rows: list[tuple[Line, ...]] = []
    for group, title in GROUPS:
        inside = sorted((d for d in given if d.group == group), key=lambda d: -abs(d.effect))
        if not inside:
            continue
        rows.append((Line(title, strong=True), *[Line("")] * 4))
        for d in inside:
            known = d.status != "not_covered"
            rows.append(
                (
                    notes.line(capital(d.label), d.evidence),
                    Line(reading(d.value_text, d.status)),
                    Line(d.reference_text),
                    Line(points(d.effect) if known else "–"),
                    Line(f"{d.log_odds:+.2f}" if known else "–"),
                )
            )
        if len(inside) > 1:
            total = points(sum(d.effect for d in inside))
            rows.append((Line(_SUM), Line(""), Line(""), Line(total), Line("")))
    return rows


def skill(assessment: Assessment, notes: Footnotes) -> Section | None:
    """How the model has done on the past, against simple rules."""
    found = [s for s in (assessment.forecast.skill, assessment.forecast.tie_skill) if s is not None]
    if not found:
        return None
    blocks: list[Block] = []
    for item in found:
        blocks += _skill(item, notes)
    return Section("skill", "How good the model has been", tuple(blocks))


def _tested(item: Skill) -> str:
    return f"{item.n} forecasts, origins {item.origins}; outcomes known by {item.known_by}"


def _skill(item: Skill, notes: Footnotes) -> list[Block]:
    better = [f"{BASELINES.get(b.name, b.name)} {number(b.brier, 4)}" for b in item.baselines]
    pairs = (
        ("Target", Line(f"{item.target}, {years(item.horizon_years)}")),
        ("Tested on", notes.line(_tested(item), item.evidence)),
        (
            "Brier score",
            notes.line(
                number(item.brier, 4) + (f" (baselines: {', '.join(better)})" if better else ""),
                item.evidence,
            ),
        ),
        (
            "Brier skill",
            notes.line(
                f"{item.brier_skill * 100:+.1f}% "
                f"({item.brier_skill_low * 100:+.1f} to {item.brier_skill_high * 100:+.1f})",
                item.evidence,
            ),
        ),
        (
            "AUC within origin",
            notes.line(number(item.within_origin_auc), item.evidence),
        ),
        (
            "Calibration slope",
            notes.line(number(item.calibration_slope), item.evidence),
        ),
    )
    return [Paragraph(notes.line(item.text, item.evidence)), Facts(pairs)]
