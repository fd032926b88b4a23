"""Which drivers get a bar in the chart and a line on the terminal; the full table has all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.assessment.model import Driver

#: Effects that would read "0.0" in percentage points are not worth a bar.
LEAST = 0.0005
#: More bars than this are not read.
MOST = 20


def leading(drivers: Iterable[Driver]) -> tuple[Driver, ...]:
    """The known drivers with the largest effects, largest first."""
    shown = [d for d in drivers if d.status != "not_covered" and abs(d.effect) >= LEAST]
    return tuple(sorted(shown, key=lambda d: (-abs(d.effect), d.factor))[:MOST])
