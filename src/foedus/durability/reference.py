"""The reference class: past alliances like this one, chosen by a stated rule, and their fates.

The class starts with everything an analyst would match on and drops one criterion at a time, in a
fixed order, until enough independent endings are in it. Endings of alliances that share a member
and fall within two years of each other are one wave, and count once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from foedus.panel.alliance_year import year_fraction
from foedus.panel.timeline import AllianceSpan

#: Independent endings a class must hold before it stops widening.
ENOUGH = 8
WAVE_YEARS = 2.0
POSTWAR = 1946
YEARS = (1, 3, 5, 10, 20)
#: Criteria in the order in which they are dropped.
DROPPED = ("regimes", "era", "power", "size")
LABELS = {
    "pact": {
        0: "active help (defense or offense)",
        1: "neutrality or nonaggression",
        2: "consultation only",
    },
    "size": {True: "bilateral", False: "three or more members"},
    "power": {0: "no major power", 1: "major and minor power", 2: "major powers only"},
    "regimes": {0: "no democracy", 1: "mixed regimes", 2: "all democracies"},
    "era": {True: "formed in 1946 or later", False: "formed before 1946"},
}


@dataclass(frozen=True, slots=True)
class Case:
    """One alliance as a member of classes: what it was at its formation, and its fate."""

    id: str
    signed: float
    ended: float | None
    cause: str | None
    observed_to: float
    members: frozenset[int]
    traits: dict[str, object]

    def life(self, as_of: float) -> tuple[float, bool]:
        """Years lived by ``as_of`` and whether an ending was seen by then."""
        stop = min(as_of, self.observed_to)
        if self.ended is not None and self.ended <= stop:
            return max(self.ended - self.signed, 0.0), True
        return max(stop - self.signed, 0.0), False


@dataclass(frozen=True, slots=True)
class ReferenceStats:
    """What the class shows as of a date; ``survival`` is conditional on the present age."""

    criteria: tuple[str, ...]
    widened: tuple[str, ...]
    n: int
    ended: int
    effective_n: float
    median_years: float | None
    causes: dict[str, int]
    survival: dict[int, tuple[float, float, float]]


def traits_at_formation(panel: pl.DataFrame) -> dict[str, dict[str, object]]:
    """Traits of each alliance from its first row of the alliance-year table.

    Power uses COW majors; a state counts as democratic above zero on the unified democracy scale
    (the mean of all state-years). A trait whose source does not cover the year is None and matches
    only None.
    """
    out = {}
    for row in panel.sort("year").unique("alliance_id", keep="first").iter_rows(named=True):
        active = (row["defense"] or 0) == 1 or (row["offense"] or 0) == 1
        passive = (row["nonaggression_only"] or 0) == 1 or (row["neutrality"] or 0) == 1
        power = None
        if row["major_minor"] is not None:
            power = 2 if row["major_major"] == 1 else 1 if row["major_minor"] > 0 else 0
        regimes = None
        if row["democracy_min"] is not None:
            low, high = row["democracy_min"], row["democracy_min"] + row["democracy_gap"]
            regimes = 2 if low > 0 else 0 if high <= 0 else 1
        out[row["alliance_id"]] = {
            "pact": 0 if active else 1 if passive else 2,
            "size": row["bilateral"] == 1,
            "power": power,
            "regimes": regimes,
        }
    return out


def cases(all_spans: list[AllianceSpan], panel: pl.DataFrame) -> list[Case]:
    """One `Case` per alliance of the table."""
    traits = traits_at_formation(panel)
    out = []
    for s in all_spans:
        if s.id not in traits:
            continue
        mine = {**traits[s.id], "era": s.signed.year >= POSTWAR}
        out.append(
            Case(
                id=s.id,
                signed=year_fraction(s.signed),
                ended=year_fraction(s.ended) if s.ended else None,
                cause=s.cause,
                observed_to=year_fraction(s.observed_to),
                members=frozenset(int(r) for r in s.rows),
                traits=mine,
            )
        )
    return out


def reference_class(subject: Case, everyone: list[Case], as_of: date) -> ReferenceStats:
    """Choose, widen and summarise the class of ``subject`` as known on ``as_of``."""
    today = year_fraction(as_of)
    known = [c for c in everyone if c.id != subject.id and c.signed <= today]
    wanted = ["pact", "size", "power", "regimes", "era"]
    dropped: list[str] = []
    while True:
        chosen = [c for c in known if all(c.traits[k] == subject.traits[k] for k in wanted)]
        waves = effective_endings(chosen, today)
        if waves >= ENOUGH or not any(k in wanted for k in DROPPED):
            break
        nxt = next(k for k in DROPPED if k in wanted)
        wanted.remove(nxt)
        dropped.append(nxt)
    lives = [c.life(today) for c in chosen]
    durations = np.array([a for a, _ in lives])
    events = np.array([b for _, b in lives], bool)
    ended = int(events.sum())
    # The class is worth as many cases as it holds independent endings, survivors in proportion.
    effective = len(chosen) * (waves / ended) if ended else float(len(chosen))
    causes: dict[str, int] = {}
    for case, (_, over) in zip(chosen, lives, strict=True):
        if over and case.cause:
            causes[case.cause] = causes.get(case.cause, 0) + 1
    age = max(today - subject.signed, 0.0)
    return ReferenceStats(
        criteria=tuple(LABELS[k].get(subject.traits[k], f"{k} unknown") for k in wanted),  # type: ignore[call-overload]
        widened=tuple(dropped),
        n=len(chosen),
        ended=ended,
        effective_n=round(effective, 1),
        median_years=median_survival(durations, events),
        causes=dict(sorted(causes.items())),
        survival=conditional_survival(
            durations, events, age, YEARS, effective / max(len(chosen), 1)
        ),
    )


def effective_endings(chosen: list[Case], today: float) -> int:
    """Number of waves among the endings: linked when they share a member within two years."""
    over = sorted((c for c in chosen if c.life(today)[1]), key=lambda c: (c.ended, c.id))
    group = list(range(len(over)))

    def root(k: int) -> int:
        while group[k] != k:
            k = group[k]
        return k

    for a, first in enumerate(over):
        for b in range(a + 1, len(over)):
            second = over[b]
            if second.ended - first.ended > WAVE_YEARS:  # type: ignore[operator]
                break
            if first.members & second.members:
                group[root(b)] = root(a)
    return len({root(k) for k in range(len(over))})


def kaplan_meier(
    durations: np.ndarray, events: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Times of endings, survival after each, and Greenwood's variance of log survival.

    Ties are taken together; a censored case at a time of an ending is at risk for it.
    """
    times = np.unique(durations[events])
    at_risk = np.array([(durations >= t).sum() for t in times], float)
    deaths = np.array([((durations == t) & events).sum() for t in times], float)
    survival = np.cumprod(1 - deaths / np.maximum(at_risk, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(deaths / (at_risk * (at_risk - deaths)))
    return times, survival, variance


def median_survival(durations: np.ndarray, events: np.ndarray) -> float | None:
    """First time at which survival is a half or less; None when it never is."""
    if not len(durations):
        return None
    times, survival, _ = kaplan_meier(durations, events)
    below = np.flatnonzero(survival <= 0.5)
    return round(float(times[below[0]]), 1) if len(below) else None


def conditional_survival(
    durations: np.ndarray,
    events: np.ndarray,
    age: float,
    years: tuple[int, ...],
    discount: float,
) -> dict[int, tuple[float, float, float]]:
    """Chance of lasting further years given ``age``, with an 80% log-log interval.

    ``discount``: effective over nominal size; variances are divided by it. Years beyond the oldest
    case still at risk are left out: unknown, not zero.
    """
    out: dict[int, tuple[float, float, float]] = {}
    later = durations >= age
    if not later.any():
        return out
    d, e = durations[later], events[later]
    times, survival, variance = kaplan_meier(d, e)
    for y in years:
        if not (d >= age + y).any():
            break
        k = np.searchsorted(times, age + y, side="right") - 1
        s = float(survival[k]) if k >= 0 else 1.0
        v = float(variance[k]) / max(discount, 1e-6) if k >= 0 else 0.0
        out[y] = _log_log(s, v, int(later.sum()) * discount)
    return out


def _log_log(s: float, v: float, n: float) -> tuple[float, float, float]:
    if s >= 1.0:
        # No ending seen: the rule of three's cousin at 80%.
        return 1.0, max(0.0, 1 - (1 - 0.2 ** (1 / max(n, 1e-6)))), 1.0
    if s <= 0.0 or not np.isfinite(v):
        return s, 0.0, min(1.0, 1 - 0.2 ** (1 / max(n, 1e-6)))
    width = 1.2815515594457831 * np.sqrt(v) / abs(np.log(s))
    return s, float(s ** np.exp(width)), float(s ** np.exp(-width))
