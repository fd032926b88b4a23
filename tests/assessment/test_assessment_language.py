"""Likelihood terms are ICD 203's, and figures never claim certainty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.assessment.language import TERMS, likelihood_term, percent, phrase, span


@pytest.mark.parametrize(
    ("p", "term"),
    [
        (0.01, "remote"),
        (0.049, "remote"),
        (0.05, "very unlikely"),
        (0.2, "unlikely"),
        (0.45, "roughly even chance"),
        (0.549, "roughly even chance"),
        (0.55, "likely"),
        (0.79, "likely"),
        (0.8, "very likely"),
        (0.95, "nearly certain"),
        (1.0, "nearly certain"),
    ],
)
def test_terms_follow_icd_203(p: float, term: str) -> None:
    assert likelihood_term(p) == term


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_never_takes_a_weaker_term(a: float, b: float) -> None:
    order = [term for _, term in TERMS]
    low, high = sorted((a, b))
    assert order.index(likelihood_term(low)) <= order.index(likelihood_term(high))


@given(st.floats(0, 1))
def test_no_forecast_reads_as_impossible_or_certain(p: float) -> None:
    assert percent(p) not in ("0%", "100%")
    assert phrase(p)


@given(st.floats(0, 1), st.floats(0, 1))
def test_no_interval_reads_as_certain(a: float, b: float) -> None:
    low, high = sorted((a, b))
    text = span(low, high)
    assert not text.startswith("0")
    assert "100" not in text
