"""What the register says of the cases that the field argues about."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.register import treaty
from foedus.states import find_state


def owes(ident: str, kind: str, obligor: str, beneficiary: str, day: date) -> list:
    left, right = find_state(obligor).cow, find_state(beneficiary).cow
    return [
        item.obligation
        for item in treaty(ident).obligations_on(day)
        if (item.obligor, item.beneficiary) == (left, right) and item.obligation.kind == kind
    ]


def test_russia_owes_north_korea_defense_under_article_4():
    (promise,) = owes("rus-prk-2024", "defense", "RUS", "PRK", date(2025, 1, 1))
    assert promise.article == "4"
    assert promise.automaticity == "deterministic"
    assert any("Article 51" in condition for condition in promise.conditions)
    assert owes("rus-prk-2024", "defense", "PRK", "RUS", date(2025, 1, 1))


def test_the_treaty_of_2024_was_signed_but_not_in_force_on_17_october_2024():
    found = treaty("rus-prk-2024")
    assert found.state_on(date(2024, 6, 18)) == "not signed"
    assert found.state_on(date(2024, 10, 17)) == "signed, not in force"
    assert found.state_on(date(2024, 12, 4)) == "in force"


def test_the_treaty_it_replaced_still_stood_on_that_day_and_promised_no_defense():
    old = treaty("rus-prk-2000")
    assert old.state_on(date(2024, 10, 17)) == "in force"
    assert old.state_on(date(2024, 12, 5)) == "ended"
    assert {item.kind for item in old.obligations} == {"consultation"}
    assert treaty("rus-prk-2024").lineage.supersedes == ("rus-prk-2000",)


def test_troops_came_before_the_treaty_was_in_force():
    found = treaty("rus-prk-2024")
    deployed = next(event for event in found.events if event.kind == "honoured")
    assert found.in_force is not None
    assert deployed.date.latest < found.in_force.value.earliest
    assert deployed.basis.status == "reported"
    assert any(event.kind == "invoked" and "Article 4" in event.what for event in found.events)


def test_the_flagship_has_its_articles_and_says_what_was_not_read():
    found = treaty("rus-prk-2024")
    assert [a.number for a in found.articles] == ["preamble", *map(str, range(1, 24))]
    assert len(found.sectors) >= 15
    statuses = {article.number: article.basis.status for article in found.articles}
    assert statuses["4"] == "verified"
    assert statuses["14"] == "unverified"


def test_sources_on_the_end_of_the_soviet_treaty_stand_side_by_side():
    (conflict,) = treaty("ussr-prk-1961").conflicts
    assert len(conflict.values) == 5
    assert conflict.chosen == "1996-09-10"


@pytest.mark.parametrize("helper", ["BRA", "USA", "PER"])
def test_rio_obliges_brazil_when_argentina_is_attacked(helper):
    (promise,) = owes("rio-1947", "defense", helper, "ARG", date(1982, 4, 2))
    assert "location" in promise.condition_codes


def test_rio_no_longer_binds_mexico_after_2004():
    assert owes("rio-1947", "defense", "MEX", "ARG", date(2000, 1, 1))
    assert not owes("rio-1947", "defense", "MEX", "ARG", date(2005, 1, 1))


def test_japan_owes_the_united_states_consultation_but_no_defense():
    day = date(1970, 1, 1)
    assert owes("usa-jpn-1960", "defense", "USA", "JPN", day)
    assert not owes("usa-jpn-1960", "defense", "JPN", "USA", day)
    assert owes("usa-jpn-1960", "consultation", "JPN", "USA", day)


def test_finland_fights_within_its_borders_only():
    day = date(1960, 1, 1)
    (finnish,) = owes("sun-fin-1948", "defense", "FIN", "Soviet Union", day)
    (soviet,) = owes("sun-fin-1948", "defense", "Soviet Union", "FIN", day)
    assert "location" in finnish.condition_codes
    assert "location" not in soviet.condition_codes
    assert {"adversary"} <= set(finnish.condition_codes) & set(soviet.condition_codes)


def test_the_american_promise_in_seato_is_against_communists_only():
    day = date(1965, 1, 1)
    (american,) = owes("seato-1954", "defense", "USA", "THA", day)
    (french,) = owes("seato-1954", "defense", "FRA", "THA", day)
    assert "adversary" in american.condition_codes
    assert "adversary" not in french.condition_codes


def test_nato_has_twelve_founders_and_thirty_two_members():
    found = treaty("nato-1949")
    assert len(found.members_on(date(1949, 4, 4))) == 12
    assert len(found.members_on(date(1955, 12, 31))) == 15
    assert len(found.members_on(date(2016, 12, 31))) == 28
    assert len(found.members_on(date(2024, 12, 31))) == 32
    turkey = find_state("TUR").cow
    assert turkey not in found.members_on(date(1952, 2, 17))
    assert turkey in found.members_on(date(1952, 2, 18))


def test_germany_is_one_member_of_nato_on_the_day_of_unity():
    found = treaty("nato-1949")
    west, united = find_state("GFR").cow, find_state("DEU").cow
    assert west in found.members_on(date(1990, 10, 2))
    assert set(found.members_on(date(1990, 10, 3))) & {west, united} == {united}


def test_uzbekistan_left_the_collective_security_treaty_twice():
    found = treaty("cst-1992")
    code = find_state("UZB").cow
    days = [date(1995, 1, 1), date(2003, 1, 1), date(2010, 1, 1), date(2015, 1, 1)]
    assert [code in found.members_on(day) for day in days] == [True, False, True, False]


def test_albania_left_the_warsaw_pact_in_1968():
    found = treaty("warsaw-1955")
    assert len(found.members_on(date(1960, 1, 1))) == 8
    assert len(found.members_on(date(1970, 1, 1))) == 7
    assert found.members_on(date(1991, 7, 2)) == ()


def test_russia_owes_iran_no_defense_but_no_help_to_its_enemy():
    found = treaty("rus-irn-2025")
    kinds = {item.kind for item in found.obligations}
    assert "defense" not in kinds
    assert "neutrality" in kinds


def test_the_saudi_pakistani_text_is_secret_and_its_term_unknown():
    found = treaty("sau-pak-2025")
    assert found.secret
    assert found.term is not None
    assert found.term.kind == "unknown"
    assert found.state_on(date(2026, 1, 1)) == "signed, entry into force unknown"
