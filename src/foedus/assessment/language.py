"""Standard estimative language: likelihood terms of ICD 203, and plain numbers in sentences."""

from __future__ import annotations

#: Upper bounds of the terms (ICD 203, 2015, section D.6.e.2); a probability on a bound takes the
#: term above it. ICD 203 leaves 0-1% and 99-100% without a term; foedus calls neither certain.
TERMS: tuple[tuple[float, str], ...] = (
    (0.05, "remote"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.01, "nearly certain"),
)
RANGES = (
    "remote 1-5%, very unlikely 5-20%, unlikely 20-45%, roughly even chance 45-55%, "
    "likely 55-80%, very likely 80-95%, nearly certain 95-99%"
)


def likelihood_term(p: float) -> str:
    """The ICD 203 term for a probability in [0, 1]."""
    return next(term for bound, term in TERMS if p < bound)


def phrase(p: float) -> str:
    """The term as it stands after "is" or "are": "nearly certain", "a roughly even chance"."""
    term = likelihood_term(p)
    return {"remote": "a remote chance", "roughly even chance": "a roughly even chance"}.get(
        term, term
    )


def percent(p: float) -> str:
    """Whole percent, never 0% or 100% for a forecast: those would claim certainty."""
    if p < 0.01:
        return "under 1%"
    if p > 0.99:
        return "over 99%"
    return f"{round(p * 100)}%"


def span(low: float, high: float) -> str:
    """An interval in whole percent, "72-93%"; bounds never claim certainty either."""
    bottom = "under 1" if low < 0.01 else f"{round(min(low, 0.99) * 100)}"
    top = "over 99" if high > 0.99 else f"{max(round(high * 100), 1)}"
    return f"{bottom}-{top}%" if top[0].isdigit() else f"{bottom} to {top}%"
