"""``foedus treaty list`` and ``show``: readable at 80 columns, and the JSON of the contract."""

from __future__ import annotations

import json

import pytest

from foedus.cli import main
from foedus.register import curated


def run(capsys, *arguments: str) -> str:
    main(["treaty", *arguments])
    return capsys.readouterr().out


def test_the_list_fits_a_terminal_and_counts(capsys):
    lines = run(capsys, "list").splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[-1] == f"{len(curated())} treaties"


def test_north_koreas_treaties_on_17_october_2024(capsys):
    text = run(capsys, "list", "--state", "North Korea", "--on", "2024-10-17", "--format", "json")
    states = {row["id"]: row["state"] for row in json.loads(text)["treaties"]}
    assert states["rus-prk-2024"] == "signed, not in force"
    assert states["rus-prk-2000"] == states["chn-prk-1961"] == "in force"
    assert "ussr-prk-1961" not in states


def test_every_page_fits_a_terminal(capsys):
    for ident in ("rus-prk-2024", "nato-1949", "sau-pak-2025"):
        lines = run(capsys, "show", ident).splitlines()
        # Web addresses are not broken.
        assert max(len(line) for line in lines if "://" not in line) <= 80


def test_a_page_says_what_is_not_verified(capsys):
    text = run(capsys, "show", "rus-prk-2024")
    assert "unverified" in text
    assert "reported" in text
    assert "article number unverified" in " ".join(text.split())


def test_show_as_json_is_the_whole_treaty(capsys):
    document = json.loads(run(capsys, "show", "rus-prk-2024", "--format", "json"))
    assert document["signed"]["value"] == "2024-06-19"
    assert document["obligations"][0]["article"] == "4"
    assert document["sectors"]["space"] == ["10"]
    assert {source["id"] for source in document["sources"]} >= {"tass-1868051"}


def test_an_unknown_treaty_is_one_line_with_a_hint(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["treaty", "show", "nato-1950"])
    assert stopped.value.code == 1
    error = capsys.readouterr().err
    assert "nato-1949" in error
    assert len(error.splitlines()) == 1


def test_an_unknown_state_is_an_error(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["treaty", "list", "--state", "Atlantis"])
    assert stopped.value.code == 1
    assert "Atlantis" in capsys.readouterr().err
