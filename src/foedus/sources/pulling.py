"""`foedus data pull`: fetch from the publishers' addresses, unpack, then import like a folder."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import CacheError, FoedusError, MissingDataError, TruncatedFileError
from foedus.sources.cache import Cache, cache_error
from foedus.sources.describe import Download, Source, catalogue, find_source
from foedus.sources.download import Fetched, Manners, fetch
from foedus.sources.importing import ImportReport, Progress, import_folder
from foedus.sources.lock import writing

#: Called with the file's name, the bytes there are and the bytes expected (None if unknown).
PullMeter = Callable[[str, int, int | None], None]
#: An archive that unpacks to more than this is not one of the data sets in the catalogue.
_MOST_BYTES = 4 << 30


@dataclass(frozen=True, slots=True)
class Pulled:
    """One source fetched: the files and what importing them did."""

    source_id: str
    files: tuple[Fetched, ...]
    imported: ImportReport


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull did: sources fetched, left as they are, and failed with a named error."""

    pulled: tuple[Pulled, ...]
    present: tuple[str, ...]
    failed: tuple[tuple[str, FoedusError], ...]


def _wanted(source_ids: Sequence[str]) -> list[Source]:
    if not source_ids:
        return [source for source in catalogue().values() if source.downloads]
    wanted = [find_source(ident) for ident in source_ids]
    for source in wanted:
        if not source.downloads:
            raise MissingDataError(
                f"{source.title} {source.version} ({source.id}) is not fetched automatically; "
                f"see {source.homepage}.",
                f"{source.manual or 'get it by hand.'} Then run `foedus data import DIR`.",
            )
    return wanted


def pull(
    source_ids: Sequence[str] = (),
    cache: Cache | None = None,
    *,
    refresh: bool = False,
    manners: Manners | None = None,
    progress: Progress | None = None,
    meter: PullMeter | None = None,
) -> PullReport:
    """Fetch the named sources (all that can be, when none is named) and import them.

    A source with an imported table of its own is left as it is unless ``refresh``. One that fails
    does not stop the others. Raises MissingDataError for a source that is unknown or has to be
    fetched by hand, CacheError when the cache cannot be written.
    """
    cache = cache or Cache()
    say = progress or (lambda _: None)
    pulled: list[Pulled] = []
    present: list[str] = []
    failed: list[tuple[str, FoedusError]] = []
    for source in _wanted(source_ids):
        if not refresh and any(cache.has(table) for table in source.tables):
            present.append(source.id)
            say(f"{source.id}: imported already, left as it is")
            continue
        try:
            pulled.append(_pull_one(source, source.downloads, cache, manners, say, meter))
        except CacheError:
            raise
        except FoedusError as problem:
            failed.append((source.id, problem))
            say(f"{source.id}: {type(problem).__name__}, see below")
    return PullReport(tuple(pulled), tuple(present), tuple(failed))


def _pull_one(
    source: Source,
    downloads: Sequence[Download],
    cache: Cache,
    manners: Manners | None,
    say: Progress,
    meter: PullMeter | None,
) -> Pulled:
    folder = cache.root / "downloads" / source.id
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with writing(folder / ".lock"):
            files = tuple(_fetch(item, folder, manners, say, meter) for item in downloads)
            with tempfile.TemporaryDirectory(prefix=".unpacked-", dir=folder) as staging:
                for file in files:
                    _lay_out(file.path, Path(staging))
                report = import_folder(Path(staging), cache, progress=progress_of(say))
    except OSError as problem:
        raise cache_error(problem, folder, f"fetching {source.id}") from problem
    if report.failed and not report.sources:
        raise report.failed[0].error
    if not report.sources:
        names = ", ".join(f"{item.path}: {item.why}" for item in report.unrecognised)
        raise MissingDataError(
            f"{source.id}: what was fetched holds no table foedus reads ({names}).",
            f"the publisher may have changed the layout; see {source.homepage}.",
        )
    return Pulled(source.id, files, report)


def progress_of(say: Progress) -> Progress:
    """Import lines, indented under the source they belong to."""
    return lambda line: say(f"  {line}")


def _fetch(
    item: Download, folder: Path, manners: Manners | None, say: Progress, meter: PullMeter | None
) -> Fetched:
    say(f"{item.url}")
    tick = (lambda done, total: meter(item.filename, done, total)) if meter else None
    return fetch(item, folder, manners=manners, meter=tick)


def _lay_out(file: Path, staging: Path) -> None:
    """Put a plain file into the staging folder, or what an archive holds (one level of nesting)."""
    if not zipfile.is_zipfile(file):
        if file.suffix == ".zip":
            raise TruncatedFileError(
                f"{file.name} is not a whole ZIP archive.", "pull it again with --refresh."
            )
        shutil.copyfile(file, staging / file.name)
        return
    _unpack(file, staging)
    for inner in sorted(staging.rglob("*.zip")):
        if zipfile.is_zipfile(inner):
            _unpack(inner, inner.with_suffix(""))
            inner.unlink()


def _unpack(archive: Path, target: Path) -> None:
    try:
        with zipfile.ZipFile(archive) as bundle:
            if sum(info.file_size for info in bundle.infolist()) > _MOST_BYTES:
                raise TruncatedFileError(
                    f"{archive.name} claims to unpack to more than {_MOST_BYTES >> 30} GB.",
                    "it is not the data set it should be; look at it by hand.",
                )
            # extractall drops absolute paths and "..".
            bundle.extractall(target)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as problem:
        raise TruncatedFileError(
            f"{archive.name} is a damaged ZIP archive ({problem}).", "pull it again with --refresh."
        ) from problem
