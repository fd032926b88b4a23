"""Files foedus knows by their layout and does not take as tables, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.sources.sniff import Shape

_EVENTS = "event data are not read by this version of foedus"
_REPLICATION = "a replication or validation file, not a data set foedus computes from"


@dataclass(frozen=True, slots=True)
class _Known:
    needs: frozenset[str]
    why: str


_BY_COLUMNS = (
    _Known(
        frozenset({"globaleventid", "sqldate", "goldsteinscale"}),
        f"GDELT 1.0 events: {_EVENTS}",
    ),
    _Known(frozenset({"event id", "event date", "cameo code"}), f"ICEWS events: {_EVENTS}"),
    _Known(
        frozenset({"code", "name", "goldstein"}),
        f"Goldstein scale of CAMEO event codes: {_EVENTS}",
    ),
    _Known(
        frozenset({"atopid", "honor2", "honor3", "milinst"}),
        f"Leeds and Anac (2005), honouring in war: {_REPLICATION}",
    ),
    _Known(
        frozenset({"ccode", "year", "lsthreat"}),
        f"Leeds and Savun, external threat by state-year: {_REPLICATION}",
    ),
    _Known(
        frozenset({"atopid", "prob_det", "dem_prop", "mean_threat"}),
        f"Chiba, Johnson and Leeds (2015), alliance-years: {_REPLICATION}",
    ),
    _Known(
        frozenset({"atopid", "year", "mean.s.sc", "low.s.sc"}),
        f"similarity of allies by alliance-year: {_REPLICATION}",
    ),
    _Known(
        frozenset({"version4id", "ccode1", "neutrality", "nonaggression", "entente"}),
        "COW Formal Alliances: user-supplied only, never fetched, and not read by this version; "
        "foedus works from ATOP",
    ),
    _Known(
        frozenset({"version4id", "ccode", "all_st_year"}),
        "COW Formal Alliances (member level): user-supplied only, never fetched, and not read by "
        "this version; foedus works from ATOP",
    ),
    _Known(
        frozenset({"dispnum", "incidnum", "ccode"}),
        "MID incident participants: not read; foedus uses disputes, their participants and "
        "incidents",
    ),
    _Known(
        frozenset({"ddyad", "year", "defense", "offense", "neutral", "nonagg", "consul"}),
        "ATOP directed dyad-years in the publisher's layout: not read; foedus makes dyads from the "
        "member level itself",
    ),
    _Known(
        frozenset({"dyad", "year", "defense", "offense", "neutral", "nonagg", "consul"}),
        "ATOP dyad-years in the publisher's layout: not read; foedus makes dyads from the member "
        "level itself",
    ),
)


def _is_number(value: str) -> bool:
    return value.lstrip("-").isdigit()


def known_elsewhere(shape: Shape) -> str | None:
    """Why a recognised file is not taken, or None when it is none of these."""
    present = set(shape.columns)
    for known in _BY_COLUMNS:
        if known.needs <= present:
            return known.why
    if shape.kind != "text":
        return None
    columns = shape.columns
    if {"path", "sha256"} == present:
        return "a list of checksums, not data"
    if shape.delimiter == "\t":
        return _headless(columns, shape.first)
    return None


def _headless(columns: tuple[str, ...], first: tuple[str, ...]) -> str | None:
    """Tab-separated files without a header, told by the form of their first lines."""
    if len(columns) in (57, 58, 61) and _is_number(columns[0]) and len(columns[1]) == 8:
        edition = "2.0" if len(columns) == 61 else "1.0"
        return f"GDELT {edition} events ({len(columns)} columns, no header): {_EVENTS}"
    if len(columns) in (4, 5) and all(map(_is_number, columns)):
        return f"coded events as numbers (subject, relation, object, time): {_EVENTS}"
    if len(columns) == 2 and len(first) == 2 and columns[1] == "0" and first[1] == "1":
        return f"a list of names and their numbers for coded events: {_EVENTS}"
    return None
