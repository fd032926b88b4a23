"""Made-up alliance-years, fits and spans with known properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from foedus.durability.design import CAUSES, COLUMNS, Scaler, age_basis
from foedus.durability.fit import HazardFit, Settings
from foedus.durability.forecast import Subject
from foedus.durability.table import Clock, YearTable
from foedus.panel import NAMES, AllianceSpan

K, P = len(CAUSES), len(COLUMNS)
SETTINGS = Settings(pool=20.0, own=60.0, half_life=30.0, fade=3.0)


def toy_fit(
    seed: int = 0, *, spread: float = 0.05, tau: float = 0.3, tau_late: float = 0.5
) -> HazardFit:
    """Random small effects around yearly hazards of one to two in a hundred."""
    rng = np.random.default_rng(seed)
    coef = rng.normal(0, 0.1, (K, 1 + P))
    coef[:, 0] = np.log([0.02, 0.015, 0.01, 0.005])
    return HazardFit(
        coef=coef,
        chol=spread * np.eye(coef.size),
        scaler=Scaler(np.zeros(P), np.ones(P)),
        settings=SETTINGS,
        tau=tau,
        tau_late=tau_late,
        through=1960,
        n_alliances=100,
        n_years=1000,
        n_events=(10, 8, 5, 2),
    )


def toy_subject(
    seed: int = 0, *, age: float = 4.0, start: float = 1961.0, steady: bool = False
) -> Subject:
    """An alliance with random covariates; ``steady``: only those that stay as they are."""
    from foedus.panel import FACTORS

    factors = np.random.default_rng(seed).normal(0, 1, len(NAMES))
    if steady:
        factors[[f.transient for f in FACTORS]] = np.nan
    return Subject(
        factors=factors,
        age=age,
        start=start,
        signed=date(1957, 1, 1),
        months=0.0 if steady else 120.0,
        renewal_rule=0.0,
        renewal_months=0.0,
    )


def made_up_table(
    seed: int = 0, *, n: int = 200, first: int = 1850, last: int = 1950, effect: float = 0.0
) -> YearTable:
    """Alliances signed at random and ending at 5% a year; one factor may matter by ``effect``."""
    rng = np.random.default_rng(seed)
    factors, year, age, outcome, subject = [], [], [], [], []
    clocks, end_year, end_cause, observed = {}, {}, {}, {}
    for k in range(n):
        who, signed = f"t{k:03d}", int(rng.integers(first, last - 1))
        clocks[who] = Clock(date(signed, 1, 2), 0.0, 0.0, 0.0)
        observed[who] = last
        mine = np.full(len(NAMES), np.nan)
        mine[20:26] = rng.normal(0, 1, 6)
        rate = 0.05 * np.exp(effect * mine[20] - effect**2 / 2)
        for y in range(signed, last + 1):
            over = rng.random() < rate
            cause = int(rng.integers(1, K + 1)) if over else 0
            factors.append(mine)
            year.append(y)
            age.append(max(y - signed - 1 / 365, 0.0))
            outcome.append(cause)
            subject.append(who)
            if over:
                end_year[who], end_cause[who] = y, cause
                break
    factors, ages = np.array(factors), np.array(age)
    return YearTable(
        raw=np.concatenate([factors, age_basis(ages)], axis=1),
        factors=factors,
        year=np.array(year),
        age=ages,
        exposure=np.ones(len(ages)),
        outcome=np.array(outcome),
        subject=np.array(subject),
        clocks=clocks,
        end_year=end_year,
        end_cause=end_cause,
        observed_to=observed,
    )


def with_other_fates(table: YearTable, after: int, seed: int = 5) -> YearTable:
    """The same world to the end of ``after``; other causes and years of what ended later."""
    rng = np.random.default_rng(seed)
    outcome = table.outcome.copy()
    end_year, end_cause = dict(table.end_year), dict(table.end_cause)
    for who, year in table.end_year.items():
        if year <= after:
            continue
        mine = table.subject == who
        outcome[mine & (table.year > after)] = 0
        alive = np.flatnonzero(mine & (table.year > after))
        at = int(rng.choice(alive))
        end_year[who], end_cause[who] = int(table.year[at]), int(rng.integers(1, K + 1))
        outcome[at] = end_cause[who]
    return replace(table, outcome=outcome, end_year=end_year, end_cause=end_cause)


def span(
    name: str,
    rows: tuple[int, ...],
    signed: date,
    ended: date | None = None,
    cause: str | None = None,
    exits: dict[int, date] | None = None,
) -> AllianceSpan:
    """An alliance among state rows; ``exits``: who left before its end."""
    gone = exits or {}
    return AllianceSpan(
        id=name,
        signed=signed,
        ended=ended,
        cause=cause,
        observed_to=date(2016, 12, 31),
        rows=np.array(rows),
        entry=(signed,) * len(rows),
        exit=tuple(gone.get(r, ended or date.max) for r in rows),
    )
