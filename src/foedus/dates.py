"""Dates known to the day, the month or only the year; unknown parts are kept unknown."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from foedus.errors import DateError

Precision = Literal["day", "month", "year"]
_ISO = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date known to ``precision``; ``month`` and ``day`` are None where unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise DateError(f"a day ({self.day}) but no month in {self.year}.", "write YYYY-MM-DD")
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError as problem:
            raise DateError(
                f"{self.year}-{self.month}-{self.day} is not on the calendar ({problem}).",
                "write YYYY, YYYY-MM or YYYY-MM-DD",
            ) from None

    @classmethod
    def parse(cls, value: str | int | date | PartialDate) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or a ``date``; DateError otherwise."""
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, date):
            return cls(value.year, value.month, value.day)
        found = _ISO.match(str(value).strip())
        if not found:
            raise DateError(f"{value!r} is not a date.", "write YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        return cls(year, month, day)

    @property
    def precision(self) -> Precision:
        if self.day is not None:
            return "day"
        return "month" if self.month is not None else "year"

    @property
    def earliest(self) -> date:
        """The first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can be."""
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        return date(self.year, month, day)

    def is_on_or_before(self, other: date) -> bool | None:
        """True or False where the known parts decide, None where they do not."""
        if self.latest <= other:
            return True
        return False if self.earliest > other else None

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def parse_day(value: str | date | None, *, default: date | None = None) -> date:
    """The day meant by an ``--as-of`` or ``--on`` argument.

    A year or month stands for its last day: "as of 1914" means all that was known in 1914.
    """
    if value is None:
        return default or date.today()
    if isinstance(value, date):
        return value
    return PartialDate.parse(value).latest


def years_between(start: date, end: date) -> float:
    """Elapsed time in Julian years (365.25 days); negative when ``end`` comes first."""
    return (end - start).days / 365.25
