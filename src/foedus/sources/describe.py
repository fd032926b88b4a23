"""The catalogue: what each external data set is, whose it is, on what terms, and where it lives."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from foedus.errors import MissingDataError, did_you_mean


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file of an edition foedus has seen: its SHA-256 and data rows are facts about it."""

    name: str
    table: str
    sha256: str | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """An address of the publisher's own; ``mirrors`` are tried in order when it fails."""

    url: str
    filename: str
    sha256: str | None = None
    mirrors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One edition of a data set.

    ``downloads`` is empty where the publisher gives no stable public address, asks for a log-in,
    or does not want automatic download; ``manual`` then says what to fetch by hand.
    """

    id: str
    title: str
    publisher: str
    version: str
    span: tuple[int, int]
    terms: str
    citation: str
    homepage: str
    tables: tuple[str, ...]
    files: tuple[KnownFile, ...] = ()
    downloads: tuple[Download, ...] = ()
    note: str = ""
    manual: str = ""

    def known(self, table: str) -> tuple[KnownFile, ...]:
        """The files on record for one table of this source."""
        return tuple(file for file in self.files if file.table == table)


@cache
def _catalogue() -> dict[str, Source]:
    text = resources.files("foedus.sources").joinpath("catalogue.toml").read_text("utf-8")
    sources: dict[str, Source] = {}
    for ident, entry in tomllib.loads(text).items():
        files = tuple(KnownFile(**file) for file in entry.pop("files", []))
        downloads = tuple(
            Download(**{**item, "mirrors": tuple(item.get("mirrors", ()))})
            for item in entry.pop("downloads", [])
        )
        first, last = entry.pop("span")
        sources[ident] = Source(
            id=ident,
            span=(first, last),
            tables=tuple(entry.pop("tables")),
            files=files,
            downloads=downloads,
            **entry,
        )
    return sources


def catalogue() -> dict[str, Source]:
    """All sources foedus knows, by id, in the order of the catalogue file."""
    return dict(_catalogue())


def find_source(ident: str) -> Source:
    """The source with that id; MissingDataError with the closest ids otherwise."""
    known = _catalogue()
    if ident in known:
        return known[ident]
    raise MissingDataError(
        f"the catalogue has no source {ident!r}.",
        did_you_mean(ident, known) or "`foedus data list` shows all ids.",
    )


def source_of(table: str) -> Source | None:
    """The source that holds ``table``, or None."""
    return next((item for item in _catalogue().values() if table in item.tables), None)


def same_version(value: object) -> str:
    """A version as written by a spreadsheet, in one form: "3" and "3.0" are the same edition."""
    try:
        return f"{float(str(value)):g}"
    except ValueError:
        return str(value).strip()
