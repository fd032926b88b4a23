"""What a reader is: the columns that give a layout away, the schema they must meet, the table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

import polars as pl

from foedus.errors import ForeignLayoutError, TruncatedFileError
from foedus.sources.describe import catalogue, same_version
from foedus.sources.frames import Notes, SchemaType, conform, unique_by
from foedus.sources.sniff import Shape, as_utf8, read_parquet

Prepare = Callable[[pl.DataFrame, Notes], pl.DataFrame]
Raw = Callable[[Shape, str, Notes], tuple[pl.DataFrame, int]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How one table is recognised and read.

    A file is of this layout when it has all columns of ``needs``, not too many others, and
    ``accepts`` (if given) agrees; among several, the one with most columns wins. ``open_ended``
    says that ``needs`` is the core of a wider layout. ``keep`` names the columns worth reading of a
    very wide file. ``rename`` maps publisher's names (lower-case) to the table's; ``prepare`` may
    reshape the raw frame before types are set. ``schema`` may depend on what the raw frame holds.
    ``edition`` is the value of the version column whose number of rows is on record; with ``whole``
    fewer rows of that edition mean a cut file. ``years`` name the columns whose range is the span.
    Raise ``version`` whenever the output of a reader changes: tables made by an older one are then
    redone.
    """

    table: str
    source: str
    needs: frozenset[str]
    schema: Callable[[pl.DataFrame], SchemaType]
    years: tuple[str, ...] = ()
    accepts: Callable[[Shape], bool] | None = None
    rename: Mapping[str, str] = field(default_factory=dict)
    prepare: Prepare | None = None
    raw: Raw | None = None
    key: tuple[str, ...] = ()
    whole: bool = False
    edition: str | None = None
    open_ended: bool = False
    keep: frozenset[str] | None = None
    version: int = 1

    def fits(self, shape: Shape) -> bool:
        if not self.needs <= set(shape.columns):
            return False
        # A few common columns in a wide file of somebody's own do not make it this data set.
        if not self.open_ended and len(shape.columns) > 3 * len(self.needs):
            return False
        return self.accepts is None or self.accepts(shape)

    def nearness(self, shape: Shape) -> float:
        """How much of this layout a file has, 0 to 1; columns foreign to it count against it."""
        shared = len(self.needs & set(shape.columns))
        if self.open_ended:
            return shared / len(self.needs)
        return shared / len(self.needs | set(shape.columns))


@dataclass(frozen=True, slots=True)
class Table:
    """A file read: the typed frame and what is to be recorded of it.

    ``version`` is what the file itself says, None where it says nothing.
    """

    reader: Reader
    frame: pl.DataFrame
    rows_in: int
    version: str | None
    span: tuple[int, int] | None
    notes: tuple[str, ...]


def raw_table(
    shape: Shape, name: str, notes: Notes, keep: frozenset[str] | None = None
) -> tuple[pl.DataFrame, int]:
    """The file as a frame with lower-case names (text: all strings), and its number of data rows.

    TruncatedFileError when the last record is not complete.
    """
    if shape.kind == "parquet":
        frame = read_parquet(shape.path, name)
        return frame.rename({column: column.strip().lower() for column in frame.columns}), (
            frame.height
        )
    content, mixed = as_utf8(shape.path.read_bytes())
    if mixed:
        notes.say("bytes outside UTF-8 read as Windows-1252")
    return delimited(content, shape, name, keep)


def delimited(
    content: bytes, shape: Shape, name: str, keep: frozenset[str] | None = None
) -> tuple[pl.DataFrame, int]:
    """Parse delimited text; all columns are strings, unnamed ones are numbered ``unnamed_N``."""
    check_complete(content, shape, name)
    names = [column or f"unnamed_{i}" for i, column in enumerate(shape.columns)]
    if len(set(names)) < len(names):
        twice = sorted({column for column in names if names.count(column) > 1})
        raise ForeignLayoutError(
            f"{name} has the column {', '.join(map(repr, twice))} more than once.",
            "take the file from its publisher again.",
        )
    wanted = [i for i, column in enumerate(names) if keep is None or column in keep]
    try:
        frame = pl.read_csv(
            content,
            separator=shape.delimiter,
            infer_schema=False,
            skip_rows=shape.skip,
            has_header=False,
            columns=wanted,
            # Tab-separated exports do not quote; a quote there belongs to the text.
            quote_char=None if shape.delimiter == "\t" else '"',
        )
    except pl.exceptions.PolarsError as problem:
        raise ForeignLayoutError(
            f"{name} cannot be read as a table ({str(problem).splitlines()[0]}).",
            "its rows have different numbers of fields; take it from its publisher again.",
        ) from problem
    frame = frame.rename(dict(zip(frame.columns, (names[i] for i in wanted), strict=True)))
    return frame.slice(1), frame.height - 1


def _counts(content: bytes, shape: Shape) -> Iterator[int]:
    """The number of fields of each record, the header first; line ends at the end do not count."""
    end = len(content.rstrip(b"\n"))
    stream = io.BytesIO(content if end == len(content) else content[:end])
    lines = islice(io.TextIOWrapper(stream, encoding="utf-8", newline="\n"), shape.skip, None)
    if shape.delimiter != "\t" and b'"' in content:
        yield from map(len, csv.reader(lines, delimiter=shape.delimiter))
    else:
        yield from (line.count(shape.delimiter) + 1 for line in lines)


def check_complete(content: bytes, shape: Shape, name: str) -> None:
    """Every record must have as many fields as the header, and there must be one.

    TruncatedFileError when the last one is short or a quotation is not closed, ForeignLayoutError
    when one before it differs.
    """
    again = "the copy or download stopped early; get it again."
    if shape.delimiter != "\t" and content.count(b'"') % 2:
        raise TruncatedFileError(f"{name} ends within a quoted field.", again)
    wanted = len(shape.columns)
    odd: tuple[int, int] | None = None
    last = 0
    try:
        for last, count in enumerate(_counts(content, shape)):
            if count != wanted and odd is None:
                odd = (last, count)
    except csv.Error as problem:
        raise ForeignLayoutError(
            f"{name} cannot be read as a table ({problem}).", "take it from its publisher again."
        ) from problem
    if last == 0:
        raise TruncatedFileError(f"{name} has a header and no rows.", again)
    if odd is None:
        return
    row, fields = odd
    if row == last and fields < wanted:
        raise TruncatedFileError(
            f"{name} breaks off in its last row: {fields} fields, not {wanted}.", again
        )
    raise ForeignLayoutError(
        f"{name} has {fields} fields, not {wanted}, in data row {row}.",
        "its rows are broken or edited; take it from its publisher again.",
    )


def _years(frame: pl.DataFrame, columns: tuple[str, ...]) -> tuple[int, int] | None:
    found: list[int] = []
    for column in columns:
        values = frame[column].drop_nulls()
        if values.dtype == pl.List:
            values = values.explode().drop_nulls()
        if values.dtype == pl.Date:
            values = values.dt.year()
        if len(values):
            found += [int(values.min()), int(values.max())]  # type: ignore[arg-type]
    return (min(found), max(found)) if found else None


def read(reader: Reader, shape: Shape, name: str) -> Table:
    """Read a file with the reader that fits it; ``name`` is what messages call the file.

    Raises TruncatedFileError (incomplete) or ForeignLayoutError (values do not fit the layout).
    """
    notes = Notes()
    if reader.raw is not None:
        raw, rows_in = reader.raw(shape, name, notes)
    else:
        raw, rows_in = raw_table(shape, name, notes, reader.keep)
    if rows_in == 0:
        raise TruncatedFileError(f"{name} has columns and no rows.", "get it again.")
    if reader.prepare is not None:
        try:
            raw = reader.prepare(raw, notes)
        except pl.exceptions.PolarsError as problem:
            raise ForeignLayoutError(
                f"{name} cannot be brought into the form of {reader.table} "
                f"({str(problem).splitlines()[0]}).",
                "take the file from its publisher again.",
            ) from problem
    renamed = {old: new for old, new in reader.rename.items() if old in raw.columns}
    raw = raw.rename(renamed)
    version = _one_version(raw, name)
    _check_size(reader, version, rows_in, name)
    frame = conform(raw, reader.schema(raw), name, notes)
    if reader.key:
        unique_by(frame, reader.key, name)
    return Table(reader, frame, rows_in, version, _years(frame, reader.years), notes.lines())


def _one_version(raw: pl.DataFrame, name: str) -> str | None:
    """What the version column says; an odd last value is a sign of a cut."""
    if "version" not in raw.columns:
        return None
    found = [same_version(value) for value in raw["version"]]
    kinds = list(dict.fromkeys(found))
    if len(kinds) == 1:
        return kinds[0]
    if len(kinds) == 2 and found.count(found[-1]) == 1:
        raise TruncatedFileError(
            f"{name} breaks off in its last value (version {found[-1]!r}, not {kinds[0]!r}).",
            "the copy or download stopped early; get it again.",
        )
    raise ForeignLayoutError(
        f"{name} mixes versions: {', '.join(kinds)}.", "import one edition a file."
    )


def _check_size(reader: Reader, version: str | None, rows_in: int, name: str) -> None:
    if not reader.whole or reader.edition is None or version != same_version(reader.edition):
        return
    source = catalogue()[reader.source]
    known = max((file.rows or 0 for file in source.known(reader.table)), default=0)
    if rows_in < known:
        raise TruncatedFileError(
            f"{name} has {rows_in} rows; {source.title} {source.version} has {known}.",
            "the copy or download stopped early, or rows were taken out; get it again.",
        )
