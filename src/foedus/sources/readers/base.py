"""What a reader is: the columns that give a layout away, the schema they must meet, the table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from foedus.errors import ForeignLayoutError, TruncatedFileError
from foedus.sources.describe import catalogue
from foedus.sources.frames import Notes, SchemaType, conform, unique_by
from foedus.sources.sniff import Shape, decode

Prepare = Callable[[pl.DataFrame, Notes], pl.DataFrame]
Raw = Callable[[Shape, str, Notes], tuple[pl.DataFrame, int]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How one table is recognised and read.

    A file is of this layout when it has all columns of ``needs`` and ``accepts`` (if given) agrees;
    among several, the one with most columns wins. ``rename`` maps publisher's names (lower-case) to
    the table's; ``prepare`` may reshape the raw frame before types are set. ``schema`` may depend
    on what the raw frame holds. ``whole`` says that fewer rows than the edition on record mean a
    cut file. ``years`` name the columns whose range is the span. Raise ``version`` whenever the
    output of a reader changes: tables made by an older one are then redone.
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
    version: int = 1

    def fits(self, shape: Shape) -> bool:
        return self.needs <= set(shape.columns) and (self.accepts is None or self.accepts(shape))


@dataclass(frozen=True, slots=True)
class Table:
    """A file read: the typed frame and what is to be recorded of it."""

    reader: Reader
    frame: pl.DataFrame
    rows_in: int
    version: str
    span: tuple[int, int] | None
    notes: tuple[str, ...]


def raw_table(shape: Shape, name: str, notes: Notes) -> tuple[pl.DataFrame, int]:
    """The file as a frame with lower-case names (text: all strings), and its number of data rows.

    TruncatedFileError when the last record is not complete.
    """
    if shape.kind == "parquet":
        frame = pl.read_parquet(shape.path)
        return frame.rename({column: column.strip().lower() for column in frame.columns}), (
            frame.height
        )
    content, mixed = decode(shape.path.read_bytes())
    if mixed:
        notes.say("bytes outside UTF-8 read as Windows-1252")
    return delimited(content, shape, name)


def delimited(content: str, shape: Shape, name: str) -> tuple[pl.DataFrame, int]:
    """Parse delimited text; all columns are strings, unnamed ones are numbered ``unnamed_N``."""
    check_complete(content, shape, name)
    try:
        frame = pl.read_csv(
            io.StringIO(content),
            separator=shape.delimiter,
            infer_schema=False,
            skip_rows=shape.skip,
            has_header=False,
            # Tab-separated exports do not quote; a quote there belongs to the text.
            quote_char=None if shape.delimiter == "\t" else '"',
        )
    except pl.exceptions.PolarsError as problem:
        raise ForeignLayoutError(
            f"{name} cannot be read as a table ({str(problem).splitlines()[0]}).",
            "its rows have different numbers of fields; take it from its publisher again.",
        ) from problem
    names = [column or f"unnamed_{i}" for i, column in enumerate(shape.columns)]
    if len(set(names)) < len(names):
        twice = sorted({column for column in names if names.count(column) > 1})
        raise ForeignLayoutError(
            f"{name} has the column {', '.join(map(repr, twice))} more than once.",
            "take the file from its publisher again.",
        )
    frame = frame.rename(dict(zip(frame.columns, names, strict=True))).slice(1)
    return frame, frame.height


def check_complete(content: str, shape: Shape, name: str) -> None:
    """Every record must have as many fields as the header.

    TruncatedFileError when the last one is short or a quotation is not closed, ForeignLayoutError
    when one before it differs.
    """
    quoted = shape.delimiter != "\t"
    if quoted and content.count('"') % 2:
        raise TruncatedFileError(
            f"{name} ends within a quoted field.",
            "the copy or download stopped early; get it again.",
        )
    lines = content.rstrip("\n").split("\n")[shape.skip :]
    wanted = len(shape.columns)
    if '"' in content and quoted:
        counts = [len(record) for record in csv.reader(lines, delimiter=shape.delimiter)]
    else:
        counts = [line.count(shape.delimiter) + 1 if line else 0 for line in lines]
    odd = next((i for i, count in enumerate(counts) if count != wanted), None)
    if odd is None:
        return
    if odd == len(counts) - 1 and counts[odd] < wanted:
        raise TruncatedFileError(
            f"{name} breaks off in its last row: {counts[odd]} fields, not {wanted}.",
            "the copy or download stopped early; get it again.",
        )
    raise ForeignLayoutError(
        f"{name} has {counts[odd]} fields, not {wanted}, in data row {odd}.",
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
    raw, rows_in = (reader.raw or raw_table)(shape, name, notes)
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
    version = catalogue()[reader.source].version
    _check_edition(reader, raw, rows_in, name)
    frame = conform(raw, reader.schema(raw), name, notes)
    if reader.key:
        unique_by(frame, reader.key, name)
    return Table(reader, frame, rows_in, version, _years(frame, reader.years), notes.lines())


def _check_edition(reader: Reader, raw: pl.DataFrame, rows_in: int, name: str) -> None:
    source = catalogue()[reader.source]
    known = max((file.rows or 0 for file in source.known(reader.table)), default=0)
    if reader.edition is not None:
        found = [str(value).strip() for value in raw["version"].unique(maintain_order=True)]
        odd = [value for value in found if same_version(value) != same_version(reader.edition)]
        if odd:
            last = str(raw["version"][-1])
            if len(odd) == 1 and last.strip() == odd[0] and raw["version"].eq(odd[0]).sum() == 1:
                raise TruncatedFileError(
                    f"{name} breaks off in its last value (version {odd[0]!r} in the last row).",
                    "the copy or download stopped early; get it again.",
                )
            raise ForeignLayoutError(
                f"{name} mixes versions: {', '.join(found)}.",
                "import one edition a file.",
            )
    if reader.whole and rows_in < known:
        raise TruncatedFileError(
            f"{name} has {rows_in} rows; {source.title} {source.version} has {known}.",
            "the copy or download stopped early, or rows were taken out; get it again.",
        )


def same_version(value: object) -> str:
    """A version as written by a spreadsheet, in one form: "3" and "3.0" are the same edition."""
    try:
        return f"{float(str(value)):g}"
    except ValueError:
        return str(value).strip()
