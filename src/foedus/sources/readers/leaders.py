"""Leaders: Archigos 4.1 (spells and leader-years), the REIGN leader list, CHISOLS 4.0.

Archigos (Goemans, Gleditsch and Chiozza 2009, codebook 4.1): numeric -999, -888, -777 and -666 mean
no information, still in office, still alive or not applicable; all become null (the text columns
beside them keep the reason). "NA" and "." become null; "(p_year)" and "(n_year)" in the annual file
mean that the spell goes on from the year before or into the next, and stay. REIGN (Bell 2016): -99
becomes null. CHISOLS (Mattes, Leeds and Matsumura 2016): "Not Applicable" becomes null in the
regime columns, "Transition Year" in `dem` becomes null with a mark in `dem_transition_year`.
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from foedus.sources.frames import (
    Notes,
    SchemaType,
    calendar,
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
from foedus.sources.readers.cow import fixed, version_column

_CODES = (-999, -888, -777, -666)
_BLANK = ("NA", ".")
_ARCHIGOS: dict[str, dy.Column] = {
    "obsid": text(null=False),
    "leadid": text(null=False),
    "ccode": ccode(),
    "idacr": text(null=False),
    "leader": text(null=False),
    "startdate": calendar(null=False),
    "enddate": calendar(null=False),
    "entry": text(missing=_BLANK),
    "exit": text(missing=_BLANK),
    "exitcode": text(missing=_BLANK),
    "prevtimesinoffice": whole(0, 20),
    "posttenurefate": text(missing=_BLANK),
    "gender": text(null=False),
    "yrborn": year(null=True, missing=_CODES),
    "yrdied": year(null=True, missing=_CODES),
    # One birth date is written 1960-04-1970.
    "borndate": calendar(stray=True),
    "deathdate": calendar(stray=True),
    "dbpedia_uri": text(missing=_BLANK),
    "num_entry": whole(0, 9, missing=_CODES),
    "num_exit": real(0, 9, missing=_CODES),
    "num_exitcode": whole(0, 199, missing=_CODES),
    "num_posttenurefate": real(0, 9, missing=_CODES),
    "fties": text(missing=_BLANK),
    "ftcur": flag(),
}
_SAME = frozenset(_ARCHIGOS) - {name for name in _ARCHIGOS if name.startswith(("num_", "dbp"))}
_REIGN: dict[str, dy.Column] = {
    "stateabb": text(null=False),
    "ccode": ccode(),
    "leadid": text(null=False),
    "leader": text(null=False),
    "sdate": day(),
    "smonth": month(null=False),
    "syear": year(),
    "emonth": month(),
    "eyear": year(null=True),
    "birthyear": year(null=True, missing=(-99,)),
    "gender": flag(missing=(-99,)),
    "militarycareer": real(0, 1, missing=(-99,)),
    "l_month": month(),
    "l_year": year(null=True),
    "codedby": text(),
    "notes": text(),
}
_TYPES = [
    "pres",
    "parl",
    "mixed",
    "mil",
    "indmil",
    "sp",
    "per",
    "mon",
    "warlord",
    "hybrid",
    "olig",
    "other",
    "demtrans",
    "auttrans",
    "autend",
]
_TEXTS = frozenset({"statename", "leader", "leaderpos", "affiliation"})
_SOURCES = frozenset({"sourcereg", "sourcedemtype", "sourceauttype"})


def _prepare_chisols(raw: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    moved = raw["dem"].cast(pl.String) == "Transition Year"
    notes.say(f"'Transition Year' in dem made null and marked in {int(moved.sum())} rows")
    none = ["Not Applicable", "Transition Year"]
    for name in ("dem", *_TYPES):
        notes.nulled("'Not Applicable'", name, int((raw[name].cast(pl.String) == none[0]).sum()))
    regimes = [
        pl.when(~values.is_in(none)).then(values).alias(values.name)
        for values in (raw[name].cast(pl.String) for name in ("dem", *_TYPES))
    ]
    return raw.with_columns(moved.cast(pl.Int16).alias("dem_transition_year"), *regimes)


def _chisols(raw: pl.DataFrame) -> SchemaType:
    made: dict[str, dy.Column] = {}
    for name in raw.columns:
        if name in {"ccode", "year"}:
            made[name] = ccode(key=True) if name == "ccode" else year(key=True)
        elif name in _TEXTS:
            made[name] = text()
        elif name in _SOURCES:
            made[name] = text(missing=("Not Applicable",))
        elif name == "version":
            made[name] = version_column()
        elif "chyr" in name:
            made[name] = year(null=True)
        elif "chmo" in name:
            made[name] = month()
        elif "chday" in name:
            made[name] = day()
        else:
            made[name] = whole(0, 20)
    return schema("Chisols", made)


READERS = (
    Reader(
        table="archigos",
        source="archigos",
        needs=_SAME | {"eindate", "eoutdate", "numentry", "numexit", "dbpediauri"},
        schema=fixed("Archigos", {**_ARCHIGOS, "obsid": text(key=True)}),
        rename={
            "dbpediauri": "dbpedia_uri",
            "numentry": "num_entry",
            "numexit": "num_exit",
            "numexitcode": "num_exitcode",
            "numposttenurefate": "num_posttenurefate",
        },
        years=("startdate", "enddate"),
    ),
    Reader(
        table="archigos_annual",
        source="archigos",
        needs=_SAME | {"dbpedia.uri", "num.entry", "num.exit"},
        schema=fixed(
            "ArchigosAnnual",
            {**_ARCHIGOS, "obsid": text(key=True), "startdate": calendar(key=True)},
        ),
        rename={
            "dbpedia.uri": "dbpedia_uri",
            "num.entry": "num_entry",
            "num.exit": "num_exit",
            "num.exitcode": "num_exitcode",
            "num.posttenurefate": "num_posttenurefate",
        },
        years=("startdate", "enddate"),
    ),
    Reader(
        table="reign_leaders",
        source="reign",
        needs=frozenset(_REIGN),
        schema=fixed("ReignLeaders", _REIGN),
        # Leader ids are not unique: three spells in the 2021 list share one.
        key=("ccode", "leader", "syear", "smonth", "sdate"),
        years=("syear", "eyear"),
    ),
    Reader(
        table="chisols",
        source="chisols",
        needs=frozenset(
            {"ccode", "year", "leader", "leadertrans", "solschange", "solschdum", "dem", "nonindep"}
        )
        | set(_TYPES)
        | {"version"},
        schema=_chisols,
        prepare=_prepare_chisols,
        years=("year",),
        edition="4",
        whole=True,
        open_ended=True,
    ),
)
