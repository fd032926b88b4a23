"""The factors: name, plain label, group, source, lag and missing-data rule of every covariate.

Groups: *design* (what the treaty says), *structural* (slow: power, regimes, geography, size),
*contingent* (fast: wars, leaders, disputes, drift), *history* (age, other ties, past conduct) and
*era* (how often alliances of the time ended). Missing values enter the model at the mean of its
training data, so that an unknown neither helps nor hurts, and are shown as not covered.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap
from typing import Any, Literal

Group = Literal["structural", "contingent", "design", "history", "era"]


@dataclass(frozen=True, slots=True)
class Factor:
    """One covariate of the alliance-year table. ``unit`` says how to read its value."""

    name: str
    label: str
    group: Group
    unit: str
    source: str
    transient: bool = False


_ATOP = "ATOP provisions"
_ROWS: tuple[tuple[Any, ...], ...] = (
    ("defense", "defense obligation", "design", "yes/no", _ATOP),
    ("offense", "offense obligation", "design", "yes/no", _ATOP),
    ("neutrality", "neutrality obligation", "design", "yes/no", _ATOP),
    ("nonaggression_only", "nonaggression without active help", "design", "yes/no", _ATOP),
    ("consultation", "consultation obligation", "design", "yes/no", _ATOP),
    ("conditional", "conditions on an obligation", "design", "yes/no", _ATOP),
    ("asymmetric_obligations", "obligations differ by member", "design", "yes/no", _ATOP),
    ("secret", "secret in whole or part", "design", "yes/no", _ATOP),
    ("formal_treaty", "concluded as a formal treaty", "design", "yes/no", _ATOP),
    ("wartime", "concluded during war", "design", "yes/no", _ATOP),
    ("nonmilitary_cooperation", "non-military cooperation", "design", "yes/no", _ATOP),
    ("economic_aid", "economic aid or trade clause", "design", "yes/no", _ATOP),
    ("military_institutionalization", "military institutionalization", "design", "0-2", _ATOP),
    ("no_hostile_alliances", "no alliances against the partner", "design", "yes/no", _ATOP),
    ("exit_clause", "exit on notice allowed", "design", "yes/no", _ATOP),
    ("tacit_renewal", "renews by itself", "design", "yes/no", _ATOP),
    ("fixed_term", "fixed term", "design", "yes/no", _ATOP),
    ("term_years", "length of the term", "design", "log years", _ATOP),
    ("term_due", "a term runs out this year", "design", "0-1", _ATOP),
    ("past_term", "first term is over", "design", "yes/no", _ATOP),
    ("bilateral", "two members only", "structural", "yes/no", "members"),
    ("members", "number of members", "structural", "log count", "members"),
    ("major_minor", "a major and a minor power", "structural", "share of pairs", "COW majors"),
    ("major_major", "major powers on both sides", "structural", "share of pairs", "COW majors"),
    ("power_ratio", "capability ratio of the members", "structural", "log ratio", "COW NMC"),
    ("power_share", "members' share of world capabilities", "structural", "share", "COW NMC"),
    ("democracy_min", "the less democratic member", "structural", "score", "UDS (extended)"),
    ("democracy_gap", "regime distance of the members", "structural", "score", "UDS (extended)"),
    ("shared_igos", "shared international organizations", "structural", "log count", "COW IGO"),
    ("distance", "distance between capitals", "structural", "log km", "capitals"),
    ("contiguous", "common land border", "structural", "share of pairs", "COW contiguity"),
    ("shared_rivals", "rivals in common", "structural", "log count", "Thompson et al. rivalries"),
    (
        "rivalry_inside",
        "rivalry between members",
        "structural",
        "share of pairs",
        "Thompson et al. rivalries",
    ),
    ("ideal_distance", "distance in UN voting", "structural", "ideal points", "UNGA ideal points"),
    (
        "power_change_formation",
        "capability change since formation",
        "structural",
        "log ratio",
        "COW NMC",
    ),
    (
        "regime_change_formation",
        "regime change since formation",
        "structural",
        "score",
        "UDS (extended)",
    ),
    (
        "power_change_recent",
        "capability change in five years",
        "contingent",
        "log ratio",
        "COW NMC",
        True,
    ),
    (
        "regime_change_recent",
        "regime change in three years",
        "contingent",
        "score",
        "UDS (extended)",
        True,
    ),
    (
        "leader_change",
        "leader change in three years",
        "contingent",
        "share of members",
        "CHISOLS",
        True,
    ),
    (
        "coalition_change",
        "change of a leader's supporting coalition",
        "contingent",
        "share of members",
        "CHISOLS",
        True,
    ),
    (
        "member_at_war",
        "member in an interstate war",
        "contingent",
        "share of members",
        "COW wars, then foedus",
        True,
    ),
    (
        "war_ended",
        "a member's war ended in two years",
        "contingent",
        "share of members",
        "COW wars, then foedus",
        True,
    ),
    (
        "dispute_inside",
        "militarized dispute between members",
        "contingent",
        "share of pairs",
        "GML disputes",
        True,
    ),
    (
        "ideal_distance_change",
        "drift in UN voting over five years",
        "contingent",
        "ideal points",
        "UNGA ideal points",
        True,
    ),
    (
        "new_outside_alliance",
        "new alliance with outsiders",
        "contingent",
        "share of members",
        "register",
        True,
    ),
    ("other_ties", "other treaties between the members", "history", "log count", "register"),
    ("portfolio", "alliances of the members elsewhere", "history", "log count", "register"),
    ("violation_record", "members' record of violated alliances", "history", "share", "register"),
    ("era_rate_5", "endings of all alliances, last 5 years", "era", "log rate", "register", True),
    ("era_rate_15", "endings of all alliances, last 15 years", "era", "log rate", "register"),
)

FACTORS: tuple[Factor, ...] = tuple(starmap(Factor, _ROWS))
BY_NAME: dict[str, Factor] = {f.name: f for f in FACTORS}
NAMES: tuple[str, ...] = tuple(BY_NAME)
#: Factors that the treaty's clock moves along a forecast; all others are held or decay.
CLOCK: tuple[str, ...] = ("fixed_term", "term_years", "term_due", "past_term")
