"""A curated treaty as frozen values: what one TOML file says, checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foedus.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read; ``url`` is None for printed works and data sets."""

    id: str
    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a fact rests on: ids of sources in the same file, and how sure the reading is."""

    sources: tuple[str, ...]
    status: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One spell of one state's membership; ``exit`` None means a party still (or to the end)."""

    state: str
    ccode: int
    entry: PartialDate
    exit: PartialDate | None
    exit_how: str | None
    basis: Basis

    def on(self, day: date) -> bool:
        """Whether the spell covers ``day``; a partly known entry counts from its first day."""
        return self.entry.earliest <= day and (self.exit is None or day <= self.exit.latest)


@dataclass(frozen=True, slots=True)
class DatedFact:
    value: PartialDate
    basis: Basis


@dataclass(frozen=True, slots=True)
class Ending:
    """When and how the treaty ended; ``cause`` in the vocabulary, ``how`` in words."""

    value: PartialDate
    cause: str
    how: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Ratification:
    state: str
    value: PartialDate
    basis: Basis


@dataclass(frozen=True, slots=True)
class ConflictValue:
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that disagree on one field, side by side, with the value foedus works with."""

    field: str
    chosen: str
    why: str
    values: tuple[ConflictValue, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """Duration, renewal and exit as the text has them; years and months as numbers."""

    kind: str
    years: float | None
    renewal: str
    renewal_years: float | None
    exit: str
    notice_months: int | None
    article: str | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Article:
    number: str
    summary: str
    sectors: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Directed:
    """One ordered pair under one promise: who owes what to whom (COW codes)."""

    obligor: int
    beneficiary: int
    obligation: Obligation


@dataclass(frozen=True, slots=True)
class Obligation:
    """A promise. ``obligors``/``beneficiaries`` are COW codes, None for all members."""

    kind: str
    obligor: tuple[str, ...]
    beneficiary: tuple[str, ...]
    obligors: tuple[int, ...] | None
    beneficiaries: tuple[int, ...] | None
    trigger: str
    conditions: tuple[str, ...]
    condition_codes: tuple[str, ...]
    automaticity: str
    article: str | None
    start: PartialDate | None
    end: PartialDate | None
    basis: Basis

    def pairs(self, members: tuple[int, ...]) -> Iterator[tuple[int, int]]:
        """All ordered (obligor, beneficiary) pairs among ``members``."""
        for left in members:
            if self.obligors is not None and left not in self.obligors:
                continue
            for right in members:
                if right != left and (self.beneficiaries is None or right in self.beneficiaries):
                    yield left, right


@dataclass(frozen=True, slots=True)
class Institution:
    name: str
    purpose: str
    article: str | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Lineage:
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    date: PartialDate
    kind: str
    what: str
    states: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class AtopDifference:
    """A disagreement with ATOP 4.01 that the file explains."""

    variable: str
    ours: str
    atop: str
    why: str


@dataclass(frozen=True, slots=True)
class Treaty:
    """Everything the register knows of one treaty; see docs/register.md for each field."""

    id: str
    title: str
    short_title: str
    checked_on: date
    summary: str
    secret: bool
    atop_id: int | None
    atop_also: tuple[int, ...]
    members: tuple[Member, ...]
    signed: DatedFact
    in_force: DatedFact | None
    ended: Ending | None
    ratified: tuple[Ratification, ...]
    conflicts: tuple[Conflict, ...]
    term: Term | None
    codes: dict[str, int]
    codes_project: dict[str, str | bool | int]
    codes_basis: Basis
    articles: tuple[Article, ...]
    obligations: tuple[Obligation, ...]
    institutions: tuple[Institution, ...]
    lineage: Lineage
    events: tuple[Event, ...]
    atop_differences: tuple[AtopDifference, ...]
    sources: tuple[Source, ...]

    @property
    def sectors(self) -> dict[str, tuple[str, ...]]:
        """Sector to the numbers of the articles that touch it, in the order of the articles."""
        found: dict[str, list[str]] = {}
        for article in self.articles:
            for sector in article.sectors:
                found.setdefault(sector, []).append(article.number)
        return {sector: tuple(numbers) for sector, numbers in found.items()}

    def members_on(self, day: date) -> tuple[int, ...]:
        """COW codes of the parties on ``day``, counted from entry (signature for the founders)."""
        if self.ended is not None and day > self.ended.value.latest:
            return ()
        return tuple(dict.fromkeys(m.ccode for m in self.members if m.on(day)))

    def obligations_on(self, day: date) -> tuple[Directed, ...]:
        """Directed promises between the parties on ``day``.

        Counted from signature, as ATOP does; ``state_on`` says whether the treaty bound in law.
        """
        members = self.members_on(day)
        return tuple(
            Directed(left, right, obligation)
            for obligation in self.obligations
            if (obligation.start is None or obligation.start.earliest <= day)
            and (obligation.end is None or day <= obligation.end.latest)
            for left, right in obligation.pairs(members)
        )

    def state_on(self, day: date) -> str:
        """ "not signed", "signed, not in force", "in force", "ended", or "signed, entry into force
        unknown" where the file has no date of entry into force."""
        if day < self.signed.value.earliest:
            return "not signed"
        if self.ended is not None and day > self.ended.value.latest:
            return "ended"
        if self.in_force is None:
            return "signed, entry into force unknown"
        return "signed, not in force" if day < self.in_force.value.earliest else "in force"

    def source(self, ident: str) -> Source:
        """The source with that id (KeyError when the file does not declare it)."""
        return next(source for source in self.sources if source.id == ident)
