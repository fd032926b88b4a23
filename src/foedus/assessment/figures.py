"""How a factor's value reads: percentages, ratios and counts instead of logs."""

from __future__ import annotations

import math

from foedus.panel import BY_NAME


def reading(name: str, value: float | None) -> str:
    """The value in the reader's terms; "not covered" when it is unknown."""
    if value is None:
        return "not covered"
    unit = BY_NAME[name].unit
    if unit == "yes/no":
        return "yes" if value >= 0.5 else "no"
    if unit == "share of pairs":
        return {0.0: "no", 1.0: "yes"}.get(value, f"{value:.0%} of pairs")
    if unit == "share of members":
        return {0.0: "no member", 1.0: "all members"}.get(value, f"{value:.0%} of members")
    if unit == "share":
        return f"{value:.1%}" if value < 0.1 else f"{value:.0%}"
    if unit == "log ratio":
        return (
            f"{math.exp(value):.1f} to 1"
            if name == "power_ratio"
            else f"{math.exp(value) - 1:+.0%}"
        )
    if unit == "log km":
        return f"{math.expm1(value):,.0f} km"
    if unit == "log count":
        count = math.exp(value) if name == "members" else math.expm1(value)
        return f"{count:.0f}" if abs(count - round(count)) < 0.05 else f"{count:.1f}"
    if unit == "log years":
        return f"{math.expm1(value):.0f} years" if value > 0 else "none"
    if unit == "log rate":
        return f"{math.exp(value):.1%} a year"
    suffix = {"score": " points", "ideal points": " ideal points"}.get(unit, "")
    return f"{value:.2f}{suffix}"


def typical(name: str, mean: float) -> str:
    """The training mean as a comparison."""
    if BY_NAME[name].unit == "yes/no":
        return f"yes in {mean:.0%} of past alliance-years"
    return f"{reading(name, mean)} on average"
