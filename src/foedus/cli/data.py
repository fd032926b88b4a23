"""`foedus data`: what external data there are, getting them, importing them, what is there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from foedus.cli import Format, emit, note

if TYPE_CHECKING:
    from foedus.sources import ImportReport, TableStatus

app = App(name="data", help="External data: list, pull, import, status.")
FormatOption = Annotated[Format, Parameter(name="--format")]
Quiet = Annotated[bool, Parameter(name=["--quiet", "-q"], negative="")]


@app.command(name="import")
def import_(folder: Path, /, *, format: FormatOption = "text", quiet: Quiet = False) -> None:
    """Recognise every file below FOLDER by its content and convert it once into the cache.

    Parameters
    ----------
    folder
        A folder of data files (or one file); names and subfolders do not matter.
    format
        text or json.
    quiet
        No progress on stderr.
    """
    from foedus.sources import Cache, import_folder

    cache = Cache()
    report = import_folder(folder, cache, progress=None if quiet else note)
    _render_import(report, cache.root, format)
    if report.failed:
        raise SystemExit(1)


def _render_import(report: ImportReport, root: Path, format: Format) -> None:
    if format == "json":
        emit(import_document(report))
    else:
        for line in _import_lines(report, root):
            print(line)
    for failure in report.failed:
        note(str(failure.error))


def import_document(report: ImportReport) -> dict[str, Any]:
    """The JSON document of an import."""
    return {
        "sources": [asdict(line) for line in report.sources],
        "unrecognised": [asdict(item) for item in report.unrecognised],
        "unchanged": list(report.unchanged),
        "remarks": list(report.remarks),
        "failed": [
            {
                "path": failure.path,
                "error": type(failure.error).__name__,
                "message": failure.error.message,
                "hint": failure.error.hint,
            }
            for failure in report.failed
        ],
    }


def _import_lines(report: ImportReport, root: Path) -> list[str]:
    fresh = len(report.sources) - len(report.unchanged)
    lines = [f"{fresh} tables imported into {root}, {len(report.unchanged)} unchanged."]
    lines += _table_lines(report.sources, unchanged=set(report.unchanged))
    if report.remarks:
        lines += ["", "Taken, and to be looked at:", *(f"  {remark}" for remark in report.remarks)]
    if report.unrecognised:
        lines += ["", f"Not taken ({len(report.unrecognised)}):"]
        lines += [f"  {item.path}: {item.why}" for item in report.unrecognised]
    if report.failed:
        lines += ["", f"Could not be read ({len(report.failed)}), see the errors:"]
        lines += [f"  {item.path}: {type(item.error).__name__}" for item in report.failed]
    return lines


def _span(span: tuple[int, int] | None) -> str:
    return f"{span[0]}-{span[1]}" if span else ""


def _table_lines(
    sources: tuple[TableStatus, ...] | list[TableStatus], unchanged: set[str] | None = None
) -> list[str]:
    width = max((len(line.table) for line in sources), default=0)
    made = []
    for line in sources:
        rows = f"{line.rows:>9,}" if line.rows is not None else f"{'-':>9}"
        mark = "  unchanged" if unchanged and line.table in unchanged else ""
        digest = line.sha256[:12] if line.sha256 else "not imported"
        made.append(f"  {line.table:<{width}} {rows}  {_span(line.span):<9}  {digest}{mark}")
    return made


@app.command
def status(*, format: FormatOption = "text") -> None:
    """Imported tables with their rows, span and the SHA-256 of the original.

    Parameters
    ----------
    format
        text or json.
    """
    from foedus.sources import Cache

    cache = Cache()
    lines = cache.status()
    if format == "json":
        emit({"root": str(cache.root), "sources": [asdict(line) for line in lines]})
        return
    print(f"{len(lines)} tables in {cache.root}" + (":" if lines else "."))
    for line in _table_lines(lines):
        print(line)
    if not lines:
        print("`foedus data import DIR` takes a folder of data files.")


@app.command(name="list")
def list_(*, format: FormatOption = "text") -> None:
    """The catalogue: every source with its terms, citation and whether it is imported.

    Parameters
    ----------
    format
        text or json.
    """
    from foedus.sources import Cache, catalogue

    known = catalogue()
    lines = Cache().status(all_sources=True)
    if format == "json":
        emit({"sources": [_described(line) for line in lines]})
        return
    for source in known.values():
        tables = [line for line in lines if line.id == source.id]
        have = sum(line.imported for line in tables)
        got = "fetched by `foedus data pull`" if source.downloads else "by hand"
        print(f"{source.id}  {source.title} {source.version}, {_span(source.span)}")
        print(f"  {source.publisher}; {source.homepage}")
        print(f"  terms: {source.terms}")
        print(f"  cite: {source.citation}")
        print(f"  {have} of {len(tables)} tables imported; {got}")


def _described(line: TableStatus) -> dict[str, Any]:
    from foedus.sources import catalogue

    source = catalogue()[line.id]
    return {
        **asdict(line),
        "title": source.title,
        "publisher": source.publisher,
        "terms": source.terms,
        "citation": source.citation,
        "homepage": source.homepage,
        "pull": bool(source.downloads),
        "note": source.note,
    }


@app.command
def pull(
    *sources: str,
    refresh: Annotated[bool, Parameter(negative="")] = False,
    format: FormatOption = "text",
    quiet: Quiet = False,
) -> None:
    """Fetch sources from their publishers and import them; all that can be fetched by default.

    Parameters
    ----------
    sources
        Ids as `foedus data list` shows them.
    refresh
        Fetch again what is imported already.
    format
        text or json.
    quiet
        No progress on stderr.
    """
    from foedus.sources import Cache
    from foedus.sources import pull as fetch_and_import

    cache = Cache()
    with _meter(quiet) as meter:
        report = fetch_and_import(
            sources, cache, refresh=refresh, progress=None if quiet else note, meter=meter
        )
    lines = [line for item in report.pulled for line in item.imported.sources]
    if format == "json":
        emit(
            {
                "sources": [asdict(line) for line in lines],
                "unrecognised": [
                    asdict(left) for item in report.pulled for left in item.imported.unrecognised
                ],
                "present": list(report.present),
                "failed": [
                    {"id": ident, "error": type(problem).__name__, "message": problem.message}
                    for ident, problem in report.failed
                ],
            }
        )
    else:
        print(
            f"{len(report.pulled)} sources fetched into {cache.root}, "
            f"{len(report.present)} there already, {len(report.failed)} failed."
        )
        for line in _table_lines(lines):
            print(line)
    problems = [problem for _, problem in report.failed]
    problems += [bad.error for item in report.pulled for bad in item.imported.failed]
    for problem in problems:
        note(str(problem))
    if problems:
        raise SystemExit(1)


@contextmanager
def _meter(quiet: bool) -> Iterator[Callable[[str, int, int | None], None] | None]:
    """A progress bar a file on stderr, when that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, TransferSpeedColumn(), console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def tick(name: str, done: int, total: int | None) -> None:
            task = tasks.get(name)
            if task is None:
                task = tasks[name] = bars.add_task(name, total=total)
            bars.update(task, completed=done, total=total)

        yield tick
