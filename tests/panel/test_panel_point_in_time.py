"""Whatever is computed as of a date uses only what was so by then."""

from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import STATES, Treaties, cut, small_world

from foedus.panel import FIRST, NAMES, YEARS, World, alliance_years, build_world, context_of
from foedus.register import AllianceTable
from foedus.sources import Cache

KNOWN_BEFORE = ("alliance_id", "age0", "exposure", *NAMES)


def rows_at(
    alliances: pl.DataFrame, members: pl.DataFrame, world: World, year: int
) -> pl.DataFrame:
    """Rows of one year, of the alliances signed before it."""
    frame = alliance_years(alliances, members, world, last=year)
    if frame.is_empty():
        return pl.DataFrame(schema=KNOWN_BEFORE)
    return rows_of(frame, year)


def rows_of(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    mine = frame.filter((pl.col("year") == year) & (pl.col("age0") > 0))
    return mine.select(KNOWN_BEFORE).sort("alliance_id")


def differences(ours: pl.DataFrame, theirs: pl.DataFrame) -> list[str]:
    """Columns that differ by more than the order of a sum in single precision."""
    keys = [n for n in ("alliance_id", "year") if n in ours.columns]
    assert ours.select(keys).equals(theirs.select(keys))
    columns = ("age0", "exposure", *NAMES)
    pairs = {n: (ours[n].fill_null(np.nan), theirs[n].fill_null(np.nan)) for n in columns}
    return [n for n, (x, y) in pairs.items() if not np.allclose(x, y, 1e-5, 1e-6, equal_nan=True)]


@pytest.mark.shared
@pytest.mark.parametrize("through", [1870, 1925, 1960, 1995])
def test_rows_are_the_same_from_a_register_and_a_world_cut_at_the_year_before(
    through: int, atop: AllianceTable, real_world: World, panel: pl.DataFrame
) -> None:
    whole = rows_of(panel, through + 1)
    known = cut(atop.alliances, atop.members, through)
    part = rows_at(*known, real_world.cut(through), through + 1)
    assert len(whole) >= 7
    assert differences(whole, part) == []


def _sources_until(cache: Cache, through: int, name: str) -> pl.DataFrame:
    frame, end = cache.load(name), date(through, 12, 31)
    cap = partial(pl.min_horizontal, pl.lit(through, pl.Int32))
    match name:
        case "un_ideal_points":
            return frame.filter(pl.col("session") + 1945 <= through)
        case "majors":
            return frame.filter(pl.col("styear") <= through).with_columns(endyear=cap("endyear"))
        case "rivalry_tss":
            return frame.filter(pl.col("start") <= through).with_columns(end=cap("end"))
        case "contiguity_direct":
            open_end = pl.min_horizontal("enddate", pl.lit(end))
            return frame.filter(pl.col("stdate") <= end).with_columns(enddate=open_end)
        case "capitals":
            return frame.filter(pl.col("stdate") <= end)
        case "interstate_war":
            # COW lists wars when they are over; that one is going on was known all the same.
            return frame.filter(pl.col("startyear1") <= through)
        case _:
            return frame.filter(pl.col("year") <= through)


@pytest.mark.shared
@pytest.mark.parametrize("through", [1960, 1985])
def test_rows_are_the_same_from_sources_that_end_with_the_year_before(
    through: int, imported: Cache, atop: AllianceTable, panel: pl.DataFrame
) -> None:
    whole = rows_of(panel, through + 1)
    then = build_world(partial(_sources_until, imported, through))
    assert np.isnan(then.dem[:, through + 5 - FIRST]).all()
    part = rows_at(*cut(atop.alliances, atop.members, through), then, through + 1)
    assert differences(whole, part) == []


@pytest.mark.shared
def test_the_whole_past_is_the_same_too(
    atop: AllianceTable, real_world: World, panel: pl.DataFrame
) -> None:
    through = 1985
    # What came of it is known by then as well; an ending still ahead is none yet.
    whole = panel.filter(pl.col("year") <= through)
    known = cut(atop.alliances, atop.members, through)
    part = alliance_years(*known, real_world.cut(through), last=through)
    assert len(whole) > 5000
    whole, part = (f.sort("alliance_id", "year") for f in (whole, part))
    assert differences(whole, part) == []
    assert whole["event"].equals(part["event"])


def test_a_world_cut_at_a_year_knows_nothing_later() -> None:
    world = small_world().cut(1960)
    late = YEARS > 1960
    for name in ("cinc", "dem", "at_war", "leader_change"):
        assert np.isnan(getattr(world, name)[:, late]).all()
        assert np.isfinite(getattr(world, name)[:, ~late]).all()
    for name in ("mid", "rivalry", "igos", "contiguous"):
        assert (getattr(world, name)[..., late] == -1).all()
    assert world.spans["cinc"] == (1816, 1960)


@st.composite
def histories(draw) -> Treaties:
    """A few alliances with members who join late, leave early and come back."""
    out = Treaties()
    day = st.dates(date(1930, 1, 2), date(1979, 12, 30))
    for k in range(draw(st.integers(2, 6))):
        signed = draw(day)
        ended = draw(st.none() | day.filter(lambda d, s=signed: d > s))
        codes = draw(st.lists(st.sampled_from(STATES), min_size=2, max_size=5, unique=True))
        members = []
        for at, code in enumerate(codes):
            late = st.dates(signed, ended or date(1980, 12, 31))
            entry = signed if at < 2 else draw(late)
            left = draw(st.none() | st.dates(entry, ended or date(1980, 12, 31)))
            members.append((code, entry, left or ended))
        cause = draw(st.sampled_from(["violated", "renegotiated", "scheduled"])) if ended else None
        out.add(f"t{k}", members, signed, ended, cause)
    return out


@settings(max_examples=40, deadline=None)
@given(histories(), st.integers(1931, 1979))
def test_joining_leaving_and_ending_after_the_day_never_show(
    treaties: Treaties, through: int
) -> None:
    world = small_world()
    whole = rows_at(*treaties.frames, world, through + 1)
    known = cut(*treaties.frames, through)
    if known[0].is_empty():
        assert whole.is_empty()
        return
    part = rows_at(*known, world.cut(through), through + 1)
    assert differences(whole, part) == []


@settings(max_examples=20, deadline=None)
@given(histories(), st.integers(1931, 1979))
def test_the_web_of_a_cut_register_is_the_web_as_it_was(treaties: Treaties, through: int) -> None:
    world = small_world()
    known = cut(*treaties.frames, through)
    if known[0].is_empty():
        return
    whole, part = context_of(*treaties.frames, world).web, context_of(*known, world).web
    upto = through - FIRST + 1
    assert np.array_equal(whole.pair[..., :upto], part.pair[..., :upto])
    assert np.array_equal(whole.portfolio[..., :upto], part.portfolio[..., :upto])
    assert np.array_equal(whole.ended[..., :upto], part.ended[..., :upto])
