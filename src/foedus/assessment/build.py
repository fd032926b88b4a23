"""Put the parts together: `assess` answers the question for one pair on one day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from foedus import __version__
from foedus.assessment.appendix import assumptions, coverage
from foedus.assessment.bottom_line import bottom_line
from foedus.assessment.choose import Candidate, choose, resolve
from foedus.assessment.covariates import Covariates
from foedus.assessment.drivers import changes, drivers
from foedus.assessment.forecasting import make_forecast, prepare
from foedus.assessment.model import (
    Assessment,
    EvidenceItem,
    Order,
    Question,
    SourceTerms,
)
from foedus.assessment.series import relations
from foedus.assessment.snapshot import read_snapshot
from foedus.assessment.sourcing import Sourcing, has_atop, terms
from foedus.assessment.treaty_part import treaty_view
from foedus.dates import parse_day
from foedus.durability import cached_model_folder, load_model
from foedus.durability.model import FittedModel
from foedus.errors import DateError, ModelError
from foedus.panel import RecentWar, recent_wars
from foedus.register import Treaty, alliances, curated
from foedus.sources import Cache


def assess(
    a: str,
    b: str,
    *,
    treaty: str | None = None,
    as_of: str | date | None = None,
    cache: Cache | None = None,
) -> Assessment:
    """Is the alliance of ``a`` and ``b`` sustainable, as of a day (default: today)?

    ``a``, ``b``: alpha-3, COW abbreviation or number, or name; the day disambiguates. ``treaty``:
    id of the register or ATOP number, where the pair has several. Curated alliances need nothing
    but the package; others need ATOP 4.01 and the covariates imported.

    Raises UnknownStateError, AmbiguousStateError, NotAMemberError, NoAllianceError,
    UnknownTreatyError, DateError, MissingDataError, ModelError.
    """
    day = parse_day(as_of)
    if day > date.today():
        raise DateError(
            f"as of {day}: that day has not come.",
            "foedus forecasts from a day whose facts are known",
        )
    cache = cache or Cache()
    imported = has_atop(cache)
    table = alliances(cache if imported else None)
    first, second = resolve(a, b, day, table)
    chosen, everything = choose(table, first, second, day, treaty, imported)
    src = Sourcing(day)
    cov = _covariates(cache, chosen, (first.cow, second.cow), day)
    model = _model(cache)
    view = treaty_view(chosen, everything, table, day, src)
    ready = prepare(model, cov, chosen.row, day)
    if ready is None:
        raise ModelError(
            f"no forecast as of {day}: the earliest model knows endings up to {model.vintages[0]}.",
            f"choose an --as-of date from {model.vintages[0] + 1} on",
        )
    forecast = make_forecast(ready, model, drivers(ready, src), src)
    file = curated().get(chosen.id)
    title = name_in_text(file, chosen)
    head = next(h for h in forecast.horizons if h.years == 5)
    names = first.name_on(day), second.name_on(day)
    return Assessment(
        foedus_version=__version__,
        generated=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        question=Question(
            a=first.code_on(day),
            b=second.code_on(day),
            a_name=names[0],
            b_name=names[1],
            as_of=day.isoformat(),
            text=f"Is the alliance of {names[0]} and {names[1]} sustainable, as of {day}?",
        ),
        bottom_line=bottom_line(
            title,
            forecast,
            cov,
            view,
            changes(ready, head.in_force.p, src),
            day,
            chosen.row["observed_to"],
            at_war(first.cow, second.cow, day),
            src,
        ),
        treaty=view,
        forecast=forecast,
        relations=relations(cov, src),
        order=Order(status="not_covered"),
        evidence=tuple(
            EvidenceItem(
                id=e.id,
                source=e.source,
                locator=e.locator,
                status=e.status,
                as_of=e.as_of.isoformat() if e.as_of else None,
                url=e.url,
                processing=e.processing,
            )
            for e in src.book.records()
        ),
        coverage=coverage(cov, view, file, day, imported),
        assumptions=assumptions(model, ready.fit),
        sources=tuple(SourceTerms(**t) for t in terms(src.used)),
    )


def at_war(a: int, b: int, day: date) -> RecentWar | None:
    """The war the two fight against each other on the day, if foedus lists it (since 2008)."""
    return next((w for w in recent_wars()[0] if w.opposes(a, b, day.year)), None)


def name_in_text(file: Treaty | None, chosen: Candidate) -> str:
    """How a sentence calls the treaty: its short title, or its year and ATOP number."""
    if file is None:
        return f"the alliance of {chosen.signed.year} ({chosen.title})"
    title = file.short_title or file.title
    return title if title.lower().startswith("the ") else f"the {title}"


def _covariates(cache: Cache, chosen: Candidate, pair: tuple[int, int], day: date) -> Covariates:
    if chosen.id in curated():
        snapshot = read_snapshot()
        if snapshot.has(chosen.id):
            return snapshot.covariates(chosen.id, pair, day)
    from foedus.assessment.web import build_web

    return build_web(cache, last=day.year, only={chosen.id}).covariates(chosen.id, pair, day)


def _model(cache: Cache) -> FittedModel:
    """The user's own fit where there is one that this version can read, else the one that ships."""
    mine = load_model(cached_model_folder(cache.root))
    try:
        return mine if mine.card else load_model()
    except ModelError:
        return load_model()
