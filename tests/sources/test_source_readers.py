"""Each publisher's layout is told by its columns, typed, and its gaps become null."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from layouts import (
    SIPRI_HEADER,
    SIPRI_PREAMBLE,
    atop_columns,
    atop_row,
    csv_text,
    write_atop,
)

from foedus.errors import FoedusError, ForeignLayoutError, TruncatedFileError
from foedus.sources import importing
from foedus.sources.readers import READERS, Table, base
from foedus.sources.sniff import sniff

pytestmark = pytest.mark.usefixtures("no_known_editions")


def read(path: Path) -> Table:
    shape = sniff(path, path.name)
    reader = importing.recognise(shape, path.name)
    assert not isinstance(reader, str), reader
    return base.read(reader, shape, path.name)


def write(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("level", ["alliance", "member", "phase"])
@pytest.mark.parametrize(
    ("edition", "name"), [("3", "3_0"), ("4", "4_0"), ("4.01", "4_01"), ("5.1", "5_1")]
)
def test_atop_editions_and_levels_are_told_apart_by_content(
    tmp_path: Path, edition: str, name: str, level: str
) -> None:
    table = read(write_atop(tmp_path / "data.csv", edition, level))
    assert table.reader.table == f"atop_{name}_{level}"
    assert table.frame.schema["defense"] == pl.Int16
    assert table.frame.schema["atopid"] == pl.Int32


def test_columns_a_later_edition_adds_are_kept_with_their_type(tmp_path: Path) -> None:
    columns = [*atop_columns("5.1", "alliance"), "newcode", "share", "remark"]
    row = atop_row("5.1", "alliance", newcode=700, share=0.25, remark="see treaty")
    path = write(tmp_path / "a.csv", csv_text([row], columns))
    frame = read(path).frame
    assert frame.select("newcode", "share", "remark").row(0) == (700, 0.25, "see treaty")


def test_an_alliance_still_in_force_has_no_end_date(tmp_path: Path) -> None:
    open_ended = {"endyr": 0, "endmo": 0, "endday": 0, "ineffect": 1}
    table = read(write_atop(tmp_path / "a.csv", "4.01", "alliance", open_ended))
    assert table.frame.select("endyr", "endmo", "endday", "ineffect").row(0) == (
        None,
        None,
        None,
        1,
    )
    assert table.span == (1900, 1900)
    assert "0 made null in endyr (1), endmo (1), endday (1)" in table.notes


def test_a_provision_that_was_not_coded_is_null_and_not_zero(tmp_path: Path) -> None:
    table = read(write_atop(tmp_path / "a.csv", "4.01", "alliance", {"milcon": "", "base": 0}))
    assert table.frame.select("milcon", "base").row(0) == (None, 0)


def test_a_state_may_leave_an_alliance_and_come_back(tmp_path: Path) -> None:
    spells = ({"member": 651}, {"member": 651, "yrent": 1989, "yrexit": 0})
    assert read(write_atop(tmp_path / "m.csv", "4.01", "member", *spells)).frame.height == 2


def test_the_same_membership_twice_is_refused(tmp_path: Path) -> None:
    path = write_atop(tmp_path / "m.csv", "4.01", "member", {}, {})
    with pytest.raises(ForeignLayoutError, match="occurs more than once in 2 rows"):
        read(path)


def test_phase_numbers_lose_their_float_noise(tmp_path: Path) -> None:
    phase = {"atopidphase": "9005.0999755859375", "phase": 1}
    table = read(write_atop(tmp_path / "p.csv", "3", "phase", phase))
    assert table.frame["atopidphase"].to_list() == [9005.1]


def test_a_member_file_without_termcaus_is_named_as_such(tmp_path: Path) -> None:
    columns = [name for name in atop_columns("4.01", "member") if name != "termcaus"]
    path = write(
        tmp_path / "atop4_01m.csv", ",".join(columns) + "\n" + "0," * (len(columns) - 1) + "4.01\n"
    )
    with pytest.raises(ForeignLayoutError) as caught:
        read(path)
    assert str(caught.value).startswith(
        "ForeignLayoutError: atop4_01m.csv has no column 'termcaus' (columns: atopid, cowid,"
    )
    assert "foedus reads 3.0, 4.0, 4.01, 5.x" in str(caught.value)


def test_an_edition_of_atop_that_foedus_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ForeignLayoutError, match=r"version is 6\.2"):
        read(write_atop(tmp_path / "a.csv", "6.2", "alliance"))


@pytest.mark.parametrize("cut", [3, 40, 150])
def test_an_atop_file_cut_within_a_row_is_truncated(tmp_path: Path, cut: int) -> None:
    path = write_atop(tmp_path / "a.csv", "4.01", "alliance", {}, {"atopid": 9010})
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(TruncatedFileError):
        read(path)


def test_a_value_out_of_range_names_column_and_bound(tmp_path: Path) -> None:
    with pytest.raises(
        ForeignLayoutError, match=r"column 'term' holds 7\.0 in data row 1, outside 0\.\.3"
    ):
        read(write_atop(tmp_path / "a.csv", "4.01", "alliance", {"term": 7}))


def test_text_in_a_number_column_names_the_row(tmp_path: Path) -> None:
    with pytest.raises(ForeignLayoutError, match="'yes' in data row 2, where a number"):
        read(
            write_atop(tmp_path / "a.csv", "4.01", "alliance", {}, {"atopid": 9010, "bilat": "yes"})
        )


WAR = (
    "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,"
    "EndDay1,EndYear1,StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,"
    "WhereFought,Initiator,Outcome,TransTo,BatDeath,Version"
)


def test_a_war_without_second_spell_has_none_and_line_ends_of_old_macs_are_read(
    tmp_path: Path,
) -> None:
    row = (
        '901,Invented,1,300,Austria,1,4,7,1866,7,22,1866,-8,-8,-8,-8,-8,-8,"404, 410",2,1,2,-8,-9,4'
    )
    table = read(write(tmp_path / "w.csv", f"{WAR}\r{row}"))
    assert table.reader.table == "interstate_war"
    assert table.frame.select("startyear2", "endday2", "batdeath", "transto").row(0) == (None,) * 4
    assert table.frame["transfrom"].to_list() == ["404, 410"]


def test_disputes_with_quoted_abbreviations_and_unknown_days(tmp_path: Path) -> None:
    header = (
        "dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,revtype1,"
        "revtype2,fatality,fatalpre,hiact,hostlev,orig,version\r\n"
    )
    row = '2,"UKG",200,-9,7,1902,24,1,1903,0,1,1,-9,-9,-9,0,1,1,5\r\n'
    frame = read(write(tmp_path / "b.csv", header + row)).frame
    assert frame.select("stabb", "stday", "fatality", "revtype2", "hiact").row(0) == (
        "UKG",
        None,
        None,
        None,
        0,
    )


def test_integer_like_floats_of_converted_copies_become_integers(tmp_path: Path) -> None:
    path = tmp_path / "nmc.parquet"
    columns = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")
    pl.DataFrame(
        {"ccode": [2.0], "year": [1816.0], **{name: [0.25] for name in columns}, "milex": [-9.0]}
    ).write_parquet(path)
    frame = read(path).frame
    assert frame.schema["ccode"] == pl.Int32
    assert frame.select("ccode", "year", "milex", "cinc").row(0) == (2, 1816, None, 0.25)


def test_a_state_number_with_a_fraction_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame(
        {"ccode": [2.5], "year": [1900.0], "imports": [1.0], "exports": [1.0]}
    ).write_parquet(path)
    with pytest.raises(ForeignLayoutError, match=r"2\.5 in data row 1, where a whole number"):
        read(path)


def test_the_publishers_own_capabilities_file_is_read_with_more_columns(tmp_path: Path) -> None:
    content = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\nUSA,2,1816,1,1,1,1,1,-9,.03,7\n"
    table = read(write(tmp_path / "x.csv", content))
    assert table.reader.table == "nmc"
    assert table.frame.select("upop", "cinc").row(0) == (None, 0.03)
    assert "columns left out: 'stateabb', 'version'" in table.notes


def test_polity_scores_of_an_interregnum_are_no_scores(tmp_path: Path) -> None:
    reader = next(reader for reader in READERS if reader.table == "polity5")
    row: dict[str, object] = dict.fromkeys(sorted(reader.needs), 1.0)
    scores = ("democ", "autoc", "polity", "xconst", "exrec")
    row |= dict.fromkeys(scores, -77.0) | {
        "year": 1991.0,
        "byear": 1991.0,
        "eyear": 3013.0,
        "scode": "XXX",
        "polity_annual_country": "Nowhere",
        "in_gw_system": True,
    }
    path = tmp_path / "p.parquet"
    pl.DataFrame([row]).write_parquet(path)
    frame = read(path).frame
    assert frame.select(*scores, "special", "eyear").row(0) == (*[None] * 5, -77, None)


def test_ideal_points_have_a_year_and_readable_quantiles(tmp_path: Path) -> None:
    header = (
        '"","ccode","session","NVotesAll","IdealPointAll","QO%All","Q5%All","Q10%All","Q50%All",'
        '"Q90%All","Q95%All","Q100%All","iso3c","Countryname","USAgree","RUSSAgree","BrazilAgree",'
        '"ChinaAgree","IndiaAgree","IsraelAgree"\r\n'
    )
    row = '"1",2,78,42,1.5,-1,0,0.5,1.5,2,2.5,3,"USA","United States",1,0.2,0.6,NA,0.4,NA\r\n'
    frame = read(write(tmp_path / "i.csv", header + row)).frame
    assert frame.select("year", "q0_all", "q100_all", "chinaagree").row(0) == (
        2023,
        -1.0,
        3.0,
        None,
    )


def test_namibia_keeps_its_country_code(tmp_path: Path) -> None:
    path = tmp_path / "v.parquet"
    pl.DataFrame(
        {"rcid": [1.0], "country": ["Namibia"], "country_code": ["NA"], "vote": ["yes"]}
    ).write_parquet(path)
    assert read(path).frame["country_code"].to_list() == ["NA"]


SIPRI_ROW = "Nowhere,Elsewhere,1999,?,12,,B\xfc-181,trainer,8,?,2000; 2001,New,Invented,0.5,6,4\n"


def test_the_arms_register_keeps_uncertainty_apart_and_lists_years(tmp_path: Path) -> None:
    content = SIPRI_PREAMBLE + SIPRI_HEADER + SIPRI_ROW
    table = read(write(tmp_path / "s.csv", content, "latin-1"))
    frame = table.frame
    assert frame["years_of_delivery"].to_list() == [[2000, 2001]]
    assert frame.select("year_of_order_uncertain", "number_ordered_uncertain").row(0) == (
        True,
        False,
    )
    assert frame["weapon_designation"].to_list() == ["Bü-181"]
    assert table.span == (1999, 2001)
    assert "Data generated: 1 Apr 2025" in table.notes


def test_a_record_broken_in_its_comment_is_joined(tmp_path: Path) -> None:
    broken = SIPRI_ROW.replace("Invented,", "Invented deal\nwith a second line,")
    content = SIPRI_PREAMBLE + SIPRI_HEADER + broken + SIPRI_ROW.replace("1999", "2000")
    table = read(write(tmp_path / "s.csv", content, "latin-1"))
    assert (table.rows_in, table.frame.height) == (3, 2)
    assert table.frame["comments"][0] == "Invented deal with a second line"


def test_a_register_cut_short_is_truncated(tmp_path: Path) -> None:
    content = SIPRI_PREAMBLE + SIPRI_HEADER + SIPRI_ROW + SIPRI_ROW[:60]
    with pytest.raises(TruncatedFileError):
        read(write(tmp_path / "s.csv", content, "latin-1"))


def test_archigos_keeps_unknown_births_unknown(tmp_path: Path) -> None:
    header = [
        "obsid",
        "leadid",
        "ccode",
        "idacr",
        "leader",
        "startdate",
        "enddate",
        "entry",
        "exit",
        "exitcode",
        "prevtimesinoffice",
        "posttenurefate",
        "gender",
        "yrborn",
        "yrdied",
        "borndate",
        "deathdate",
        "dbpedia.uri",
        "num.entry",
        "num.exit",
        "num.exitcode",
        "num.posttenurefate",
        "fties",
        "ftcur",
    ]
    row = [
        "XXX-1",
        "id",
        "2",
        "XXX",
        "Hernández",
        "1901-01-01",
        "1901-12-31",
        "(p_year)",
        "Still in Office",
        ".",
        ".",
        ".",
        "M",
        "-999",
        "-777",
        "1960-04-1970",
        "NA",
        "NA",
        ".",
        "-888",
        ".",
        ".",
        "NA",
        "NA",
    ]
    content = "\t".join(header) + "\n" + "\t".join(row) + "\n"
    table = read(write(tmp_path / "l.txt", content, "latin-1"))
    assert table.reader.table == "archigos_annual"
    names = ("leader", "yrborn", "yrdied", "borndate", "num_exit", "prevtimesinoffice")
    assert table.frame.select(names).row(0) == ("Hernández", *[None] * 5)


def test_the_list_of_states_is_not_the_list_of_major_powers(tmp_path: Path) -> None:
    dates = "styear,stmonth,stday,endyear,endmonth,endday,version"
    states = write(
        tmp_path / "a.csv",
        f"stateabb,ccode,statenme,{dates}\nUSA,2,United States,1816,1,1,2016,12,31,2016",
    )
    powers = write(tmp_path / "b.csv", f"stateabb,ccode,{dates}\nUSA,2,1898,8,13,2016,12,31,2016")
    assert read(states).reader.table == "cow_states"
    assert read(powers).reader.table == "majors"


def test_rows_of_different_length_within_a_file_are_refused(tmp_path: Path) -> None:
    content = "stateabb,ccode,year,version\nUSA,2,1816,2016\nUSA,2,2016\nUSA,2,1818,2016\n"
    with pytest.raises(ForeignLayoutError, match="3 fields, not 4, in data row 2"):
        read(write(tmp_path / "s.csv", content))


def test_every_reader_belongs_to_a_source_of_the_catalogue_and_no_table_has_two() -> None:
    from foedus.sources import catalogue

    sources = catalogue()
    tables = [reader.table for reader in READERS]
    assert len(tables) == len(set(tables))
    assert set(tables) == {table for source in sources.values() for table in source.tables}
    for reader in READERS:
        assert reader.table in sources[reader.source].tables


def test_sniffing_never_fails_on_arbitrary_bytes(tmp_path: Path) -> None:
    from hypothesis import given, settings
    from hypothesis import strategies as st

    path = tmp_path / "x"

    @settings(max_examples=150, deadline=None)
    @given(st.one_of(st.binary(max_size=300), st.text(",\t\n\"'a1;", max_size=200).map(str.encode)))
    def check(content: bytes) -> None:
        path.write_bytes(content)
        try:
            shape = sniff(path, "x")
            found = importing.recognise(shape, "x")
        except FoedusError:
            return
        assert isinstance(found, str)
        assert found

    check()


def test_the_publishers_own_vdem_file_is_cut_down_to_the_indices(tmp_path: Path) -> None:
    content = (
        "country_name,country_text_id,country_id,year,historical_date,project,COWcode,"
        "v2x_polyarchy,v2x_polyarchy_codelow,v2x_libdem,v2elembaut\n"
        "Nowhere,NOW,7,1900,1900-12-31,2,900,0.5,0.4,0.3,1.5\n"
    )
    table = read(write(tmp_path / "v.csv", content))
    assert table.reader.table == "vdem"
    assert table.frame.select("ccode", "v2x_polyarchy", "v2x_libdem").row(0) == (900, 0.5, 0.3)
    assert "v2elembaut" not in table.frame.columns


def test_a_cut_anywhere_within_a_row_is_never_taken(tmp_path: Path) -> None:
    from hypothesis import given, settings
    from hypothesis import strategies as st

    path = write_atop(tmp_path / "a.csv", "4.01", "member", {}, {"member": 255}, {"member": 325})
    content = path.read_bytes()
    whole_rows = {i for i, byte in enumerate(content) if byte == ord("\n")}
    whole_rows |= {i + 1 for i in whole_rows}
    # "4.01" cut to "4" in the only row reads as a whole file of edition 4.0: nobody could tell.
    first_row = content.index(b"\n", content.index(b"\n") + 1)
    whole_rows |= set(range(content.rindex(b",", 0, first_row) + 2, first_row))

    @settings(max_examples=200, deadline=None)
    @given(st.integers(min_value=1, max_value=len(content) - 2))
    def check(cut: int) -> None:
        if cut in whole_rows and cut > content.index(b"\n") + 1:
            return
        path.write_bytes(content[:cut])
        try:
            shape = sniff(path, "a.csv")
            found = importing.recognise(shape, "a.csv")
            taken = not isinstance(found, str) and base.read(found, shape, "a.csv")
        except FoedusError:
            taken = False
        assert not taken

    check()
