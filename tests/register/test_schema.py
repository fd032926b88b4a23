"""Each rule of the curated file can fail, and says where and what to do."""

from __future__ import annotations

from foedus.dates import PartialDate
from foedus.register.parse import parse_treaty


def broken(problems, field, *words):
    """The one problem at ``field`` (by its beginning), and it says ``words``."""
    found = [problem for problem in problems if problem.field.startswith(field)]
    assert found, f"no problem at {field}: {[str(problem) for problem in problems]}"
    text = " ".join(str(problem) for problem in found)
    assert all(word in text for word in words), text
    return found


def test_a_sound_file_has_no_problem(sound, problems_of):
    assert problems_of(sound) == []
    assert problems_of(sound, warnings=True) == []


def test_the_file_name_is_the_identifier(sound, problems_of):
    sound["id"] = "gbr-fra-1904"
    broken(problems_of(sound), "id", "differs from the file name")


def test_an_identifier_ends_in_the_year(sound, problems_of):
    sound["id"] = "entente-cordiale"
    broken(problems_of(sound), "id", "not an identifier")


def test_a_misspelt_field_does_not_pass_silently(sound, problems_of):
    sound["sumary"] = "..."
    broken(problems_of(sound), "sumary", "did you mean summary")


def test_an_unknown_state_is_an_error_that_names_it(sound, problems_of):
    sound["members"][0]["state"] = "ATLANTIS"
    broken(problems_of(sound), "members[1].state", "ATLANTIS")


def test_one_state_is_no_alliance(sound, problems_of):
    del sound["members"][1]
    broken(problems_of(sound), "members", "at least two states")


def test_dates_are_dates(sound, problems_of):
    sound["dates"]["signed"]["value"] = "8 April 1904"
    broken(problems_of(sound), "dates.signed.value", "not a date", "YYYY-MM-DD")


def test_a_treaty_does_not_enter_into_force_before_it_is_signed(sound, problems_of):
    sound["dates"]["in_force"]["value"] = "1904-03"
    broken(problems_of(sound), "dates.in_force", "before signature")


def test_a_month_that_may_follow_the_day_of_signature_is_fine(sound, problems_of):
    sound["dates"]["in_force"]["value"] = "1904-04"
    sound["conflicts"][0]["values"][0]["value"] = sound["conflicts"][0]["chosen"] = "1904-04"
    assert problems_of(sound) == []


def test_a_treaty_does_not_end_before_it_is_signed(sound, problems_of):
    sound["dates"]["ended"]["value"] = "1903"
    broken(problems_of(sound), "dates.ended", "before signature")


def test_the_cause_of_the_end_is_of_the_vocabulary(sound, problems_of):
    sound["dates"]["ended"]["cause"] = "violation"
    broken(problems_of(sound), "dates.ended.cause", "did you mean violated")


def test_no_fact_is_later_than_the_day_it_was_followed_to(sound, problems_of):
    sound["checked_on"] = "1910-01-01"
    broken(problems_of(sound), "dates.ended", "after checked_on")


def test_a_member_does_not_leave_before_it_enters(sound, problems_of):
    sound["members"][0].update(entry="1910", exit="1905", exit_how="withdrawal")
    broken(problems_of(sound), "members[1]", "before entry")


def test_a_member_with_an_exit_says_how_it_left(sound, problems_of):
    sound["members"][0]["exit"] = "1905"
    broken(problems_of(sound), "members[1].exit_how", "withdrawal")


def test_two_spells_of_a_member_do_not_overlap(sound, problems_of):
    sound["members"].append({"state": "FRA", "entry": "1908"})
    broken(problems_of(sound), "members[3]", "overlap")


def test_a_member_may_leave_and_come_back(sound, problems_of):
    sound["members"][0].update(exit="1906", exit_how="withdrawal")
    sound["members"].append({"state": "FRA", "entry": "1908"})
    assert problems_of(sound) == []


def test_a_source_must_be_declared(sound, problems_of):
    sound["articles"][0]["sources"] = ["boook"]
    broken(problems_of(sound), "articles[1].sources", "boook", "did you mean book")


def test_a_verified_fact_names_its_source(sound, problems_of):
    sound["articles"][0]["sources"] = []
    broken(problems_of(sound), "articles[1].sources", "names no source")


def test_general_knowledge_is_never_verified(sound, problems_of):
    sound["articles"][0]["sources"] = ["general-knowledge"]
    broken(problems_of(sound), "articles[1].status", "unverified")


def test_a_source_nobody_cites_is_a_warning(sound, problems_of):
    sound["sources"].append({"id": "other", "title": "Another book"})
    assert problems_of(sound) == []
    broken(problems_of(sound, warnings=True), "sources", "other")


def test_a_sector_is_of_the_vocabulary(sound, problems_of):
    sound["articles"][0]["sectors"] = ["defence"]
    broken(problems_of(sound), "articles[1].sectors", "did you mean defense")


def test_an_obligation_binds_members_only(sound, problems_of):
    sound["obligations"][0]["obligor"] = ["RUS"]
    broken(problems_of(sound), "obligations[1]", "RUS is not a member")


def test_each_and_states_do_not_mix(sound, problems_of):
    sound["obligations"][0]["obligor"] = ["each", "FRA"]
    broken(problems_of(sound), "obligations[1].obligor", "mixes")


def test_a_treaty_of_alliance_promises_something(sound, problems_of):
    del sound["obligations"]
    broken(problems_of(sound), "obligations", "promises something")


def test_an_atop_code_has_one_of_its_values(sound, problems_of):
    sound["codes"]["milcon"] = 4
    broken(problems_of(sound), "codes.milcon", "0, 1, 2, 3")


def test_an_unknown_atop_variable_is_an_error(sound, problems_of):
    sound["codes"]["defence"] = 1
    broken(problems_of(sound), "codes.defence", "did you mean defense")


def test_a_code_needs_its_obligation(sound, problems_of):
    sound["codes"]["consul"] = 1
    broken(problems_of(sound), "codes.consul", "no [[obligations]] has kind 'consultation'")


def test_an_obligation_coded_absent_is_a_contradiction(sound, problems_of):
    sound["codes"]["defense"] = 0
    broken(problems_of(sound), "codes.defense", "is 0, but")


def test_codes_name_what_they_rest_on(sound, problems_of):
    del sound["codes_basis"]
    broken(problems_of(sound), "codes_basis", "without a basis")


def test_a_fixed_term_has_a_length(sound, problems_of):
    del sound["term"]["years"]
    broken(problems_of(sound), "term.years", "years = 10")


def test_a_length_that_differs_from_the_term_is_a_warning(sound, problems_of):
    sound["codes"]["length"] = 60
    assert problems_of(sound) == []
    broken(problems_of(sound, warnings=True), "codes.length", "120 months")


def test_a_conflict_has_two_values(sound, problems_of):
    sound["conflicts"][0]["values"].pop()
    broken(problems_of(sound), "conflicts[1].values", "at least two")


def test_the_chosen_value_is_one_of_them_and_is_used(sound, problems_of):
    sound["conflicts"][0]["chosen"] = "1904-07-01"
    broken(problems_of(sound), "conflicts[1].chosen", "differs from dates.in_force")
    sound["conflicts"][0]["chosen"] = "1905"
    broken(problems_of(sound), "conflicts[1].chosen", "none of the values")


def test_what_is_not_written_stays_unknown(sound):
    treaty, _ = parse_treaty(sound, "fra-gbr-1904.toml")
    assert "offense" not in treaty.codes
    assert treaty.atop_id is None
    assert treaty.ratified == ()


def test_dates_keep_their_precision(sound):
    treaty, _ = parse_treaty(sound, "fra-gbr-1904.toml")
    assert treaty.in_force is not None
    assert treaty.ended is not None
    assert treaty.in_force.value == PartialDate(1904, 6)
    assert treaty.ended.value.precision == "year"
    # A member without an exit of its own leaves with the treaty.
    assert {member.exit for member in treaty.members} == {PartialDate(1914)}
