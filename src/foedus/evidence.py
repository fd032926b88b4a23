"""Where a figure comes from, and the book that keeps every such record once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

#: verified: read at the source; reported: the source attributes it to somebody; unverified: known,
#: but not seen in a source; derived: computed by foedus from what ``processing`` names.
Status = Literal["verified", "reported", "unverified", "derived"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record: a source, the place in it, how sure the reading is, and what foedus did to it."""

    id: str
    source: str
    locator: str
    status: Status
    as_of: date | None = None
    url: str | None = None
    processing: str | None = None


@dataclass(slots=True)
class EvidenceBook:
    """Collects evidence; the same record given twice keeps one id.

    Ids are content digests, so they are the same in every run.
    """

    _records: dict[str, Evidence] = field(default_factory=dict)

    def add(
        self,
        source: str,
        locator: str,
        status: Status = "verified",
        *,
        as_of: date | None = None,
        url: str | None = None,
        processing: str | None = None,
    ) -> str:
        """Register a record and return its id (``e-`` and ten hex digits)."""
        key = "\x1f".join([source, locator, status, str(as_of), url or "", processing or ""])
        ident = "e-" + hashlib.sha256(key.encode()).hexdigest()[:10]
        self._records.setdefault(
            ident, Evidence(ident, source, locator, status, as_of, url, processing)
        )
        return ident

    def records(self) -> tuple[Evidence, ...]:
        """All records in the order they were first given."""
        return tuple(self._records.values())

    def __len__(self) -> int:
        return len(self._records)
