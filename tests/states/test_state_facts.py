"""The facts themselves: codes, spells and names hang together, and are read strictly."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from time import perf_counter

import pytest

from foedus.errors import RegisterError, UnknownStateError
from foedus.states import State, all_states, reading, state_by_code, state_by_cow, state_by_gw
from foedus.states.outside import GW_ONLY, TERRITORIES
from foedus.states.reading import read_facts

STATES = all_states()


def by_code(state: State) -> str:
    return state.code


def test_the_system_has_had_217_members_and_194_plus_kosovo_and_taiwan_still_are():
    assert len(STATES) == 217
    assert sum(state.is_member(date(2024, 1, 1)) for state in STATES) == 195
    assert sum(state.is_member(date(1816, 1, 1)) for state in STATES) == 23


def test_codes_numbers_and_abbreviations_are_one_to_one():
    for values in (
        [s.code for s in STATES],
        [s.cow for s in STATES],
        [s.cow_abb for s in STATES],
        [s.name for s in STATES],
    ):
        assert len(values) == len(set(values))


def test_no_code_of_the_past_means_a_second_state():
    owners: dict[str, str] = {state.code: state.code for state in STATES}
    for state in STATES:
        for code in {*(dated.code for dated in state.codes), *state.other_codes} - {state.code}:
            assert owners.setdefault(code, state.code) == state.code
            assert code not in TERRITORIES


@pytest.mark.parametrize("state", STATES, ids=by_code)
def test_spells_are_ordered_and_disjoint(state: State):
    for spells in (state.spells, state.gw_spells):
        for spell in spells:
            assert spell.end is None or spell.start <= spell.end
        for earlier, later in pairwise(spells):
            assert earlier.end is not None
            assert earlier.end < later.start
    assert state.spells[0].start >= date(1816, 1, 1)


@pytest.mark.parametrize("state", STATES, ids=by_code)
def test_on_every_day_of_membership_there_is_exactly_one_name_and_code(state: State):
    named = [name for name in state.names if name.kind == "name"]
    for spell in state.spells:
        last = spell.end or date(2100, 1, 1)
        edges = {spell.start, last}
        for span in (*named, *state.codes):
            for edge in (span.start, span.end):
                for day in (edge and edge - timedelta(1), edge, edge and edge + timedelta(1)):
                    if day and spell.start <= day <= last:
                        edges.add(day)
        for day in edges:
            assert sum(name.covers(day) for name in named) == 1, day
            assert sum(dated.covers(day) for dated in state.codes) <= 1, day


@pytest.mark.parametrize("state", STATES, ids=by_code)
def test_holders_are_states_and_hold_only_what_is_not_a_member(state: State):
    for holder in state.held:
        assert state_by_code(holder.code) is not state
        if holder.start and holder.end:
            middle = holder.start + (holder.end - holder.start) / 2
            assert not state.is_member(middle)
        if holder.end:
            assert not state.is_member(holder.end)


@pytest.mark.parametrize(
    ("code", "on", "name", "shown"),
    [
        ("RUS", "1900-01-01", "Russia", "RUS"),
        ("RUS", "1961-07-06", "Soviet Union", "SUN"),
        ("RUS", "2024-06-19", "Russia", "RUS"),
        ("DEU", "1866-06-15", "Prussia", "PRU"),
        ("DEU", "1914-08-01", "Germany", "DEU"),
        ("ITA", "1855-01-26", "Sardinia", "SAR"),
        ("ITA", "1882-05-20", "Italy", "ITA"),
        ("AUH", "1834-01-01", "Austrian Empire", "AUH"),
        ("AUH", "1879-10-07", "Austria-Hungary", "AUH"),
        ("TUR", "1914-08-02", "Ottoman Empire", "TUR"),
        ("TUR", "1955-02-24", "Turkey", "TUR"),
        ("TUR", "2024-01-01", "Türkiye", "TUR"),
        ("SRB", "1914-07-28", "Serbia", "SRB"),
        ("SRB", "1953-02-28", "Yugoslavia", "YUG"),
        ("SRB", "2004-01-01", "Serbia and Montenegro", "SCG"),
        ("SRB", "2024-01-01", "Serbia", "SRB"),
        ("CSK", "1938-09-30", "Czechoslovakia", "CSK"),
        ("CZE", "2010-01-01", "Czech Republic", "CZE"),
        ("CZE", "2024-01-01", "Czechia", "CZE"),
        ("VNM", "1965-01-01", "North Vietnam", "VDR"),
        ("VNM", "1980-01-01", "Vietnam", "VNM"),
        ("RVN", "1965-01-01", "South Vietnam", "RVN"),
        ("YAR", "1950-01-01", "Yemen", "YAR"),
        ("YAR", "1975-01-01", "North Yemen", "YAR"),
        ("YMD", "1975-01-01", "South Yemen", "YMD"),
        ("COD", "1961-01-01", "Congo (Léopoldville)", "COD"),
        ("COD", "1980-01-01", "Zaire", "ZAR"),
        ("COD", "2024-01-01", "Democratic Republic of the Congo", "COD"),
        ("IRN", "1910-01-01", "Persia", "IRN"),
        ("THA", "1893-01-01", "Siam", "THA"),
        ("THA", "1942-01-01", "Thailand", "THA"),
        ("MMR", "1970-01-01", "Burma", "BUR"),
        ("LKA", "1960-01-01", "Ceylon", "LKA"),
        ("BFA", "1970-01-01", "Upper Volta", "HVO"),
        ("BEN", "1970-01-01", "Dahomey", "DHY"),
        ("ZWE", "1970-01-01", "Rhodesia", "RHO"),
        ("TZA", "1962-01-01", "Tanganyika", "TZA"),
        ("EGY", "1965-01-01", "United Arab Republic", "EGY"),
        ("SWZ", "1990-01-01", "Swaziland", "SWZ"),
        ("MKD", "2000-01-01", "Macedonia", "MKD"),
        ("CPV", "2000-01-01", "Cape Verde", "CPV"),
        ("MYS", "1960-01-01", "Malaya", "MYS"),
        ("SAU", "1928-01-01", "Hejaz and Nejd", "SAU"),
        ("JOR", "1947-01-01", "Transjordan", "JOR"),
    ],
)
def test_a_state_goes_by_the_name_and_code_of_the_time(code, on, name, shown):
    day = date.fromisoformat(on)
    state = state_by_code(code)
    assert (state.name_on(day), state.code_on(day)) == (name, shown)
    assert state_by_code(shown) is state


def test_gleditsch_and_ward_see_united_germany_as_the_federal_republic_going_on():
    assert state_by_gw(260, date(1970, 1, 1)).code == "GFR"
    assert state_by_gw(260, date(2000, 1, 1)).code == "DEU"
    assert state_by_gw(678, date(1980, 1, 1)).code == "YAR"
    assert state_by_gw(678, date(2000, 1, 1)).code == "YEM"
    assert state_by_gw(340, date(2010, 1, 1)) is state_by_gw(345, date(1960, 1, 1))


def test_a_gleditsch_ward_number_is_not_taken_for_a_cow_number():
    for number in (340, *GW_ONLY):
        with pytest.raises(UnknownStateError, match="Gleditsch"):
            state_by_cow(number)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("XXX 999 XXX\n", "line 1"),
        ("XXX 999 XXX - Utopia\n  cow 1950-01-01..1940-01-01\n", "ends before it starts"),
        ("XXX 999 XXX - Utopia\n  gw 1950-01-01..\n", "without a Gleditsch-Ward number"),
        ("XXX 999 XXX - Utopia\n  cow 1950-13-01..\n", "month"),
        ("XXX 999 XXX - Utopia\n  name Erewhon\n", "cannot read 'name' 'Erewhon'"),
        ("XXX 999 XXX - Utopia\n  nickname Erewhon\n", "cannot read 'nickname'"),
        ("# only a remark\n  cow 1950-01-01..\n", "line 2"),
    ],
)
def test_a_broken_fact_is_an_error_that_says_where(text, complaint):
    with pytest.raises(RegisterError, match=r"facts\.txt, the state at line") as caught:
        read_facts(text, "facts.txt")
    assert complaint in str(caught.value)


def test_a_bare_year_stands_for_its_whole_length():
    (state,) = read_facts("XXX 999 XXX - Utopia\n  cow 1950..1960; 1970..  # remark\n", "facts.txt")
    assert [(spell.start, spell.end) for spell in state.spells] == [
        (date(1950, 1, 1), date(1960, 12, 31)),
        (date(1970, 1, 1), None),
    ]


def test_all_facts_are_read_within_30_ms_and_without_polars():
    times = []
    for _ in range(5):
        start = perf_counter()
        reading.all_states.__wrapped__()
        times.append(perf_counter() - start)
    assert min(times) < 0.030
    code = "import sys, foedus.states as s; s.find_state('RUS'); sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
