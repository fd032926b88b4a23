"""From the strings and floats of a file to a typed, validated frame: shared by all readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import dataframely as dy
import polars as pl

from foedus.errors import ForeignLayoutError

#: How publishers write "no value" in a numeric or date column (R, Stata, SAS).
BLANKS = frozenset({"", "NA", ".", "NaN", "NULL"})
YEARS = (1400, 2100)
SchemaType = type[dy.Schema]


@dataclass(slots=True)
class Notes:
    """What a reader changed, kept for the provenance record."""

    remarks: list[str] = field(default_factory=list)
    _nulled: dict[str, dict[str, int]] = field(default_factory=dict)

    def say(self, remark: str) -> None:
        self.remarks.append(remark)

    def nulled(self, what: str, column: str, count: int) -> None:
        if count:
            self._nulled.setdefault(what, {})[column] = count

    def lines(self) -> tuple[str, ...]:
        made = [
            f"{what} made null in "
            + ", ".join(f"{column} ({count})" for column, count in columns.items())
            for what, columns in self._nulled.items()
        ]
        return (*self.remarks, *made)


def whole(
    low: int,
    high: int,
    *,
    missing: Sequence[float] = (),
    key: bool = False,
    null: bool = True,
    stray: bool = False,
    wide: bool = False,
) -> dy.Column:
    """An integer column. ``missing`` codes become null; ``stray`` nulls what is out of range."""
    kind = dy.Int32 if wide or high > 32767 else dy.Int16
    return kind(
        primary_key=key,
        nullable=null and not key,
        min=low,
        max=high,
        metadata={"missing": tuple(missing), "stray": stray},
    )


def ccode(*, key: bool = False, null: bool = False, missing: Sequence[float] = ()) -> dy.Column:
    """A COW state number, or ATOP's four-digit number for an entity outside the system."""
    return whole(1, 9999, key=key, null=null, wide=True, missing=missing)


def year(
    *, key: bool = False, null: bool = False, missing: Sequence[float] = (), stray: bool = False
) -> dy.Column:
    return whole(*YEARS, key=key, null=null, wide=True, missing=missing, stray=stray)


def month(*, missing: Sequence[float] = (), null: bool = True, stray: bool = False) -> dy.Column:
    return whole(1, 12, missing=missing, null=null, stray=stray)


def day(*, missing: Sequence[float] = (), null: bool = True) -> dy.Column:
    return whole(1, 31, missing=missing, null=null)


def flag(*, missing: Sequence[float] = ()) -> dy.Column:
    return whole(0, 1, missing=missing)


def ident(*, key: bool = False) -> dy.Column:
    return whole(0, 2_000_000_000, key=key, null=False)


def real(
    low: float | None = None,
    high: float | None = None,
    *,
    missing: Sequence[float] = (),
    null: bool = True,
) -> dy.Column:
    return dy.Float64(nullable=null, min=low, max=high, metadata={"missing": tuple(missing)})


def text(*, missing: Iterable[str] = (), key: bool = False, null: bool = True) -> dy.Column:
    """A text column; empty text is null, and so are the ``missing`` words."""
    return dy.String(
        primary_key=key, nullable=null and not key, metadata={"missing": tuple(missing)}
    )


def calendar(*, key: bool = False, null: bool = True, stray: bool = False) -> dy.Column:
    """A day; ``stray`` makes a text that is not one null (and notes it) where it may be."""
    return dy.Date(primary_key=key, nullable=null and not key, metadata={"stray": stray})


def schema(name: str, columns: Mapping[str, dy.Column]) -> SchemaType:
    """A dataframely schema from a mapping, for layouts whose columns are known only at run time."""
    return cast(SchemaType, type(name, (dy.Schema,), dict(columns)))


def _place(mask: pl.Series, values: pl.Series) -> str:
    row = mask.arg_true()[0]
    return f"{values[int(row)]!r} in data row {int(row) + 1}"


def _numbers(values: pl.Series, file: str, notes: Notes) -> pl.Series:
    if values.dtype in (pl.Categorical, pl.Enum):
        values = values.cast(pl.String)
    if values.dtype == pl.String:
        stripped = values.str.strip_chars()
        blank = stripped.is_in(list(BLANKS))
        for word in ("NA", "."):
            notes.nulled(f"{word!r}", values.name, int((stripped == word).sum()))
        stripped = stripped.set(blank.fill_null(False), None)
        numbers = stripped.cast(pl.Float64, strict=False)
        bad = stripped.is_not_null() & numbers.is_null()
        if bad.any():
            raise ForeignLayoutError(
                f"{file}: column {values.name!r} holds {_place(bad, stripped)}, "
                "where a number was expected.",
                "the columns may be shifted, or the file edited; take it from its publisher again.",
            )
        return numbers
    if values.dtype.is_numeric() or values.dtype in (pl.Boolean, pl.Null):
        return values.cast(pl.Float64).fill_nan(None)
    raise ForeignLayoutError(
        f"{file}: column {values.name!r} is of type {values.dtype}, not a number.",
        "take the file from its publisher again.",
    )


def _as_numeric(values: pl.Series, column: Any, file: str, notes: Notes) -> pl.Series:
    numbers = _numbers(values, file, notes)
    extra = column.metadata or {}
    for code in extra.get("missing", ()):
        hit = (numbers == code).fill_null(False)
        notes.nulled(f"{code:g}", values.name, int(hit.sum()))
        numbers = numbers.set(hit, None)
    if extra.get("stray"):
        hit = ((numbers < column.min) | (numbers > column.max)).fill_null(False)
        notes.nulled(f"values outside {column.min}..{column.max}", values.name, int(hit.sum()))
        numbers = numbers.set(hit, None)
    # Before the cast: a number too large for its type must not turn into a gap.
    low = column.min if column.min is not None else float("-inf")
    high = column.max if column.max is not None else float("inf")
    outside = ((numbers < low) | (numbers > high) | numbers.is_infinite()).fill_null(False)
    if outside.any():
        raise ForeignLayoutError(
            f"{file}: column {values.name!r} holds {_place(outside, numbers)}, outside "
            f"{low}..{high} ({int(outside.sum())} rows).",
            "the columns may be shifted, or the file edited; take it from its publisher again.",
        )
    if isinstance(column, dy.Float64):
        return numbers
    fraction = (numbers != numbers.round()).fill_null(False)
    if fraction.any():
        raise ForeignLayoutError(
            f"{file}: column {values.name!r} holds {_place(fraction, numbers)}, "
            "where a whole number was expected.",
            "take the file from its publisher again.",
        )
    return numbers.cast(column.dtype)


def _as_text(values: pl.Series, column: Any, notes: Notes) -> pl.Series:
    strings = values.cast(pl.String).str.strip_chars()
    for word in ("", *((column.metadata or {}).get("missing", ()))):
        hit = (strings == word).fill_null(False)
        if word:
            notes.nulled(f"{word!r}", values.name, int(hit.sum()))
        strings = strings.set(hit, None)
    return strings


def _as_date(values: pl.Series, column: Any, file: str, notes: Notes) -> pl.Series:
    if values.dtype != pl.String:
        return values.cast(pl.Date)
    stripped = values.str.strip_chars()
    notes.nulled("'NA'", values.name, int((stripped == "NA").sum()))
    stripped = stripped.set(stripped.is_in(list(BLANKS)).fill_null(False), None)
    dates = stripped.str.to_date("%Y-%m-%d", strict=False)
    bad = stripped.is_not_null() & dates.is_null()
    if bad.any() and (column.metadata or {}).get("stray"):
        notes.nulled("texts that are no date", values.name, int(bad.sum()))
    elif bad.any():
        raise ForeignLayoutError(
            f"{file}: column {values.name!r} holds {_place(bad, stripped)}, "
            "where a date (YYYY-MM-DD) was expected.",
            "take the file from its publisher again.",
        )
    return dates


def conform(raw: pl.DataFrame, wanted: SchemaType, file: str, notes: Notes) -> pl.DataFrame:
    """``raw`` (strings or numbers, lower-case names) as a validated frame of the schema.

    Columns the schema does not name are left out and noted. ForeignLayoutError when a column is
    absent, a value is of the wrong kind or out of range, or a key occurs twice.
    """
    columns = wanted.columns()
    lacking = [name for name in columns if name not in raw.columns]
    if lacking:
        raise lacking_columns(file, lacking, raw.columns)
    series: list[pl.Series] = []
    for name, column in columns.items():
        values = raw[name]
        if isinstance(column, dy.List):
            series.append(values)
        elif isinstance(column, dy.String):
            series.append(_as_text(values, column, notes))
        elif isinstance(column, dy.Date):
            series.append(_as_date(values, column, file, notes))
        elif isinstance(column, dy.Bool):
            series.append(values.cast(pl.Boolean))
        else:
            series.append(_as_numeric(values, column, file, notes))
    dropped = [name for name in raw.columns if name not in columns]
    if dropped:
        notes.say(f"columns left out: {', '.join(map(repr, dropped))}")
    frame = pl.DataFrame(series)
    _validate(frame, wanted, file)
    return frame


def lacking_columns(
    file: str, lacking: Sequence[str], present: Sequence[str], hint: str | None = None
) -> ForeignLayoutError:
    """The error for absent columns, in the form of STYLE: what, where, what there is instead."""
    shown = ", ".join(present[:12]) + (", ..." if len(present) > 12 else "")
    word = "column" if len(lacking) == 1 else "columns"
    names = ", ".join(repr(name) for name in lacking[:5])
    more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
    return ForeignLayoutError(
        f"{file} has no {word} {names}{more} (columns: {shown}).",
        hint or "take the file from its publisher again; foedus does not guess columns.",
    )


def _validate(frame: pl.DataFrame, wanted: SchemaType, file: str) -> None:
    if wanted.is_valid(frame):
        return
    _, failure = wanted.filter(frame)
    faults: list[str] = []
    columns = wanted.columns()
    for rule, count in failure.counts().items():
        name, _, kind = rule.partition("|")
        if name == "primary_key":
            keys = ", ".join(wanted.primary_key())
            faults.append(f"the key ({keys}) occurs more than once in {count} rows")
        elif kind == "nullability":
            faults.append(f"column {name!r} is empty in {count} rows")
        elif kind in {"min", "max"}:
            bound = getattr(columns[name], kind)
            side = "below" if kind == "min" else "above"
            faults.append(f"column {name!r} is {side} {bound} in {count} rows")
        else:
            faults.append(f"rule {rule!r} fails in {count} rows")
    raise ForeignLayoutError(
        f"{file}: {'; '.join(faults)}.",
        "the file may be edited or of another edition; take it from its publisher again.",
    )


def unique_by(frame: pl.DataFrame, keys: Sequence[str], file: str) -> None:
    """ForeignLayoutError when ``keys`` (which may hold nulls) do not identify the rows."""
    twice = frame.select(keys).is_duplicated().sum()
    if twice:
        raise ForeignLayoutError(
            f"{file}: the key ({', '.join(keys)}) occurs more than once in {twice} rows.",
            "the file may be two files joined; take it from its publisher again.",
        )
