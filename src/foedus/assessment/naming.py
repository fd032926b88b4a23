"""How states and days stand in a treaty's view."""

from __future__ import annotations

from datetime import date

from foedus.states import state_by_cow


def name_on(ccode: int, day: date) -> tuple[str, str]:
    """Display code and name of a COW code on a day."""
    state = state_by_cow(ccode)
    return state.code_on(day), state.name_on(day)


def known_by(value: date | None, as_of: date) -> bool:
    """Whether a dated fact was one by the day."""
    return value is not None and value <= as_of
