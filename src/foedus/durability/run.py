"""The two long jobs: fit every vintage from imported data, and replay the forecasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from foedus import __version__
from foedus.durability.backtest import Target, origins, replay, summarise
from foedus.durability.coverage import interval_coverage
from foedus.durability.design import CAUSES
from foedus.durability.model import FittedModel, save_model
from foedus.durability.table import YearTable, year_table
from foedus.durability.tie import TieFit, fit_tie
from foedus.durability.train import DEFAULT, FIRST_VINTAGE, GRID, HORIZON, Vintage, train
from foedus.errors import UsageError
from foedus.panel import WORLD_TABLES, Context, World, alliance_years, build_world, context_of
from foedus.register import AllianceTable, imported_alliances
from foedus.sources import Cache

TRAINING_TABLES = ("atop_4_01_alliance", "atop_4_01_member", *WORLD_TABLES)
#: The span that skill is quoted for in reports (the field's own test span; see docs/methods.md).
QUOTED_FROM, QUOTED_TO = 1950, 2010
#: Intervals are checked over as many waves as there are.
COVERAGE_FROM = 1900
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Material:
    """All that fitting and replaying read, built once from the cache."""

    register: AllianceTable
    world: World
    context: Context
    panel: pl.DataFrame
    table: YearTable
    labels_end: int


def material(register: AllianceTable, world: World, *, last: int | None = None) -> Material:
    """Assemble alliance-years of ``register`` on ``world``; labels end where the register's do."""
    labels_end = last or register.covered_to.year
    context = context_of(register.alliances, register.members, world)
    panel = alliance_years(
        register.alliances, register.members, world, last=labels_end, context=context
    )
    return Material(
        register, world, context, panel, year_table(panel, register.alliances), labels_end
    )


def material_from(cache: Cache) -> Material:
    """ATOP 4.01 and the covariates as imported. MissingDataError names what is not there."""
    return material(imported_alliances(cache), build_world(cache.load))


def fit_all(
    m: Material, *, first: int = FIRST_VINTAGE, progress: Progress | None = None
) -> tuple[dict[int, Vintage], dict[int, TieFit]]:
    """Hazards and tie bridges of every vintage."""
    fitted = train(m.table, m.labels_end, first=first, progress=progress)
    return fitted, {year: fit_tie(m.context.spans, m.context.web, year) for year in fitted}


def train_model(cache: Cache, folder: Path, *, progress: Progress | None = None) -> FittedModel:
    """Fit on imported ATOP 4.01, backtest, and write the model into ``folder``."""
    m = material_from(cache)
    fitted, ties = fit_all(m, progress=progress)
    backtests = []
    for target in ("treaty", "tie", "violation"):
        for horizon in (5, 10):
            if progress:
                progress(f"backtest: {target}, {horizon} years")
            backtests.append(
                score(m, fitted, target=target, horizon=horizon, first=QUOTED_FROM, last=QUOTED_TO)
            )
    if progress:
        progress("coverage of the intervals")
    held = [
        interval_coverage(
            m.table,
            fitted,
            horizon=horizon,
            years=origins(horizon, COVERAGE_FROM, QUOTED_TO, m.labels_end),
        )
        for horizon in (5, 10)
    ]
    about = {**_about(cache, m, backtests), "interval_coverage": held}
    return save_model(folder, fitted, ties, about)


def score(
    m: Material,
    fitted: dict[int, Vintage],
    *,
    target: Target,
    horizon: int,
    first: int,
    last: int,
) -> dict[str, Any]:
    """Replay and summarise one target at one horizon (the contract's JSON, with its question)."""
    years = [y for y in origins(horizon, first, last, m.labels_end) if y in fitted]
    done = replay(
        m.table,
        fitted,
        (m.context.spans, m.context.web),
        target=target,
        horizon=horizon,
        years=years,
    )
    return {
        "target": target,
        "horizon": horizon,
        "from": years[0],
        "to": years[-1],
        **summarise(done),
    }


def backtest(
    cache: Cache,
    *,
    target: Target = "treaty",
    horizon: int = 5,
    first: int = 1900,
    last: int = 2010,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Fit every vintage anew from the imported data and score its forecasts."""
    if last < FIRST_VINTAGE:
        raise UsageError(
            f"no forecast by {last}: the first vintage is that of {FIRST_VINTAGE}.",
            "take a later --to",
        )
    m = material_from(cache)
    origins(horizon, max(first, FIRST_VINTAGE), last, m.labels_end)
    fitted = train(m.table, min(last, m.labels_end), progress=progress)
    out = score(m, fitted, target=target, horizon=horizon, first=first, last=last)
    return {**out, "data_sha256": data_hashes(cache)}


def data_hashes(cache: Cache) -> dict[str, str]:
    """SHA-256 of the publisher's file behind each table that training reads."""
    return {table: cache.provenance(table).sha256 for table in TRAINING_TABLES}


def _about(cache: Cache, m: Material, backtests: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "foedus_version": __version__,
        "trained_on": "ATOP 4.01, alliances of 1815-2016, with lagged covariates",
        "labels_end": m.labels_end,
        "causes": list(CAUSES),
        "data_sha256": data_hashes(cache),
        "covariate_spans": {k: list(v) for k, v in sorted(m.world.spans.items())},
        "selection": {
            "rule": "best log score of the forecasts made at earlier vintages and resolved by then",
            "horizon": HORIZON,
            "grid": [
                f"pool={s.pool:g} own={s.own:g} half_life={s.half_life:g} fade={s.fade:g}"
                for s in GRID
            ],
            "until_ten_endings": f"pool={DEFAULT.pool:g} half_life={DEFAULT.half_life:g} "
            f"fade={DEFAULT.fade:g}",
        },
        "backtest": backtests,
    }
