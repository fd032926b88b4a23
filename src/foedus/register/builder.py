"""Builds the parts of one treaty from its TOML tables, and checks each part's own rules."""

from __future__ import annotations

from typing import Any

from foedus.dates import PartialDate
from foedus.errors import FoedusError, did_you_mean
from foedus.register import vocabulary as words
from foedus.register.model import (
    Article,
    AtopDifference,
    Basis,
    Conflict,
    ConflictValue,
    DatedFact,
    Ending,
    Event,
    Institution,
    Lineage,
    Member,
    Obligation,
    Ratification,
    Term,
)
from foedus.register.parties import cow_code
from foedus.register.reader import Problems, Reader

#: Stands in for a date that could not be read, so that the other rules can still be checked.
LONG_AGO = PartialDate(1815)


class Builder:
    """Builds the parts of one treaty; knows the file's sources and remembers the cited ones."""

    def __init__(self, known: set[str], problems: Problems) -> None:
        self.known = known
        self.problems = problems
        self.cited: set[str] = set()

    def cite(self, source: str, where: str) -> None:
        if source not in self.known:
            self.problems.error(
                where,
                f"source {source!r} is not declared in [[sources]].",
                did_you_mean(source, self.known) or "declare it with id and title",
            )
        self.cited.add(source)

    def basis(self, item: Reader, *, default: str | None = None) -> Basis:
        sources = item.texts("sources")
        status = item.word("status", words.STATUSES, default=default)
        for source in sources:
            self.cite(source, item.path("sources"))
        if status in ("verified", "reported") and not sources and default is None:
            self.problems.error(
                item.path("sources"), f"a {status} fact names no source.", 'sources = ["..."]'
            )
        if status == "verified" and sources and set(sources) == {"general-knowledge"}:
            self.problems.error(
                item.path("status"),
                "general knowledge is not a verified source.",
                'status = "unverified"',
            )
        return Basis(sources, status, item.text("note"))

    def state(self, code: str, where: str) -> int:
        try:
            return cow_code(code)
        except FoedusError as problem:
            self.problems.error(where, problem.message, problem.hint)
            return 0

    def dated(self, item: Reader | None) -> DatedFact | None:
        if item is None:
            return None
        value = item.partial("value", required=True)
        fact = DatedFact(value or LONG_AGO, self.basis(item))
        item.done()
        return fact if value else None

    def ending(self, item: Reader | None) -> Ending | None:
        if item is None:
            return None
        value = item.partial("value", required=True) or LONG_AGO
        cause = item.word("cause", words.END_CAUSES)
        found = Ending(value, cause, item.text("how", required=True), self.basis(item))
        item.done()
        return found

    def ratification(self, item: Reader) -> Ratification:
        state = item.text("state", required=True)
        self.state(state, item.path("state"))
        value = item.partial("value", required=True) or LONG_AGO
        found = Ratification(state, value, self.basis(item))
        item.done()
        return found

    def member(self, item: Reader, signed: DatedFact, ended: PartialDate | None) -> Member:
        state = item.text("state", required=True)
        ccode = self.state(state, item.path("state")) if state else 0
        entry = item.partial("entry") or signed.value
        leave = item.partial("exit")
        how = (
            item.word("exit_how", words.EXIT_HOW, default="none")
            if "exit_how" in item.table
            else None
        )
        if leave is not None and how is None:
            self.problems.error(
                item.path("exit_how"),
                "a member with an exit says how it left.",
                "one of: " + ", ".join(words.EXIT_HOW),
            )
        if leave is None and ended is not None:
            leave, how = ended, how or "treaty_ended"
        found = Member(state, ccode, entry, leave, how, self.basis(item, default="verified"))
        item.done()
        return found

    def conflict(self, item: Reader) -> Conflict:
        values = []
        for part in item.children("values"):
            source = part.text("source", required=True)
            if source:
                self.cite(source, part.path("source"))
            values.append(ConflictValue(part.text("value", required=True), source))
            part.done()
        if len(values) < 2:
            self.problems.error(item.path("values"), "a conflict has at least two values.")
        found = Conflict(
            item.text("field", required=True),
            item.text("chosen", required=True),
            item.text("why", required=True),
            tuple(values),
        )
        if values and found.chosen not in {value.value for value in values}:
            self.problems.error(
                item.path("chosen"),
                f"{found.chosen!r} is none of the values.",
                "one of: " + ", ".join(value.value for value in values),
            )
        item.done()
        return found

    def term(self, item: Reader | None) -> Term | None:
        if item is None:
            return None
        months = item.whole("notice_months")
        found = Term(
            item.word("kind", words.TERM_KINDS),
            item.number("years"),
            item.word("renewal", words.RENEWALS, default="unknown"),
            item.number("renewal_years"),
            item.word("exit", words.EXITS, default="unknown"),
            months,
            item.optional_text("article"),
            self.basis(item),
        )
        item.done()
        return found

    def codes(self, item: Reader | None) -> dict[str, int]:
        if item is None:
            return {}
        found: dict[str, int] = {}
        for name in item.table:
            if name not in words.ATOP_VALUES:
                item.raw(name)
                self.problems.error(
                    item.path(name),
                    "is not an alliance-level ATOP variable.",
                    did_you_mean(name, words.ATOP_VALUES),
                )
                continue
            value = item.whole(name)
            allowed = words.ATOP_VALUES[name]
            if value is not None and allowed is not None and value not in allowed:
                self.problems.error(
                    item.path(name),
                    f"{value} is outside ATOP's values.",
                    "one of: " + ", ".join(map(str, sorted(allowed))),
                )
            elif value is not None:
                found[name] = value
        return found

    def project_codes(self, item: Reader | None) -> dict[str, str | bool | int]:
        if item is None:
            return {}
        found: dict[str, str | bool | int] = {}
        if "automaticity" in item.table:
            found["automaticity"] = item.word("automaticity", words.AUTOMATICITY)
        for name in ("domestic_law_clause", "art51"):
            if name in item.table:
                found[name] = item.flag(name)
        item.done()
        return found

    def codes_basis(self, item: Reader | None) -> Basis:
        if item is None:
            return Basis((), "unverified")
        found = self.basis(item)
        item.done()
        return found

    def article(self, item: Reader) -> Article:
        found = Article(
            item.text("number", required=True),
            item.text("summary", required=True),
            item.words("sectors", words.SECTORS),
            self.basis(item),
        )
        item.done()
        return found

    def parties(self, item: Reader, key: str, everybody: str) -> tuple[tuple[str, ...], Any]:
        names = item.texts(key, required=True)
        if names == (everybody,):
            return names, None
        if {"each", "each other"} & set(names):
            self.problems.error(
                item.path(key),
                f"{list(names)} mixes states with 'each', or uses the wrong form.",
                f'write ["{everybody}"] or state codes alone',
            )
            return names, None
        return names, tuple(self.state(name, item.path(key)) for name in names)

    def obligation(self, item: Reader) -> Obligation:
        kind = item.word("kind", words.KINDS)
        obligor, obligors = self.parties(item, "obligor", "each")
        beneficiary, beneficiaries = self.parties(item, "beneficiary", "each other")
        found = Obligation(
            kind=kind,
            obligor=obligor,
            beneficiary=beneficiary,
            obligors=obligors,
            beneficiaries=beneficiaries,
            trigger=item.text("trigger"),
            conditions=item.texts("conditions"),
            condition_codes=item.words("condition_codes", words.CONDITION_CODES),
            automaticity=item.word("automaticity", words.AUTOMATICITY, default="not stated"),
            article=item.optional_text("article"),
            start=item.partial("start"),
            end=item.partial("end"),
            basis=self.basis(item),
        )
        item.done()
        return found

    def institution(self, item: Reader) -> Institution:
        found = Institution(
            item.text("name", required=True),
            item.text("purpose"),
            item.optional_text("article"),
            self.basis(item),
        )
        item.done()
        return found

    def lineage(self, item: Reader | None) -> Lineage:
        if item is None:
            return Lineage()
        found = Lineage(
            item.texts("supersedes"), item.texts("superseded_by"), item.texts("related")
        )
        item.done()
        return found

    def event(self, item: Reader) -> Event:
        states = item.texts("states")
        for state in states:
            self.state(state, item.path("states"))
        found = Event(
            item.partial("date", required=True) or LONG_AGO,
            item.word("kind", words.EVENT_KINDS),
            item.text("what", required=True),
            states,
            self.basis(item),
        )
        item.done()
        return found

    def difference(self, item: Reader) -> AtopDifference:
        found = AtopDifference(
            item.text("variable", required=True),
            item.text("ours"),
            item.text("atop"),
            item.text("why", required=True),
        )
        item.done()
        return found

    def whole_numbers(self, item: Reader, key: str) -> tuple[int, ...]:
        value = item.raw(key, [])
        if not isinstance(value, list) or not all(type(part) is int for part in value):
            self.problems.error(item.path(key), f"should be a list of numbers, found {value!r}.")
            return ()
        return tuple(value)
