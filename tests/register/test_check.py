"""Every disagreement with ATOP 4.01 is found, and none of the register's is left unexplained."""

from __future__ import annotations

import json

import polars as pl
import pytest

from foedus.cli import main
from foedus.register import curated
from foedus.register.check import check_frames, check_register
from foedus.register.parse import parse_treaty


@pytest.fixture
def frames():
    """ATOP's two frames for one alliance of France and Britain, 1904-04-08 to 1914-12-31."""
    alliance = pl.DataFrame(
        {
            "atopid": [7],
            "begyr": [1904],
            "begmo": [4],
            "begday": [8],
            "endyr": [1914],
            "endmo": [12],
            "endday": [None],
            "ineffect": [0],
            "bilat": [1],
            "term": [1],
            "defense": [1],
            "consul": [0],
            "length": [120],
            "milcon": [None],
        },
        schema_overrides={"endday": pl.Int64, "milcon": pl.Int64},
    )
    kinds = {key: [0, 0] for key in ("defense", "offense", "neutral", "nonagg", "consul")}
    member = pl.DataFrame(
        {
            "atopid": [7, 7],
            "member": [220, 200],
            "yrent": [1904, 1904],
            "moent": [4, 4],
            "dayent": [8, 8],
            "yrexit": [1914, 1914],
            "moexit": [12, 12],
            "dayexit": [None, None],
            "termmode": [1, 1],
            **kinds,
        },
        schema_overrides={"dayexit": pl.Int64},
    )
    return alliance, member


def compared(sound, frames, **change):
    sound["atop_id"] = 7
    treaty, _ = parse_treaty(sound, "fra-gbr-1904.toml")
    alliance, member = frames
    alliance = alliance.with_columns(pl.lit(value).alias(name) for name, value in change.items())
    return check_frames([treaty], alliance, member)


def test_a_file_in_agreement_has_no_row(sound, frames):
    assert compared(sound, frames).disagreements == ()


def test_what_one_side_does_not_know_is_no_disagreement(sound, frames):
    sound["codes"].update(milcon=2, base=0)
    assert compared(sound, frames).disagreements == ()


@pytest.mark.parametrize(
    ("change", "variable", "ours", "atop"),
    [
        ({"begday": 9}, "signed", "1904-04-08", "1904-04-09"),
        ({"endyr": 1913}, "ended", "1914", "1913-12-31"),
        ({"term": 2}, "end_cause", "scheduled", "violated"),
        ({"defense": 0}, "defense", "1", "0"),
        ({"length": 60}, "length", "120", "60"),
        ({"bilat": 0}, "bilateral", "True", "False"),
    ],
)
def test_each_kind_of_difference_is_found(sound, frames, change, variable, ours, atop):
    rows = {row.variable: row for row in compared(sound, frames, **change).disagreements}
    assert (rows[variable].ours, rows[variable].atop) == (ours, atop)
    assert not rows[variable].explained


def test_a_party_that_one_side_does_not_have_is_found(sound, frames):
    sound["members"].append({"state": "RUS", "entry": "1907"})
    (row,) = [r for r in compared(sound, frames).disagreements if r.variable == "member:RUS"]
    assert (row.ours, row.atop) == ("a party", "not a party")


def test_an_earlier_exit_is_found_and_explained_by_state_or_for_all(sound, frames):
    sound["members"][0].update(exit="1910-01-01", exit_how="withdrawal")
    assert [r.variable for r in compared(sound, frames).unexplained] == ["exit:FRA"]
    sound["atop_differences"] = [{"variable": "exit", "why": "Left early."}]
    result = compared(sound, frames)
    assert result.unexplained == ()
    assert result.disagreements[0].why == "Left early."


def test_a_conflict_explains_as_well(sound, frames):
    sound["conflicts"].append(
        {
            "field": "end_cause",
            "chosen": "scheduled",
            "why": "It ran out.",
            "values": [
                {"value": "scheduled", "source": "book"},
                {"value": "violated", "source": "atop-4.01"},
            ],
        }
    )
    assert compared(sound, frames, term=2).unexplained == ()


def test_an_explanation_of_nothing_is_listed_as_idle(sound, frames):
    sound["atop_differences"] = [{"variable": "term", "why": "..."}]
    assert compared(sound, frames).idle == (("fra-gbr-1904", "end_cause"),)


def test_an_end_after_2016_is_not_a_disagreement(sound, frames):
    sound["dates"]["ended"]["value"] = "2020"
    rows = compared(sound, frames, ineffect=1, endyr=0, endmo=0, endday=0).disagreements
    assert not [row for row in rows if row.variable in ("ended", "end_cause")]


@pytest.mark.shared
def test_nothing_in_the_register_is_left_unexplained(atop_cache):
    result = check_register(curated().values(), atop_cache)
    assert [(row.treaty, row.variable, row.ours, row.atop) for row in result.unexplained] == []
    assert result.missing == ()
    assert result.idle == ()
    assert len(result.compared) >= 40


@pytest.mark.shared
def test_the_command_prints_every_row_as_json(shared_dir, capsys):
    from foedus.sources import Cache, import_folder

    import_folder(shared_dir / "data" / "atop", Cache())
    capsys.readouterr()
    main(["treaty", "check", "usa-roc-1954", "seato-1954", "--strict", "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    fields = {"treaty", "atop_id", "variable", "ours", "atop", "explained", "why"}
    assert all(set(row) == fields for row in document["disagreements"])
    assert any(row["treaty"] == "seato-1954" for row in document["disagreements"])
    assert document["unexplained"] == 0


def test_without_imported_data_the_check_says_what_to_do(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["treaty", "check"])
    assert stopped.value.code == 1
    assert "foedus data" in capsys.readouterr().err
