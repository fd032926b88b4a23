"""The embedded default: covariates, reference classes and ties of the curated alliances.

`build_snapshot` computes them from imported data and writes them into the package; `read_snapshot`
is all that an offline assessment needs. What ships is derived: factors after lagging, pooling over
pairs and taking logs, and counts over the register; no source's rows can be read back from it.
"""

from __future__ import annotations

import io
import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from foedus import __version__
from foedus.assessment.covariates import (
    Covariates,
    pack_reference,
    row_year_for,
    unpack_reference,
)
from foedus.assessment.web import Web, build_web
from foedus.durability.model import write_whole
from foedus.errors import ModelError
from foedus.panel import NAMES
from foedus.register import curated
from foedus.sources import Cache

FOLDER = Path(__file__).parent / "data"
ROWS, TIES, ABOUT = "alliance_years.parquet", "pair_ties.parquet", "snapshot.json"
FORMAT = 1


def build_snapshot(cache: Cache, folder: Path | None = None, *, through: int | None = None) -> dict:
    """Compute the snapshot from imported data and write it; returns its provenance.

    ``through``: last as-of year (default: next year). MissingDataError names a table that is not
    imported.
    """
    target = folder or FOLDER
    last = through or date.today().year + 1
    wanted = sorted(curated())
    web = build_web(cache, last=last, only=set(wanted))
    rows, ties = [], []
    for ident in wanted:
        for row in web.rows(ident):
            rows.append({**row, **_reference(web, ident, row["year"])})
        ties += web.tie_runs(ident, last)
    about = {
        "format": FORMAT,
        "foedus_version": __version__,
        "through": last,
        "alliances": len({r["alliance_id"] for r in rows}),
        "alliance_years": len(rows),
        "spans": {k: list(v) for k, v in sorted(web.world.spans.items())},
        "sources": web.sources(cache),
    }
    frame = pl.DataFrame(rows, infer_schema_length=None)
    floats = [c for c, t in frame.schema.items() if t == pl.Float64]
    frame = frame.with_columns(pl.col(floats).round(4).cast(pl.Float32))
    _write(frame, target / ROWS)
    _write(pl.DataFrame(ties, infer_schema_length=None), target / TIES)
    write_whole(target / ABOUT, (json.dumps(about, indent=1) + "\n").encode())
    read_snapshot.cache_clear()
    return about


def _reference(web: Web, ident: str, year: int) -> dict[str, Any]:
    stats = web.reference(ident, date(year - 1, 12, 31))
    return pack_reference(stats) if stats else {}


def _write(frame: pl.DataFrame, path: Path) -> None:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=19, statistics=False)
    write_whole(path, buffer.getvalue())


class Snapshot:
    """The snapshot in memory."""

    def __init__(self, folder: Path) -> None:
        try:
            self.about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            self._rows = pl.read_parquet(folder / ROWS)
            self._ties = pl.read_parquet(folder / TIES)
        except (OSError, pl.exceptions.PolarsError, ValueError) as problem:
            raise ModelError(
                f"the embedded snapshot cannot be read ({problem}).", "reinstall foedus"
            ) from None
        if self.about.get("format") != FORMAT or not set(NAMES) <= set(self._rows.columns):
            raise ModelError(
                "the embedded snapshot was written by another version of foedus.",
                "run foedus snapshot build on imported data",
            )

    def has(self, alliance_id: str) -> bool:
        return bool((self._rows["alliance_id"] == alliance_id).any())

    def covariates(self, alliance_id: str, pair: tuple[int, int], as_of: date) -> Covariates:
        """Covariates of a curated alliance on a day, for the tie of ``pair`` (COW codes)."""
        mine = self._rows.filter(pl.col("alliance_id") == alliance_id).sort("year")
        year = row_year_for(mine["year"].to_list(), as_of)
        row = mine.row(by_predicate=pl.col("year") == year, named=True)
        seen = mine.filter(pl.col("year") <= year)
        years = seen["year"].to_list()
        a, b = sorted(pair)
        runs = self._ties.filter(
            (pl.col("alliance_id") == alliance_id)
            & (pl.col("ccode1") == a)
            & (pl.col("ccode2") == b)
            & (pl.col("from_year") <= year)
        ).sort("from_year")
        return Covariates(
            alliance_id=alliance_id,
            row_year=year,
            factors={n: _plain(row[n]) for n in NAMES},
            history={
                n: dict(zip(years, (_plain(v) for v in seen[n].to_list()), strict=True))
                for n in NAMES
            },
            reference=unpack_reference({k: _plain(v) for k, v in row.items()}),
            other_ties=int(runs["other"][-1]) if len(runs) else 0,
            multilateral=row["bilateral"] == 0,
            spans={k: (v[0], v[1]) for k, v in self.about["spans"].items()},
            origin="embedded snapshot",
            sources=self.about["sources"],
        )


def _plain(value: Any) -> Any:
    """Single precision on disk, four decimals in use."""
    return round(value, 4) if isinstance(value, float) else value


@lru_cache(maxsize=2)
def read_snapshot(folder: Path | None = None) -> Snapshot:
    """The snapshot that ships (or another folder's)."""
    return Snapshot(folder or FOLDER)
