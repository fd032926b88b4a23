"""The rules that bind the parts of one treaty together, and the rules between treaties."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.dates import PartialDate
from foedus.register.model import Treaty
from foedus.register.reader import Problems
from foedus.register.vocabulary import ATOP_OF_KIND


def check_treaty(treaty: Treaty, problems: Problems) -> None:
    """Check the rules inside one treaty; what breaks one is added to ``problems``."""
    _dates(treaty, problems)
    _members(treaty, problems)
    _obligations(treaty, problems)
    _codes(treaty, problems)
    _term(treaty, problems)
    _conflicts(treaty, problems)


def _before(first: PartialDate, second: PartialDate) -> bool:
    """Whether ``first`` can be no later than ``second``, given what is known of both."""
    return first.earliest <= second.latest


def _dates(treaty: Treaty, problems: Problems) -> None:
    signed = treaty.signed.value
    if treaty.in_force and not _before(signed, treaty.in_force.value):
        problems.error(
            "dates.in_force",
            f"{treaty.in_force.value} is before signature ({signed}).",
            "swap the dates, or correct one",
        )
    if treaty.ended and not _before(signed, treaty.ended.value):
        problems.error("dates.ended", f"{treaty.ended.value} is before signature ({signed}).")
    if treaty.ended and treaty.in_force and not _before(treaty.in_force.value, treaty.ended.value):
        problems.error("dates.ended", f"{treaty.ended.value} is before entry into force.")
    for number, ratified in enumerate(treaty.ratified, start=1):
        if not _before(signed, ratified.value):
            problems.warn(f"dates.ratified[{number}]", f"{ratified.value} is before signature.")
    for where, value in _facts(treaty):
        if value.earliest > treaty.checked_on:
            problems.error(
                where,
                f"{value} is after checked_on ({treaty.checked_on}).",
                "facts cannot be later than the day they were followed to",
            )


def _facts(treaty: Treaty) -> list[tuple[str, PartialDate]]:
    found = [("dates.signed", treaty.signed.value)]
    if treaty.in_force:
        found.append(("dates.in_force", treaty.in_force.value))
    if treaty.ended:
        found.append(("dates.ended", treaty.ended.value))
    found += [(f"events[{n}]", event.date) for n, event in enumerate(treaty.events, start=1)]
    return found


def _members(treaty: Treaty, problems: Problems) -> None:
    if len({member.ccode for member in treaty.members}) < 2:
        problems.error("members", "an alliance has at least two states.", "write [[members]]")
    for number, member in enumerate(treaty.members, start=1):
        where = f"members[{number}] ({member.state})"
        if not _before(treaty.signed.value, member.entry):
            problems.error(where, f"entry {member.entry} is before signature.")
        if member.exit is None:
            continue
        if not _before(member.entry, member.exit):
            problems.error(where, f"exit {member.exit} is before entry {member.entry}.")
        if treaty.ended and not _before(member.exit, treaty.ended.value):
            problems.error(where, f"exit {member.exit} is after the treaty ended.")
        for other in treaty.members[: number - 1]:
            if other.ccode == member.ccode and (
                other.exit is None or not _before(other.exit, member.entry)
            ):
                problems.error(where, "its two spells overlap.", "close the first with an exit")


def _obligations(treaty: Treaty, problems: Problems) -> None:
    if not treaty.obligations:
        problems.error(
            "obligations",
            "a treaty of alliance promises something.",
            "write [[obligations]] with kind, obligor, beneficiary",
        )
    parties = {member.ccode for member in treaty.members}
    numbers = {article.number for article in treaty.articles}
    for number, obligation in enumerate(treaty.obligations, start=1):
        where = f"obligations[{number}] ({obligation.kind})"
        for key, codes, names in (
            ("obligor", obligation.obligors, obligation.obligor),
            ("beneficiary", obligation.beneficiaries, obligation.beneficiary),
        ):
            for code, name in zip(codes or (), names, strict=False):
                if code and code not in parties:
                    problems.error(
                        f"{where}.{key}", f"{name} is not a member.", "add it to [[members]]"
                    )
        if not any(True for _ in obligation.pairs(tuple(sorted(parties)))):
            problems.error(where, "binds no ordered pair of members.")
        if obligation.article and numbers and not _cites(obligation.article, numbers):
            problems.warn(where, f"article {obligation.article} is not among [[articles]].")


def _cites(article: str, numbers: set[str]) -> bool:
    """Article "3(3)" or "IV-V" counts as cited when "3" or "IV-V", "IV" or "V" is listed."""
    head = article.split("(")[0].strip()
    return bool({article, head, *head.split("-"), *(p.strip() for p in head.split(","))} & numbers)


def _codes(treaty: Treaty, problems: Problems) -> None:
    kinds = {obligation.kind for obligation in treaty.obligations}
    for kind, variable in ATOP_OF_KIND.items():
        value = treaty.codes.get(variable)
        if value == 1 and kind not in kinds:
            problems.error(
                f"codes.{variable}",
                f"is 1, but no [[obligations]] has kind {kind!r}.",
                "add the obligation, or correct the code",
            )
        if value == 0 and kind in kinds:
            problems.error(
                f"codes.{variable}",
                f"is 0, but an obligation of kind {kind!r} is listed.",
                "a duty that falls short of ATOP's definition belongs in [[articles]]",
            )
    if treaty.codes and not treaty.codes_basis.sources:
        problems.error(
            "codes_basis", "codes without a basis.", "write [codes_basis] sources, status"
        )
    active = treaty.codes.get("active")
    parts = (treaty.codes.get("defense"), treaty.codes.get("offense"))
    if active is not None and None not in parts and active != max(p or 0 for p in parts):
        problems.error("codes.active", "is not defense or offense.")
    if "asymm" in treaty.codes and treaty.codes["asymm"] == 0 and _one_sided(treaty):
        problems.warn("codes.asymm", "is 0 although an obligation runs one way only.")
    bilateral = treaty.codes.get("bilat")
    founders = {m.ccode for m in treaty.members if m.entry.earliest <= treaty.signed.value.latest}
    if bilateral == 1 and len({member.ccode for member in treaty.members}) > 2:
        problems.error("codes.bilat", "is 1, but there are more than two members.")
    if bilateral == 0 and len(founders) < 3 and len(treaty.members) < 3:
        problems.error("codes.bilat", "is 0, but there are only two members.")


def _one_sided(treaty: Treaty) -> bool:
    """Whether some kind of promise is owed by one member and not by another."""
    parties = tuple(sorted({member.ccode for member in treaty.members}))
    for kind in ATOP_OF_KIND:
        pairs = {
            pair for item in treaty.obligations if item.kind == kind for pair in item.pairs(parties)
        }
        if any((right, left) not in pairs for left, right in pairs):
            return True
    return False


def _term(treaty: Treaty, problems: Problems) -> None:
    term = treaty.term
    if term is None:
        problems.warn("term", "is missing.", 'write [term] kind = "unknown" when it is unknown')
        return
    if term.kind == "fixed" and term.years is None:
        problems.error("term.years", "a fixed term has a length.", "years = 10")
    if term.kind in ("indefinite", "not_stated") and term.years is not None:
        problems.error("term.years", f"a term {term.kind!r} has no length.")
    length = treaty.codes.get("length")
    if term.kind == "fixed" and term.years is not None and length is not None:
        months = round(term.years * 12)
        if length != months:
            problems.warn("codes.length", f"is {length}, but the term is {months} months.")


def _conflicts(treaty: Treaty, problems: Problems) -> None:
    chosen = {
        "signed": treaty.signed.value,
        "in_force": treaty.in_force.value if treaty.in_force else None,
        "ended": treaty.ended.value if treaty.ended else None,
    }
    for number, conflict in enumerate(treaty.conflicts, start=1):
        date = chosen.get(conflict.field)
        if date is not None and str(date) != conflict.chosen:
            problems.error(
                f"conflicts[{number}].chosen",
                f"{conflict.chosen} differs from dates.{conflict.field} ({date}).",
                "work with the date the file chose",
            )


def check_register(treaties: Mapping[str, Treaty], problems: dict[str, Problems]) -> None:
    """Check the rules between treaties: lineage resolves and is mutual, ATOP ids are used once."""
    for treaty in treaties.values():
        mine = problems[treaty.id]
        for key, back in (("supersedes", "superseded_by"), ("superseded_by", "supersedes")):
            for other in getattr(treaty.lineage, key):
                if other not in treaties:
                    mine.error(
                        f"lineage.{key}",
                        f"no treaty {other!r} in the register.",
                        _near(other, treaties),
                    )
                elif treaty.id not in getattr(treaties[other].lineage, back):
                    mine.error(
                        f"lineage.{key}",
                        f"{other} does not name {treaty.id} in lineage.{back}.",
                        f'add "{treaty.id}" to {other}.toml',
                    )
        for other in treaty.lineage.related:
            if other not in treaties:
                mine.error(
                    "lineage.related",
                    f"no treaty {other!r} in the register.",
                    _near(other, treaties),
                )
    holder: dict[int, str] = {}
    for treaty in treaties.values():
        for number in (treaty.atop_id, *treaty.atop_also):
            if number is None:
                continue
            if number in holder:
                problems[treaty.id].error(
                    "atop_id", f"ATOP {number} is already covered by {holder[number]}."
                )
            holder.setdefault(number, treaty.id)


def _near(word: str, treaties: Mapping[str, Treaty]) -> str | None:
    from foedus.errors import did_you_mean

    return did_you_mean(word, treaties) or "add the file, or drop the reference"
