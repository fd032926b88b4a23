"""The alliance-year table: one row for each alliance and year at risk, covariates one year lagged.

Row (alliance, y) describes the risk of ending during the calendar year y. Everything in it was so
by the end of y-1, apart from what the treaty itself fixed at its signature (provisions, term clock,
and in the first year the members).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from foedus.panel.era import era_rates
from foedus.panel.group import group_factors
from foedus.panel.timeline import AllianceSpan, Bonds, bonds, spans
from foedus.panel.world import FIRST, World

CAUSES = ("violated", "renegotiated", "scheduled", "state_death")

#: Provision columns taken from the register, as the treaty says at its signature.
PROVISIONS = (
    *("defense", "offense", "neutral", "nonagg", "consul", "conditio", "asymm"),
    *("estmode", "pubsecr", "length", "renounce", "proren", "renewlgt", "speclgth"),
    *("milcon", "milaid", "intcom", "subord", "organ1", "orgpurp1", "organ2", "orgpurp2"),
    *("base", "contrib", "ecaid", "nomicoop", "noothall", "wartime"),
)


def year_fraction(day: date) -> float:
    """Decimal year of a date, e.g. 1914-07-02 -> 1914.499."""
    start = date(day.year, 1, 1)
    return day.year + (day - start).days / ((date(day.year + 1, 1, 1) - start).days)


def alliance_years(
    alliances: pl.DataFrame,
    members: pl.DataFrame,
    world: World,
    *,
    last: int,
    context: Context | None = None,
    only: set[str] | None = None,
    first_only: bool = False,
) -> pl.DataFrame:
    """Build the table from the register's ``alliances`` and ``members`` frames.

    ``last``: last calendar year wanted. Rows after an alliance's ``observed_to`` have ``observed``
    False and a null ``event``: coverage ends, it does not become survival. ``only`` restricts the
    alliances written out (the web of alliances is still counted over all); ``first_only`` keeps the
    year of signature alone.

    Columns: alliance_id, year, age0 (years since signature at the start of the interval), exposure
    (share of the year at risk), observed, event (one of CAUSES, "none", or null), then the factors
    of `foedus.panel.factors` as Float64, null where unknown.
    """
    context = context or context_of(alliances, members, world)
    provisions = {r["alliance_id"]: r for r in alliances.iter_rows(named=True)}
    blocks = []
    for span in context.spans:
        if only is not None and span.id not in only:
            continue
        until = min(last, span.signed.year) if first_only else last
        rows = _alliance_rows(span, provisions[span.id], world, context, until)
        if rows is not None:
            blocks.append(rows)
    return pl.concat(blocks, how="vertical_relaxed") if blocks else pl.DataFrame()


@dataclass(frozen=True, slots=True)
class Context:
    """What a row needs of all alliances: spans, who is bound to whom, ending rates by year."""

    spans: list[AllianceSpan]
    web: Bonds
    era: dict[str, np.ndarray]


def context_of(
    alliances: pl.DataFrame,
    members: pl.DataFrame,
    world: World,
    *,
    era: dict[str, np.ndarray] | None = None,
) -> Context:
    """Count the web of ``alliances``. ``era``: ending rates from a table that follows them all.

    Rates need complete labels: a register that follows only some alliances past a date would make
    endings look rare or frequent, so it borrows the rates of the table that follows every one.
    """
    found = spans(alliances, members, world)
    return Context(found, bonds(found, world), era or era_rates(found))


def _alliance_rows(
    span: AllianceSpan,
    codes: dict,
    world: World,
    context: Context,
    last: int,
) -> pl.DataFrame | None:
    end_year = span.ended.year if span.ended else last
    years = np.arange(span.signed.year, min(end_year, last) + 1)
    if not len(years):
        return None
    signed = year_fraction(span.signed)
    age0 = np.maximum(years - signed, 0.0)
    # In the year of an ending the whole rest of the year was at risk, whatever the day it fell on;
    # in the last year of coverage only the part that was watched. One day at least.
    seen = np.inf if span.ended else year_fraction(span.observed_to + timedelta(days=1))
    stop = np.where(years == span.observed_to.year, np.minimum(years + 1, seen), years + 1)
    exposure = np.clip(stop - np.maximum(years, signed), 1 / 365, 1.0)
    observed = years <= span.observed_to.year
    event = np.array(["none"] * len(years), dtype=object)
    if span.ended and end_year <= last:
        event[-1] = span.cause
    event[~observed] = None
    columns: dict[str, np.ndarray | list] = {
        "alliance_id": [span.id] * len(years),
        "year": years.astype(np.int32),
        "age0": age0,
        "exposure": exposure,
        "observed": observed,
        "event": event.tolist(),
    }
    columns |= _design(codes, span, years)
    columns |= _composition(span, years, world, context.web)
    for name, line in context.era.items():
        columns[name] = line[years - 1 - FIRST]
    frame = pl.DataFrame(columns, strict=False)
    floats = [c for c, t in frame.schema.items() if t.is_float()]
    return frame.with_columns(pl.col(floats).cast(pl.Float64).fill_nan(None))


def _code(codes: dict, name: str) -> float:
    value = codes.get(name)
    return np.nan if value is None else float(value)


def _is(value: float, test) -> float:
    return np.nan if np.isnan(value) else float(test(value))


def _known_any(*parts: float) -> float:
    """1 when any part is 1; 0 when all are known and 0; NaN otherwise."""
    values = np.array(parts)
    if np.nanmax(values, initial=0) >= 1:
        return 1.0
    return np.nan if np.isnan(values).any() else 0.0


def institutionalization(codes: dict) -> float:
    """Military institutionalization 0, 1, 2 (Leeds & Anac 2005, their coding rules)."""
    c = {k: _code(codes, k) for k in PROVISIONS}
    high = _known_any(
        _is(c["milcon"], lambda v: v == 3),
        _is(c["intcom"], lambda v: v == 1),
        _is(c["base"], lambda v: v > 0),
    )
    if high == 1:
        return 2.0
    some = _known_any(
        _is(c["milcon"], lambda v: v == 2),
        _is(c["milaid"], lambda v: v in (3, 4)),
        _is(c["subord"], lambda v: v > 0),
        _is(c["contrib"], lambda v: v == 1),
        _is(c["orgpurp1"], lambda v: v in (1, 4)),
    )
    if some == 1:
        return 1.0
    return np.nan if np.isnan(high) or np.isnan(some) else 0.0


def _design(codes: dict, span: AllianceSpan, years: np.ndarray) -> dict[str, np.ndarray]:
    c = {k: _code(codes, k) for k in PROVISIONS}
    active = _known_any(c["defense"], c["offense"])
    weak = np.nan if np.isnan(active) else (1 - active)
    constant = {
        "defense": c["defense"],
        "offense": c["offense"],
        "neutrality": c["neutral"],
        "nonaggression_only": weak * c["nonagg"],
        "consultation": c["consul"],
        "conditional": c["conditio"],
        "asymmetric_obligations": c["asymm"],
        "secret": _is(c["pubsecr"], lambda v: v > 0),
        "formal_treaty": _is(c["estmode"], lambda v: v == 1),
        "wartime": c["wartime"],
        "nonmilitary_cooperation": c["nomicoop"],
        "economic_aid": _is(c["ecaid"], lambda v: v > 0),
        "military_institutionalization": institutionalization(codes),
        "no_hostile_alliances": c["noothall"],
        "exit_clause": _is(c["renounce"], lambda v: v in (1, 3)),
        "tacit_renewal": _is(c["proren"], lambda v: v == 2),
    }
    out = {k: np.full(len(years), v) for k, v in constant.items()}
    return out | term_clock(c["length"], c["proren"], c["renewlgt"], span.signed, years)


def term_clock(
    months: float, renewal_rule: float, renewal_months: float, signed: date, starts: np.ndarray
) -> dict[str, np.ndarray]:
    """The clock that the treaty itself sets, for years that begin at ``starts`` (decimal years).

    It was fixed at the signature, so it is known for the future too. ``months`` is ATOP ``length``
    (0: no fixed term), ``renewal_rule`` ``proren``, ``renewal_months`` ``renewlgt``. ``term_due``
    is 1 for the year in which a term runs out and 0.5 for the next one (entry into force lags
    signature); ``past_term`` is 1 once the first term is over. Arrays of the shape of ``starts``.
    """
    nan = np.full(len(starts), np.nan)
    if np.isnan(months):
        return {"fixed_term": nan, "term_years": nan, "term_due": nan, "past_term": nan}
    if months <= 0:
        zero = np.zeros(len(starts))
        return {"fixed_term": zero, "term_years": zero, "term_due": zero, "past_term": zero}
    first = year_fraction(signed) + months / 12
    ends = [first]
    if renewal_rule in (1, 2) and renewal_months > 0:
        while ends[-1] < starts[-1] + 2:
            ends.append(ends[-1] + renewal_months / 12)
    due = np.zeros(len(starts))
    for end in ends:
        due = np.maximum(due, (starts <= end) & (end < starts + 1))
        due = np.maximum(due, 0.5 * ((starts <= end + 1) & (end < starts)))
    return {
        "fixed_term": np.ones(len(starts)),
        "term_years": np.full(len(starts), np.log1p(months / 12)),
        "term_due": due,
        "past_term": (starts > first).astype(float),
    }


def _composition(
    span: AllianceSpan, years: np.ndarray, world: World, web: Bonds
) -> dict[str, np.ndarray]:
    names: dict[str, np.ndarray] = {}
    masks = [np.stack([span.present(int(y)), span.joined(int(y))]) for y in years]
    start = 0
    for stop in range(1, len(years) + 1):
        if stop < len(years) and np.array_equal(masks[stop], masks[start]):
            continue
        present, joined = masks[start]
        rows, everyone = np.unique(span.rows[present]), span.rows[joined]
        part = group_factors(rows, span.signed, years[start:stop], world, web, everyone)
        for name, values in part.items():
            names.setdefault(name, np.full(len(years), np.nan))[start:stop] = values
        start = stop
    return names
