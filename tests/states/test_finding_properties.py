"""What must hold for every state, name, code and day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import FoedusError
from foedus.states import State, all_states, find_state, lookup, matches
from foedus.states.words import key

STATES = all_states()
FAR = date(2035, 1, 1)

#: Names that two states bear at one time. Any other must lead to one state on any day it is borne.
SHARED = {
    "congo",
    "germany",
    "deutschland",
    "hesse",
    "korea",
    "republicofcongo",
    "vietnam",
    "yemen",
}


@st.composite
def member_days(draw: st.DrawFn) -> tuple[State, date]:
    """A state and a day on which it is a member."""
    state = draw(st.sampled_from(STATES))
    spell = draw(st.sampled_from(state.spells))
    return state, draw(st.dates(spell.start, spell.end or FAR))


@given(member_days())
def test_code_number_and_name_of_the_day_find_the_state(drawn: tuple[State, date]):
    state, day = drawn
    assert find_state(state.code, day) is state
    assert find_state(state.code_on(day), day) is state
    assert find_state(state.code_on(day)) is state
    assert find_state(state.cow, day) is state
    assert find_state(str(state.cow), day) is state
    name = state.name_on(day)
    if key(name) in SHARED:
        assert state in matches(name, day)
    else:
        assert find_state(name, day) is state


@given(member_days(), st.data())
def test_every_name_borne_on_a_day_finds_the_state_or_is_a_shared_one(drawn, data: st.DataObject):
    state, day = drawn
    borne = [name.name for name in state.names if name.covers(day)]
    name = data.draw(st.sampled_from(borne))
    spelled = data.draw(st.sampled_from([name, name.upper(), name.lower(), f"The {name}"]))
    if key(name) in SHARED:
        assert state in matches(spelled, day)
    else:
        assert find_state(spelled, day) is state


def test_only_the_known_names_are_shared_at_one_time():
    spans: dict[str, list[tuple[State, date, date]]] = {}
    for state in STATES:
        for name in state.names:
            spans.setdefault(key(name.name), []).append(
                (state, name.start or date.min, name.end or date.max)
            )
    shared = {
        word
        for word, bearers in spans.items()
        for a, start_a, end_a in bearers
        for b, start_b, end_b in bearers
        if a is not b and max(start_a, start_b) <= min(end_a, end_b)
    }
    assert shared == SHARED | {"unitedarabrepublic", "uar", "ruandaurundi"}


@given(st.sampled_from(STATES), st.dates(date(1800, 1, 1), FAR))
def test_nothing_is_found_that_was_no_member_or_bears_another_name(state: State, day: date):
    for name in {name.name for name in state.names}:
        found = lookup(name, day)
        for candidate in found.states:
            assert key(name) in {key(other.name) for other in candidate.names}
        if found.problem is None:
            assert [candidate.is_member(day) for candidate in found.states] == [True]


@given(st.text(max_size=30), st.none() | st.dates(date(1800, 1, 1), FAR))
def test_any_text_finds_one_state_or_a_named_error(text: str, day: date | None):
    found = lookup(text, day)
    if found.problem is None:
        assert len(found.states) == 1
    else:
        assert isinstance(found.problem, FoedusError)
        assert "\n" not in str(found.problem).replace(repr(text), "")


@given(st.sampled_from([n.name for s in STATES for n in s.names]), st.integers(0, 200), st.data())
def test_a_name_with_a_piece_cut_off_never_finds_a_state_that_does_not_bear_the_rest(
    name: str, place: int, data: st.DataObject
):
    piece = name[: place % len(name)] if data.draw(st.booleans()) else name[place % len(name) :]
    found = lookup(piece)
    if len(piece.strip()) == 3 or found.problem is not None or piece.strip().isdigit():
        return
    rest = key(piece)
    for state in found.states:
        assert any(
            rest.endswith(key(other.name)) or key(other.name) in rest for other in state.names
        )


@given(member_days())
def test_membership_ends_where_the_spells_say(drawn: tuple[State, date]):
    state, _ = drawn
    for spell in state.spells:
        assert state.is_member(spell.start)
        assert not state.is_member(spell.start - timedelta(1))
        if spell.end:
            with pytest.raises(FoedusError):
                find_state(state.code, spell.end + timedelta(1))
