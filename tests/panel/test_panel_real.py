"""The table and the world of the imported data, at points a reader can check."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from foedus.panel import FIRST, NAMES, World

pytestmark = pytest.mark.shared
USA, GBR, FRA, GFR, AUH, RUS, JPN, CHN, PRK = 2, 200, 220, 260, 300, 365, 740, 710, 731


def test_all_alliances_with_two_states_of_the_system_are_in(panel: pl.DataFrame) -> None:
    # 745 in ATOP 4.01; one (1874-83, violated) has a single member that COW lists as a state.
    assert panel["alliance_id"].n_unique() == 744
    assert panel.filter(pl.col("event").is_in(["none"]).not_())["alliance_id"].is_unique().all()
    assert panel["observed"].all()


def test_endings_by_cause_are_atops(panel: pl.DataFrame) -> None:
    counted = dict(panel["event"].value_counts().iter_rows())
    counted.pop("none")
    assert sum(counted.values()) == 410
    assert counted["violated"] == 159
    assert counted["renegotiated"] == 118
    assert counted["scheduled"] == 84


def test_every_factor_is_known_somewhere_and_finite_where_known(panel: pl.DataFrame) -> None:
    for name in NAMES:
        known = panel[name].drop_nulls()
        assert len(known) > 1000, name
        assert known.is_finite().all(), name


def at(world: World, array: str, state: int, year: int) -> float:
    return float(getattr(world, array)[world.index(state), year - FIRST])


def test_the_world_knows_who_fought_whom(real_world: World) -> None:
    assert at(real_world, "at_war", USA, 1943) == 1
    assert at(real_world, "at_war", USA, 1948) == 0
    assert at(real_world, "war_ended", GBR, 1918) == 1
    assert np.isnan(real_world.at_war[:, 2028 - FIRST]).all()


def test_the_world_knows_the_great_powers(real_world: World) -> None:
    majors_1914 = {GBR, FRA, AUH, RUS, JPN, USA}
    assert all(at(real_world, "major", s, 1914) == 1 for s in majors_1914)
    assert at(real_world, "major", PRK, 1960) == 0


def test_shares_of_capabilities_add_up_to_one(real_world: World) -> None:
    # In the publisher's file the shares of 1816-55 add up to 1.02 to 1.05.
    for year in (1816, 1913, 1950, 2010):
        assert np.nansum(real_world.cinc[:, year - FIRST]) == pytest.approx(1, abs=0.06)


def test_dyadic_arrays_are_symmetric(real_world: World) -> None:
    for name in ("mid", "rivalry", "contiguous", "igos"):
        slices = getattr(real_world, name)[..., [1900 - FIRST, 1975 - FIRST]]
        assert np.array_equal(slices, slices.transpose(1, 0, 2)), name


def test_sources_that_have_ended_are_unknown_and_not_quiet(real_world: World) -> None:
    assert np.isnan(real_world.leader_change[:, 2015 - FIRST]).all()
    assert (real_world.mid[..., 2015 - FIRST] == -1).all()


def test_china_and_north_korea_are_seen_as_they_are(panel: pl.DataFrame) -> None:
    row = panel.filter((pl.col("alliance_id") == "atop-3445") & (pl.col("year") == 1975))
    seen = row.to_dicts()[0]
    assert (seen["defense"], seen["bilateral"], seen["major_minor"], seen["contiguous"]) == (1,) * 4
    assert seen["age0"] == pytest.approx(13.47, abs=0.01)
    assert seen["power_ratio"] > 2
    assert seen["democracy_min"] < 0
    assert seen["event"] == "none"


def test_the_dual_alliance_ends_in_1918_after_a_war(panel: pl.DataFrame) -> None:
    mine = panel.filter(pl.col("alliance_id") == "atop-1335").sort("year")
    assert mine["year"].to_list() == list(range(1879, 1919))
    assert mine["event"].to_list()[-1] == "scheduled"
    at_war = dict(zip(mine["year"], mine["member_at_war"], strict=True))
    assert (at_war[1914], at_war[1915]) == (0, 1)
