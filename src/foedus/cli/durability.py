"""foedus train, foedus backtest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from foedus.cli import Format, emit, note


def train(*, out: Path | None = None, format: Format = "text") -> None:
    """Fit the durability models on imported ATOP 4.01 and write them, with their backtest.

    Parameters
    ----------
    out
        Folder to write to; by default the one in the cache that `foedus assess` then uses.
    format
        text or json.
    """
    from foedus.durability import cached_model_folder, train_model
    from foedus.sources import Cache

    cache = Cache()
    folder = out or cached_model_folder(cache.root)
    model = train_model(cache, folder, progress=note)
    if format == "json":
        emit({"written": sorted(p.name for p in folder.iterdir()), "card": model.card})
        return
    newest = model.vintages[-1]
    info = model.card["vintages"][str(newest)]
    print(
        f"{len(model.vintages)} vintages written; the newest knows {info['alliances']} alliances "
        f"and {sum(info['endings'].values())} endings to the end of {newest}."
    )
    for test in model.card["backtest"]:
        _print_line(test)


def backtest(
    *,
    target: Literal["treaty", "tie", "violation"] = "treaty",
    horizon: int = 5,
    first: Annotated[int, Parameter(name="--from")] = 1900,
    last: Annotated[int, Parameter(name="--to")] = 2010,
    format: Format = "text",
) -> None:
    """Score rolling-origin forecasts against three baselines.

    Parameters
    ----------
    target
        The treaty's end (any cause), the tie's (no treaty binds the pair), or violation alone.
    horizon
        Years ahead, 1 to 20.
    first
        First origin (the end of that year; every fifth year counts).
    last
        Last origin.
    format
        text or json.
    """
    from foedus.durability.run import backtest as run
    from foedus.errors import UsageError
    from foedus.sources import Cache

    if not 1 <= horizon <= 20:
        raise UsageError(f"a horizon of {horizon} years.", "choose 1 to 20")
    result = run(Cache(), target=target, horizon=horizon, first=first, last=last)
    if format == "json":
        emit(result)
        return
    print(f"{'origin':>6} {'n':>6} {'observed':>9} {'forecast':>9} {'Brier':>8} {'AUC':>6}")
    for row in result["origins"]:
        auc = "" if row["auc"] is None else f"{row['auc']:.2f}"
        print(
            f"{row['year']:>6} {row['n']:>6} {row['observed']:>9.3f} {row['forecast']:>9.3f} "
            f"{row['brier']:>8.4f} {auc:>6}"
        )
    _print_line(result)
    for name, row in result["baselines"].items():
        print(f"  baseline {name:<14} Brier {row['brier']:.4f}, log score {row['log_score']:.4f}")


def _print_line(test: dict) -> None:
    p = test["pooled"]
    low, high = p["brier_skill_interval_origins"]
    auc = "n/a" if p["within_origin_auc"] is None else f"{p['within_origin_auc']:.2f}"
    print(
        f"{test['target']} {test['horizon']} years, origins {test['from']}-{test['to']}: "
        f"Brier skill {p['brier_skill']:+.1%} ({low:+.1%} to {high:+.1%}), "
        f"AUC within origin {auc}, calibration slope {p['calibration_slope']:.2f}"
    )
