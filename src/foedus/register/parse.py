"""One TOML document to one `Treaty`, with every rule of a single file checked on the way."""

from __future__ import annotations

import re
from typing import Any

from foedus.register import vocabulary as words
from foedus.register.builder import LONG_AGO, Builder
from foedus.register.model import Basis, DatedFact, Source, Treaty
from foedus.register.reader import Problems, Reader
from foedus.register.rules import check_treaty

_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*-\d{4}$")


def parse_treaty(document: dict[str, Any], name: str) -> tuple[Treaty, Problems]:
    """Build the treaty of the file ``name`` (without folder) and list what breaks the schema.

    The treaty is only meaningful when the problems hold no error.
    """
    problems = Problems(name)
    top = Reader(document, "", problems)
    ident = top.text("id", required=True)
    if ident and not _ID.match(ident):
        problems.error(
            "id", f"{ident!r} is not an identifier.", "lower case, hyphens, year: rus-prk-2024"
        )
    if name.endswith(".toml") and ident and name != f"{ident}.toml":
        problems.error("id", f"{ident!r} differs from the file name.", f"rename to {ident}.toml")
    sources = _sources(top, problems)
    known = {source.id for source in sources} | set(words.BUILT_IN_SOURCES)
    build = Builder(known, problems)

    dates = top.child("dates")
    if dates is None:
        problems.error("dates", "is missing.", "write [dates.signed]")
        dates = Reader({}, "dates", problems)
    signed = build.dated(dates.child("signed"))
    if signed is None:
        problems.error("dates.signed", "is missing.", 'write [dates.signed] value = "YYYY-MM-DD"')
        signed = DatedFact(LONG_AGO, Basis((), "unverified"))
    in_force = build.dated(dates.child("in_force"))
    ended = build.ending(dates.child("ended"))
    ratified = tuple(build.ratification(item) for item in dates.children("ratified"))
    dates.done()

    members = tuple(
        build.member(item, signed, ended.value if ended else None)
        for item in top.children("members")
    )
    treaty = Treaty(
        id=ident,
        title=top.text("title", required=True),
        short_title=top.text("short_title") or top.text("title"),
        checked_on=top.day("checked_on"),
        summary=top.text("summary", required=True),
        secret=top.flag("secret"),
        atop_id=top.whole("atop_id"),
        atop_also=build.whole_numbers(top, "atop_also"),
        members=members,
        signed=signed,
        in_force=in_force,
        ended=ended,
        ratified=ratified,
        conflicts=tuple(build.conflict(item) for item in top.children("conflicts")),
        term=build.term(top.child("term")),
        codes=build.codes(top.child("codes")),
        codes_project=build.project_codes(top.child("codes_project")),
        codes_basis=build.codes_basis(top.child("codes_basis")),
        articles=tuple(build.article(item) for item in top.children("articles")),
        obligations=tuple(build.obligation(item) for item in top.children("obligations")),
        institutions=tuple(build.institution(item) for item in top.children("institutions")),
        lineage=build.lineage(top.child("lineage")),
        events=tuple(build.event(item) for item in top.children("events")),
        atop_differences=tuple(build.difference(item) for item in top.children("atop_differences")),
        sources=sources,
    )
    top.done()
    unused = {source.id for source in sources} - build.cited
    for source in sorted(unused):
        problems.warn("sources", f"{source!r} is declared but never cited.")
    check_treaty(treaty, problems)
    return treaty, problems


def _sources(top: Reader, problems: Problems) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for item in top.children("sources"):
        ident = item.text("id", required=True)
        if ident in found:
            problems.error(item.path("id"), f"{ident!r} is declared twice.")
        url = item.optional_text("url")
        if url and not re.match(r"^https?://\S+$", url):
            problems.error(item.path("url"), f"{url!r} is not a web address.", "leave url out")
        found[ident] = Source(ident, item.text("title", required=True), url)
        item.done()
    return tuple(found.values())
