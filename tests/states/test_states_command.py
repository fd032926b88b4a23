"""``foedus states``: the contract's JSON, and a text that fits a terminal."""

from __future__ import annotations

import json

import pytest

from foedus.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    main(["states", *arguments])
    return capsys.readouterr()


def test_find_prints_code_number_name_and_spells(capsys):
    out, err = run(capsys, "find", "East Germany", "--format", "json")
    (match,) = json.loads(out)["matches"]
    assert (match["code"], match["cow"], match["name"]) == ("DDR", 265, "East Germany")
    assert match["spells"] == [{"start": "1954-03-25", "end": "1990-10-02"}]
    assert (match["cow_abb"], match["gw"]) == ("GDR", 265)
    assert err == ""


def test_find_on_a_day_adds_the_name_and_code_of_the_day(capsys):
    out, _ = run(capsys, "find", "Russia", "--on", "1961-07-06", "--format", "json")
    (match,) = json.loads(out)["matches"]
    assert (match["code"], match["code_on"], match["name_on"]) == ("RUS", "SUN", "Soviet Union")
    assert match["spells"][-1]["end"] is None


def test_another_reading_of_the_letters_is_in_the_notes(capsys):
    out, _ = run(capsys, "find", "AUS", "--format", "json")
    document = json.loads(out)
    assert document["matches"][0]["name"] == "Australia"
    assert "COW abbreviation it is AUT Austria" in document["notes"][0]
    _, err = run(capsys, "find", "AUS")
    assert "AUT Austria" in err


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["find", "Korea"], "AmbiguousStateError"),
        (["find", "Utopia"], "UnknownStateError"),
        (["find", "Czechia", "--on", "1960"], "NotAMemberError"),
        (["find", "Russia", "--on", "tomorrow"], "DateError"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_answer_is_one_line_on_stderr_and_nothing_on_stdout(capsys, arguments, error, form):
    with pytest.raises(SystemExit) as caught:
        main(["states", *arguments, "--format", form])
    out, err = capsys.readouterr()
    assert caught.value.code == 1
    assert out == ""
    assert err.startswith(error)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["find", "SRB"], ["find", "COD"], ["list"], ["list", "--on", "1914"]]
)
def test_the_text_fits_80_columns(capsys, monkeypatch, arguments):
    monkeypatch.setenv("COLUMNS", "80")
    out, _ = run(capsys, *arguments)
    assert max(len(line) for line in out.splitlines()) <= 80


def test_the_list_on_a_day_has_its_members_under_their_names_of_the_time(capsys):
    out, _ = run(capsys, "list", "--on", "1914-07-28", "--format", "json")
    names = {match["name_on"] for match in json.loads(out)["matches"]}
    assert {"Serbia", "Austria-Hungary", "Ottoman Empire", "Persia", "Siam"} <= names
    assert not {"Poland", "Korea", "Canada"} & names
    assert len(names) == 45
