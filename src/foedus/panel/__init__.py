"""Unit-year tables: one row an alliance and year, with covariates as known the year before."""

from foedus.panel.alliance_year import (
    Context,
    alliance_years,
    context_of,
    group_factors,
    term_clock,
    year_fraction,
)
from foedus.panel.factors import BY_NAME, FACTORS, NAMES, Factor
from foedus.panel.timeline import AllianceSpan, Bonds, bonds, spans
from foedus.panel.world import FIRST, LAST, WORLD_TABLES, YEARS, World, build_world

__all__ = [
    "BY_NAME",
    "FACTORS",
    "FIRST",
    "LAST",
    "NAMES",
    "WORLD_TABLES",
    "YEARS",
    "AllianceSpan",
    "Bonds",
    "Context",
    "Factor",
    "World",
    "alliance_years",
    "bonds",
    "build_world",
    "context_of",
    "group_factors",
    "spans",
    "term_clock",
    "year_fraction",
]
