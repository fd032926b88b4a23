"""Factors of a set of allied states in a year, from the world and the web of alliances."""

from __future__ import annotations

import warnings
from datetime import date

import numpy as np

from foedus.panel.timeline import Bonds
from foedus.panel.world import FIRST, World


def _window(array: np.ndarray, at: np.ndarray, back: int) -> np.ndarray:
    """Did it happen in the ``back`` years that end with index ``at``? (see `_happened`)."""
    return _happened(np.stack([array[..., np.maximum(at - k, 0)] for k in range(back)]))


def _happened(stack: np.ndarray) -> np.ndarray:
    """1 where any year of axis 0 shows it, 0 where all are known and none does, NaN otherwise.

    A window that reaches past its source's last year is not known to be free of anything.
    """
    seen = np.where(np.isfinite(stack), stack, 0).max(axis=0)
    return np.where((seen > 0) | np.isfinite(stack).all(axis=0), seen, np.nan)


def _signed(array: np.ndarray) -> np.ndarray:
    """Small-integer array with -1 as unknown, as floats with NaN."""
    out = array.astype(np.float64)
    out[out < 0] = np.nan
    return out


def _nan(function, array: np.ndarray, axis=0) -> np.ndarray:
    """nan-aware reduction that returns NaN, quietly, where nothing is known."""
    known = np.isfinite(array).any(axis=axis)
    filled = (
        function(np.where(np.isfinite(array), array, np.nan), axis=axis) if known.any() else None
    )
    return np.full(known.shape, np.nan) if filled is None else np.where(known, filled, np.nan)


def group_factors(
    rows: np.ndarray,
    signed: date,
    years: np.ndarray,
    world: World,
    web: Bonds,
    everyone: np.ndarray | None = None,
) -> dict[str, np.ndarray]:
    """Factors of a set of states bound since ``signed``, for each of ``years`` (lagged one year).

    Pairwise measures are averaged over the pairs, so that an alliance of many reads like its
    typical pair; "any" measures are shares of pairs or members. Returns name -> (len(years),).
    """
    at = years - 1 - FIRST
    birth = max(signed.year - 1 - FIRST, 0)
    i, j = (rows[k] for k in np.triu_indices(len(rows), 1))
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return _factors(rows, i, j, at, birth, world, web, years, everyone, signed.year)


def _factors(
    rows, i, j, at, birth, world, web, years, everyone, signed_year
) -> dict[str, np.ndarray]:
    cinc = world.cinc[rows][:, at]
    alive = _at_formation(world.cinc[rows], birth, at)
    big = np.maximum(cinc[:, None], cinc[None])[np.triu_indices(len(rows), 1)]
    small = np.minimum(cinc[:, None], cinc[None])[np.triu_indices(len(rows), 1)]
    dem = world.dem[rows][:, at]
    pair_dem = np.stack([world.dem[i][:, at], world.dem[j][:, at]])
    pm = np.stack([world.major[i][:, at], world.major[j][:, at]])
    ideal = np.abs(world.ideal[i][:, at] - world.ideal[j][:, at])
    ideal5 = np.abs(
        world.ideal[i][:, np.maximum(at - 5, 0)] - world.ideal[j][:, np.maximum(at - 5, 0)]
    )
    log_cinc = np.log(np.maximum(world.cinc, 1e-6))
    dyad = (i[:, None], j[:, None], at[None])
    mid_lines = np.stack(
        [_signed(world.mid[i[:, None], j[:, None], np.maximum(at - k, 0)[None]]) for k in range(5)]
    )
    rivals = _signed(world.rivalry[dyad])
    shared = _shared_rivals(i, j, at, world)
    mean = lambda a: _nan(np.nanmean, a)  # noqa: E731
    top = lambda a: _nan(np.nanmax, a)  # noqa: E731
    igos = _signed(world.igos[dyad])
    # In the year of signature the alliance itself is not yet in the counts of the year before.
    own = (years > signed_year).astype(float)
    pairs_other = np.maximum(web.pair[dyad] - own, 0)
    return {
        "bilateral": np.full(len(years), float(len(rows) == 2)),
        "members": np.full(len(years), np.log(len(rows))),
        "major_minor": mean(_pairwise(pm, lambda a, b: a != b)),
        "major_major": mean(_pairwise(pm, lambda a, b: (a == 1) & (b == 1))),
        "power_ratio": mean(np.log(np.maximum(big, 1e-6) / np.maximum(small, 1e-6))),
        "power_share": _nan(np.nansum, cinc),
        "power_change_formation": top(
            np.minimum(np.abs(np.log(np.maximum(cinc, 1e-6) / np.maximum(alive, 1e-6))), 2)
        ),
        "power_change_recent": top(
            np.minimum(
                np.abs(log_cinc[rows][:, at] - log_cinc[rows][:, np.maximum(at - 5, 0)]), 1.5
            )
        ),
        "democracy_min": mean(np.where(np.isfinite(pair_dem).all(0), pair_dem.min(0), np.nan)),
        "democracy_gap": mean(np.abs(pair_dem[0] - pair_dem[1])),
        "regime_change_recent": top(_recent_change(world.dem[rows], at, 3)),
        "regime_change_formation": top(np.abs(dem - _at_formation(world.dem[rows], birth, at))),
        "leader_change": mean(_window(world.leader_change[rows], at, 3)),
        "coalition_change": mean(_window(world.coalition_change[rows], at, 3)),
        "member_at_war": mean(world.at_war[rows][:, at]),
        "war_ended": mean(_window(world.war_ended[rows], at, 2)),
        "dispute_inside": mean(_happened(mid_lines)),
        "rivalry_inside": mean(rivals),
        "shared_rivals": mean(np.log1p(shared)),
        "ideal_distance": mean(ideal),
        "ideal_distance_change": mean(ideal - ideal5),
        "shared_igos": mean(np.log1p(igos)),
        "distance": mean(np.repeat(np.log1p(world.distance[i, j])[:, None], len(years), 1)),
        "contiguous": mean(_signed(world.contiguous[dyad])),
        "other_ties": mean(np.log1p(pairs_other)),
        "portfolio": mean(np.log1p(np.maximum(web.portfolio[rows][:, at] - own, 0))),
        "violation_record": _record(rows, at, web),
        "new_outside_alliance": _outside(rows, years, web, everyone),
    }


def _pairwise(pair: np.ndarray, test) -> np.ndarray:
    known = np.isfinite(pair).all(0)
    return np.where(known, test(pair[0], pair[1]).astype(float), np.nan)


def _at_formation(lines: np.ndarray, birth: int, at: np.ndarray) -> np.ndarray:
    """The value at formation, or the first known within five years after it and by ``at``."""
    out = np.repeat(lines[:, birth][:, None].astype(np.float64), len(at), axis=1)
    for k in range(1, 6):
        late = lines[:, min(birth + k, lines.shape[1] - 1)][:, None]
        out = np.where(np.isfinite(out) | (at[None] < birth + k), out, late)
    return out


def _recent_change(lines: np.ndarray, at: np.ndarray, back: int) -> np.ndarray:
    now = lines[:, at]
    return np.nanmax(
        np.stack([np.abs(now - lines[:, np.maximum(at - k, 0)]) for k in range(1, back + 1)]),
        axis=0,
    )


def _shared_rivals(i: np.ndarray, j: np.ndarray, at: np.ndarray, world: World) -> np.ndarray:
    """Third states that are rivals of both members of a pair, (pairs, years)."""
    out = np.empty((len(i), len(at)))
    for p in range(len(i)):
        a, b = world.rivalry[i[p]][:, at], world.rivalry[j[p]][:, at]
        known = (a >= 0).any(0)
        out[p] = np.where(known, ((a == 1) & (b == 1)).sum(0), np.nan)
    return out


def _record(rows: np.ndarray, at: np.ndarray, web: Bonds) -> np.ndarray:
    """Worst share of past alliances ended by violation among the members, shrunk by two cases.

    Looks back 40 years: older governments' deeds are not this one's.
    """
    start = np.maximum(at - 40, 0)
    violated, ended = np.cumsum(web.violated, axis=1), np.cumsum(web.ended, axis=1)
    v = violated[rows][:, at] - violated[rows][:, start]
    e = ended[rows][:, at] - ended[rows][:, start]
    return ((v + 0.7) / (e + 2.0)).max(axis=0)


def _outside(
    rows: np.ndarray, years: np.ndarray, web: Bonds, everyone: np.ndarray | None
) -> np.ndarray:
    """Share of members that, in the two years before, joined an alliance without any fellow member.

    An alliance that holds two of these members is their own new bond (often the replacing treaty,
    which would leak the outcome), so it does not count.
    """
    own = set((everyone if everyone is not None else rows).tolist())
    out = np.zeros(len(years))
    for k, y in enumerate(years):
        hits = 0
        for i in rows:
            for back in (1, 2):
                fresh = web.formed_list.get((int(i), int(y - back)), ())
                if any(len(own & group) == 1 for group in fresh):
                    hits += 1
                    break
        out[k] = hits / len(rows)
    return out
