"""What kind of file this is, from its bytes and header: never from its name."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from foedus.errors import TruncatedFileError

if TYPE_CHECKING:
    import polars as pl

Kind = Literal["text", "parquet", "stata", "empty", "other"]
_HEAD = 1 << 16
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive (or an Excel workbook): unpack it, or save it as CSV"),
    (b"\x1f\x8b", "a gzip archive: unpack it"),
    (b"BZh", "a bzip2 archive: unpack it"),
    (b"\xfd7zXZ", "an xz archive: unpack it"),
    (b"7z\xbc\xaf", "a 7-Zip archive: unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file: save it as CSV"),
    (b"$FL2", "an SPSS file: convert it to CSV"),
    (b"$FL3", "an SPSS file: convert it to CSV"),
    (b"RDX", "an R data file: write it out as CSV"),
    (b"%PDF", "a PDF document, not data"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x89PNG", "a picture, not data"),
    (b"<!DOCTYPE", "a web page, not data: the download was probably a log-in or error page"),
    (b"<html", "a web page, not data: the download was probably a log-in or error page"),
)
#: The register's header comes after a preamble; its first words tell it apart.
SIPRI_HEADER = "Recipient,Supplier,Year of order"


@dataclass(frozen=True, slots=True)
class Shape:
    """The outside of a file: kind, delimiter, header as written, first data record.

    ``columns`` are lower-case and stripped, empty names kept as "". ``skip`` lines come before the
    header; ``header`` is False where the first line is already data.
    """

    path: Path
    kind: Kind
    size: int
    columns: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    delimiter: str = ","
    skip: int = 0
    what: str = ""

    def value(self, column: str) -> str | None:
        """The first record's value of a column, None where there is none."""
        if column in self.columns and len(self.first) > self.columns.index(column):
            return self.first[self.columns.index(column)].strip()
        return None


def _as_windows(problem: UnicodeError) -> tuple[str, int]:
    # Old exports mix UTF-8 with Windows-1252; the few bytes that page leaves open are Latin-1.
    assert isinstance(problem, UnicodeDecodeError)
    bad = problem.object[problem.start : problem.end]
    try:
        return bad.decode("cp1252"), problem.end
    except UnicodeDecodeError:
        return bad.decode("latin-1"), problem.end


codecs.register_error("foedus-windows", _as_windows)


def decode(content: bytes) -> tuple[str, bool]:
    """Text with ``\\n`` line ends, and whether bytes outside UTF-8 were read as Windows-1252."""
    try:
        decoded, mixed = content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        decoded, mixed = content.decode("utf-8", "foedus-windows").removeprefix("\ufeff"), True
    return decoded.replace("\r\n", "\n").replace("\r", "\n"), mixed


def as_utf8(content: bytes) -> tuple[bytes, bool]:
    """Like `decode`, as UTF-8 bytes: a large file that is in order already is not copied."""
    if b"\r" not in content and not content.startswith(codecs.BOM_UTF8):
        try:
            if not content.isascii():
                content.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return content, False
    decoded, mixed = decode(content)
    return decoded.encode(), mixed


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def sniff(path: Path, name: str) -> Shape:
    """Look at a file's outside. TruncatedFileError for a Parquet file without its footer.

    ``name`` is what messages call the file.
    """
    size = path.stat().st_size
    with path.open("rb") as handle:
        head = handle.read(_HEAD)
        handle.seek(max(0, size - 4))
        tail = handle.read(4)
    if not head:
        return Shape(path, "empty", 0, what="an empty file")
    if head.startswith(b"PAR1"):
        if tail != b"PAR1":
            raise TruncatedFileError(
                f"{name} begins as a Parquet file but has no footer ({size} bytes).",
                "the copy or download stopped early; get it again.",
            )
        return _parquet(path, size, name)
    if head[:1] in b"qrs" and head[1:3] in (b"\x01\x01", b"\x02\x01"):
        return Shape(path, "stata", size, columns=_stata_names(head), what="a Stata file")
    if head.startswith(b"<stata_dta>"):
        return Shape(path, "stata", size, what="a Stata file")
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return Shape(path, "other", size, what=what)
    if b"\0" in head:
        return Shape(path, "other", size, what="a binary file of a kind foedus does not know")
    return _text(path, size, head)


def _parquet(path: Path, size: int, name: str) -> Shape:
    first = read_parquet(path, name, rows=1)
    columns = tuple(column.strip().lower() for column in first.columns)
    values = tuple(str(value) for value in first.row(0)) if first.height else ()
    return Shape(path, "parquet", size, columns=columns, first=values)


def read_parquet(path: Path, name: str, rows: int | None = None) -> pl.DataFrame:
    """A Parquet file as it is; TruncatedFileError when its inside is damaged."""
    import polars as pl

    try:
        return pl.read_parquet(path, n_rows=rows)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as problem:
        raise TruncatedFileError(
            f"{name} is a damaged Parquet file ({str(problem).splitlines()[0]}).", "get it again."
        ) from problem


def _stata_names(head: bytes) -> tuple[str, ...]:
    # Formats 113-115: 109 bytes of header, one type byte a variable, then names of 33 bytes.
    order: Literal["little", "big"] = "little" if head[1] == 2 else "big"
    count = int.from_bytes(head[4:6], order)
    start = 109 + count
    names = (head[start + 33 * i : start + 33 * (i + 1)] for i in range(count))
    return tuple(name.split(b"\0")[0].decode("latin-1").lower() for name in names)


def _text(path: Path, size: int, head: bytes) -> Shape:
    lines = decode(head)[0].split("\n")
    skip = next((i for i, line in enumerate(lines[:40]) if line.startswith(SIPRI_HEADER)), 0)
    if not skip:
        skip = next((i for i, line in enumerate(lines) if line.strip()), 0)
    header = lines[skip]
    delimiter = max("\t,;|", key=header.count)
    columns = _record(header, delimiter)
    first = _record(lines[skip + 1], delimiter) if len(lines) > skip + 1 else ()
    return Shape(
        path,
        "text",
        size,
        columns=tuple(column.strip().lower() for column in columns),
        first=first,
        delimiter=delimiter,
        skip=skip,
    )


def _record(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader(io.StringIO(line), delimiter=delimiter), ()))
    except csv.Error:
        return tuple(line.split(delimiter))
