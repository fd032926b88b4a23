"""All readers, and the choice among them by layout."""

from __future__ import annotations

from foedus.sources.readers import atop, conflict, cow, leaders, regimes, sipri, un
from foedus.sources.readers.base import Reader, Table, read

READERS: tuple[Reader, ...] = (
    *atop.READERS,
    *cow.READERS,
    *conflict.READERS,
    *regimes.READERS,
    *leaders.READERS,
    *un.READERS,
    *sipri.READERS,
)

__all__ = ["READERS", "Reader", "Table", "read"]
