"""The treaty: its state on the day, its lineage, depth, articles and sectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.report.document import (
    Block,
    Column,
    Entries,
    Entry,
    Facts,
    Figure,
    Line,
    Paragraph,
    Section,
    Table,
)
from foedus.report.words import (
    END_CAUSES,
    capital,
    date_or,
    listing,
    never_in_force,
    not_in_force,
    number,
    plain_key,
    reading,
    sector,
    sentence,
)

if TYPE_CHECKING:
    from foedus.assessment.model import Assessment, TreatyView
    from foedus.report.footnotes import Footnotes


def state_on(treaty: TreatyView, as_of: str) -> str:
    """What the treaty is at the as-of date, with the dates that make it so."""
    state = treaty.state.strip()
    if as_of in state:
        return state
    if not_in_force(state):
        aside = state[state.index("(") :] if "(" in state else ""
        return f"signed {treaty.signed}, NOT in force on {as_of} {aside}".strip()
    dates = [f"signed {treaty.signed}"]
    if treaty.in_force:
        dates.append(f"in force since {treaty.in_force}" if not treaty.ended else treaty.in_force)
    if treaty.ended:
        cause = END_CAUSES.get(treaty.end_cause or "", treaty.end_cause or "cause unknown")
        dates = [
            f"signed {treaty.signed}",
            f"in force {date_or(treaty.in_force, 'unknown')}",
            f"ended {treaty.ended}, {cause}",
        ]
    return f"{state} on {as_of} ({'; '.join(dates)})"


def card(assessment: Assessment, notes: Footnotes) -> Section:
    treaty = assessment.treaty
    pairs: list[tuple[str, Line]] = [
        ("Title", notes.line(treaty.title, treaty.evidence, strong=True)),
        (
            "State",
            notes.line(state_on(treaty, assessment.question.as_of), treaty.evidence, strong=True),
        ),
        ("Term", Line(treaty.term)),
        ("Renewal", Line(treaty.renewal)),
        ("Exit", Line(treaty.exit_clause)),
        ("Institutions", Line("; ".join(treaty.institutions) or "none known")),
        ("Known as", Line(_ids(treaty))),
    ]
    blocks: list[Block] = [Facts(tuple(pairs))]
    if len(treaty.members) > 6:
        blocks.append(_members_in_short(assessment, notes))
    else:
        blocks.append(_members(assessment, notes))
    if treaty.conflicts:
        blocks.append(Paragraph(Line("Sources that disagree, side by side:", strong=True)))
        blocks.append(
            Entries(
                tuple(
                    Entry(
                        Line(f"{plain_key(c.field)}: {c.chosen} is used"),
                        (
                            ("Values", Line("; ".join(f"{v} ({s})" for v, s in c.values))),
                            ("Why", Line(sentence(c.why))),
                        ),
                    )
                    for c in treaty.conflicts
                )
            )
        )
    return Section("treaty", "Treaty", tuple(blocks))


def _ids(treaty: TreatyView) -> str:
    atop = f", ATOP {treaty.atop_id}" if treaty.atop_id else ""
    origin = {"curated": "curated", "imported": "imported", "both": "curated and imported"}
    return f"{treaty.id}{atop} ({origin[treaty.origin]})"


def _members(assessment: Assessment, notes: Footnotes) -> Table:
    return Table(
        columns=(Column("Member"), Column("From"), Column("To")),
        rows=tuple(
            (
                notes.line(f"{m.name} ({m.state})", m.evidence),
                Line(m.entry),
                Line(m.exit or "still a member"),
            )
            for m in assessment.treaty.members
        ),
        caption=Line("Members, with entry and exit."),
    )


def _members_in_short(assessment: Assessment, notes: Footnotes) -> Facts:
    """A large alliance as two lines: the members there are, and those that left."""
    members = assessment.treaty.members
    inside = [m for m in members if m.exit is None]
    left = [m for m in members if m.exit is not None]
    pair = {assessment.question.a, assessment.question.b}
    pairs = [
        (
            "Members",
            notes.line(
                f"{len(inside)}: " + ", ".join(f"{m.state} {m.entry[:4]}" for m in inside),
                tuple(i for m in inside for i in m.evidence),
            ),
        )
    ]
    if left:
        pairs.append(
            (
                "Former",
                notes.line(
                    ", ".join(f"{m.state} {m.entry[:4]}–{(m.exit or '')[:4]}" for m in left),
                    tuple(i for m in left for i in m.evidence),
                ),
            )
        )
    pairs += [
        (
            m.name,
            notes.line(f"from {m.entry}{f' to {m.exit}' if m.exit else ''}", m.evidence),
        )
        for m in members
        if m.state in pair
    ]
    return Facts(tuple(pairs))


def lineage(assessment: Assessment, notes: Footnotes) -> Section | None:
    if not assessment.treaty.lineage:
        return None
    rows = tuple(
        (
            notes.line(item.title, item.evidence, strong=item.relation == "this"),
            Line("this treaty" if item.relation == "this" else item.relation),
            Line(item.signed),
            Line(item.in_force or never_in_force(item.state)),
            Line(_ended(item.ended, item.end_cause)),
            Line(listing(item.kinds) or "none known"),
        )
        for item in assessment.treaty.lineage
    )
    table = Table(
        columns=(
            Column("Treaty"),
            Column("Relation", narrow=False, unbroken=True),
            Column("Signed"),
            Column("In force"),
            Column("Ended"),
            Column("Promises"),
        ),
        rows=rows,
        caption=Line("Treaties between the two, as known on the as-of date."),
    )
    figure = Figure(
        "timeline",
        notes.line(
            "Dot: signed. Dotted line: signed, not in force or not known to be. Bar: in force. "
            "Upright stroke: ended. In colour: this treaty.",
            tuple(i for item in assessment.treaty.lineage for i in item.evidence),
        ),
    )
    return Section("lineage", "Lineage", (figure, table))


def _ended(ended: str | None, cause: str | None) -> str:
    if ended is None:
        return "–"
    return f"{ended}, {END_CAUSES.get(cause, cause)}" if cause else ended


def depth(assessment: Assessment, notes: Footnotes) -> Section:
    found = assessment.treaty.depth
    head = (
        f"Index {number(found.index)} on a scale of 0 to 1; {found.known_weight:.0%} of its weight "
        "rests on components that are known."
    )
    blocks: list[Block] = [Paragraph(notes.line(head, found.evidence))]
    if found.components:
        blocks.append(
            Table(
                columns=(
                    Column("Component"),
                    Column("Reading"),
                    Column("Score", "right"),
                    Column("Weight", "right"),
                ),
                rows=tuple(
                    (
                        notes.line(capital(c.label), found.evidence),
                        Line(reading(c.reading, c.status)),
                        Line(number(c.score)),
                        Line(number(c.weight)),
                    )
                    for c in found.components
                ),
                caption=Line(sentence(found.method)),
            )
        )
    if found.comparators:
        blocks.append(
            Table(
                columns=(Column("Beside it"), Column("Depth", "right")),
                rows=tuple(
                    (notes.line(c.title, c.evidence or found.evidence), Line(number(c.index)))
                    for c in found.comparators
                ),
                caption=Line("Other alliances on the same scale."),
            )
        )
    return Section("depth", "Institutional depth", tuple(blocks))


def events(assessment: Assessment, notes: Footnotes) -> Section | None:
    """How the treaty fared so far: tests, invocations, renewals, suspensions."""
    found = assessment.treaty.events
    if not found:
        return None
    table = Table(
        columns=(Column("Date"), Column("Kind"), Column("What happened")),
        rows=tuple(
            (
                notes.line(e.date, e.evidence),
                Line(e.kind.replace("_", " ")),
                Line(e.what if e.status == "verified" else f"{e.what} ({e.status})"),
            )
            for e in found
        ),
        caption=Line("Up to the as-of date. A promise counts as tested when its case arose."),
    )
    return Section("events", "Tests and turns in its life", (table,))


def articles(assessment: Assessment, notes: Footnotes) -> Section | None:
    found = assessment.treaty.articles
    if not found:
        return None
    table = Table(
        columns=(Column("Article"), Column("What it says, in our words"), Column("Sectors")),
        rows=tuple(
            (
                notes.line(a.number, a.evidence),
                Line(a.summary),
                Line(", ".join(sector(s) for s in a.sectors) or "–"),
            )
            for a in found
        ),
        caption=Line("Summaries are foedus's own; the treaty's text is not reproduced."),
    )
    return Section("articles", "Articles", (table,), full=True)


def sectors(assessment: Assessment, notes: Footnotes) -> Section | None:
    if not assessment.treaty.sectors:
        return None
    lines = "; ".join(
        f"{sector(s.sector)} ({listing(s.articles)})" for s in assessment.treaty.sectors
    )
    ids = tuple(dict.fromkeys(i for s in assessment.treaty.sectors for i in s.evidence))
    text = f"{len(assessment.treaty.sectors)} sectors, with the articles that name them: {lines}."
    return Section("sectors", "Sectors", (Paragraph(notes.line(text, ids)),))
