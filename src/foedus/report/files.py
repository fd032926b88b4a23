"""Writes a report to disk: whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import OutputError, UsageError
from foedus.files import write_atomically

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment

SUFFIXES = (".html", ".md", ".json")


def write(assessment: Assessment, path: str | Path, suffix: str | None = None) -> Path:
    """Write the report in the format its suffix names (.html, .md, .json) and return the path.

    ``suffix`` decides where the path's own does not. Raises UsageError for another suffix,
    OutputError where the file cannot be written, MissingExtraError where HTML lacks its packages.
    """
    target = Path(path)
    kind = report_kind(target, suffix)
    from foedus import report

    render = {
        ".html": report.to_html,
        ".md": report.to_markdown,
        ".json": report.to_json,
    }[kind]
    # A folder that cannot be written is found out before the work of rendering, not after.
    check_target(target)
    write_text(target, render(assessment))
    return target


def report_kind(target: Path, suffix: str | None = None) -> str:
    """The format a target asks for; UsageError where there is none by that suffix."""
    kind = (suffix or target.suffix).lower()
    if kind == ".pdf":
        raise UsageError(
            f"PDF is not written by this version ({target.name}).",
            "write .html and print it from a browser; its print layout is A4",
        )
    if kind not in SUFFIXES:
        raise UsageError(
            f"no report format goes by the suffix {kind or '(none)'!r} of {target.name!r}.",
            f"use one of {', '.join(SUFFIXES)}",
        )
    return kind


def check_target(target: Path) -> None:
    """Raise OutputError when the target can be seen not to be writable."""
    if target.is_dir():
        raise OutputError(f"{target} is a folder.", "name a file, such as report.html")
    if target.exists() and not target.is_file():
        raise OutputError(f"{target} is not a regular file.", "name a file, such as report.html")
    folder = target.resolve().parent
    if not folder.is_dir():
        raise OutputError(f"there is no folder {folder}.", f"create it first: mkdir -p {folder}")


def write_text(target: Path, text: str) -> None:
    """Replace the file by the text in one step; on any failure the old file stays as it was."""
    write_bytes(target, text.encode("utf-8"))


def write_bytes(target: Path, data: bytes) -> None:
    """As `write_text`, for bytes."""
    try:
        write_atomically(target, data)
    except OSError as problem:
        raise OutputError(
            f"cannot write {target}: {problem.strerror or problem}; nothing was left behind.",
            "choose a folder you can write to with --out, or free some space",
        ) from None
