"""What an analyst types, and the one state it means."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.errors import AmbiguousStateError, NotAMemberError, UnknownStateError
from foedus.states import all_states, find_state, lookup, matches, state_by_code
from foedus.states.outside import TERRITORIES

STATES = all_states()


def code(text: str | int, on: str | None = None) -> str:
    return find_state(text, on).code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("RUS", "RUS"),
        ("rus", "RUS"),
        ("365", "RUS"),
        (365, "RUS"),
        ("002", "USA"),
        (" North Korea ", "PRK"),
        ("north-korea", "PRK"),
        ("DPRK", "PRK"),
        ("D.P.R.K.", "PRK"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Democratic People’s Republic of Korea", "PRK"),
        ("Korea, North", "PRK"),
        ("Korea, Dem. People's Rep.", "PRK"),
        ("Korea, Republic of", "KOR"),
        ("ROK", "KOR"),
        ("USSR", "RUS"),
        ("U.S.S.R.", "RUS"),
        ("The Soviet Union", "RUS"),
        ("UK", "GBR"),
        ("Great Britain", "GBR"),
        ("America", "USA"),
        ("the United States of America", "USA"),
        ("Cote d'Ivoire", "CIV"),
        ("CÔTE D’IVOIRE", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Sao Tome & Principe", "STP"),
        ("St. Lucia", "LCA"),
        ("Saint Lucia", "LCA"),
        ("Turkiye", "TUR"),
        ("Türkei", None),
        ("Wurttemberg", "WRT"),
        ("Wuerttemberg", "WRT"),
        ("Grand Duchy of Baden", "BAD"),
        ("Kingdom of Bavaria", "BAV"),
        ("Republic of Niger", "NER"),
        ("Federal Republic of Nigeria", "NGA"),
        ("Kingdom of the Two Sicilies", "SIC"),
        ("Papal States", "PAP"),
        ("Micronesia (Federated States of)", "FSM"),
        ("Russia (Soviet Union)", "RUS"),
        ("Italy/Sardinia", "ITA"),
        ("Congo (Kinshasa)", "COD"),
        ("Congo, Democratic Republic of the", "COD"),
        ("Macedonia, FYR", "MKD"),
        ("Abyssinia", "ETH"),
        ("Persia", "IRN"),
        ("Siam", "THA"),
        ("Northern Rhodesia", "ZMB"),
        ("Southern Rhodesia", "ZWE"),
        ("Tanganyika", "TZA"),
        ("Dahomey", "BEN"),
        ("Zaire", "COD"),
        ("Swaziland", "SWZ"),
        ("SUN", "RUS"),
        ("PRU", "DEU"),
        ("ROM", "ROU"),
        ("UAR", None),
    ],
)
def test_names_and_codes_of_any_time_and_spelling(typed, meant):
    if meant is None:
        assert len(matches(typed)) != 1
        with pytest.raises((UnknownStateError, AmbiguousStateError)):
            find_state(typed)
    else:
        assert code(typed) == meant


@pytest.mark.parametrize(
    ("shorter", "meant", "longer"),
    [
        ("Niger", "NER", ["Nigeria"]),
        ("Guinea", "GIN", ["Guinea-Bissau", "Equatorial Guinea", "Papua New Guinea"]),
        ("Sudan", "SDN", ["South Sudan"]),
        ("Mali", "MLI", ["Somalia", "Malaysia"]),
        ("Oman", "OMN", ["Romania"]),
        ("Ireland", "IRL", ["United Kingdom of Great Britain and Northern Ireland"]),
        ("Dominica", "DMA", ["Dominican Republic"]),
        ("India", "IND", ["Indiana"]),
        ("Samoa", "WSM", ["American Samoa"]),
        ("Macedonia", "MKD", []),
        ("Austria", "AUT", ["Austria-Hungary", "Australia"]),
        ("Hungary", "HUN", ["Austria-Hungary"]),
        ("Timor-Leste", "TLS", []),
        ("Tunis", "TUN", []),
    ],
)
def test_a_name_is_never_a_part_of_another(shorter, meant, longer):
    assert code(shorter) == meant
    for name in longer:
        assert meant not in [state.code for state in matches(name)]


@pytest.mark.parametrize(
    ("name", "on", "meant"),
    [
        ("Korea", "1900-01-01", "JOS"),
        ("Germany", "1914-08-01", "DEU"),
        ("Germany", "1991-01-01", "DEU"),
        ("Germany", None, "DEU"),
        ("Federal Republic of Germany", "1970-01-01", "GFR"),
        ("Federal Republic of Germany", "2000-01-01", "DEU"),
        ("Prussia", "1866-06-15", "DEU"),
        ("Vietnam", "1980-01-01", "VNM"),
        ("Vietnam", None, "VNM"),
        ("Republic of Vietnam", None, "RVN"),
        ("Democratic Republic of Vietnam", "1960-01-01", "VNM"),
        ("Yemen", "1950-01-01", "YAR"),
        ("Yemen", "1995-01-01", "YEM"),
        ("Yemen", None, "YEM"),
        ("China", "1900-01-01", "CHN"),
        ("China", "1960-01-01", "CHN"),
        ("Republic of China", "1930-01-01", "CHN"),
        ("Republic of China", "1960-01-01", "TWN"),
        ("People's Republic of China", "1960-01-01", "CHN"),
        ("Austria", "1850-01-01", "AUH"),
        ("Austria", "1914-07-28", "AUH"),
        ("Austria", "1930-01-01", "AUT"),
        ("Serbia", "1914-07-28", "SRB"),
        ("Yugoslavia", "1960-01-01", "SRB"),
        ("Russia", "1961-01-01", "RUS"),
        ("Turkey", "1900-01-01", "TUR"),
        ("Ottoman Empire", "1900-01-01", "TUR"),
        ("United Arab Republic", "1965-01-01", "EGY"),
        ("Congo", "1960-07-15", "COD"),
        ("Hesse", "1867-01-01", "HSG"),
        ("Ceylon", "2020-01-01", "LKA"),
        ("Republic of the Congo", "1995-01-01", "COG"),
    ],
)
def test_the_date_decides(name, on, meant):
    assert code(name, on) == meant


@pytest.mark.parametrize(
    ("name", "on", "candidates"),
    [
        ("Korea", None, {"PRK", "KOR"}),
        ("Korea", "1960-01-01", {"PRK", "KOR"}),
        ("Korea", "1949-01-01", {"PRK", "KOR"}),
        ("Germany", "1970-01-01", {"GFR", "DDR"}),
        ("Germany", "1954-06-01", {"GFR", "DDR"}),
        ("Vietnam", "1960-01-01", {"VNM", "RVN"}),
        ("Yemen", "1980-01-01", {"YAR", "YMD"}),
        ("Congo", None, {"COG", "COD"}),
        ("Congo", "1980-01-01", {"COG", "COD"}),
        ("Congo", "2024-01-01", {"COG", "COD"}),
        ("Republic of the Congo", "1962-01-01", {"COG", "COD"}),
        ("Hesse", None, {"HSE", "HSG"}),
        ("Socialist Republic of Korea", None, {"JOS", "PRK", "KOR"}),
        ("UAR", None, {"EGY", "SYR"}),
    ],
)
def test_two_bearers_are_an_error_that_lists_both(name, on, candidates):
    with pytest.raises(AmbiguousStateError) as caught:
        find_state(name, on)
    for candidate in candidates:
        shown = state_by_code(candidate)
        assert shown.code_on(date.fromisoformat(on)) if on else candidate in caught.value.message
        assert shown.spells_text() in caught.value.message
    assert {state.code for state in matches(name, on)} == candidates


def test_an_ambiguity_says_which_dates_would_decide():
    with pytest.raises(AmbiguousStateError) as caught:
        find_state("Germany", "1970-01-01")
    hint = caught.value.hint or ""
    assert "give a code (GFR or DDR)" in hint
    assert "to 1945-05-08 or since 1990-10-03 it is DEU Germany" in hint
    with pytest.raises(AmbiguousStateError) as caught:
        find_state("Korea")
    assert "from 1887-01-01 to 1905-11-17 it is JOS Korea" in (caught.value.hint or "")


def test_what_another_date_would_mean_is_remarked_on_when_none_is_given():
    assert "from 1926-09-02 to 1967-11-29 it is YAR" in " ".join(lookup("Yemen").notes)
    assert "it is CHN China" in " ".join(lookup("Republic of China").notes)


@pytest.mark.parametrize(
    ("name", "on", "spell", "holder"),
    [
        ("PRK", "1900-01-01", "since 1948-09-09", "JOS Korea (COW 730)"),
        ("South Korea", "1930-01-01", "since 1949-06-29", "JPN Japan"),
        ("Czechia", "1960-01-01", "since 1993-01-01", "CSK Czechoslovakia"),
        ("Slovakia", "1900-01-01", "since 1993-01-01", "AUH Austria-Hungary"),
        ("Tuscany", "1900-01-01", "1816-01-01 to 1860-03-15", "ITA Italy"),
        ("Austria-Hungary", "1930-01-01", "to 1918-11-12", "AUT Austria"),
        ("Ukraine", "1960-01-01", "since 1991-12-26", "SUN Soviet Union"),
        ("Croatia", "1960-01-01", "since 1992-01-15", "YUG Yugoslavia"),
        ("East Germany", "2000-01-01", "1954-03-25 to 1990-10-02", "DEU Germany"),
        ("DEU", "1970-01-01", "1816-01-01 to 1945-05-08, since 1990-10-03", "GFR West Germany"),
        ("Bangladesh", "1960-01-01", "since 1971-12-16", "PAK Pakistan"),
        ("Algeria", "1900-01-01", "since 1962-07-05", "FRA France"),
        ("YEM", "1980-01-01", "since 1990-05-22", "YAR North Yemen"),
        ("Syria", "1960-01-01", "1946-04-17 to 1958-02-01", "EGY United Arab Republic"),
        ("Korea", "1930-01-01", "1887-01-01 to 1905-11-17", "JPN Japan"),
    ],
)
def test_before_or_after_membership_the_error_says_when_and_who_held_it(name, on, spell, holder):
    with pytest.raises(NotAMemberError) as caught:
        find_state(name, on)
    assert spell in caught.value.message
    assert holder in (caught.value.hint or "")
    assert matches(name, on) == []


def test_before_1816_there_is_no_state_system():
    with pytest.raises(NotAMemberError, match="begins on 1816-01-01"):
        find_state("Russia", "1815-11-20")


def test_an_unused_name_of_a_gap_is_not_given_to_whoever_comes_first():
    with pytest.raises(NotAMemberError, match="DDR East Germany") as caught:
        find_state("Germany", "1950-01-01")
    assert "GFR West Germany" in caught.value.message


# letters


def test_the_display_code_wins_over_the_cow_abbreviation_and_the_other_reading_is_said():
    other = {state.cow_abb: state for state in STATES}
    clashes = {}
    for state in STATES:
        for letters in {state.code, *(dated.code for dated in state.codes), *state.other_codes}:
            if letters in other and other[letters] is not state:
                clashes[letters] = (state.code, other[letters].code)
    assert clashes == {
        "AUS": ("AUS", "AUT"),
        "CZE": ("CZE", "CSK"),
        "KOR": ("KOR", "JOS"),
        "MNG": ("MNG", "MNE"),
        "SLV": ("SLV", "SVN"),
        "SWZ": ("SWZ", "CHE"),
    }
    for letters, (displayed, abbreviated) in clashes.items():
        found = lookup(letters)
        assert [state.code for state in found.states] == [displayed]
        assert f"as COW abbreviation it is {abbreviated}" in found.notes[0]


def test_a_clash_is_not_settled_by_the_date_but_the_error_names_the_other_state():
    with pytest.raises(NotAMemberError) as caught:
        find_state("AUS", "1919-12-01")
    assert "as COW abbreviation it is AUT Austria (COW 305)" in (caught.value.hint or "")
    with pytest.raises(NotAMemberError) as caught:
        find_state("CZE", "1960-01-01")
    assert "CSK Czechoslovakia (COW 315)" in (caught.value.hint or "")


def test_every_other_cow_abbreviation_is_understood():
    clashing = {"AUS", "CZE", "KOR", "MNG", "SLV", "SWZ"}
    for state in STATES:
        if state.cow_abb not in clashing:
            assert find_state(state.cow_abb.lower()) is state
    assert (code("NIR"), code("NIG")) == ("NER", "NGA")


def test_a_cow_abbreviation_that_iso_gives_to_a_territory_is_remarked_on():
    shared = {s.cow_abb for s in STATES if s.code != s.cow_abb} & set(TERRITORIES)
    assert shared == {"MAC"}
    found = lookup("MAC")
    assert found.states[0].code == "MKD"
    assert "Macao" in found.notes[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Nigera", "Nigeria (NGA)"),
        ("Nort Korea", "North Korea (PRK)"),
        ("Kazachstan", "Kazakhstan (KAZ)"),
        ("Argentinia", "Argentina (ARG)"),
        ("PKR", "PRK North Korea"),
        ("HKG", "Hong Kong"),
        ("Hong Kong", "HKG"),
        ("Palestine", "PSE"),
        ("Tibet", "Gleditsch and Ward (711)"),
        ("Abkhazia", "Georgia"),
        ("NATO", "an organization"),
        ("340", "SRB Serbia"),
        ("711", "Tibet"),
        ("999", "foedus states list"),
        ("", "an empty name"),
        ("  ", "an empty name"),
        ("%", "an empty name"),
        ("Northern Alliance (Afghanistan)", ""),
        ("rebels of Mali", ""),
    ],
)
def test_what_is_no_state_is_said_to_be_none_with_a_way_on(typed, said):
    with pytest.raises(UnknownStateError) as caught:
        find_state(typed)
    assert said in str(caught.value)


def test_state_by_code_reads_display_codes_only():
    assert state_by_code("sun").code == "RUS"
    with pytest.raises(UnknownStateError, match="COW abbreviation of NGA"):
        state_by_code("NIG")
