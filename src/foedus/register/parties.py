"""State codes of the register's files to COW codes, through the state system of `foedus.states`."""

from __future__ import annotations

from functools import cache

from foedus.states import find_state


@cache
def cow_code(code: str) -> int:
    """The COW code of a state written in a file; errors of `foedus.states` pass through.

    No date is given: treaties are also signed by states that were not yet, or no longer, members
    of the COW system.
    """
    return find_state(code).cow
