"""The alliance-year table as the arrays that fitting and forecasting read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from foedus.durability.design import CAUSES, age_basis
from foedus.durability.forecast import Subject
from foedus.panel.factors import NAMES


@dataclass(frozen=True, slots=True)
class YearTable:
    """Aligned arrays over alliance-years. ``outcome``: 0 went on, 1.. cause, -1 not observed."""

    raw: np.ndarray
    factors: np.ndarray
    year: np.ndarray
    age: np.ndarray
    exposure: np.ndarray
    outcome: np.ndarray
    subject: np.ndarray
    clocks: dict[str, Clock]
    end_year: dict[str, int]
    end_cause: dict[str, int]
    observed_to: dict[str, int]

    def at_risk(self, origin: int) -> np.ndarray:
        """Rows of the alliances in force at the end of the year ``origin``."""
        return np.flatnonzero((self.year == origin + 1) & (self.age > 0))

    def subjects(self, rows: np.ndarray) -> list[Subject]:
        """The alliances of ``rows`` as they stood at the start of the row's year."""
        return [self.subject_of(int(r)) for r in rows]

    def subject_of(self, row: int) -> Subject:
        clock = self.clocks[self.subject[row]]
        return Subject(
            factors=self.factors[row],
            age=float(self.age[row]),
            start=float(self.year[row]),
            signed=clock.signed,
            months=clock.months,
            renewal_rule=clock.renewal_rule,
            renewal_months=clock.renewal_months,
        )

    def ended_by(self, rows: np.ndarray, year: int) -> np.ndarray:
        """Cause index 1.. of an ending up to and including ``year``, else 0."""
        out = np.zeros(len(rows), int)
        for k, r in enumerate(rows):
            who = str(self.subject[r])
            if self.end_year.get(who, 9999) <= year:
                out[k] = self.end_cause[who]
        return out


@dataclass(frozen=True, slots=True)
class Clock:
    """What the treaty says of its own term (ATOP ``length``, ``proren``, ``renewlgt``; months)."""

    signed: date
    months: float
    renewal_rule: float
    renewal_months: float


def clock_of(row: dict) -> Clock:
    """Read a register row."""

    def number(name: str) -> float:
        value = row.get(name)
        return float("nan") if value is None else float(value)

    return Clock(row["signed"], number("length"), number("proren"), number("renewlgt"))


def year_table(panel: pl.DataFrame, alliances: pl.DataFrame) -> YearTable:
    """Arrays of ``panel`` (from `foedus.panel.alliance_years`) and the register's ``alliances``."""
    factors = panel.select(pl.col(list(NAMES)).fill_null(float("nan"))).to_numpy()
    age = panel["age0"].to_numpy()
    code = {"none": 0, **{c: k + 1 for k, c in enumerate(CAUSES)}}
    outcome = np.array([-1 if e is None else code[e] for e in panel["event"].to_list()])
    clocks, end_year, end_cause, observed = {}, {}, {}, {}
    for row in alliances.iter_rows(named=True):
        who = row["alliance_id"]
        clocks[who] = clock_of(row)
        observed[who] = row["observed_to"].year
        if row["ended"] is not None:
            end_year[who] = row["ended"].year
            end_cause[who] = code[row["end_cause"]]
    return YearTable(
        raw=np.concatenate([factors, age_basis(age)], axis=1),
        factors=factors,
        year=panel["year"].to_numpy(),
        age=age,
        exposure=panel["exposure"].to_numpy(),
        outcome=outcome,
        subject=panel["alliance_id"].to_numpy(),
        clocks=clocks,
        end_year=end_year,
        end_cause=end_cause,
        observed_to=observed,
    )
