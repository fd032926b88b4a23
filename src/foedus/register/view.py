"""Treaties and checks as plain documents, the JSON of ``foedus treaty``."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.dates import PartialDate
from foedus.register.load import curated
from foedus.register.model import Treaty
from foedus.register.parties import cow_code

if TYPE_CHECKING:
    from foedus.register.check import Check


def listed(state: str | None = None, on: date | None = None) -> list[dict[str, Any]]:
    """One short record a treaty, by date of signature.

    ``state``: only treaties it was ever a party to (on ``on``, when given). ``on``: only treaties
    signed and not ended that day. Errors of `foedus.states` for an unknown state.
    """
    code = _code(state, on) if state is not None else None
    rows = []
    for treaty in sorted(
        curated().values(), key=lambda item: (item.signed.value.earliest, item.id)
    ):
        parties = {
            member.ccode: member.state for member in treaty.members if on is None or member.on(on)
        }
        if on is not None and treaty.state_on(on) in ("not signed", "ended"):
            continue
        if code is not None and code not in parties:
            continue
        rows.append(
            {
                "id": treaty.id,
                "title": treaty.title,
                "short_title": treaty.short_title,
                "atop_id": treaty.atop_id,
                "members": list(parties.values()),
                "signed": str(treaty.signed.value),
                "in_force": str(treaty.in_force.value) if treaty.in_force else None,
                "ended": str(treaty.ended.value) if treaty.ended else None,
                "end_cause": treaty.ended.cause if treaty.ended else None,
                "kinds": list(dict.fromkeys(item.kind for item in treaty.obligations)),
                **({"state": treaty.state_on(on)} if on is not None else {}),
            }
        )
    return rows


def _code(state: str, on: date | None) -> int:
    from foedus.states import find_state

    return find_state(state, on).cow if on is not None else cow_code(state)


def document(treaty: Treaty) -> dict[str, Any]:
    """Everything the register knows of a treaty; dates as text, as short as what is known."""
    found = _plain(treaty)
    found["sectors"] = {sector: list(numbers) for sector, numbers in treaty.sectors.items()}
    return found


def disagreements(check: Check) -> dict[str, Any]:
    """The document of ``foedus treaty check``."""
    return {
        "disagreements": [asdict(row) for row in check.disagreements],
        "compared": list(check.compared),
        "without_atop": list(check.without),
        "missing": list(check.missing),
        "idle": [{"treaty": treaty, "variable": variable} for treaty, variable in check.idle],
        "unexplained": len(check.unexplained),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate | date):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
