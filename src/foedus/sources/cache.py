"""The local warehouse: one Parquet file a table, with a JSON record of where it came from."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import CacheError, MissingDataError
from foedus.files import write_atomically
from foedus.sources.describe import catalogue, source_of
from foedus.sources.lock import writing

if TYPE_CHECKING:
    import polars as pl

#: Key of the original's digest in the Parquet file's own metadata.
_DIGEST = "foedus.sha256"
_REIMPORT = "run `foedus data import DIR` again; the table is then rebuilt."


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a table came from and what foedus did to it.

    ``file`` is the name relative to the folder that was imported, ``sha256`` and ``size`` are those
    of the original, ``rows_in`` its data lines, ``rows`` those of the table; ``span`` is the first
    and last year found, None where the table has no years.
    """

    table: str
    source_id: str
    version: str
    file: str
    sha256: str
    size: int
    rows_in: int
    rows: int
    span: tuple[int, int] | None
    on_record: bool
    reader_version: int
    imported_at: str
    parquet_sha256: str
    parquet_size: int
    columns: tuple[str, ...]
    notes: tuple[str, ...]

    @classmethod
    def from_json(cls, text: str) -> Provenance:
        raw: dict[str, Any] = json.loads(text)
        for name in ("columns", "notes"):
            raw[name] = tuple(raw[name])
        raw["span"] = tuple(raw["span"]) if raw["span"] else None
        return cls(**raw)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class TableStatus:
    """One line of `foedus data status` and `list`, as the contract has it, plus the table."""

    id: str
    table: str
    version: str
    rows: int | None
    span: tuple[int, int] | None
    sha256: str | None
    imported: bool
    imported_at: str | None = None
    file: str | None = None


def default_root() -> Path:
    """FOEDUS_HOME, or the user's cache folder."""
    configured = os.environ.get("FOEDUS_HOME")
    if configured:
        return Path(configured).expanduser()
    import platformdirs

    return Path(platformdirs.user_cache_dir("foedus", appauthor=False))


def cache_error(problem: OSError, path: Path, doing: str) -> CacheError:
    """A CacheError that says what failed, where, and what to do about that kind of failure."""
    hints = {
        errno.ENOSPC: "free some space, or set FOEDUS_HOME to a folder on another disk.",
        errno.EDQUOT: "your quota is used up; set FOEDUS_HOME to a folder elsewhere.",
        errno.EFBIG: "the system limits the size of files here; raise the limit (ulimit -f).",
        errno.EROFS: "the file system is read-only; set FOEDUS_HOME to a folder you can write to.",
        errno.EACCES: "set FOEDUS_HOME to a folder you can write to.",
        errno.EPERM: "set FOEDUS_HOME to a folder you can write to.",
        errno.ENOTDIR: "a part of the path is a file; set FOEDUS_HOME to a folder.",
        errno.EEXIST: "a file stands where the folder should be; set FOEDUS_HOME elsewhere.",
    }
    reason = problem.strerror or str(problem)
    return CacheError(
        f"{doing} failed in {path}: {reason}. Nothing half-written was left.",
        hints.get(problem.errno or 0, "check the folder, or set FOEDUS_HOME to another one."),
    )


class Cache:
    """Imported tables under ``root``: ``tables/NAME.parquet`` and ``tables/NAME.json``."""

    def __init__(self, root: Path | str | None = None) -> None:
        self.root = Path(root).expanduser() if root is not None else default_root()

    @property
    def tables(self) -> Path:
        return self.root / "tables"

    def _parquet(self, table: str) -> Path:
        return self.tables / f"{table}.parquet"

    def _record(self, table: str) -> Path:
        return self.tables / f"{table}.json"

    @contextmanager
    def open_for_writing(self, *, wait: float = 10.0) -> Iterator[None]:
        """Create the folders, take the lock, clear what a killed import left; CacheError if not."""
        try:
            self.tables.mkdir(parents=True, exist_ok=True)
            lock = writing(self.root / "lock", wait=wait)
            lock.__enter__()
        except OSError as problem:
            raise cache_error(problem, self.root, "opening the cache for writing") from problem
        try:
            try:
                for stale in self.tables.glob(".*.tmp"):
                    stale.unlink(missing_ok=True)
            except OSError as problem:
                raise cache_error(problem, self.root, "clearing old temporary files") from problem
            yield
        finally:
            lock.__exit__(None, None, None)

    def has(self, table: str) -> bool:
        """True when the table and its record are both there."""
        return self._record(table).is_file() and self._parquet(table).is_file()

    def provenance(self, table: str) -> Provenance:
        """The record of an imported table; MissingDataError when it was never imported."""
        try:
            return Provenance.from_json(self._record(table).read_text("utf-8"))
        except FileNotFoundError:
            raise self._missing(table) from None
        except NotADirectoryError:
            raise self._missing(table) from None
        except (OSError, ValueError, TypeError, KeyError) as problem:
            raise CacheError(
                f"the record {self._record(table)} cannot be read ({problem}).", _REIMPORT
            ) from problem

    def _missing(self, table: str) -> MissingDataError:
        source = source_of(table)
        if source is None:
            return MissingDataError(
                f"there is no table {table!r}.", "`foedus data list` shows all tables."
            )
        pull = f", or `foedus data pull {source.id}`" if source.downloads else ""
        return MissingDataError(
            f"{table} ({source.title} {source.version}) has not been imported into {self.root}.",
            f"`foedus data import DIR` with a folder that holds it{pull}.",
        )

    def load(self, table: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """The table as a Polars frame, or only ``columns`` of it.

        Raises MissingDataError when it has not been imported, CacheError when the Parquet file and
        its record do not belong together (torn write, edited file).
        """
        import polars as pl

        record = self.provenance(table)
        path = self._parquet(table)
        if not path.is_file():
            raise self._missing(table)
        if path.stat().st_size != record.parquet_size:
            raise self._torn(table, f"{path.stat().st_size} bytes, not {record.parquet_size}")
        try:
            digest = pl.read_parquet_metadata(path).get(_DIGEST)
            if digest != record.sha256:
                raise self._torn(table, "it was made from another original")
            frame = pl.read_parquet(path, columns=list(columns) if columns is not None else None)
        except pl.exceptions.ColumnNotFoundError:
            lacking = sorted(set(columns or ()) - set(record.columns))
            raise MissingDataError(
                f"{table} has no column {', '.join(lacking)}.",
                f"it has: {', '.join(record.columns)}.",
            ) from None
        except (pl.exceptions.PolarsError, OSError) as problem:
            raise self._torn(table, str(problem).splitlines()[0]) from problem
        if frame.width and frame.height != record.rows:
            raise self._torn(table, f"{frame.height} rows, not {record.rows}")
        return frame

    def _torn(self, table: str, what: str) -> CacheError:
        return CacheError(f"{self._parquet(table)} does not match its record: {what}.", _REIMPORT)

    def is_current(self, table: str, sha256: str, reader_version: int) -> bool:
        """True when the table was made whole from that original by that reader."""
        if not self.has(table):
            return False
        try:
            record = self.provenance(table)
        except CacheError:
            return False
        if (record.sha256, record.reader_version) != (sha256, reader_version):
            return False
        path = self._parquet(table)
        if path.stat().st_size != record.parquet_size:
            return False
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest() == record.parquet_sha256

    def store(self, frame: pl.DataFrame, **record: Any) -> Provenance:
        """Write one table and then its record (fields of Provenance); CacheError on failure.

        Call within `open_for_writing`. The Parquet file goes first: until its record follows, the
        table counts as not imported.
        """
        import io

        buffer = io.BytesIO()
        frame.write_parquet(
            buffer, compression="zstd", metadata={_DIGEST: record["sha256"]}, statistics=True
        )
        content = buffer.getvalue()
        made = Provenance(
            **record,
            rows=frame.height,
            parquet_sha256=hashlib.sha256(content).hexdigest(),
            parquet_size=len(content),
            columns=tuple(frame.columns),
        )
        try:
            write_atomically(self._parquet(made.table), content)
            write_atomically(self._record(made.table), made.to_json().encode())
        except OSError as problem:
            raise cache_error(problem, self.root, f"writing {made.table}") from problem
        return made

    def status(self, *, all_sources: bool = False) -> list[TableStatus]:
        """Imported tables in catalogue order; with ``all_sources``, those not imported too."""
        lines: list[TableStatus] = []
        for source in catalogue().values():
            for table in source.tables:
                if self.has(table):
                    lines.append(status_of(self.provenance(table)))
                elif all_sources:
                    lines.append(
                        TableStatus(
                            source.id, table, source.version, None, source.span, None, False
                        )
                    )
        return lines


def status_of(record: Provenance) -> TableStatus:
    """The status line of an imported table."""
    return TableStatus(
        id=record.source_id,
        table=record.table,
        version=record.version,
        rows=record.rows,
        span=record.span,
        sha256=record.sha256,
        imported=True,
        imported_at=record.imported_at,
        file=record.file,
    )
