"""ATOP: alliance, phase and member level of editions 3.0 to 5.x, and directed dyad-years of 5.1.

Leeds, Ritter, Mitchell and Long (2002), codebooks 3.0, 4.0 and 5.1. One layout with additions: the
edition is told by the `version` column, the level by `member`, `atopidphase` or neither. Empty
cells are missing. In dates of an end or exit, 0 means "still in effect" or a part not known, and
becomes null: `ineffect` says which. Phase numbers lose their float noise (1020.0999 is 1020.1).
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from foedus.sources.describe import same_version
from foedus.sources.frames import (
    BLANKS,
    Notes,
    SchemaType,
    ccode,
    day,
    flag,
    month,
    real,
    schema,
    text,
    whole,
    year,
)
from foedus.sources.readers.base import Reader
from foedus.sources.sniff import Shape

EDITIONS = ("3.0", "4.0", "4.01", "5.0", "5.1")
_PROMISES = ("defense", "offense", "neutral", "nonagg", "consul")
_CORE = frozenset({"atopid", "ineffect", "bilat", "term", "asymm", "version", *_PROMISES})
_ENDS = frozenset({"begyr", "begmo", "begday", "endyr", "endmo", "endday", "mem1"})
_MEMBER = frozenset(
    {"member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", "termmode", "termcaus"}
)
LEVELS: dict[str, frozenset[str]] = {
    "alliance": _CORE | _ENDS,
    "phase": _CORE | _ENDS | {"atopidphase"},
    "member": _CORE | _MEMBER,
}
_KEYS = {
    "alliance": ("atopid",),
    "phase": ("atopid", "phase"),
    # A state can leave and come back: Egypt was out of the Arab League's pact from 1979 to 1989.
    "member": ("atopid", "member", "phase", "yrent", "moent", "dayent"),
}
_FLAGS = frozenset(
    [
        "ineffect",
        "bilat",
        "wartime",
        "active",
        "conditio",
        "defcon",
        "offcon",
        "neucon",
        "concon",
        "asymm",
        "dipaid",
        "terrres",
        "noothall",
        "medarb",
        "intcom",
        "contrib",
        "divgains",
        "demwith",
        "refothio",
        "nomicoop",
        "conmen",
        "cowsys",
        "olimob",
        "obvary",
        "new4",
        "rev4",
    ]
) | set(_PROMISES)
_CODES = frozenset(
    [
        "maxphase",
        "phase",
        "estmode",
        "pubsecr",
        "secrart",
        "proadd",
        "futmem",
        "speclgth",
        "renounce",
        "proren",
        "termmode",
        "termcaus",
        "notaiden",
        "seppeace",
        "specthrt",
        "conwtin",
        "milcon",
        "milaid",
        "subord",
        "organ1",
        "orgpurp1",
        "organ2",
        "orgpurp2",
        "base",
        "armred",
        "acqterr",
        "reflnun",
        "natrefal",
        "compag",
        "conres",
        "agprois",
        "ecaid",
        "interv",
        "source",
    ]
)
_OPEN = (0,)


def _column(name: str) -> dy.Column | None:
    if name in {"atopid", "cowid", "cow4id"}:
        return whole(1, 99_999, null=name != "atopid", wide=True)
    if name == "member":
        return ccode()
    if name in {"begyr", "yrent"}:
        return year()
    if name in {"endyr", "yrexit"}:
        return year(null=True, missing=_OPEN)
    if name in {"begmo", "moent", "endmo", "moexit"}:
        return month(missing=_OPEN if name in {"endmo", "moexit"} else ())
    if name in {"begday", "dayent", "endday", "dayexit"}:
        return day(missing=_OPEN if name in {"endday", "dayexit"} else ())
    if name in {"statthr1", "statthr2", "cowwar"}:
        return whole(0, 9999, wide=True)
    if name in {"length", "renewlgt"}:
        return whole(0, 2400)
    if name.startswith("mem") and name[3:].isdigit():
        return ccode(null=True)
    if name in _FLAGS:
        return flag()
    if name == "term":
        return whole(0, 3, null=False)
    if name in _CODES or name.startswith(("defco", "offco", "neuco", "conco")):
        return whole(0, 99)
    if name in {"atopidphase", "version"}:
        return dy.Float64(nullable=False, min=0)
    return None


def _unforeseen(values: pl.Series) -> dy.Column:
    """The type of a column no codebook seen so far has: whole numbers, numbers or text."""
    held = values.cast(pl.String).str.strip_chars()
    held = held.filter(~held.is_in(list(BLANKS)))
    numbers = held.cast(pl.Float64, strict=False)
    if numbers.null_count():
        return text()
    if bool((numbers == numbers.round()).all()) and bool((numbers.abs() < 2e9).all()):
        return whole(-2_000_000_000, 2_000_000_000)
    return real()


def _columns(raw: pl.DataFrame) -> SchemaType:
    made = {name: _column(name) or _unforeseen(raw[name]) for name in raw.columns}
    return schema("Atop", made)


def _prepare(raw: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    index = [column for column in raw.columns if column.startswith("unnamed_")]
    raw = raw.drop(index)
    if "atopidphase" in raw.columns:
        phases = raw["atopidphase"].cast(pl.Float64, strict=False)
        rounded = phases.round(1)
        noisy = int(((phases - rounded).abs() > 0).sum())
        if noisy:
            notes.say(f"atopidphase rounded to one decimal in {noisy} rows")
        raw = raw.with_columns(rounded.alias("atopidphase"))
    return raw


def _reader(edition: str, level: str) -> Reader:
    def accepts(shape: Shape) -> bool:
        # Levels share their core: a member file has no mem1, a phase file is not an alliance file.
        if level == "alliance" and "atopidphase" in shape.columns:
            return False
        value = shape.value("version")
        return value is not None and same_version(value) == same_version(edition)

    return Reader(
        table=f"atop_{edition.replace('.', '_')}_{level}",
        source=f"atop-{edition}",
        needs=LEVELS[level],
        accepts=accepts,
        schema=_columns,
        prepare=_prepare,
        years=("yrent", "yrexit") if level == "member" else ("begyr", "endyr"),
        key=_KEYS[level],
        whole=True,
        edition=edition,
        open_ended=True,
    )


def _dyads(_: pl.DataFrame) -> SchemaType:
    return schema(
        "AtopDirectedDyadYear",
        {
            "ccode1": ccode(key=True),
            "ccode2": ccode(key=True),
            "year": year(key=True),
            **{f"atop_{kind}": dy.Int16(nullable=False, min=0, max=1) for kind in _PROMISES},
        },
    )


READERS = (
    *(_reader(edition, level) for edition in EDITIONS for level in LEVELS),
    Reader(
        table="atop_5_1_directed_dyad_year",
        source="atop-5.1",
        needs=frozenset({"ccode1", "ccode2", "year", *(f"atop_{kind}" for kind in _PROMISES)}),
        schema=_dyads,
        years=("year",),
    ),
)
