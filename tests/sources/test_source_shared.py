"""The development data: every file is imported or named with the reason it is not."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import polars as pl
import pytest

from foedus.sources import Cache, ImportReport, catalogue, import_folder

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def imported(
    shared_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Cache, ImportReport]:
    folder = shared_dir / "data"
    cache = Cache(tmp_path_factory.mktemp("cache"))
    return folder, cache, import_folder(folder, cache)


def test_every_file_is_imported_or_named_with_a_reason(imported) -> None:
    folder, _, report = imported
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    taken = {line.file for line in report.sources}
    left = {item.path for item in report.unrecognised}
    assert report.failed == ()
    assert taken | left == files
    assert not taken & left
    assert {path.split("/")[0] for path in left} <= {
        "README.md",
        "PROVENANCE.csv",
        "events",
        "validation",
    }
    assert not any("no layout foedus knows" in item.why for item in report.unrecognised)


def test_data_outside_events_and_validation_are_all_taken_as_the_edition_on_record(
    imported,
) -> None:
    folder, cache, report = imported
    with (folder / "PROVENANCE.csv").open() as handle:
        digests = {row["path"]: row["sha256"] for row in csv.DictReader(handle)}
    for line in report.sources:
        assert line.sha256 == digests[line.file]
        assert cache.provenance(line.table).on_record
    recorded = {file.sha256 for source in catalogue().values() for file in source.files}
    data = {sha for path, sha in digests.items() if not path.startswith(("events/", "validation/"))}
    assert recorded == data


def rows_of_readme(folder: Path) -> list[tuple[str, list[int]]]:
    made = []
    for line in (folder / "README.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4 and "/" in cells[0]:
            head = re.split(r", \d{4}-\d{4}", cells[2])[0]
            made.append(
                (cells[0], [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", head)])
            )
    return made


#: Rows of the table in the folder's README whose counts belong to tables, in its order.
COUNTED = {
    "atop/atop4_01a.csv": ["atop_4_01_alliance"],
    "atop/atop4_01m.csv": ["atop_4_01_member"],
    "atop/atop4_0p.csv": ["atop_4_0_phase"],
    "atop/atop3_0{a,m,aph}.csv": ["atop_3_0_alliance", "atop_3_0_member", "atop_3_0_phase"],
    "atop/atop5_1_directed_dyad_year.parquet": ["atop_5_1_directed_dyad_year"],
    "cow/states2016.csv, system2016.csv, gw_states.parquet": [
        "cow_states",
        "cow_system",
        "gw_states",
    ],
    "cow/nmc_1816_2022.parquet": ["nmc"],
    "cow/MIDA,MIDB,MIDI_5.0.csv; gml_mid_directed_dyad_year.parquet": [
        "mid_dispute",
        "mid_participant",
        "mid_incident",
        "gml_mid_directed_dyad_year",
    ],
    "rivalries/*.parquet": ["rivalry_thompson_dreyer", "rivalry_tss"],
    "leaders/archigos4_1*, reign_leaderlist_3_21.csv, chisols4_0_state_year.csv": [
        "archigos",
        "reign_leaders",
        "chisols",
    ],
    "sipri/sipri_trade_register_1950_2024.csv": ["sipri_register"],
}


def test_row_counts_are_those_of_the_folders_own_table(imported) -> None:
    folder, cache, _ = imported
    counted = dict(rows_of_readme(folder))
    for cell, tables in COUNTED.items():
        assert [cache.provenance(table).rows_in for table in tables] == counted[cell], cell


def test_no_row_is_lost_but_the_broken_lines_of_the_arms_register(imported) -> None:
    _, cache, report = imported
    fewer = {
        line.table: cache.provenance(line.table).rows_in - (line.rows or 0)
        for line in report.sources
        if cache.provenance(line.table).rows_in != line.rows
    }
    assert fewer == {"sipri_register": 2}
    for line in report.sources:
        known = max(file.rows or 0 for file in catalogue()[line.id].known(line.table))
        assert cache.provenance(line.table).rows_in == known


def test_spans_lie_within_those_of_the_catalogue(imported) -> None:
    _, _, report = imported
    for line in report.sources:
        if line.span is not None and line.id != "sipri-register":
            first, last = catalogue()[line.id].span
            assert first <= line.span[0] <= line.span[1] <= last, line


def test_a_second_import_changes_no_byte(imported) -> None:
    folder, cache, report = imported
    before = {path: path.read_bytes() for path in sorted(cache.tables.iterdir())}
    again = import_folder(folder, cache)
    assert set(again.unchanged) == {line.table for line in report.sources}
    assert {path: path.read_bytes() for path in sorted(cache.tables.iterdir())} == before


def test_publishers_codes_for_gaps_are_gone(imported) -> None:
    _, cache, report = imported
    may_be_negative = {"idealpointall", "euds", "aeuds", "lat", "lng"}
    polity = {
        "polity",
        "polity2",
        "special",
        "prior",
        "interim",
        "post",
        "change",
        "regtrans",
        "eprec",
    }
    for line in report.sources:
        frame = cache.load(line.table)
        for name, kind in frame.schema.items():
            if not kind.is_numeric() or name in may_be_negative | polity:
                continue
            if name.startswith("q") and name.endswith("_all"):
                continue
            if name in {"reg_trans", "row_regch_event"}:
                continue
            low = frame[name].min()
            assert low is None or float(low) >= 0, (line.table, name, low)  # type: ignore[arg-type]


def test_censoring_in_atop_is_told_by_ineffect(imported) -> None:
    _, cache, _ = imported
    alliances = cache.load("atop_4_01_alliance", ["term", "ineffect", "endyr"])
    censored = alliances["ineffect"] == 1
    assert (alliances["endyr"].is_null() == censored).all()
    assert alliances.filter(censored).height == 334
    assert alliances.filter(~censored & (pl.col("term") == 0)).height == 49


def test_the_union_of_1861_and_other_oddities_are_kept_apart(imported) -> None:
    _, cache, _ = imported
    # Sardinia ends and Italy begins in 1861: two Polity cases under one COW number.
    polity = cache.load("polity5", ["ccode", "polity_ccode", "year"])
    both = polity.filter((pl.col("ccode") == 325) & (pl.col("year") == 1861))
    assert sorted(both["polity_ccode"]) == [324, 325]
    votes = cache.load("un_votes", ["country", "country_code"])
    assert votes.filter(pl.col("country") == "Namibia")["country_code"].unique().to_list() == ["NA"]
    wars = cache.load("interstate_war", ["warnum", "ccode", "side"])
    assert wars.filter((pl.col("warnum") == 139) & (pl.col("ccode") == 220))["side"].len() == 2


def test_a_real_atop_file_cut_anywhere_is_refused(imported, tmp_path: Path) -> None:
    folder, _, _ = imported
    content = (folder / "atop" / "atop4_01m.csv").read_bytes()
    line_end = content.rindex(b"\n", 0, len(content) // 2) + 1
    for cut in (len(content) // 3, line_end, len(content) - 3, len(content) - 6):
        path = tmp_path / "cut.csv"
        path.write_bytes(content[:cut])
        (failure,) = import_folder(path, Cache(tmp_path / "cache")).failed
        assert type(failure.error).__name__ == "TruncatedFileError", (cut, str(failure.error))
