"""Who is a state when, under which codes: the COW state system from 1816, as dated facts."""

from foedus.states.answer import Lookup
from foedus.states.codes import state_by_code, state_by_cow, state_by_gw
from foedus.states.finding import find_state, lookup, matches
from foedus.states.model import (
    DatedCode,
    DatedName,
    GwSpell,
    Holder,
    Span,
    Spell,
    State,
)
from foedus.states.reading import all_states

__all__ = [
    "DatedCode",
    "DatedName",
    "GwSpell",
    "Holder",
    "Lookup",
    "Span",
    "Spell",
    "State",
    "all_states",
    "find_state",
    "lookup",
    "matches",
    "state_by_code",
    "state_by_cow",
    "state_by_gw",
]
