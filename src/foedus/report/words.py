"""Figures and names as a reader sees them; every rendering takes them from here.

Probabilities come in as fractions and go out as whole percent: a forecast of an alliance does not
carry more digits than that. Effects go out in percentage points with one decimal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

UNKNOWN = "unknown"
NOTHING = "none"

#: The four ways to end, in the order every table and chart uses.
ENDS: tuple[tuple[str, str, str], ...] = (
    ("renegotiated", "Renegotiated", "Reneg."),
    ("scheduled", "Scheduled", "Sched."),
    ("violated", "Violated", "Viol."),
    ("state_death", "State death", "Death"),
)

GROUPS: tuple[tuple[str, str], ...] = (
    ("structural", "Structural"),
    ("contingent", "Contingent"),
    ("design", "Design of the treaty"),
    ("history", "History"),
    ("era", "Era"),
)

#: Rules a model is held against, as `Baseline.name` has them.
BASELINES = {
    "recent_window": "recent window",
    "age_only": "age only",
    "km_by_type": "Kaplan-Meier by type",
}

KNOWN = {
    "known": "known",
    "known_absent": "known to be absent",
    "not_applicable": "does not apply",
    "not_covered": "not covered",
}

END_CAUSES = {
    "violated": "violated",
    "renegotiated": "renegotiated",
    "scheduled": "ended as scheduled",
    "state_death": "death of a state",
}


def percent(p: float | None) -> str:
    """0.734 -> "73%"; a probability never rounds to a certainty it is not ("<1%", ">99%")."""
    if p is None:
        return UNKNOWN
    if p in (0.0, 1.0):
        return f"{p:.0%}"
    if p < 0.01:
        return "<1%"
    return ">99%" if p > 0.99 else f"{p * 100:.0f}%"


def span(low: float | None, high: float | None) -> str:
    """An interval of two probabilities: "61-83%"."""
    if low is None or high is None:
        return UNKNOWN
    first, last = percent(low), percent(high)
    if first == last or {first, last} == {"0%", "<1%"} or {first, last} == {">99%", "100%"}:
        return last if low < 0.5 else first
    # "95->99%" would read as an arrow.
    joint = " to " if first[0] in "<>" or last[0] in "<>" else "-"
    return f"{first.removesuffix('%')}{joint}{last}"


def estimate(p: float | None, low: float | None, high: float | None) -> str:
    """A probability with its interval: "73% (61-83%)"."""
    return UNKNOWN if p is None else f"{percent(p)} ({span(low, high)})"


def points(effect: float | None, unit: bool = False) -> str:
    """A change of probability in percentage points, signed: "+4.2"."""
    if effect is None:
        return UNKNOWN
    text = f"{effect * 100:+.1f}"
    text = "0.0" if text in ("+0.0", "-0.0") else text
    return f"{text} pp" if unit else text


def number(value: float | None, digits: int = 2) -> str:
    """A plain number with fixed digits, or "unknown"."""
    return UNKNOWN if value is None else f"{value:.{digits}f}"


def years(count: float) -> str:
    """ "1 year", "5 years", "21.5 years"."""
    text = f"{count:.1f}".removesuffix(".0")
    return f"{text} year" if text == "1" else f"{text} years"


def date_or(value: str | None, otherwise: str) -> str:
    return value if value else otherwise


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """With a capital first and a full stop last, so that fragments join into a paragraph."""
    text = capital(text.strip())
    return text if not text or text[-1] in ".!?" else text + "."


def listing(words: Iterable[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def plain_key(key: str) -> str:
    """A JSON key as a label: "in_force" -> "In force"."""
    return capital(key.replace("_", " "))


def reading(text: str, status: str) -> str:
    """A value in words; the status where nothing is known of it."""
    return text if text and status in ("known", "known_absent") else KNOWN[status]


def not_in_force(state: str) -> bool:
    """Whether a treaty's state at the as-of date is one of not (yet) being in force."""
    return bool(re.search(r"\bnot (yet )?in force\b", state, flags=re.IGNORECASE))


def only_signed(state: str) -> bool:
    """Whether the treaty is known to be signed, but not to be in force."""
    return state.startswith("signed") or not_in_force(state)


def never_in_force(state: str) -> str:
    """What stands where a date of entry into force would: not so, or no date known."""
    return "not in force" if not_in_force(state) else "not known"


def sector(name: str) -> str:
    """A sector of the register's vocabulary in words."""
    return _SECTORS.get(name, name.replace("_", " "))


_SECTORS = {
    "science_technology": "science and technology",
    "law_police": "law and police",
    "order": "international order",
    "regions": "regional cooperation",
}
