"""From two names and a day to the alliance in question, or an error that says what there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from foedus.assessment.depth import codes_of, extent
from foedus.errors import (
    FoedusError,
    NoAllianceError,
    NotAMemberError,
    UnknownTreatyError,
    did_you_mean,
)
from foedus.register import AllianceTable
from foedus.states import State, find_state, state_by_cow

KINDS = (
    ("defense", "defense"),
    ("offense", "offense"),
    ("neutral", "neutrality"),
    ("nonagg", "nonaggression"),
    ("consul", "consultation"),
)


#: A treaty not followed for longer than this stands back behind one that was, and is assessed on
#: the condition that it still stands.
UNFOLLOWED = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One alliance of the pair. ``joint_from``/``joint_to``: when both were in it (None: still)."""

    id: str
    title: str
    signed: date
    in_force: date | None
    ended: date | None
    end_cause: str | None
    kinds: tuple[str, ...]
    n_members: int
    origin: str
    joint_from: date
    joint_to: date | None
    row: dict

    def binds(self, day: date) -> bool:
        """Signed and not ended, with both in it: ATOP dates an alliance from its signature."""
        return (
            self.joint_from <= day
            and (self.joint_to is None or day <= self.joint_to)
            and (self.ended is None or day <= self.ended)
        )

    def rank(self, day: date) -> tuple:
        """Strongest promise first, then followed, deep with an organ, bilateral, youngest.

        Without an organ of its own (ATOP ``organ1`` 2 or 3) depth is noise between paper promises.
        """
        strength = next((k for k, (_, kind) in enumerate(KINDS) if kind in self.kinds), len(KINDS))
        deep = extent(codes_of(self.row))
        built = deep if (self.row.get("organ1") or 0) >= 2 else 0.0
        unfollowed = self.row["observed_to"] < day - UNFOLLOWED
        return (strength, unfollowed, -built, self.n_members > 2, -self.signed.toordinal(), self.id)


def resolve(a: str, b: str, as_of: date, table: AllianceTable) -> tuple[State, State]:
    """The two states; errors of `foedus.states` for unknown, ambiguous or not yet existing ones.

    A party to a treaty that ran on the day is taken although the COW system did not count it as a
    member then (Iraq in 1931, Poland's government in exile).
    """
    try:
        first, second = find_state(a, as_of), find_state(b, as_of)
    except NotAMemberError:
        try:
            first, second = find_state(a), find_state(b)
        except FoedusError:
            first = second = None
        if first is None or second is None:
            raise
        if not any(c.binds(as_of) for c in candidates(table, first.cow, second.cow)):
            raise
    if first.cow == second.cow:
        raise NoAllianceError(
            f"{a!r} and {b!r} are the same state ({first.name}).", "name two different states"
        )
    return first, second


def candidates(table: AllianceTable, a: int, b: int) -> list[Candidate]:
    """All alliances that both were ever in together, by date of signature."""
    members = table.members.filter(pl.col("ccode").is_in([a, b]))
    spells: dict[str, dict[int, list[tuple[date, date | None]]]] = {}
    for m in members.iter_rows(named=True):
        spells.setdefault(m["alliance_id"], {}).setdefault(m["ccode"], []).append(
            (m["entry"], m["exit"])
        )
    shared = {k: v for k, v in spells.items() if len(v) == 2}
    out = []
    rows = table.alliances.filter(pl.col("alliance_id").is_in(list(shared)))
    for row in rows.sort("signed", "alliance_id").iter_rows(named=True):
        overlap = _overlap(shared[row["alliance_id"]][a], shared[row["alliance_id"]][b])
        if overlap is None:
            continue
        out.append(
            Candidate(
                id=row["alliance_id"],
                title=row["title"],
                signed=row["signed"],
                in_force=row["in_force"],
                ended=row["ended"],
                end_cause=row["end_cause"],
                kinds=tuple(kind for code, kind in KINDS if row[code] == 1),
                n_members=row["n_members"],
                origin=row["origin"],
                joint_from=overlap[0],
                joint_to=overlap[1],
                row=row,
            )
        )
    return out


def _overlap(one: list, other: list) -> tuple[date, date | None] | None:
    """The last span in which both were in: memberships may be several."""
    best = None
    for a0, a1 in one:
        for b0, b1 in other:
            start = max(a0, b0)
            ends = [e for e in (a1, b1) if e is not None]
            stop = min(ends) if ends else None
            if (stop is None or start <= stop) and (best is None or start > best[0]):
                best = (start, stop)
    return best


def choose(
    table: AllianceTable, a: State, b: State, as_of: date, wanted: str | None, imported: bool
) -> tuple[Candidate, list[Candidate]]:
    """The alliance to assess and all alliances of the pair.

    Without ``wanted``: of those that bind the pair on the day the one with the strongest promise
    (in the order of KINDS), then those followed up to the day, the deepest of those with an organ
    of their own, the bilateral before the multilateral one, the youngest. Raises NoAllianceError
    with what is nearest: past ties, later ones, other allies; UnknownTreatyError for an id foedus
    does not have.
    """
    everything = candidates(table, a.cow, b.cow)
    if wanted is not None:
        return _named(table, everything, a, b, as_of, wanted), everything
    live = [c for c in everything if c.binds(as_of)]
    if not live:
        raise _nothing(table, everything, a, b, as_of, imported)
    return min(live, key=lambda c: c.rank(as_of)), everything


def _named(table, everything, a, b, as_of, wanted) -> Candidate:
    known = table.alliances["alliance_id"].to_list()
    ident = wanted if wanted in known else f"atop-{wanted}"
    if ident not in known:
        numbered = table.alliances.filter(
            pl.col("atop_id").cast(pl.Utf8) == wanted.removeprefix("atop-")
        )
        if len(numbered) != 1:
            raise UnknownTreatyError(
                f"no treaty {wanted!r}.",
                did_you_mean(wanted, known) or "foedus treaty list shows the ids",
            )
        ident = numbered["alliance_id"][0]
    mine = next((c for c in everything if c.id == ident), None)
    if mine is None:
        raise NoAllianceError(
            f"{a.name_on(as_of)} and {b.name_on(as_of)} were never both members of {ident}.",
            f"foedus treaty show {ident} lists its members",
        )
    if not mine.binds(as_of):
        when = f"bound both from {mine.joint_from}"
        stop = min((d for d in (mine.joint_to, mine.ended) if d is not None), default=None)
        when += f" to {stop}" if stop else ""
        raise NoAllianceError(
            f"{ident} did not bind the pair on {as_of} (it {when}).",
            "give an --as-of date within that time",
        )
    return mine


def _nothing(table, everything, a, b, as_of, imported) -> NoAllianceError:
    names = f"{a.name_on(as_of)} and {b.name_on(as_of)}"
    hints = []
    past = [c for c in everything if c.ended is not None and c.ended < as_of]
    if past:
        hints.append(
            "past ties: " + ", ".join(f"{c.id} ({c.signed.year}-{c.ended.year})" for c in past[-3:])
        )
    left = [
        c for c in everything if c not in past and c.joint_to is not None and c.joint_to < as_of
    ]
    if left:
        hints.append(
            "no longer both in: " + ", ".join(f"{c.id} (to {c.joint_to})" for c in left[-3:])
        )
    later = [c for c in everything if c.joint_from > as_of]
    if later:
        hints.append("later: " + ", ".join(f"{c.id} (from {c.joint_from})" for c in later[:3]))
    for state in (a, b):
        others = allies(table, state.cow, as_of)
        if others:
            hints.append(f"{state.code} is allied with {', '.join(others[:6])}")
    if not imported:
        hints.append(
            "only curated treaties are loaded; foedus data import DIR with ATOP 4.01 adds the rest"
        )
    return NoAllianceError(
        f"no treaty of alliance known to foedus binds {names} on {as_of}.", "; ".join(hints) or None
    )


def allies(table: AllianceTable, ccode: int, day: date) -> list[str]:
    """Display codes of the states tied to one on a day, most treaties first."""
    ties = table.ties.filter(
        ((pl.col("ccode1") == ccode) | (pl.col("ccode2") == ccode))
        & (pl.col("start") <= day)
        & (pl.col("end").is_null() | (pl.col("end") >= day))
    ).sort("n_treaties", descending=True)
    found = []
    for row in ties.iter_rows(named=True):
        other = row["ccode2"] if row["ccode1"] == ccode else row["ccode1"]
        found.append(state_by_cow(other).code_on(day))
    return found
