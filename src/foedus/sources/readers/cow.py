"""Correlates of War: state system, capabilities, powers, places, shared IGOs, trade; also G-W.

State System Membership 2016, National Material Capabilities, Major Powers 2016, Direct Contiguity
3.2 (codebooks at correlatesofwar.org); Gleditsch and Ward (1999). Missing: -9 in capabilities and
trade (already empty in converted copies); -9 in shared IGOs.
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from foedus.sources.frames import (
    SchemaType,
    calendar,
    ccode,
    day,
    month,
    real,
    schema,
    text,
    whole,
    year,
)
from foedus.sources.readers.base import Reader

_GONE = (-9,)


def fixed(name: str, columns: dict[str, dy.Column]):
    """A schema that does not depend on the file."""

    def build(_: pl.DataFrame) -> SchemaType:
        return schema(name, columns)

    return build


def version_column() -> dy.Column:
    return dy.Float64(nullable=False, min=0)


_DATES = {
    "styear": year(),
    "stmonth": month(null=False),
    "stday": day(null=False),
    "endyear": year(),
    "endmonth": month(null=False),
    "endday": day(null=False),
    "version": version_column(),
}


def _reader(table: str, source: str, columns: dict[str, dy.Column], **more) -> Reader:
    return Reader(
        table=table,
        source=source,
        needs=more.pop("needs", frozenset(columns)),
        schema=fixed(table, columns),
        **more,
    )


READERS = (
    _reader(
        "cow_states",
        "cow-states",
        {"stateabb": text(null=False), "ccode": ccode(), "statenme": text(null=False), **_DATES},
        key=("ccode", "styear", "stmonth", "stday"),
        years=("styear", "endyear"),
        edition="2016",
        whole=True,
    ),
    _reader(
        "cow_system",
        "cow-states",
        {
            "stateabb": text(null=False),
            "ccode": ccode(key=True),
            "year": year(key=True),
            "version": version_column(),
        },
        years=("year",),
        edition="2016",
        whole=True,
        # Every state-year data set of the project has these four; this one has no others.
        accepts=lambda shape: len(shape.columns) == 4,
    ),
    _reader(
        "majors",
        "cow-majors",
        {"ccode": ccode(key=True), **{**_DATES, "styear": year(key=True)}},
        years=("styear", "endyear"),
        edition="2016",
        whole=True,
    ),
    _reader(
        "gw_states",
        "gw-states",
        {
            "gwcode": ccode(key=True),
            "stateabb": text(null=False),
            "statename": text(null=False),
            "startdate": calendar(key=True),
            "enddate": calendar(null=False),
        },
        years=("startdate", "enddate"),
    ),
    _reader(
        "nmc",
        "cow-nmc",
        {
            "ccode": ccode(key=True),
            "year": year(key=True),
            **{
                name: real(0, missing=_GONE)
                for name in ("milex", "milper", "irst", "pec", "tpop", "upop")
            },
            "cinc": real(0, 1, missing=_GONE),
        },
        years=("year",),
    ),
    _reader(
        "capitals",
        "capitals",
        {
            "ccode": ccode(key=True),
            "statenme": text(null=False),
            "capital": text(null=False),
            "stdate": calendar(key=True),
            "enddate": calendar(null=False),
            "lat": real(-90, 90, null=False),
            "lng": real(-180, 180, null=False),
        },
        years=("stdate", "enddate"),
    ),
    _reader(
        "mindist",
        "mindist",
        {
            "ccode1": ccode(key=True),
            "ccode2": ccode(key=True),
            "year": year(key=True),
            "mindist": real(0, 20_100, null=False),
        },
        years=("year",),
    ),
    _reader(
        "contiguity_direct",
        "cow-contiguity",
        {
            "ccode1": ccode(key=True),
            "ccode2": ccode(key=True),
            "conttype": whole(0, 5, null=False),
            "stdate": calendar(key=True),
            "enddate": calendar(null=False),
        },
        years=("stdate", "enddate"),
    ),
    _reader(
        "contdir",
        "cow-contiguity",
        {
            "dyad": whole(2000, 999_999, null=False),
            "statelno": ccode(),
            "statelab": text(null=False),
            "statehno": ccode(),
            "statehab": text(null=False),
            "conttype": whole(1, 5, null=False),
            "begin": whole(181601, 210012, null=False),
            "end": whole(181601, 210012, null=False),
            "notes": text(),
            "version": version_column(),
        },
        key=("dyad", "begin"),
        edition="3.2",
        whole=True,
    ),
    _reader(
        "igo_dyad_year",
        "cow-igo",
        {
            "ccode1": ccode(key=True),
            "ccode2": ccode(key=True),
            "year": year(key=True),
            "dyadigos": whole(0, 500, missing=_GONE),
        },
        years=("year",),
    ),
    _reader(
        "trade_state_year",
        "cow-trade",
        {
            "ccode": ccode(key=True),
            "year": year(key=True),
            "imports": real(0, missing=_GONE),
            "exports": real(0, missing=_GONE),
        },
        years=("year",),
    ),
)
