"""Covariates of an alliance on a day: from the embedded snapshot or from imported data."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from foedus.durability.reference import YEARS, ReferenceStats
from foedus.panel import NAMES


@dataclass(frozen=True)
class Covariates:
    """What the forecast of one alliance reads.

    ``history``: factor -> {year: value}, values known by the end of the year before. ``row_year``
    is the row in use (the as-of year, or the last one there is). ``spans``: array of the panel ->
    (first, last) year its source covers. ``origin`` says where the numbers come from.
    """

    alliance_id: str
    row_year: int
    factors: dict[str, float | None]
    history: dict[str, dict[int, float | None]]
    reference: ReferenceStats | None
    other_ties: int
    multilateral: bool
    spans: dict[str, tuple[int, int]]
    origin: str
    sources: dict[str, dict[str, str]]

    def vector(self) -> np.ndarray:
        """(len(NAMES),) with NaN for unknown."""
        values = (self.factors[n] for n in NAMES)
        return np.array([math.nan if v is None else v for v in values])


def pack_reference(stats: ReferenceStats) -> dict[str, object]:
    """Flat columns for one row of the snapshot."""
    out: dict[str, object] = {
        "ref_criteria": "|".join(stats.criteria),
        "ref_widened": "|".join(stats.widened),
        "ref_n": stats.n,
        "ref_ended": stats.ended,
        "ref_effective_n": stats.effective_n,
        "ref_median": stats.median_years,
        "ref_causes": "|".join(f"{k}={v}" for k, v in stats.causes.items()),
    }
    for y in YEARS:
        p = stats.survival.get(y)
        for name, value in zip(("p", "low", "high"), p or (None, None, None), strict=True):
            out[f"ref_{name}_{y}"] = None if value is None else round(value, 4)
    return out


def unpack_reference(row: dict) -> ReferenceStats | None:
    """The inverse of `pack_reference`; None where the row has no class."""
    if row.get("ref_n") is None:
        return None
    survival = {
        y: (row[f"ref_p_{y}"], row[f"ref_low_{y}"], row[f"ref_high_{y}"])
        for y in YEARS
        if row[f"ref_p_{y}"] is not None
    }
    parts = [c.split("=") for c in row["ref_causes"].split("|") if c]
    return ReferenceStats(
        criteria=tuple(c for c in row["ref_criteria"].split("|") if c),
        widened=tuple(c for c in row["ref_widened"].split("|") if c),
        n=row["ref_n"],
        ended=row["ref_ended"],
        effective_n=row["ref_effective_n"],
        median_years=row["ref_median"],
        causes={k: int(v) for k, v in parts},
        survival=survival,
    )


def row_year_for(years: list[int], as_of: date) -> int:
    """The row that describes the risk on ``as_of``: its year, or the last before it."""
    usable = [y for y in years if y <= as_of.year]
    return max(usable) if usable else min(years)
