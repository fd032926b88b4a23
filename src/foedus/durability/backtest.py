"""Rolling-origin scores: what foedus would have said every fifth year, and how it fared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from foedus.durability import scores
from foedus.durability.baselines import BASELINES
from foedus.durability.forecast import incidence_batch
from foedus.durability.table import YearTable
from foedus.durability.tie import fit_tie, stays_allied
from foedus.durability.train import STEP, Vintage
from foedus.errors import UsageError
from foedus.panel.timeline import AllianceSpan, Bonds
from foedus.panel.world import FIRST

Target = Literal["treaty", "tie", "violation"]
#: Within-origin AUC is averaged over the origins with at least this many forecasts.
AUC_MINIMUM = 90
DRAWS = 64


@dataclass(frozen=True, slots=True)
class Forecasts:
    """Aligned arrays, one entry per forecast: probability of the event, outcome 0/1, weight."""

    origin: np.ndarray
    alliance: np.ndarray
    p: np.ndarray
    y: np.ndarray
    weight: np.ndarray
    base: dict[str, np.ndarray]


def origins(horizon: int, first: int, last: int, labels_end: int) -> list[int]:
    """Every fifth year whose horizon is fully observed. Raises UsageError when none is left."""
    found = [y for y in range(first, last + 1) if y % STEP == 0 and y + horizon <= labels_end]
    if not found:
        raise UsageError(
            f"no origin from {first} to {last} has {horizon} observed years after it "
            f"(labels end in {labels_end}).",
            "take an earlier --to or a shorter --horizon",
        )
    return found


def replay(
    table: YearTable,
    fitted: dict[int, Vintage],
    web: tuple[list[AllianceSpan], Bonds],
    *,
    target: Target,
    horizon: int,
    years: list[int],
) -> Forecasts:
    """Make the forecasts of every origin with the vintage of that year only."""
    parts = [_origin(table, fitted[y], web, target, horizon, y) for y in years]
    base = {name: np.concatenate([p.base[name] for p in parts]) for name in BASELINES}
    return Forecasts(
        *(
            np.concatenate([getattr(p, f) for p in parts])
            for f in ("origin", "alliance", "p", "y", "weight")
        ),
        base=base,
    )


def _origin(table, vintage, web, target, horizon, year) -> Forecasts:
    rows = table.at_risk(year)
    alive, ends = incidence_batch(vintage.fit, table.subjects(rows), horizon, draws=DRAWS)
    if target == "tie":
        return _ties(table, rows, alive, ends, web, horizon, year)
    ended = table.ended_by(rows, year + horizon)
    cause = 1 if target == "violation" else None
    p = ends[:, -1, 0] if target == "violation" else 1 - alive[:, -1]
    y = (ended == 1 if target == "violation" else ended > 0).astype(float)
    base = {n: f(table, rows, year, horizon, cause) for n, f in BASELINES.items()}
    names = table.subject[rows]
    return Forecasts(np.full(len(rows), year), names, p, y, np.ones(len(rows)), base)


def _ties(table, rows, alive, ends, web, horizon, year) -> Forecasts:
    """Pairs tied at the origin: the event is that no treaty binds them at the horizon.

    Each pair is forecast through its main treaty (active help first, then fewer members, then the
    youngest), and the pairs of one main treaty weigh one in all.
    """
    all_spans, bonds = web
    fit = fit_tie(all_spans, bonds, year)
    by_id = {s.id: s for s in all_spans}
    factors = table.factors[rows]
    active = np.maximum(factors[:, 0], factors[:, 1]) == 1
    main: dict[tuple[int, int], int] = {}
    here = [_members(by_id[who], year + 1) for who in table.subject[rows]]
    for k in sorted(
        range(len(rows)), key=lambda k: (not active[k], len(here[k]), table.age[rows[k]])
    ):
        for a, i in enumerate(here[k]):
            for j in here[k][a + 1 :]:
                if bonds.pair[i, j, year - FIRST] > 0:
                    main.setdefault((int(i), int(j)), k)
    base_by_row = {n: f(table, rows, year, horizon, None) for n, f in BASELINES.items()}
    size: dict[int, int] = {}
    for k in main.values():
        size[k] = size.get(k, 0) + 1
    memo: dict[tuple[int, int], float] = {}
    pair_p, pair_y, pair_w, pair_id, pair_row = [], [], [], [], []
    for (i, j), k in main.items():
        other = max(int(bonds.pair[i, j, year - FIRST]) - 1, 0)
        if (k, other) not in memo:
            many = len(here[k]) > 2
            stays = stays_allied(fit, alive[k][None], ends[k][None], other, many, mode_only=True)
            memo[k, other] = 1 - float(stays[0, -1])
        pair_p.append(memo[k, other])
        pair_y.append(float(bonds.pair[i, j, year + horizon - FIRST] == 0))
        pair_w.append(1 / size[k])
        pair_id.append(table.subject[rows[k]])
        pair_row.append(k)
    at = np.array(pair_row, int)
    y, w = np.array(pair_y), np.array(pair_w)
    base = {}
    survival = _tie_hazard(table, web, year)
    for name, values in base_by_row.items():
        # A baseline counts and knows no successors: it is scaled to the ties' own record.
        ratio = survival if np.isfinite(survival) else 1.0
        base[name] = values[at] * ratio
    return Forecasts(np.full(len(y), year), np.array(pair_id), np.array(pair_p), y, w, base)


def _members(span: AllianceSpan, year: int) -> np.ndarray:
    """Rows of the states bound at the start of ``year``, in order."""
    return np.unique(span.rows[span.present(year)])


def _tie_hazard(table, web, year) -> float:
    """Share of the endings of the last twenty years that ended the tie too (mean over pairs)."""
    all_spans, bonds = web
    shares = []
    for span in all_spans:
        if span.ended is None or not year - 20 < span.ended.year <= year:
            continue
        members = _members(span, span.ended.year)
        gone = [
            bonds.pair[i, j, span.ended.year - FIRST] == 0
            for a, i in enumerate(members)
            for j in members[a + 1 :]
        ]
        shares.append(float(np.mean(gone)))
    return float(np.mean(shares)) if shares else float("nan")


def summarise(done: Forecasts) -> dict[str, Any]:
    """The contract's JSON: scores per origin, pooled, and of the baselines."""
    per_origin, aucs = [], []
    for year in np.unique(done.origin):
        mine = done.origin == year
        p, y, w = done.p[mine], done.y[mine], done.weight[mine]
        a = scores.auc(p, y)
        if mine.sum() >= AUC_MINIMUM and np.isfinite(a):
            aucs.append(a)
        per_origin.append(
            {
                "year": int(year),
                "n": int(mine.sum()),
                "observed": round(float(np.average(y, weights=w)), 4),
                "forecast": round(float(np.average(p, weights=w)), 4),
                "brier": round(scores.brier(p, y, w), 5),
                "log_score": round(scores.log_loss(p, y, w), 5),
                "auc": round(a, 4) if np.isfinite(a) else None,
            }
        )
    p, y, w = done.p, done.y, done.weight
    recent = done.base["recent_window"]
    slope_intercept = scores.calibration(p, y, w)
    by_alliance = scores.bootstrap_skill(p, recent, y, done.alliance, w=w)
    by_origin = scores.bootstrap_skill(p, recent, y, done.origin.astype(str), w=w)
    brier = scores.brier(p, y, w)
    return {
        "origins": per_origin,
        "pooled": {
            "n": len(p),
            "events": int(y.sum()),
            "brier": round(brier, 5),
            "log_score": round(scores.log_loss(p, y, w), 5),
            "brier_skill": round(scores.skill(brier, scores.brier(recent, y, w)), 4),
            "brier_skill_interval_alliances": [round(v, 4) for v in by_alliance],
            "brier_skill_interval_origins": [round(v, 4) for v in by_origin],
            "log_skill": round(
                scores.skill(scores.log_loss(p, y, w), scores.log_loss(recent, y, w)), 4
            ),
            "within_origin_auc": round(float(np.mean(aucs)), 4) if aucs else None,
            "calibration_intercept": round(slope_intercept[0], 4),
            "calibration_slope": round(slope_intercept[1], 4),
            "reliability": [
                # Rounded, so that the order in which a machine adds does not show.
                {k: v if k == "n" else round(v, 5) for k, v in line.items()}
                for line in scores.reliability(
                    p, y, np.array([0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 1.0])
                )
            ],
        },
        "baselines": {
            name: {
                "brier": round(scores.brier(b, y, w), 5),
                "log_score": round(scores.log_loss(b, y, w), 5),
                "brier_skill_of_foedus": round(scores.skill(brier, scores.brier(b, y, w)), 4),
            }
            for name, b in done.base.items()
        },
    }
