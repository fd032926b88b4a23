"""Reads one TOML table field by field and collects every problem instead of stopping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foedus.dates import PartialDate
from foedus.errors import DateError, did_you_mean


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule: where, what, and what to do about it; warnings do not fail a file."""

    file: str
    field: str
    message: str
    hint: str | None = None
    warning: bool = False

    def __str__(self) -> str:
        kind = "warning" if self.warning else "error"
        line = f"{self.file}: {kind}: {self.field}: {self.message}"
        return f"{line} Hint: {self.hint}" if self.hint else line


@dataclass(slots=True)
class Problems:
    """The problems of one file, in the order they were found."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def error(self, where: str, message: str, hint: str | None = None) -> None:
        self.found.append(Problem(self.file, where, message, hint))

    def warn(self, where: str, message: str, hint: str | None = None) -> None:
        self.found.append(Problem(self.file, where, message, hint, warning=True))


_MISSING: Any = object()


class Reader:
    """A view of one TOML table that remembers which keys were asked for."""

    __slots__ = ("_known", "problems", "table", "where")

    def __init__(self, table: Any, where: str, problems: Problems) -> None:
        if not isinstance(table, dict):
            problems.error(where or "file", f"expected a table, found {table!r}.")
            table = {}
        self.table: dict[str, Any] = table
        self.where = where
        self.problems = problems
        self._known: set[str] = set()

    def path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def raw(self, key: str, default: Any = None) -> Any:
        self._known.add(key)
        return self.table.get(key, default)

    def _required(self, key: str, form: str) -> None:
        self.problems.error(self.path(key), "is missing.", f"write {key} = {form}")

    def text(self, key: str, *, required: bool = False, default: str = "") -> str:
        value = self.raw(key, _MISSING)
        if value is _MISSING or value == "":
            if required:
                self._required(key, '"..."')
            return default
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self.problems.error(self.path(key), f"should be text, found {value!r}.")
        return default

    def optional_text(self, key: str) -> str | None:
        return self.text(key) or None

    def word(self, key: str, allowed: tuple[str, ...], *, default: str | None = None) -> str:
        """A word of a vocabulary; required when there is no default."""
        value = self.text(key, required=default is None, default=default or "")
        if value and value not in allowed:
            self.problems.error(
                self.path(key),
                f"{value!r} is not in the vocabulary.",
                did_you_mean(value, allowed) or "one of: " + ", ".join(allowed),
            )
        return value

    def words(self, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        values = self.texts(key)
        for value in values:
            if value not in allowed:
                self.problems.error(
                    self.path(key),
                    f"{value!r} is not in the vocabulary.",
                    did_you_mean(value, allowed) or "one of: " + ", ".join(allowed),
                )
        return values

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        value = self.raw(key, _MISSING)
        if value is _MISSING:
            if required:
                self._required(key, '["..."]')
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.problems.error(self.path(key), f"should be a list of texts, found {value!r}.")
            return ()
        return tuple(value)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.raw(key, default)
        if not isinstance(value, bool):
            self.problems.error(self.path(key), f"should be true or false, found {value!r}.")
            return default
        return value

    def number(self, key: str, *, low: float = 0) -> float | None:
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value < low:
            self.problems.error(
                self.path(key), f"should be a number of at least {low:g}, found {value!r}."
            )
            return None
        return value

    def whole(self, key: str) -> int | None:
        value = self.raw(key)
        if isinstance(value, str) and value.isdigit():
            value = int(value)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.problems.error(
                self.path(key), f"should be a whole number from 0, found {value!r}."
            )
            return None
        return value

    def partial(self, key: str, *, required: bool = False) -> PartialDate | None:
        value = self.raw(key)
        if value is None or value == "":
            if required:
                self._required(key, '"YYYY-MM-DD" (or "YYYY-MM", "YYYY")')
            return None
        try:
            return PartialDate.parse(value)
        except DateError as problem:
            self.problems.error(self.path(key), problem.message, problem.hint)
            return None

    def day(self, key: str) -> date:
        value = self.partial(key, required=True)
        if value is not None and value.day is None:
            self.problems.error(self.path(key), f"{value} is not a full date.", "YYYY-MM-DD")
        return value.latest if value is not None else date(1815, 1, 1)

    def child(self, key: str) -> Reader | None:
        value = self.raw(key)
        return None if value is None else Reader(value, self.path(key), self.problems)

    def children(self, key: str) -> list[Reader]:
        value = self.raw(key, [])
        if not isinstance(value, list):
            self.problems.error(self.path(key), "should be an array of tables.", f"write [[{key}]]")
            return []
        return [
            Reader(item, f"{self.path(key)}[{number}]", self.problems)
            for number, item in enumerate(value, start=1)
        ]

    def done(self, also: Iterable[str] = ()) -> None:
        """Report the keys nobody asked for: a misspelt field must not pass silently."""
        for key in self.table:
            if key not in self._known and key not in also:
                known = sorted(self._known | set(also))
                self.problems.error(
                    self.path(key),
                    "is not a field of the schema.",
                    did_you_mean(key, known) or "fields here: " + ", ".join(known),
                )
