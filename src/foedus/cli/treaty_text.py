"""Treaties as plain text, 80 columns wide."""

from __future__ import annotations

from textwrap import fill, wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.register.check import Check
    from foedus.register.model import Basis, Treaty

WIDTH = 80


def listing(rows: list[dict]) -> str:
    """One treaty a line: id, dates, parties."""
    if not rows:
        return "No curated treaty fits."
    widest = max(len(row["id"]) for row in rows)
    lines = []
    for row in rows:
        span = f"{row['signed'][:4]}-{(row['ended'] or '')[:4]:4}"
        parties = ", ".join(row["members"])
        head = f"{row['id']:{widest}}  {span}  "
        room = WIDTH - len(head)
        text = (
            f"{row['short_title']} ({parties})" if len(row["members"]) > 2 else row["short_title"]
        )
        lines.append(head + (text if len(text) <= room else text[: room - 3].rstrip() + "..."))
    return "\n".join([*lines, f"{len(rows)} treaties"])


def page(treaty: Treaty) -> str:
    """All the register knows of one treaty."""
    parts = [treaty.title, f"{treaty.id}" + (f" (ATOP {treaty.atop_id})" if treaty.atop_id else "")]
    parts += ["", fill(treaty.summary, WIDTH), "", *_dates(treaty), "", *_members(treaty)]
    parts += ["", "Obligations", *_obligations(treaty)]
    if treaty.articles:
        parts += ["", "Articles"]
        for article in treaty.articles:
            sectors = f" [{', '.join(article.sectors)}]" if article.sectors else ""
            parts += _item(f"{article.number}. {article.summary}{sectors}", article.basis)
    if treaty.institutions:
        parts += ["", "Institutions"]
        for body in treaty.institutions:
            parts += _item(
                f"{body.name}: {body.purpose}" if body.purpose else body.name, body.basis
            )
    if treaty.events:
        parts += ["", "Events"]
        for event in treaty.events:
            parts += _item(f"{event.date} {event.kind}: {event.what}", event.basis)
    if treaty.codes:
        codes = "  ".join(f"{name}={value}" for name, value in treaty.codes.items())
        project = "  ".join(f"{name}={value}" for name, value in treaty.codes_project.items())
        parts += [
            "",
            "Codes (ATOP variables)",
            fill(codes, WIDTH, initial_indent="  ", subsequent_indent="  "),
        ]
        if project:
            parts += wrap(project, WIDTH, initial_indent="  ", subsequent_indent="  ")
    lines = treaty.lineage
    for label, names in (
        ("Supersedes", lines.supersedes),
        ("Superseded by", lines.superseded_by),
        ("Related", lines.related),
    ):
        if names:
            parts += ["", f"{label}: {', '.join(names)}"]
    if treaty.conflicts:
        parts += ["", "Sources that disagree"]
        for conflict in treaty.conflicts:
            values = "; ".join(f"{value.value} ({value.source})" for value in conflict.values)
            parts += _text(f"{conflict.field}: {values}. Used: {conflict.chosen}. {conflict.why}")
    if treaty.atop_differences:
        parts += ["", "Differences from ATOP 4.01"]
        for item in treaty.atop_differences:
            parts += _text(f"{item.variable}: {item.ours} against {item.atop}. {item.why}")
    parts += ["", "Sources"]
    for source in treaty.sources:
        parts += _text(f"{source.id}: {source.title}")
        if source.url:
            parts.append(f"    {source.url}")
    return "\n".join(parts)


def _text(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _item(text: str, basis: Basis) -> list[str]:
    """A line with its evidence; what is less than verified, or noted, is marked."""
    said = [basis.status] if basis.status != "verified" else []
    said += [basis.note] if basis.note else []
    mark = f" ({'; '.join(said)})" if said else ""
    cited = f" <{', '.join(basis.sources)}>" if basis.sources else ""
    return _text(f"{text}{mark}{cited}")


def _dates(treaty: Treaty) -> list[str]:
    found = _item(f"Signed {treaty.signed.value}", treaty.signed.basis)
    if treaty.in_force:
        found += _item(f"In force {treaty.in_force.value}", treaty.in_force.basis)
    else:
        found += _text("Entry into force: not known")
    for item in treaty.ratified:
        found += _item(f"Ratified by {item.state} {item.value}", item.basis)
    if treaty.ended:
        end = treaty.ended
        found += _item(f"Ended {end.value} ({end.cause}): {end.how}", end.basis)
    else:
        found += _text(f"Not ended by {treaty.checked_on}, as far as followed")
    if treaty.term:
        term = treaty.term
        length = f" {term.years:g} years" if term.years else ""
        notice = f", {term.notice_months} months' notice" if term.notice_months else ""
        renewal = f", renewal {term.renewal}" if term.renewal != "unknown" else ""
        found += _item(f"Term: {term.kind}{length}{renewal}; exit: {term.exit}{notice}", term.basis)
    return found


def _members(treaty: Treaty) -> list[str]:
    spells = []
    for member in treaty.members:
        span = "" if member.entry == treaty.signed.value else f" from {member.entry}"
        if member.exit and member.exit_how != "treaty_ended":
            span += f" to {member.exit} ({member.exit_how})"
        spells.append(member.state + span)
    return ["Members", *_text(", ".join(spells))]


def _obligations(treaty: Treaty) -> list[str]:
    found = []
    for item in treaty.obligations:
        who = f"{', '.join(item.obligor)} to {', '.join(item.beneficiary)}"
        article = f", Art. {item.article}" if item.article else ""
        text = f"{item.kind}: {who}{article}"
        if item.trigger:
            text += f"; when: {item.trigger}"
        if item.conditions:
            text += f"; conditions: {'; '.join(item.conditions)}"
        if item.automaticity != "not stated":
            text += f"; {item.automaticity}"
        found += _item(text, item.basis)
    return found


def comparison(check: Check, *, everything: bool = False) -> str:
    """Every disagreement with ATOP 4.01, a line each, and what the file says to it."""
    parts = []
    for row in check.disagreements:
        mark = "explained" if row.explained else "NOT EXPLAINED"
        parts.append(f"{row.treaty} (ATOP {row.atop_id})  {row.variable}: {mark}")
        parts += _text(f"ours {row.ours}; ATOP {row.atop}")
        if row.why:
            parts += _text(row.why)
    if everything:
        if check.without:
            parts += _text(f"Without a number in ATOP 4.01: {', '.join(check.without)}")
        if check.missing:
            parts += _text(f"Number not in the imported data: {', '.join(check.missing)}")
        for treaty, variable in check.idle:
            parts += _text(f"{treaty}: explains {variable}, on which nothing differs")
    explained = sum(row.explained for row in check.disagreements)
    parts.append(
        f"{len(check.compared)} treaties compared: {len(check.disagreements)} disagreements, "
        f"{explained} explained, {len(check.unexplained)} not"
    )
    return "\n".join(parts)
