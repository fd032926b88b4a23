"""The world by year: what the external sources say of every state and pair, as dense arrays.

Axis 0 (and 1) is the state (``World.states`` gives COW codes in order), the last axis the year
(``FIRST`` .. ``LAST``). Unknown is NaN (or -1 in the small-integer arrays), never zero: a source
says nothing outside its span, and nothing of states it does not list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from foedus.panel.recent_wars import recent_wars
from foedus.states import all_states

FIRST, LAST = 1810, 2030
YEARS = np.arange(FIRST, LAST + 1)
Loader = Callable[[str], pl.DataFrame]

#: The tables of `foedus.sources` that `build_world` reads.
WORLD_TABLES = (
    "nmc",
    "democracy_state_year",
    "un_ideal_points",
    "majors",
    "interstate_war",
    "chisols",
    "gml_mid_directed_dyad_year",
    "rivalry_tss",
    "contiguity_direct",
    "igo_dyad_year",
    "capitals",
)

#: How many years a value may be carried forward past its source's last year. Slow-moving measures
#: only; disputes, wars and leaders are never carried.
CARRY = {"cinc": 5, "dem": 3, "ideal": 3, "igos": 10, "rivalry": 6, "major": 15, "contiguous": 15}


@dataclass(frozen=True)
class World:
    """Dense arrays; ``n`` states, ``t`` years. Memory about 90 MB.

    state-year (n, t) float32: ``cinc`` share of world capabilities 0..1; ``dem`` extended unified
    democracy score (mean 0, sd 1 over all state-years); ``ideal`` UN General Assembly ideal point;
    ``major`` 0/1; ``at_war`` 0/1 interstate war; ``war_ended`` 0/1; ``leader_change`` 0/1;
    ``coalition_change`` 0/1 (supporting coalition of leaders, CHISOLS); ``member`` 0/1.
    dyad-year (n, n, t) int8, -1 unknown: ``mid`` militarized dispute on opposite sides;
    ``rivalry``; ``contiguous`` by land. int16: ``igos`` shared intergovernmental organizations.
    ``distance`` (n, n) km between capitals. ``spans``: array name -> (first, last year covered).
    """

    states: np.ndarray
    cinc: np.ndarray
    dem: np.ndarray
    ideal: np.ndarray
    major: np.ndarray
    at_war: np.ndarray
    war_ended: np.ndarray
    leader_change: np.ndarray
    coalition_change: np.ndarray
    member: np.ndarray
    mid: np.ndarray
    rivalry: np.ndarray
    contiguous: np.ndarray
    igos: np.ndarray
    distance: np.ndarray
    spans: dict[str, tuple[int, int]]

    def index(self, ccode: int) -> int:
        """Row of a COW code; KeyError when the code is not in the state system."""
        at = int(np.searchsorted(self.states, ccode))
        if at == len(self.states) or self.states[at] != ccode:
            raise KeyError(ccode)
        return at

    def cut(self, through: int) -> World:
        """The world as its sources described it when they ended with the year ``through``."""
        keep = _between(FIRST, through)
        changed = {}
        for name in _FLOATS:
            changed[name] = np.where(keep, getattr(self, name), np.nan).astype(np.float32)
        for name in _SMALL:
            array = getattr(self, name).copy()
            array[..., ~keep] = -1
            changed[name] = array
        spans = {k: (a, min(b, through)) for k, (a, b) in self.spans.items()}
        return replace(self, **changed, spans=spans)


_FLOATS = (
    "cinc",
    "dem",
    "ideal",
    "major",
    "at_war",
    "war_ended",
    "leader_change",
    "coalition_change",
)
_SMALL = ("mid", "rivalry", "contiguous", "igos")


def _column(frame: pl.DataFrame, name: str, dtype: type = float) -> np.ndarray:
    kind = pl.Float64 if dtype is float else pl.Int64
    return frame[name].cast(kind, strict=False).to_numpy()


def _between(first: int, last: int) -> np.ndarray:
    """Mask over YEARS, both ends included."""
    return (first <= YEARS) & (last >= YEARS)


class _Builder:
    def __init__(self, load: Loader) -> None:
        self.load = load
        self.states = np.array(sorted(s.cow for s in all_states()))
        self.at = {int(c): i for i, c in enumerate(self.states)}
        self.shape = (len(self.states), len(YEARS))
        self.spans: dict[str, tuple[int, int]] = {}

    def rows(self, codes: np.ndarray) -> np.ndarray:
        return np.array([self.at.get(int(c), -1) if np.isfinite(c) else -1 for c in codes])

    def state_year(self, name: str, frame: pl.DataFrame, value: str) -> np.ndarray:
        frame = frame.filter(pl.col(value).is_not_null())
        out = np.full(self.shape, np.nan, np.float32)
        i, y, v = (
            self.rows(_column(frame, "ccode")),
            _column(frame, "year", int),
            _column(frame, value),
        )
        ok = (i >= 0) & (y >= FIRST) & (y <= LAST) & np.isfinite(v)
        out[i[ok], y[ok] - FIRST] = v[ok]
        self.spans[name] = (int(y[ok].min()), int(y[ok].max()))
        return self.carry(name, out)

    def carry(self, name: str, out: np.ndarray) -> np.ndarray:
        """Carry the last covered year forward, for as long as CARRY allows."""
        last = self.spans[name][1] - FIRST
        for step in range(1, CARRY.get(name, 0) + 1):
            if last + step < out.shape[-1]:
                out[..., last + step] = out[..., last]
        return out

    def flags(self, name: str, span: tuple[int, int], hits: list[tuple[int, int]]) -> np.ndarray:
        """0/1 within ``span`` for every state, 1 at (row, year) hits, NaN outside the span."""
        out = np.full(self.shape, np.nan, np.float32)
        out[:, _between(*span)] = 0
        for i, year in hits:
            if i >= 0 and span[0] <= year <= span[1]:
                out[i, year - FIRST] = 1
        self.spans[name] = span
        return self.carry(name, out)

    def dyads(self, dtype: type) -> np.ndarray:
        return np.full((len(self.states), *self.shape), -1, dtype)


def build_world(load: Loader) -> World:
    """Read the sources through ``load`` (table name -> frame) into one `World`.

    Raises MissingDataError (from ``load``) when a needed table has not been imported.
    """
    b = _Builder(load)
    cinc = b.state_year("cinc", load("nmc"), "cinc")
    dem = b.state_year("dem", load("democracy_state_year"), "euds")
    ideal_frame = load("un_ideal_points").with_columns(year=pl.col("session").cast(pl.Int32) + 1945)
    ideal = b.state_year("ideal", ideal_frame, "idealpointall")
    at_war, war_ended = _wars(b)
    leader, coalition = _leaders(b)
    return World(
        states=b.states,
        cinc=cinc,
        dem=dem,
        ideal=ideal,
        major=_majors(b),
        at_war=at_war,
        war_ended=war_ended,
        leader_change=leader,
        coalition_change=coalition,
        member=_membership(b),
        mid=_disputes(b),
        rivalry=_rivalries(b),
        contiguous=_contiguity(b),
        igos=_igos(b),
        distance=_distance(b),
        spans=b.spans,
    )


def _membership(b: _Builder) -> np.ndarray:
    out = np.zeros(b.shape, np.float32)
    for state in all_states():
        for spell in state.spells:
            end = spell.end.year if spell.end else LAST
            out[b.at[state.cow], _between(spell.start.year, end)] = 1
    return out


def _majors(b: _Builder) -> np.ndarray:
    frame = b.load("majors")
    hits = []
    last = int(frame["endyear"].max())  # type: ignore[arg-type]
    for row in frame.iter_rows(named=True):
        hits += [
            (b.at.get(int(row["ccode"]), -1), y)
            for y in range(int(row["styear"]), int(row["endyear"]) + 1)
        ]
    return b.flags("major", (1816, last), hits)


def _wars(b: _Builder) -> tuple[np.ndarray, np.ndarray]:
    """Interstate wars: COW's list to its end in 2007, then the package's own short one."""
    frame = b.load("interstate_war")
    ongoing, ended = [], []
    for row in frame.iter_rows(named=True):
        i = b.at.get(int(row["ccode"]), -1)
        for part in ("1", "2"):
            start, end = row[f"startyear{part}"], row[f"endyear{part}"]
            if start is None or end is None or start < 0 or end < 0:
                continue
            ongoing += [(i, y) for y in range(int(start), int(end) + 1)]
            ended.append((i, int(end)))
    recent, last = recent_wars()
    for war in recent:
        for i in (b.at[code] for side in war.sides for code in side):
            ongoing += [(i, y) for y in range(war.start, (war.end or last) + 1)]
            if war.end is not None:
                ended.append((i, war.end))
    span = (1816, last)
    return b.flags("at_war", span, ongoing), b.flags("war_ended", span, ended)


def _leaders(b: _Builder) -> tuple[np.ndarray, np.ndarray]:
    frame = b.load("chisols")
    leader = b.state_year("leader_change", frame, "leadertrans")
    coalition = b.state_year("coalition_change", frame, "solschdum")
    return leader, coalition


def _disputes(b: _Builder) -> np.ndarray:
    frame = b.load("gml_mid_directed_dyad_year").filter(pl.col("gmlmidongoing") == 1)
    out = b.dyads(np.int8)
    i, j = b.rows(_column(frame, "ccode1")), b.rows(_column(frame, "ccode2"))
    y = _column(frame, "year", int)
    span = (int(y.min()), int(y.max()))
    out[..., _between(*span)] = 0
    ok = (i >= 0) & (j >= 0)
    out[i[ok], j[ok], y[ok] - FIRST] = 1
    out[j[ok], i[ok], y[ok] - FIRST] = 1
    b.spans["mid"] = span
    return out


def _rivalries(b: _Builder) -> np.ndarray:
    frame = b.load("rivalry_tss")
    out = b.dyads(np.int8)
    last = int(frame["end"].max())  # type: ignore[arg-type]
    out[..., _between(1816, last)] = 0
    for row in frame.iter_rows(named=True):
        i, j = b.at.get(int(row["ccode1"]), -1), b.at.get(int(row["ccode2"]), -1)
        if i < 0 or j < 0:
            continue
        on = _between(max(row["start"], 1816), row["end"])
        out[i, j, on] = out[j, i, on] = 1
    b.spans["rivalry"] = (1816, last)
    return b.carry("rivalry", out)


def _contiguity(b: _Builder) -> np.ndarray:
    frame = b.load("contiguity_direct").filter(pl.col("conttype") == 1)
    out = b.dyads(np.int8)
    last = int(frame["enddate"].dt.year().max())  # type: ignore[arg-type]
    out[..., _between(1816, last)] = 0
    for row in frame.iter_rows(named=True):
        i, j = b.at.get(int(row["ccode1"]), -1), b.at.get(int(row["ccode2"]), -1)
        if i >= 0 and j >= 0:
            on = _between(row["stdate"].year, row["enddate"].year)
            out[i, j, on] = out[j, i, on] = 1
    b.spans["contiguous"] = (1816, last)
    return b.carry("contiguous", out)


def _igos(b: _Builder) -> np.ndarray:
    frame = b.load("igo_dyad_year").filter(pl.col("dyadigos").is_not_null())
    out = b.dyads(np.int16)
    i, j = b.rows(_column(frame, "ccode1")), b.rows(_column(frame, "ccode2"))
    y, v = _column(frame, "year", int), _column(frame, "dyadigos", int)
    ok = (i >= 0) & (j >= 0) & (y >= FIRST)
    i, j, y, v = i[ok], j[ok], y[ok] - FIRST, v[ok]
    out[i, j, y] = v
    out[j, i, y] = v
    b.spans["igos"] = (int(y.min()) + FIRST, int(y.max()) + FIRST)
    return b.carry("igos", out)


def _distance(b: _Builder) -> np.ndarray:
    """Great-circle distance between capitals in km (the first capital of each state on record)."""
    frame = b.load("capitals").sort("stdate", descending=True)
    place = np.full((b.shape[0], 2), np.nan)
    for row in frame.iter_rows(named=True):
        i = b.at.get(int(row["ccode"]), -1)
        if i >= 0:
            place[i] = row["lat"], row["lng"]
    lat, lng = np.radians(place[:, 0]), np.radians(place[:, 1])
    half = (
        np.sin((lat[:, None] - lat[None]) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat[None]) * np.sin((lng[:, None] - lng[None]) / 2) ** 2
    )
    return (2 * 6371.0 * np.arcsin(np.sqrt(np.clip(half, 0, 1)))).astype(np.float32)
