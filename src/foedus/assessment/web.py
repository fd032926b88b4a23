"""All alliances on the time line, from imported data: covariates for any of them, on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from foedus.assessment.covariates import Covariates, row_year_for
from foedus.durability.reference import Case, ReferenceStats, cases, reference_class
from foedus.panel import (
    FIRST,
    NAMES,
    WORLD_TABLES,
    Context,
    World,
    alliance_years,
    build_world,
    context_of,
)
from foedus.register import AllianceTable, alliances, curated, imported_alliances
from foedus.sources import Cache


@dataclass(frozen=True)
class Web:
    """Built once for a run. ``panel`` holds the rows asked for; ``known`` the classes' members."""

    register: AllianceTable
    world: World
    context: Context
    panel: pl.DataFrame
    known: list[Case]
    subjects: dict[str, Case]
    twins: dict[str, frozenset[str]]
    provenance: dict[str, dict[str, str]]

    def rows(self, alliance_id: str) -> list[dict]:
        """Rows of the alliance-year table as plain records."""
        mine = self.panel.filter(pl.col("alliance_id") == alliance_id).sort("year")
        return mine.select("alliance_id", "year", *NAMES).to_dicts()

    def reference(self, alliance_id: str, as_of: date) -> ReferenceStats | None:
        """The reference class as known on a day, without the alliance itself."""
        subject = self.subjects.get(alliance_id)
        if subject is None:
            return None
        own = self.twins.get(alliance_id, frozenset())
        return reference_class(subject, [c for c in self.known if c.id not in own], as_of)

    def other_ties(self, alliance_id: str, pair: tuple[int, int], year: int) -> int:
        """Other treaties that bound the pair at the end of the year before ``year``."""
        span = next(s for s in self.context.spans if s.id == alliance_id)
        i, j = self.world.index(pair[0]), self.world.index(pair[1])
        return self._other(span.signed.year, i, j, year)

    def _other(self, signed_year: int, i: int, j: int, year: int) -> int:
        count = int(self.context.web.pair[i, j, year - 1 - FIRST])
        return max(count - (1 if signed_year <= year - 1 else 0), 0)

    def tie_runs(self, alliance_id: str, last: int) -> list[dict]:
        """Other ties of every pair of members, written down only when the number changes."""
        span = next((s for s in self.context.spans if s.id == alliance_id), None)
        if span is None:
            return []
        stop = min(span.ended.year if span.ended else last, last)
        out = []
        rows = np.unique(span.rows)
        for a, i in enumerate(rows):
            for j in rows[a + 1 :]:
                before = None
                for year in range(span.signed.year, stop + 1):
                    now = self._other(span.signed.year, i, j, year)
                    if now != before:
                        c1, c2 = sorted((int(self.world.states[i]), int(self.world.states[j])))
                        out.append(
                            {
                                "alliance_id": alliance_id,
                                "ccode1": c1,
                                "ccode2": c2,
                                "from_year": year,
                                "other": now,
                            }
                        )
                        before = now
        return out

    def covariates(self, alliance_id: str, pair: tuple[int, int], as_of: date) -> Covariates:
        """Covariates of any alliance on a day, for the tie of ``pair`` (COW codes)."""
        rows = {r["year"]: r for r in self.rows(alliance_id)}
        year = row_year_for(sorted(rows), as_of)
        return Covariates(
            alliance_id=alliance_id,
            row_year=year,
            factors={n: rows[year][n] for n in NAMES},
            history={n: {y: rows[y][n] for y in sorted(rows) if y <= year} for n in NAMES},
            reference=self.reference(alliance_id, date(year - 1, 12, 31)),
            other_ties=self.other_ties(alliance_id, pair, year),
            multilateral=rows[year]["bilateral"] == 0,
            spans=self.world.spans,
            origin="computed from imported data",
            sources=self.provenance,
        )

    def sources(self, cache: Cache) -> dict[str, dict[str, str]]:
        """Version and hash of every table the web was built from."""
        return provenance(cache)


def provenance(cache: Cache) -> dict[str, dict[str, str]]:
    """Table -> source id, version and SHA-256 of the publisher's file."""
    out = {}
    for table in ("atop_4_01_alliance", "atop_4_01_member", *WORLD_TABLES):
        record = cache.provenance(table)
        out[table] = {
            "source": record.source_id,
            "version": record.version,
            "sha256": record.sha256,
        }
    return out


def build_web(cache: Cache, *, last: int, only: set[str]) -> Web:
    """Assemble curated and imported alliances; rows are written out for ``only``.

    Ending rates of the era and the reference classes come from ATOP alone, which followed every
    alliance until its last year; the curated register follows only its own.
    """
    imported = imported_alliances(cache)
    register = alliances(cache)
    world = build_world(cache.load)
    atop = context_of(imported.alliances, imported.members, world)
    context = context_of(register.alliances, register.members, world, era=atop.era)
    panel = alliance_years(
        register.alliances, register.members, world, last=last, context=context, only=only
    )
    atop_last = imported.covered_to.year
    first_rows = alliance_years(
        imported.alliances, imported.members, world, last=atop_last, context=atop, first_only=True
    )
    known = cases(atop.spans, first_rows)
    mine = cases([s for s in context.spans if s.id in only], panel)
    twins = {
        t.id: frozenset(f"atop-{n}" for n in (t.atop_id, *t.atop_also) if n is not None)
        for t in curated().values()
    }
    return Web(
        register=register,
        world=world,
        context=context,
        panel=panel,
        known=known,
        subjects={c.id: c for c in mine},
        twins=twins,
        provenance=provenance(cache),
    )
