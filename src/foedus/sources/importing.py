"""`foedus data import`: recognise each file of a folder, convert it once, say what was left."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import FoedusError, ForeignLayoutError, MissingDataError
from foedus.sources.cache import Cache, TableStatus, status_of
from foedus.sources.describe import catalogue, same_version
from foedus.sources.elsewhere import known_elsewhere
from foedus.sources.sniff import Shape, sha256_of, sniff

if TYPE_CHECKING:
    from foedus.sources.readers import Reader

Progress = Callable[[str], None]
#: A file with this share of a layout's columns was probably meant to be of that layout.
_NEAR = 0.75
#: Layouts of fewer columns than this are too common to be guessed at.
_TELLING = 6


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A file that was not taken, by its path relative to the folder, and why."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was meant for a table and could not be read."""

    path: str
    error: FoedusError


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    ``sources`` has every table found in the folder (new or as it was), ``unchanged`` the names of
    those left as they were, ``failed`` the files with a named error, ``remarks`` what was taken and
    still deserves a look.
    """

    sources: tuple[TableStatus, ...]
    unrecognised: tuple[Unrecognised, ...]
    unchanged: tuple[str, ...]
    failed: tuple[Failure, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    shape: Shape
    reader: Reader
    sha256: str
    on_record: bool


def files_below(folder: Path, without: Path) -> Iterator[Path]:
    """All files of a folder in a stable order.

    Hidden files and folders are passed over, and so is ``without`` (the cache itself).
    """
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and (Path(root) / name).resolve() != without
        )
        for name in sorted(names):
            path = Path(root) / name
            if not name.startswith(".") and path.is_file():
                yield path


def recognise(shape: Shape, name: str) -> Reader | str:
    """The reader a file is for, or why there is none.

    Raises ForeignLayoutError when most of a layout's columns are there but not all.
    """
    from foedus.sources.readers import READERS

    if shape.kind in ("empty", "other"):
        return shape.what
    elsewhere = known_elsewhere(shape)
    if elsewhere is not None:
        return elsewhere
    if shape.kind == "stata":
        return "a Stata file: write it out as CSV"
    fitting = [reader for reader in READERS if reader.fits(shape)]
    if fitting:
        return max(fitting, key=lambda reader: len(reader.needs))
    _refuse_near_miss(shape, name)
    if len(shape.columns) < 2 and shape.kind == "text":
        return "text without a table"
    shown = ", ".join(shape.columns[:6]) + (", ..." if len(shape.columns) > 6 else "")
    return f"no layout foedus knows has these columns: {shown}"


def _refuse_near_miss(shape: Shape, name: str) -> None:
    from foedus.sources.frames import lacking_columns
    from foedus.sources.readers import READERS

    best = max(
        (reader for reader in READERS if len(reader.needs) >= _TELLING),
        key=lambda reader: reader.nearness(shape),
    )
    if best.nearness(shape) < _NEAR:
        return
    source = catalogue()[best.source]
    atop = best.source.startswith("atop")
    editions = "; foedus reads 3.0, 4.0, 4.01, 5.x." if atop else "."
    lacking = sorted(best.needs - set(shape.columns))
    if lacking:
        hint = f"this looks like {source.title}{editions}"
        raise lacking_columns(name, lacking, shape.columns, hint)
    raise ForeignLayoutError(
        f"{name} has the columns of {source.title}, but its version is "
        f"{shape.value('version') or 'missing'}.",
        f"this edition is not known{editions}",
    )


def import_folder(
    path: Path | str,
    cache: Cache | None = None,
    *,
    progress: Progress | None = None,
    lock_wait: float = 10.0,
) -> ImportReport:
    """Import every file below ``path`` (or the one file) that foedus can read into the cache.

    Each table is its own atomic step, so an import that was killed goes on where it stopped. A bad
    file does not stop the others; it is in ``failed``. Raises MissingDataError when the path is not
    there, CacheError when the cache cannot be written (disk full, read-only, locked): tables
    written before that stay.
    """
    folder = Path(path)
    cache = cache or Cache()
    say = progress or (lambda _: None)
    if not folder.exists():
        raise MissingDataError(f"there is no folder {folder}.", "check the path.")
    own = cache.root.resolve()
    paths = [folder] if folder.is_file() else list(files_below(folder, own))
    base = folder.parent if folder.is_file() else folder
    with cache.open_for_writing(wait=lock_wait):
        unrecognised: list[Unrecognised] = []
        failed: list[Failure] = []
        chosen: dict[str, _Candidate] = {}
        for file in paths:
            name = file.relative_to(base).as_posix()
            try:
                found = _candidate(file, name)
            except FoedusError as problem:
                failed.append(Failure(name, problem))
                continue
            except OSError as problem:
                unrecognised.append(Unrecognised(name, f"cannot be read: {problem.strerror}"))
                continue
            if isinstance(found, str):
                unrecognised.append(Unrecognised(name, found))
                continue
            rival = chosen.get(found.reader.table)
            if rival is not None:
                # Two files of one table: the edition on record wins, else the first by name.
                if found.on_record and not rival.on_record:
                    found, rival = rival, found
                    chosen[rival.reader.table] = rival
                unrecognised.append(Unrecognised(found.name, _doubled(found, rival)))
                continue
            chosen[found.reader.table] = found
        remarks: list[str] = []
        sources, unchanged = _convert(cache, list(chosen.values()), failed, remarks, say)
    return ImportReport(
        tuple(sources),
        tuple(sorted(unrecognised, key=lambda item: item.path)),
        tuple(unchanged),
        tuple(sorted(failed, key=lambda item: item.path)),
        tuple(remarks),
    )


def _doubled(left_out: _Candidate, taken: _Candidate) -> str:
    if left_out.sha256 == taken.sha256:
        return f"the same bytes as {taken.name}"
    return f"a second file for the table {taken.reader.table}; {taken.name} was taken"


def _candidate(file: Path, name: str) -> _Candidate | str:
    shape = sniff(file, name)
    found = recognise(shape, name)
    if isinstance(found, str):
        return found
    digest = sha256_of(file)
    on_record = any(
        digest == known.sha256 for known in catalogue()[found.source].known(found.table)
    )
    return _Candidate(name, shape, found, digest, on_record)


def _version(item: _Candidate, stated: str | None) -> str:
    """The edition: the catalogue's when the file is the one on record or says the same number."""
    known = catalogue()[item.reader.source].version
    if item.on_record or (stated is not None and stated == same_version(known)):
        return known
    return stated or f"not stated in the file (layout of {known})"


def _doubts(item: _Candidate, rows: int) -> tuple[str, ...]:
    """A file that names no edition and is shorter than the copy on record may be cut: say so."""
    known = max(
        (file.rows or 0 for file in catalogue()[item.reader.source].known(item.reader.table)),
        default=0,
    )
    if item.on_record or rows >= known:
        return ()
    return (
        f"{rows:,} rows where the copy on record has {known:,}: an earlier edition, a selection, "
        "or a file cut short",
    )


def _convert(
    cache: Cache,
    candidates: list[_Candidate],
    failed: list[Failure],
    remarks: list[str],
    say: Progress,
) -> tuple[list[TableStatus], list[str]]:
    from foedus.sources.readers import read

    sources: list[TableStatus] = []
    unchanged: list[str] = []
    for item in candidates:
        table = item.reader.table
        if cache.is_current(table, item.sha256, item.reader.version):
            unchanged.append(table)
            sources.append(status_of(cache.provenance(table)))
            say(f"{item.name}: {table}, unchanged")
            continue
        try:
            made = read(item.reader, item.shape, item.name)
        except FoedusError as problem:
            failed.append(Failure(item.name, problem))
            say(f"{item.name}: not taken, see below")
            continue
        except OSError as problem:
            trouble = ForeignLayoutError(
                f"{item.name} cannot be read ({problem.strerror}).", "check the file."
            )
            failed.append(Failure(item.name, trouble))
            continue
        doubts = _doubts(item, made.rows_in)
        remarks += [f"{item.name}: {doubt}" for doubt in doubts]
        record = cache.store(
            made.frame,
            table=table,
            source_id=item.reader.source,
            version=_version(item, made.version),
            file=item.name,
            sha256=item.sha256,
            size=item.shape.size,
            rows_in=made.rows_in,
            span=made.span,
            on_record=item.on_record,
            reader_version=item.reader.version,
            imported_at=datetime.now(UTC).isoformat(timespec="seconds"),
            notes=(*doubts, *made.notes),
        )
        sources.append(status_of(record))
        say(f"{item.name}: {table}, {record.rows:,} rows")
    return sources, unchanged
