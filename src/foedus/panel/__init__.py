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
from foedus.panel.recent_wars import RecentWar, recent_wars
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
    "RecentWar",
    "World",
    "alliance_years",
    "bonds",
    "build_world",
    "context_of",
    "group_factors",
    "recent_wars",
    "spans",
    "term_clock",
    "year_fraction",
]
