"""The cases an analyst would try first read as someone who knows them expects."""

from __future__ import annotations

import socket

import pytest
from assessment_pairs import CASES

from foedus.errors import (
    DateError,
    ModelError,
    NoAllianceError,
    NotAMemberError,
    UnknownTreatyError,
)


def test_the_treaty_of_2024_was_signed_but_not_in_force_in_october_2024(offline) -> None:
    before = offline("RUS", "PRK", "2024-10-17").treaty
    assert before.id == "rus-prk-2024"
    assert before.state.startswith("signed, NOT in force")
    assert before.in_force is None
    after = offline("RUS", "PRK", "2024-12-05").treaty
    assert after.state == "in force"
    assert after.in_force == "2024-12-04"


def test_before_june_2024_the_pair_had_only_the_consultation_treaty_of_2000(offline) -> None:
    a = offline("RUS", "PRK", "2024-06-18")
    assert a.treaty.id == "rus-prk-2000"
    assert {o.kind for o in a.treaty.obligations} == {"consultation"}
    assert all(item.id != "rus-prk-2024" for item in a.treaty.lineage)


def test_russia_and_north_korea_owe_each_other_defense_under_article_4(offline) -> None:
    owed = {
        (o.obligor, o.beneficiary, o.article)
        for o in offline("RUS", "PRK", "2026-11-01").treaty.obligations
        if o.kind == "defense"
    }
    assert owed == {("RUS", "PRK", "4"), ("PRK", "RUS", "4")}


def test_nato_stands_for_the_united_states_and_turkey(offline) -> None:
    a = offline("USA", "TUR", "2026-11-01")
    assert a.treaty.id == "nato-1949"
    assert {"usa-tur-1959"} <= {i.id for i in a.treaty.lineage if i.relation == "parallel"}


def test_the_dual_alliance_is_judged_as_it_was_known_in_june_1914(offline) -> None:
    a = offline("AUH", "DEU", "1914-06-01")
    assert a.treaty.id == "auh-deu-1879"
    assert a.treaty.ended is None
    assert a.forecast.model is not None
    assert a.forecast.model.vintage < 1914
    assert all(
        i.signed <= "1914-06-01" and (i.ended or "") <= "1914-06-01" for i in a.treaty.lineage
    )
    assert 0.3 < a.bottom_line.probability < 0.95
    assert a.bottom_line.confidence == "low"
    assert "replayed" not in " ".join(a.bottom_line.confidence_reasons)


def test_an_unpublished_text_lowers_confidence_and_leaves_depth_unknown(offline) -> None:
    a = offline("SAU", "PAK", "2026-11-01")
    assert a.bottom_line.confidence == "low"
    assert a.treaty.depth.index is None


def test_a_pact_of_depth_is_deeper_than_a_paper_promise(offline) -> None:
    depth = {c.id: c.index for c in offline("RUS", "PRK", "2026-11-01").treaty.depth.comparators}
    assert depth["nato-1949"] > depth["chn-prk-1961"]
    assert depth["warsaw-1955"] > depth["chn-prk-1961"]


def test_states_may_be_given_by_name_of_the_time(offline) -> None:
    a = offline("Austria-Hungary", "Germany", "1914-06-01")
    assert (a.question.a, a.question.b) == ("AUH", "DEU")
    b = offline("Soviet Union", "North Korea", "1975-01-01")
    assert b.treaty.id == "ussr-prk-1961"
    assert b.question.a_name == "Soviet Union"


@pytest.mark.parametrize(("a", "b", "as_of"), CASES)
def test_assessing_a_curated_pair_opens_no_connection(
    a: str, b: str, as_of: str, nothing_imported, monkeypatch: pytest.MonkeyPatch
) -> None:
    from foedus.assessment import assess
    from foedus.sources import Cache

    def refuse(*_args, **_kwargs):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert assess(a, b, as_of=as_of, cache=Cache(nothing_imported)).bottom_line.text


def test_a_pair_without_an_alliance_is_told_what_is_nearest(offline) -> None:
    with pytest.raises(NoAllianceError) as caught:
        offline("FRA", "DEU", "1900-01-01")
    assert "France and Germany" in str(caught.value)
    assert "rus" in str(caught.value).lower() or "later" in str(caught.value)


def test_a_treaty_that_had_ended_says_when(offline) -> None:
    with pytest.raises(NoAllianceError, match="1996"):
        offline("RUS", "PRK", "2010-01-01", "ussr-prk-1961")


def test_an_unknown_treaty_gets_a_hint(offline) -> None:
    with pytest.raises(UnknownTreatyError, match="did you mean nato-1949"):
        offline("USA", "TUR", "2020-01-01", "nato-1948")


def test_a_date_before_the_state_existed_is_refused(offline) -> None:
    with pytest.raises(NotAMemberError, match="Japan"):
        offline("PRK", "RUS", "1930-01-01")


def test_a_party_outside_the_cow_system_is_still_a_party(offline) -> None:
    a = offline("GBR", "IRQ", "1931-01-16")
    assert a.treaty.id == "gbr-irq-1930"
    assert a.question.b_name


def test_no_forecast_is_made_from_a_day_to_come(offline) -> None:
    with pytest.raises(DateError, match="has not come"):
        offline("RUS", "PRK", "2199-01-01")


def test_before_the_first_model_there_is_no_forecast(offline) -> None:
    with pytest.raises(ModelError, match="earliest model"):
        offline("AUH", "PRU", "1816-01-01")


@pytest.mark.shared
def test_two_states_at_war_are_not_called_allies_without_a_word(imported) -> None:
    from foedus.assessment import assess

    line = assess("RUS", "UKR", as_of="2026-11-01", cache=imported).bottom_line
    assert line.text.startswith("The two have been at war with each other since 2022")
    assert "no promise of armed help" in line.text
    assert line.confidence == "low"
    before = assess("RUS", "UKR", as_of="2012-01-01", cache=imported).bottom_line
    assert "at war" not in before.text


def test_a_series_stops_where_its_source_stops(offline) -> None:
    a = offline("USA", "PHL", "2026-11-01")
    last = {
        s.name: max(p.year for p in s.points if p.value is not None) for s in a.relations.series
    }
    # NMC ends in 2022, the ideal points in 2023, IGOs in 2014, GML's disputes in 2010.
    assert last["power_ratio"] == 2022
    assert last["ideal_distance"] == 2023
    assert last["shared_igos"] == 2014
    assert last["dispute_inside"] == 2010
    carried = next(c.detail for c in a.coverage if c.topic == "carried forward")
    assert "COW NMC (ends 2022)" in carried
    assert "GML" not in carried
