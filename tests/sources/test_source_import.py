"""Importing a folder: what is taken, what is not and why, and that nothing half-written stays."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from layouts import write_atop

from foedus.errors import CacheError, ForeignLayoutError, MissingDataError, TruncatedFileError
from foedus.sources import Cache, import_folder


def trade(path: Path, value: float = 1.0) -> None:
    frame = {"ccode": [2.0], "year": [1900.0], "imports": [value], "exports": [None]}
    pl.DataFrame(frame, schema_overrides={"exports": pl.Float64}).write_parquet(path)


def system(path: Path) -> None:
    path.write_text("ccode1,ccode2,year,mindist\n2,20,1900,0\n2,70,1900,0\n")


def contiguity(path: Path) -> None:
    path.write_text("ccode1,ccode2,conttype,stdate,enddate\n2,20,1,1920-01-10,2016-12-01\n")


def igos(path: Path) -> None:
    path.write_text("ccode1,ccode2,year,dyadigos\n2,20,1900,-9\n2,70,1900,3\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four tables under names that say nothing, in folders that do not matter."""
    root = tmp_path / "data"
    (root / "sub").mkdir(parents=True)
    trade(root / "one.bin")
    system(root / "sub" / "two")
    contiguity(root / "three.txt")
    igos(root / "sub" / "four.csv")
    return root


TABLES = {"trade_state_year", "mindist", "contiguity_direct", "igo_dyad_year"}


def bytes_of(cache: Cache) -> dict[str, str]:
    files = sorted(cache.tables.iterdir())
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_files_are_recognised_by_content_and_not_by_name(folder: Path) -> None:
    cache = Cache()
    report = import_folder(folder, cache)
    assert {line.table for line in report.sources} == TABLES
    assert cache.load("igo_dyad_year")["dyadigos"].to_list() == [None, 3]
    record = cache.provenance("igo_dyad_year")
    assert record.file == "sub/four.csv"
    assert record.sha256 == hashlib.sha256((folder / "sub/four.csv").read_bytes()).hexdigest()
    assert (record.rows_in, record.rows, record.span) == (2, 2, (1900, 1900))
    assert "-9 made null in dyadigos (1)" in record.notes
    assert str(folder) not in (cache.tables / "igo_dyad_year.json").read_text()


def test_a_second_import_leaves_everything_as_it_is(folder: Path) -> None:
    cache = Cache()
    import_folder(folder, cache)
    before = bytes_of(cache)
    report = import_folder(folder, cache)
    assert set(report.unchanged) == TABLES
    assert bytes_of(cache) == before


def test_importing_again_from_scratch_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    first, second = Cache(tmp_path / "a"), Cache(tmp_path / "b")
    import_folder(folder, first)
    import_folder(folder, second)
    for table in TABLES:
        one, two = (cache.tables / f"{table}.parquet" for cache in (first, second))
        assert one.read_bytes() == two.read_bytes()


def test_a_changed_file_replaces_its_table(folder: Path) -> None:
    cache = Cache()
    import_folder(folder, cache)
    trade(folder / "one.bin", 7.0)
    report = import_folder(folder, cache)
    assert set(report.unchanged) == TABLES - {"trade_state_year"}
    assert cache.load("trade_state_year")["imports"].to_list() == [7.0]


def test_a_newer_reader_makes_its_table_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache()
    import_folder(folder, cache)
    record = cache.tables / "mindist.json"
    old = json.loads(record.read_text()) | {"reader_version": 0}
    record.write_text(json.dumps(old))
    assert "mindist" not in import_folder(folder, cache).unchanged
    assert cache.provenance("mindist").reader_version > 0


def test_what_is_not_taken_is_named_with_the_reason(folder: Path) -> None:
    (folder / "README.md").write_text("# About\nSome words, and a comma.\n")
    (folder / "sums.csv").write_text("path,sha256\na,b\n")
    (folder / "empty").touch()
    (folder / "x.zip").write_bytes(b"PK\x03\x04rest")
    (folder / "login.csv").write_text("<!DOCTYPE html><p>log in</p>")
    (folder / "mine.csv").write_text("country,year,happiness\nA,1990,3\n")
    (folder / "gdelt").write_text("\t".join(["1", "20150101", *["x"] * 59]) + "\n")
    (folder / "cow.csv").write_text(
        "version4id,ccode1,state_name1,ccode2,defense,neutrality,nonaggression,entente\n1,2,a,3,1,0,0,0\n"
    )
    left = {item.path: item.why for item in import_folder(folder).unrecognised}
    assert left["README.md"].startswith(("text without", "no layout"))
    assert left["sums.csv"] == "a list of checksums, not data"
    assert left["empty"] == "an empty file"
    assert "ZIP" in left["x.zip"]
    assert "web page" in left["login.csv"]
    assert "country, year, happiness" in left["mine.csv"]
    assert left["gdelt"].startswith("GDELT 2.0")
    assert "user-supplied only" in left["cow.csv"]


def test_two_files_for_one_table_do_not_overwrite_each_other(folder: Path) -> None:
    trade(folder / "zz", 9.0)
    shutil.copy(folder / "three.txt", folder / "zzz")
    report = import_folder(folder)
    left = {item.path: item.why for item in report.unrecognised}
    assert left["zz"] == "a second file for the table trade_state_year; one.bin was taken"
    assert left["zzz"] == "the same bytes as three.txt"


def test_one_bad_file_does_not_stop_the_others(folder: Path) -> None:
    write_atop(folder / "alliances.csv", "4.01", "alliance")
    (folder / "broken.parquet").write_bytes(b"PAR1 and no more")
    cache = Cache()
    report = import_folder(folder, cache)
    assert {line.table for line in report.sources} == TABLES
    failures = {item.path: item.error for item in report.failed}
    assert isinstance(failures["broken.parquet"], TruncatedFileError)
    assert isinstance(failures["alliances.csv"], TruncatedFileError)
    assert not cache.has("atop_4_01_alliance")


def test_an_atop_file_cut_between_rows_is_short_of_its_edition(tmp_path: Path) -> None:
    rows = [{"atopid": 1000 + 5 * i} for i in range(700)]
    path = write_atop(tmp_path / "a.csv", "4.01", "alliance", *rows)
    (failure,) = import_folder(path).failed
    assert isinstance(failure.error, TruncatedFileError)
    assert "has 700 rows" in failure.error.message
    assert "745" in failure.error.message


def test_a_bad_file_leaves_the_table_of_an_earlier_import(folder: Path) -> None:
    cache = Cache()
    import_folder(folder, cache)
    (folder / "three.txt").write_text(
        "ccode1,ccode2,conttype,stdate,enddate\n2,20,9,1920-01-10,2016-12-01\n"
    )
    (failure,) = import_folder(folder, cache).failed
    assert isinstance(failure.error, ForeignLayoutError)
    assert cache.load("contiguity_direct")["conttype"].to_list() == [1]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match="no folder"):
        import_folder(tmp_path / "nowhere")


def left_out(folder: Path) -> dict[str, str]:
    report = import_folder(folder)
    assert not report.failed, [str(item.error) for item in report.failed]
    return {item.path: item.why for item in report.unrecognised}


def test_a_wide_file_of_somebodys_own_is_not_taken_for_trade(folder: Path) -> None:
    (folder / "one.bin").unlink()
    own = ",".join(f"x{i}" for i in range(20))
    (folder / "panel.csv").write_text(f"ccode,year,imports,exports,{own}\n2,1900,1,1{',0' * 20}\n")
    assert left_out(folder)["panel.csv"].startswith("no layout foedus knows has these columns")


def test_national_trade_of_the_publisher_is_trade_and_not_the_state_system(folder: Path) -> None:
    (folder / "one.bin").write_text(
        "ccode,statename,stateabb,year,imports,exports,alt_imports,alt_exports,source1,source2,version\n"
        "2,United States,USA,1900,-9,2.5,-9,-9,1,1,4\n"
    )
    cache = Cache()
    import_folder(folder, cache)
    assert cache.load("trade_state_year").row(0) == (2, 1900, None, 2.5)
    assert cache.provenance("trade_state_year").version == "4.0"
    assert not cache.has("cow_system")


def test_participants_of_incidents_are_known_and_not_taken(folder: Path) -> None:
    (folder / "p.csv").write_text(
        "dispnum,incidnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,insidea,fatality,"
        "fatalpre,action,hostlev,version\n1,1001,USA,2,1,1,1993,1,1,1993,1,0,0,1,2,5\n"
    )
    assert left_out(folder)["p.csv"].startswith("MID incident participants")


def test_a_header_without_rows_is_truncated(folder: Path) -> None:
    (folder / "sub" / "two").write_text("ccode1,ccode2,year,mindist\n")
    (failure,) = import_folder(folder).failed
    assert isinstance(failure.error, TruncatedFileError)
    assert "no rows" in failure.error.message


def test_a_later_edition_is_read_and_recorded_as_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "statelist"
    path.write_text(
        "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
        "USA,2,United States of America,1816,1,1,2024,12,31,2024\n"
    )
    cache = Cache()
    assert not import_folder(path, cache).failed
    record = cache.provenance("cow_states")
    assert (record.version, record.on_record) == ("2024", False)


def test_a_file_shorter_than_the_copy_on_record_is_taken_and_pointed_out(folder: Path) -> None:
    cache = Cache()
    (remark,) = [
        line for line in import_folder(folder, cache).remarks if line.startswith("one.bin")
    ]
    assert "1 rows where the copy on record has 14,410" in remark
    assert cache.provenance("trade_state_year").notes[0] in remark


def test_an_edition_the_file_does_not_name_is_not_made_up(folder: Path) -> None:
    cache = Cache()
    import_folder(folder, cache)
    assert cache.provenance("mindist").version.startswith("not stated in the file")


def test_a_cache_within_the_folder_is_not_imported_into_itself(folder: Path) -> None:
    cache = Cache(folder / "cache")
    import_folder(folder, cache)
    report = import_folder(folder, cache)
    assert report.unrecognised == ()
    assert len(report.unchanged) == len(TABLES)


@pytest.mark.parametrize(
    "content",
    [
        b"ccode1,ccode2,year,mindist\n2,20,1900,0\n" + b"x" * 70_000 + b"\0",
        b'ccode1,ccode2,year,mindist\n2,20,1900,"' + b"9" * 200_000 + b'"\n',
        b"ccode1,ccode2,year,mindist\n2,20,1900,1e999\n",
        b"ccode1,ccode2,year,mindist\n99999999999,20,1900,1\n",
        b"ccode1,ccode2,year,year\n2,20,1900,1\n",
        b"ccode1,ccode2,year,mindist\n2,20,1900,1\n\n2,30,1900,1\n",
        b"ccode1,ccode2,year,mindist\n,20,1900,1\n",
    ],
)
def test_damaged_content_is_a_named_error_or_not_taken(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    report = import_folder(path)
    assert not report.sources
    assert len(report.failed) + len(report.unrecognised) == 1


# --- the cache ---------------------------------------------------------------------------------


def test_a_table_not_imported_says_how_to_get_it() -> None:
    with pytest.raises(MissingDataError) as caught:
        Cache().load("nmc")
    assert "foedus data import DIR" in str(caught.value)
    assert "foedus data pull cow-nmc" in str(caught.value)
    with pytest.raises(MissingDataError, match="no table 'nonsense'"):
        Cache().load("nonsense")


def test_only_the_columns_asked_for_are_loaded(folder: Path) -> None:
    cache = Cache()
    import_folder(folder, cache)
    assert cache.load("mindist", ["year"]).columns == ["year"]
    with pytest.raises(MissingDataError, match="has no column height"):
        cache.load("mindist", ["year", "height"])


@pytest.mark.parametrize("damage", ["cut", "other", "garbage"])
def test_a_torn_table_is_not_read_and_is_made_again(folder: Path, damage: str) -> None:
    cache = Cache()
    import_folder(folder, cache)
    path = cache.tables / "mindist.parquet"
    whole = path.read_bytes()
    if damage == "cut":
        path.write_bytes(whole[:-10])
    elif damage == "other":
        # A whole Parquet file of another original, as after a kill between table and record.
        trade_record = json.loads((cache.tables / "mindist.json").read_text())
        shutil.copy(cache.tables / "igo_dyad_year.parquet", path)
        trade_record["parquet_size"] = path.stat().st_size
        (cache.tables / "mindist.json").write_text(json.dumps(trade_record))
    else:
        path.write_bytes(b"x" * len(whole))
    with pytest.raises(CacheError, match=r"does not match its record.*Hint"):
        cache.load("mindist")
    report = import_folder(folder, cache)
    assert "mindist" not in report.unchanged
    assert path.read_bytes() == whole


def test_a_damaged_record_is_a_named_error_and_is_made_again(folder: Path) -> None:
    cache = Cache()
    import_folder(folder, cache)
    (cache.tables / "mindist.json").write_text("{")
    with pytest.raises(CacheError, match="record"):
        cache.load("mindist")
    import_folder(folder, cache)
    assert cache.load("mindist").height == 2


def run_import(script: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(folder)],
        env={**os.environ, "FOEDUS_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
    )


#: Dies by SIGKILL just before the Nth rename: a finished temporary file is left, not yet in place.
KILLED = """
    import os, pathlib, signal, sys
    from foedus.sources import import_folder
    real, left = pathlib.Path.replace, [{nth}]
    def replace(self, target):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, target)
    pathlib.Path.replace = replace
    import_folder(sys.argv[1])
"""


@pytest.mark.parametrize("nth", [1, 2, 4, 7])
def test_an_import_killed_in_the_middle_goes_on_where_it_stopped(
    folder: Path, own_cache: Path, nth: int
) -> None:
    died = run_import(KILLED.format(nth=nth), folder, own_cache)
    assert died.returncode == -signal.SIGKILL
    cache = Cache()
    assert list(cache.tables.glob(".*.tmp"))
    for table in TABLES:
        if cache.has(table):
            assert cache.load(table).height
    report = import_folder(folder, cache)
    # Two renames a table: those before the kill were done and stay.
    assert len(report.unchanged) == (nth - 1) // 2
    assert {line.table for line in report.sources} == TABLES
    assert not list(cache.tables.glob(".*.tmp"))
    assert len(list(cache.tables.iterdir())) == 2 * len(TABLES)


def test_two_imports_do_not_write_at_once(folder: Path, own_cache: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import time\nfrom foedus.sources import Cache\n"
            "with Cache().open_for_writing():\n    print('held', flush=True)\n    time.sleep(60)",
        ],
        env={**os.environ, "FOEDUS_HOME": str(own_cache)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(CacheError, match=f"process {holder.pid} is writing"):
        import_folder(folder, lock_wait=0.2)
    assert not Cache().has("mindist")
    holder.kill()
    holder.wait()
    # The lock of a dead holder is gone with it.
    started = time.monotonic()
    assert import_folder(folder, lock_wait=5).sources
    assert time.monotonic() - started < 5


# --- disks that do not take it -------------------------------------------------------------------


@contextlib.contextmanager
def small_disk(where: Path, size: str) -> Iterator[Path]:
    """A real file system of that size; skips where the user may not mount one."""
    where.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(where)], capture_output=True
    )
    if not made or made.returncode:
        pytest.skip("mounting a small disk needs root")
    try:
        yield where
    finally:
        subprocess.run(["umount", str(where)], check=True)


def wide(path: Path, rows: int) -> None:
    values = {
        "ccode1": [2] * rows,
        "ccode2": [20] * rows,
        "year": [1500 + i % 600 for i in range(rows)],
    }
    # One row a key: as many second states as needed.
    values["ccode2"] = [20 + i // 600 for i in range(rows)]
    values["mindist"] = [(i * 7919 % 19_997) + i % 13 / 13 for i in range(rows)]
    pl.DataFrame(values).write_parquet(path)


def test_a_full_disk_is_one_clear_error_and_leaves_no_half_table(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "sub" / "two").unlink()
    wide(folder / "zz.parquet", 60_000)
    with small_disk(tmp_path / "small", "96k") as disk:
        cache = Cache(disk)
        with pytest.raises(CacheError, match="No space left on device") as caught:
            import_folder(folder, cache)
        assert "free some space" in (caught.value.hint or "")
        assert not cache.has("mindist")
        assert not list(cache.tables.glob("*mindist*"))
        # What was whole before stays usable.
        assert cache.load("trade_state_year").height == 1


def test_a_limit_on_file_size_is_one_clear_error(folder: Path, own_cache: Path) -> None:
    wide(folder / "sub" / "two", 60_000)
    died = run_import(
        """
        import resource, signal, sys
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        from foedus.errors import CacheError
        from foedus.sources import import_folder
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        try:
            import_folder(sys.argv[1])
        except CacheError as problem:
            print(problem)
        """,
        folder,
        own_cache,
    )
    assert "File too large. Nothing half-written was left. Hint:" in died.stdout, died.stderr
    assert not list((own_cache / "tables").glob("*mindist*"))


def test_a_cache_below_a_regular_file_is_one_clear_error(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CacheError, match="Not a directory") as caught:
        import_folder(folder, Cache(tmp_path / "file" / "cache"))
    assert "FOEDUS_HOME" in (caught.value.hint or "")
    with pytest.raises(MissingDataError):
        Cache(tmp_path / "file" / "cache").load("nmc")


def test_a_read_only_cache_can_be_read_and_not_written(folder: Path, tmp_path: Path) -> None:
    # File permissions do not bind root, a read-only file system does.
    with small_disk(tmp_path / "disk", "2m") as disk:
        cache = Cache(disk)
        import_folder(folder, cache)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert cache.load("mindist").height == 2
        trade(folder / "one.bin", 5.0)
        with pytest.raises(CacheError, match="Read-only file system") as caught:
            import_folder(folder, cache)
        assert "FOEDUS_HOME" in (caught.value.hint or "")
        assert cache.load("trade_state_year")["imports"].to_list() == [1.0]


# --- the command line ----------------------------------------------------------------------------


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from foedus.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=dict(os.environ),
    )


def test_the_command_reports_in_json_and_exits_with_1_when_a_file_is_bad(folder: Path) -> None:
    done = command("data", "import", str(folder), "--format", "json", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    wanted = {"id", "version", "rows", "span", "sha256", "imported"}
    assert all(wanted <= set(line) and line["imported"] for line in document["sources"])
    write_atop(folder / "alliances.csv", "4.01", "alliance", {"atopid": "x"})
    done = command("data", "import", str(folder), "--quiet")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(
        ("ForeignLayoutError: alliances.csv", "TruncatedFileError: alliances")
    )
    assert "4 unchanged" in done.stdout


def test_status_and_list_follow_the_contract(folder: Path) -> None:
    import_folder(folder)
    status = json.loads(command("data", "status", "--format", "json").stdout)
    assert {line["table"] for line in status["sources"]} == TABLES
    listed = json.loads(command("data", "list", "--format", "json").stdout)["sources"]
    assert {line["table"] for line in listed if line["imported"]} == TABLES
    assert all(line["terms"] and line["citation"] and line["homepage"] for line in listed)
    assert next(line for line in listed if not line["imported"])["rows"] is None
    text = command("data", "list").stdout
    assert "fair use with citation" in text


def test_a_cache_that_cannot_be_made_is_one_line_and_exit_1(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FOEDUS_HOME", str(tmp_path / "file" / "cache"))
    done = command("data", "import", str(folder))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("CacheError: ")
    assert done.stderr.count("\n") == 1
