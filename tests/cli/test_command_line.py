"""The commands as a user types them: clean stdout, one line of error, the exit codes of the contract."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest


def foedus(*words: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "COLUMNS": "80"}
    if home is not None:
        env["FOEDUS_HOME"] = str(home)
    return subprocess.run(
        [sys.executable, "-m", "foedus", *words],
        capture_output=True,
        text=True,
        env=env,
        check=False,
    )


@pytest.fixture(scope="session")
def home_with_data(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """FOEDUS_HOME after ``foedus data import`` of the development data."""
    home = tmp_path_factory.mktemp("home")
    done = foedus("data", "import", str(shared_dir / "data"), "--quiet", home=home)
    assert done.returncode == 0, done.stderr
    return home


def _valid(name: str, text: str) -> dict:
    schema = json.loads(foedus("schema", name).stdout)
    document = json.loads(text)
    jsonschema.validate(document, schema)
    return document


def test_assess_prints_json_and_nothing_else(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    done = foedus(
        "assess", "RUS", "PRK", "--as-of", "2024-10-17", "--format", "json", "--out", str(report)
    )
    assert done.returncode == 0, done.stderr
    document = _valid("assess", done.stdout)
    assert document["treaty"]["id"] == "rus-prk-2024"
    assert [h["years"] for h in document["forecast"]["horizons"]] == [1, 3, 5, 10, 20]
    assert report.read_text(encoding="utf-8").startswith("# ")
    assert "report written" in done.stderr


def test_the_terminal_report_fits_eighty_columns() -> None:
    done = foedus("assess", "USA", "TUR", "--as-of", "2026-11-01")
    assert done.returncode == 0, done.stderr
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("words", "error", "hint"),
    [
        (("assess", "Nigr", "FRA"), "UnknownStateError", "Niger"),
        (("assess", "Korea", "RUS"), "AmbiguousStateError", "PRK or KOR"),
        (("assess", "PRK", "RUS", "--as-of", "1930"), "NotAMemberError", "Japan"),
        (("assess", "RUS", "RUS"), "NoAllianceError", "two different states"),
        (("assess", "FRA", "IRN"), "NoAllianceError", "foedus data import"),
        (("assess", "RUS", "PRK", "--as-of", "soon"), "DateError", "YYYY"),
        (("assess", "RUS", "PRK", "--treaty", "nope"), "UnknownTreatyError", "treaty list"),
        (("assess", "RUS", "PRK", "--out", "x.pdf"), "UsageError", ".html"),
        (("assess", "RUS", "PRK", "--out", "no-such-folder/x.html"), "OutputError", "mkdir"),
        (("assess", "RUS", "PRK", "--scenario", "peace"), "UsageError", "would change"),
        (("backtest", "--horizon", "40"), "UsageError", "1 to 20"),
        (("backtest",), "MissingDataError", "foedus data import"),
        (("train",), "MissingDataError", "foedus data import"),
        (("schema", "nope"), "UsageError", "schemas:"),
        (("treaty", "show", "rus-prk-2023"), "UnknownTreatyError", "rus-prk-2024"),
    ],
)
def test_a_mistake_gets_one_line_with_a_hint(
    words: tuple[str, ...], error: str, hint: str, tmp_path: Path
) -> None:
    done = foedus(*words, home=tmp_path / "empty")
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith(f"{error}: ")
    assert "Hint: " in lines[0]
    assert hint in lines[0]
    assert done.stdout == ""


@pytest.mark.parametrize(
    "words", [("bogus",), ("assess", "RUS"), ("assess", "RUS", "PRK", "--nope")]
)
def test_a_wrong_call_exits_with_two(words: tuple[str, ...]) -> None:
    done = foedus(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, contextlib, io\n"
        "from foedus.cli import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    main(['--help'])\n"
        "print([m for m in ('polars', 'numpy', 'pydantic', 'dataframely', 'vl_convert') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_states_and_treaties_keep_their_schemas() -> None:
    found = _valid("states", foedus("states", "find", "Niger", "--format", "json").stdout)
    assert [m["code"] for m in found["matches"]] == ["NER"]
    listed = _valid("treaty-list", foedus("treaty", "list", "--format", "json").stdout)
    assert len(listed["treaties"]) >= 60


@pytest.mark.shared
def test_data_status_and_the_register_check_keep_their_schemas(home_with_data: Path) -> None:
    status = foedus("data", "status", "--format", "json", home=home_with_data)
    assert len(_valid("data", status.stdout)["sources"]) == 40
    check = foedus("treaty", "check", "--format", "json", home=home_with_data)
    assert check.returncode == 0, check.stderr
    assert _valid("treaty-check", check.stdout)["unexplained"] == 0


@pytest.mark.shared
def test_any_alliance_can_be_assessed_once_the_data_are_in(home_with_data: Path) -> None:
    words = ("assess", "ETH", "KEN", "--as-of", "2010-01-01", "--format", "json")
    done = foedus(*words, home=home_with_data)
    assert done.returncode == 0, done.stderr
    document = _valid("assess", done.stdout)
    assert document["treaty"]["origin"] == "imported"
    assert document["forecast"]["model"]["vintage"] == 2005


@pytest.mark.shared
def test_an_alliance_nobody_followed_since_2016_is_assessed_on_that_condition(
    home_with_data: Path,
) -> None:
    done = foedus(
        "assess", "ETH", "KEN", "--as-of", "2024-01-01", "--format", "json", home=home_with_data
    )
    assert done.returncode == 0, done.stderr
    text = json.loads(done.stdout)["bottom_line"]["text"]
    assert text.startswith("Provided that it still stands on 2024-01-01")
    assert "2016-12-31" in text
