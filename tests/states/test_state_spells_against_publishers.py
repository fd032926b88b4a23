"""Spells, day by day, against the published lists; whatever differs is named here, with the reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foedus.states import all_states, state_by_cow, state_by_gw

pytestmark = pytest.mark.shared

#: COW's list stops on 2016-12-31, that of G-W on 2017-12-31: those ends are censoring, not ends.
COW_STOPS = date(2016, 12, 31)
GW_STOPS = date(2017, 12, 31)

#: (COW number, start) -> why foedus has another spell than COW's States2016. There is none.
COW_DIFFERENCES: dict[tuple[int, date], str] = {}

#: (G-W number, published start) -> (what foedus has instead, why).
GW_DIFFERENCES: dict[tuple[int, date], tuple[list[tuple[int, date, date | None]], str]] = {
    (260, date(1949, 9, 21)): (
        [
            (260, date(1949, 9, 21), date(1990, 10, 2)),
            (255, date(1990, 10, 3), None),
        ],
        "G-W let the Federal Republic go on after 1990; COW ends 260 and has 255 come back, so one "
        "G-W spell lies on two COW entities.",
    ),
    (678, date(1918, 10, 30)): (
        [
            (678, date(1918, 10, 30), date(1990, 5, 21)),
            (679, date(1990, 5, 22), None),
        ],
        "G-W let North Yemen go on as united Yemen; COW has a new member, 679, from unification.",
    ),
    (340, date(1878, 7, 13)): (
        [(345, date(1878, 7, 13), date(1915, 10, 1))],
        "G-W number Serbia apart from Yugoslavia; both are COW 345.",
    ),
    (340, date(2006, 6, 5)): (
        [(345, date(2006, 6, 5), None)],
        "G-W number Serbia apart from Yugoslavia; both are COW 345.",
    ),
    (517, date(1962, 1, 7)): (
        [(517, date(1962, 7, 1), None)],
        "Rwanda became independent on 1 July 1962; the published day and month are swapped.",
    ),
    (89, date(1823, 7, 1)): ([], "The United Provinces of Central America are not on COW's list."),
    (99, date(1821, 8, 30)): ([], "Great Colombia is not on COW's list."),
    (563, date(1852, 1, 1)): ([], "Transvaal is not on COW's list."),
    (564, date(1854, 3, 28)): ([], "The Orange Free State is not on COW's list."),
    (711, date(1913, 1, 1)): ([], "Tibet is not on COW's list."),
    (815, date(1816, 1, 1)): ([], "Annam before the French protectorate is not on COW's list."),
}

#: Where COW and G-W disagree on membership at mid-year of at least five years, and why.
DISAGREE: dict[str, str] = {
    "Before 1920 COW asks for half a million people and missions of Britain and France, G-W for a "
    "quarter of a million and a government of its own.": (
        "HTI DOM MEX GTM HND SLV NIC VEN ECU PER BOL PRY CHL ARG URY MAR TUN IRN EGY CHN JOS JPN "
        "THA ETH MEC MOD PMA"
    ),
    "From 1920 COW takes membership of the League as the sign for states G-W count before.": (
        "CAN CRI LUX LBR ZAF AUS NZL NPL"
    ),
    "A personal union (to 1837) or a suzerain (to 1908) bars membership for COW, not for G-W.": (
        "HAN BGR"
    ),
    "COW keeps Serbia through the occupation of 1915-18 and suspends Yugoslavia in 1941-44, G-W "
    "the other way round.": "SRB",
    "G-W let the last Papal territory count until Rome fell in 1870.": "PAP",
    "COW suspends states under occupation; G-W let them go on.": "BEL AUT CSK POL ALB JPN NOR DNK",
    "COW counts the two German states from sovereignty, G-W from foundation.": "GFR",
    "G-W list a state before colonial rule, COW only after it.": "MDG DZA LBY MMR AFG",
    "G-W count it from the Treaty of 1868 until the war, COW from 2006.": "MNE",
    "COW counts it from its treaty with Italy in 1926, G-W from the armistice of 1918.": "YAR",
    "COW counts it from its kingdom's recognition by Britain, G-W from the name of 1932.": "SAU",
    "Under British treaties: COW counts it from admission to the UN.": "OMN BTN",
}


def published(shared_dir: Path, name: str):
    import polars as pl

    path = shared_dir / "data" / "cow" / name
    return pl.read_csv(path) if path.suffix == ".csv" else pl.read_parquet(path)


def test_membership_spells_are_those_of_cow_to_the_day(shared_dir: Path):
    rows = published(shared_dir, "states2016.csv")
    theirs = set()
    for row in rows.iter_rows(named=True):
        end = date(row["endyear"], row["endmonth"], row["endday"])
        start = date(row["styear"], row["stmonth"], row["stday"])
        if (row["ccode"], start) not in COW_DIFFERENCES:
            theirs.add((row["ccode"], start, None if end == COW_STOPS else end))
    ours = {(s.cow, spell.start, spell.end) for s in all_states() for spell in s.spells}
    assert ours == theirs


def test_abbreviations_are_those_of_cow(shared_dir: Path):
    rows = published(shared_dir, "states2016.csv")
    theirs = {(row["ccode"], row["stateabb"]) for row in rows.iter_rows(named=True)}
    assert {(s.cow, s.cow_abb) for s in all_states()} == theirs


def test_gw_spells_are_those_of_gleditsch_and_ward_to_the_day(shared_dir: Path):
    theirs = set()
    used = set()
    for row in published(shared_dir, "gw_states.parquet").iter_rows(named=True):
        gw, start, end = int(row["gwcode"]), row["startdate"], row["enddate"]
        if (gw, start) in GW_DIFFERENCES:
            used.add((gw, start))
            for cow, first, last in GW_DIFFERENCES[gw, start][0]:
                theirs.add((gw, cow, first, last))
        else:
            theirs.add((gw, gw, start, None if end == GW_STOPS else end))
    ours = {(g.gw, s.cow, g.start, g.end) for s in all_states() for g in s.gw_spells}
    assert used == set(GW_DIFFERENCES), "a difference that is no more"
    assert ours == theirs


def test_a_gw_number_and_date_lead_back_to_the_entity(shared_dir: Path):
    for row in published(shared_dir, "gw_states.parquet").iter_rows(named=True):
        gw, start = int(row["gwcode"]), row["startdate"]
        if (gw, start) not in GW_DIFFERENCES:
            assert state_by_gw(gw, start) is state_by_cow(gw)


def test_where_the_two_lists_disagree_for_five_years_the_reason_is_known():
    apart = {
        state.code
        for state in all_states()
        if state.gw is not None
        and sum(
            state.is_member(date(year, 7, 1)) != (state.gw_on(date(year, 7, 1)) is not None)
            for year in range(1816, 2017)
        )
        >= 5
    }
    assert apart == {code for codes in DISAGREE.values() for code in codes.split()}


def test_display_codes_are_those_of_iso_for_members_of_the_united_nations(shared_dir: Path):
    import polars as pl

    rows = pl.read_csv(
        shared_dir / "data" / "un" / "ideal_points_jun2024.csv", infer_schema_length=0
    ).filter(pl.col("session") == "78")
    assert rows.height > 190
    differ = {
        (state_by_cow(int(row["ccode"])).code, row["iso3c"]) for row in rows.iter_rows(named=True)
    }
    # The file keeps the code that Serbia's COW number had as Yugoslavia.
    assert {(ours, theirs) for ours, theirs in differ if ours != theirs} == {("SRB", "YUG")}
