"""Where the curated register and ATOP 4.01 disagree, and whether the file explains it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from foedus.dates import PartialDate
from foedus.register.imported import ATOP_OBSERVED_TO, PREFIX, Tables, from_atop
from foedus.register.model import Member, Treaty
from foedus.register.table import AllianceTable

#: Other spellings of a compared variable that a file may use.
ALIASES = {
    "begin": "signed",
    "begyr": "signed",
    "end": "ended",
    "endyr": "ended",
    "term": "end_cause",
    "bilat": "bilateral",
    "members": "member",
}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One variable on which a curated file and ATOP 4.01 differ; ``why`` from the file."""

    treaty: str
    atop_id: int
    variable: str
    ours: str
    atop: str
    explained: bool
    why: str


@dataclass(frozen=True, slots=True)
class Check:
    """The result over some treaties.

    ``compared`` treaties have a number in ATOP 4.01, ``without`` have none, ``missing`` name a
    number that the imported data do not have; ``idle`` lists explanations of differences that are
    not there, as (treaty, variable).
    """

    disagreements: tuple[Disagreement, ...]
    compared: tuple[str, ...]
    without: tuple[str, ...]
    missing: tuple[str, ...]
    idle: tuple[tuple[str, str], ...]

    @property
    def unexplained(self) -> tuple[Disagreement, ...]:
        return tuple(row for row in self.disagreements if not row.explained)


def check_register(treaties: Iterable[Treaty], cache: Tables) -> Check:
    """Compare ``treaties`` with ATOP 4.01 in ``cache``; MissingDataError when it is not there."""
    alliance = cache.load("atop_4_01_alliance")
    return check_frames(treaties, alliance, cache.load("atop_4_01_member"))


def check_frames(treaties: Iterable[Treaty], alliance: pl.DataFrame, member: pl.DataFrame) -> Check:
    """`check_register` on ATOP's two frames."""
    table = from_atop(alliance, member)
    raw = {row["atopid"]: row for row in alliance.iter_rows(named=True)}
    found: list[Disagreement] = []
    compared, without, missing, idle = [], [], [], []
    for treaty in treaties:
        if treaty.atop_id is None:
            without.append(treaty.id)
        elif treaty.atop_id not in raw:
            missing.append(treaty.id)
        else:
            compared.append(treaty.id)
            rows, unused = _compare(treaty, treaty.atop_id, table, raw[treaty.atop_id])
            found += rows
            idle += [(treaty.id, variable) for variable in unused]
    return Check(tuple(found), tuple(compared), tuple(without), tuple(missing), tuple(idle))


def _compare(
    treaty: Treaty, number: int, table: AllianceTable, raw: dict
) -> tuple[list[Disagreement], list[str]]:
    row = table.alliances.row(by_predicate=pl.col("atop_id") == number, named=True)
    members = table.members.filter(pl.col("alliance_id") == f"{PREFIX}{number}")
    differences = [
        *_dates(treaty, row),
        *_members(treaty, row, members),
        *_codes(treaty, raw),
    ]
    reasons = _reasons(treaty)
    used: set[str] = set()
    rows = []
    for variable, ours, atop in differences:
        key = next((key for key in _keys(variable) if key in reasons), None)
        if key is not None:
            used.add(key)
        rows.append(
            Disagreement(
                treaty.id, number, variable, ours, atop, key is not None, reasons.get(key or "", "")
            )
        )
    stated = {_plain(item.variable) for item in treaty.atop_differences}
    return rows, sorted(stated - used)


def _plain(variable: str) -> str:
    """The variable as compared: ``members:RUS`` is ``member:RUS``, ``term`` is ``end_cause``."""
    head, _, state = variable.partition(":")
    head = ALIASES.get(head, head)
    return f"{head}:{state}" if state else head


def _keys(variable: str) -> tuple[str, ...]:
    return (variable, variable.partition(":")[0])


def _reasons(treaty: Treaty) -> dict[str, str]:
    stated = {_plain(conflict.field): conflict.why for conflict in treaty.conflicts}
    return stated | {_plain(item.variable): item.why for item in treaty.atop_differences}


def _agree(ours: PartialDate | None, theirs: date | None, precision: str | None) -> bool:
    """Whether two dates can be the same day, given what each side knows."""
    if ours is None or theirs is None:
        return ours is None and theirs is None
    if precision == "month":
        theirs_parts = PartialDate(theirs.year, theirs.month)
    elif precision == "year":
        theirs_parts = PartialDate(theirs.year)
    else:
        theirs_parts = PartialDate.parse(theirs)
    return ours.earliest <= theirs_parts.latest and theirs_parts.earliest <= ours.latest


def _seen(value: PartialDate | None) -> PartialDate | None:
    """A date as far as ATOP 4.01 could know it: later than 2016 is not there."""
    return None if value is None or value.earliest > ATOP_OBSERVED_TO else value


def _show(value: date | PartialDate | None) -> str:
    return "none by 2016" if value is None else str(value)


def _dates(treaty: Treaty, row: dict) -> list[tuple[str, str, str]]:
    found = []
    if not _agree(treaty.signed.value, row["signed"], row["signed_precision"]):
        found.append(("signed", str(treaty.signed.value), str(row["signed"])))
    ended = _seen(treaty.ended.value if treaty.ended else None)
    if not _agree(ended, row["ended"], row["ended_precision"]):
        found.append(("ended", _show(ended), _show(row["ended"])))
    if ended and treaty.ended and row["end_cause"] not in (None, treaty.ended.cause):
        found.append(("end_cause", treaty.ended.cause, row["end_cause"]))
    return found


def _members(treaty: Treaty, row: dict, members: pl.DataFrame) -> list[tuple[str, str, str]]:
    ours: dict[int, list[Member]] = {}
    for member in treaty.members:
        if member.entry.earliest <= ATOP_OBSERVED_TO:
            ours.setdefault(member.ccode, []).append(member)
    theirs: dict[int, list[tuple[date, date | None]]] = {}
    for ccode, entry, leave in members.select("ccode", "entry", "exit").iter_rows():
        theirs.setdefault(ccode, []).append((entry, leave))
    found = []
    if (len(ours) == 2) != row["bilateral"]:
        found.append(("bilateral", str(len(ours) == 2), str(row["bilateral"])))
    for ccode in sorted(ours.keys() | theirs.keys()):
        mine, other = ours.get(ccode, []), theirs.get(ccode, [])
        if not mine or not other:
            # A party from 2017 on is a party of ours, only later than ATOP's.
            name = next((m.state for m in treaty.members if m.ccode == ccode), str(ccode))
            found.append((f"member:{name}", _yes(bool(mine)), _yes(bool(other))))
            continue
        for position, member in enumerate(mine):
            if position >= len(other):
                found.append((f"entry:{member.state}", str(member.entry), "no such spell"))
                continue
            found += _spell(treaty, row, member, other[position])
        for entry, _ in other[len(mine) :]:
            found.append((f"entry:{mine[0].state}", "no such spell", str(entry)))
    return found


def _spell(
    treaty: Treaty, row: dict, member: Member, theirs: tuple[date, date | None]
) -> list[tuple[str, str, str]]:
    found = []
    entry, leave = theirs
    # A founder's entry repeats the signature and a last exit the end: compared once, above.
    founder = member.entry == treaty.signed.value and entry == row["signed"]
    if not founder and not _agree(member.entry, entry, "day"):
        found.append((f"entry:{member.state}", str(member.entry), str(entry)))
    end = treaty.ended.value if treaty.ended else None
    mine = _seen(member.exit)
    with_end = member.exit == end and leave == row["ended"]
    if not with_end and not _agree(mine, leave, "day"):
        found.append((f"exit:{member.state}", _show(mine), _show(leave)))
    return found


def _yes(present: bool) -> str:
    return "a party" if present else "not a party"


def _codes(treaty: Treaty, raw: dict) -> list[tuple[str, str, str]]:
    return [
        (name, str(value), str(raw[name]))
        for name, value in treaty.codes.items()
        # bilat is compared once, as the number of parties.
        if name != "bilat" and raw.get(name) is not None and raw[name] != value
    ]
