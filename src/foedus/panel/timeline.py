"""Who is bound to whom in which year: membership and alliance counts as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl

from foedus.panel.world import FIRST, LAST, YEARS, World


@dataclass(frozen=True, slots=True)
class AllianceSpan:
    """One alliance in time. Member arrays are aligned; ``exit`` is ``date.max`` if open."""

    id: str
    signed: date
    ended: date | None
    cause: str | None
    observed_to: date
    rows: np.ndarray
    entry: tuple[date, ...]
    exit: tuple[date, ...]

    def present(self, year: int) -> np.ndarray:
        """Boolean mask of the members bound at the end of the year before (at first, at signature).

        Where exits leave fewer than two, the last membership of two or more stands: the alliance
        row says that the alliance goes on, and a hazard needs its members. Entries and exits after
        that day are not looked at.
        """
        day = self._eve(year)
        mask = self._bound(day)
        if mask.sum() >= 2:
            return mask
        joined = self.joined(year)
        for left in sorted({b for a, b in zip(self.entry, self.exit, strict=True) if a < b <= day}):
            before = np.array([a < left <= b for a, b in zip(self.entry, self.exit, strict=True)])
            mask = before if before.sum() >= 2 else mask
        if mask.sum() >= 2:
            return mask
        return joined if joined.sum() >= 2 else np.ones(len(self.entry), bool)

    def joined(self, year: int) -> np.ndarray:
        """Boolean mask of the spells begun by the end of the year before, ended or not."""
        return np.array([a <= self._eve(year) for a in self.entry])

    def _eve(self, year: int) -> date:
        return max(date(year - 1, 12, 31), self.signed)

    def _bound(self, day: date) -> np.ndarray:
        return np.array(
            [a <= day and (day < b or day == a) for a, b in zip(self.entry, self.exit, strict=True)]
        )


def spans(alliances: pl.DataFrame, members: pl.DataFrame, world: World) -> list[AllianceSpan]:
    """One `AllianceSpan` per alliance; members outside the state system are left out."""
    by_id: dict[str, list[dict]] = {}
    for row in members.sort("alliance_id", "entry", "ccode").iter_rows(named=True):
        by_id.setdefault(row["alliance_id"], []).append(row)
    out = []
    for row in alliances.sort("signed", "alliance_id").iter_rows(named=True):
        joined = []
        for m in by_id.get(row["alliance_id"], []):
            try:
                joined.append((world.index(m["ccode"]), m["entry"], m["exit"] or date.max))
            except KeyError:
                continue
        if len({i for i, _, _ in joined}) < 2:
            continue
        out.append(
            AllianceSpan(
                id=row["alliance_id"],
                signed=row["signed"],
                ended=row["ended"],
                cause=row["end_cause"],
                observed_to=row["observed_to"],
                rows=np.array([i for i, _, _ in joined]),
                entry=tuple(a for _, a, _ in joined),
                exit=tuple(b for _, _, b in joined),
            )
        )
    return out


@dataclass(frozen=True, slots=True)
class Bonds:
    """Counts over the web of alliances, by year (at the year's end).

    ``pair`` (n, n, t) int16: alliances binding the pair. ``portfolio`` (n, t): alliances of a
    state. ``formed_list``: (row, year of joining) -> members, that year, of each alliance joined.
    ``violated``/``ended`` (n, t): endings of a state's alliances in the year, by violation and in
    all.
    """

    pair: np.ndarray
    portfolio: np.ndarray
    formed_list: dict[tuple[int, int], list[frozenset[int]]]
    violated: np.ndarray
    ended: np.ndarray


def bonds(all_spans: list[AllianceSpan], world: World) -> Bonds:
    """Count alliances per pair and state. Shapes as in `Bonds`; cost about one second for ATOP."""
    n, t = len(world.states), len(YEARS)
    pair = np.zeros((n, n, t), np.int16)
    portfolio = np.zeros((n, t), np.int16)
    violated = np.zeros((n, t), np.int16)
    ended = np.zeros((n, t), np.int16)
    formed: dict[tuple[int, int], list[frozenset[int]]] = {}
    for s in all_spans:
        last_year = (s.ended.year - 1) if s.ended else LAST
        span_by_row: dict[int, list[tuple[int, int]]] = {}
        for i, a, b in zip(s.rows, s.entry, s.exit, strict=True):
            until = min(b.year - 1 if b != date.max else LAST, last_year)
            span_by_row.setdefault(int(i), []).append((a.year, until))
        on = {}
        for i, pieces in span_by_row.items():
            line = np.zeros(t, bool)
            for a, b in pieces:
                # A renegotiated phase exits and enters in one year: the member stayed.
                line |= (a <= YEARS) & (b >= YEARS)
            for (_, b1), (a2, _) in pairwise(pieces):
                if a2 - b1 <= 1:
                    line |= (b1 <= YEARS) & (a2 >= YEARS)
            on[i] = line & (last_year >= YEARS)
            portfolio[i] += on[i]
        rows = sorted(on)
        for p, i in enumerate(rows):
            for j in rows[p + 1 :]:
                both = on[i] & on[j]
                pair[i, j] += both
                pair[j, i] += both
        for i, a in zip(s.rows, s.entry, strict=True):
            # Members of that year only: who joins later was no partner yet.
            fellows = frozenset(
                int(r)
                for r, b, c in zip(s.rows, s.entry, s.exit, strict=True)
                if b.year <= a.year <= c.year
            )
            formed.setdefault((int(i), a.year), []).append(fellows)
        for i in rows:
            if s.ended and FIRST <= s.ended.year <= LAST:
                ended[i, s.ended.year - FIRST] += 1
                violated[i, s.ended.year - FIRST] += s.cause == "violated"
    return Bonds(pair, portfolio, formed, violated, ended)
