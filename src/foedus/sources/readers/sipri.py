"""SIPRI Arms Transfers Database: the trade register as the web page exports it.

A preamble of some eleven lines comes before the header; three columns after "year of order",
"number ordered" and "number delivered" have no name and hold "?" where that figure is uncertain
(here `..._uncertain`, true or false). `years_of_delivery` lists several years, kept as a list. The
export does not quote, so a line break in a comment breaks a record over two lines; they are joined
again. An empty number ordered or TIV means "not yet known" and is null; a TIV of 0 is a volume
between 0 and 0.5 million and stays 0.
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from foedus.errors import ForeignLayoutError, TruncatedFileError
from foedus.sources.frames import Notes, real, text, whole, year
from foedus.sources.readers.base import Reader
from foedus.sources.readers.cow import fixed
from foedus.sources.sniff import Shape, decode

_NAMES = (
    "recipient",
    "supplier",
    "year_of_order",
    "year_of_order_uncertain",
    "number_ordered",
    "number_ordered_uncertain",
    "weapon_designation",
    "weapon_description",
    "number_delivered",
    "number_delivered_uncertain",
    "years_of_delivery",
    "status",
    "comments",
    "tiv_per_unit",
    "tiv_total_order",
    "tiv_delivered",
)
_REGISTER: dict[str, dy.Column] = {
    "recipient": text(null=False),
    "supplier": text(null=False),
    "year_of_order": year(),
    "year_of_order_uncertain": dy.Bool(nullable=False),
    "number_ordered": whole(0, 10_000_000),
    "number_ordered_uncertain": dy.Bool(nullable=False),
    "weapon_designation": text(),
    "weapon_description": text(),
    "number_delivered": whole(0, 10_000_000),
    "number_delivered_uncertain": dy.Bool(nullable=False),
    "years_of_delivery": dy.List(dy.Int32(min=1900, max=2100), nullable=False),
    "status": text(),
    "comments": text(),
    "tiv_per_unit": real(0),
    "tiv_total_order": real(0),
    "tiv_delivered": real(0),
}
_MARKS = tuple(name for name in _NAMES if name.endswith("_uncertain"))
_COMMENT = _NAMES.index("comments")


def _records(lines: list[str], name: str, notes: Notes) -> list[list[str]]:
    made: list[list[str]] = []
    joined = 0
    held: list[str] | None = None
    for number, line in enumerate(lines, start=1):
        fields = line.split(",")
        if held is not None:
            # Only a comment can break a line: its rest and what follows it complete the record.
            fields = [*held[:-1], f"{held[-1]} {fields[0]}".strip(), *fields[1:]]
            held, joined = None, joined + 1
        if len(fields) == len(_NAMES):
            made.append(fields)
        elif _COMMENT < len(fields) < len(_NAMES) or (
            number == len(lines) and len(fields) < len(_NAMES)
        ):
            held = fields
        else:
            raise ForeignLayoutError(
                f"{name} has {len(fields)} fields, not {len(_NAMES)}, in data row {number}.",
                "export the register from SIPRI again, as CSV and unedited.",
            )
    if held is not None:
        raise TruncatedFileError(
            f"{name} breaks off in its last row: {len(held)} fields, not {len(_NAMES)}.",
            "the copy or download stopped early; export it from SIPRI again.",
        )
    if joined:
        notes.say(f"{joined} records broken over two lines joined")
    return made


def _raw(shape: Shape, name: str, notes: Notes) -> tuple[pl.DataFrame, int]:
    content, mixed = decode(shape.path.read_bytes())
    if mixed:
        notes.say("bytes outside UTF-8 read as Windows-1252")
    lines = content.rstrip("\n").split("\n")
    preamble = [line.strip() for line in lines[: shape.skip] if line.strip()]
    generated = next((line for line in preamble if line.startswith("Data generated")), None)
    notes.say(f"{shape.skip} lines before the header left out")
    if generated:
        notes.say(generated)
    rows = lines[shape.skip + 1 :]
    records = _records(rows, name, notes)
    frame = pl.DataFrame(records, schema=dict.fromkeys(_NAMES, pl.String), orient="row")
    odd = [mark for mark in _MARKS if not frame[mark].str.strip_chars().is_in(["", "?"]).all()]
    if odd:
        raise ForeignLayoutError(
            f"{name}: column {odd[0]!r} holds something else than '?'.",
            "its columns may be shifted by a comma in a text; export it from SIPRI again.",
        )
    years = frame["years_of_delivery"].str.extract_all(r"\d{4}").cast(pl.List(pl.Int32))
    marks = [(frame[mark].str.strip_chars() == "?").alias(mark) for mark in _MARKS]
    return frame.with_columns(years.alias("years_of_delivery"), *marks), len(rows)


READERS = (
    Reader(
        table="sipri_register",
        source="sipri-register",
        needs=frozenset(
            {
                "recipient",
                "supplier",
                "year of order",
                "number ordered",
                "weapon designation",
                "number delivered",
                "year(s) of delivery",
                "sipri tiv of delivered weapons",
            }
        ),
        schema=fixed("SipriRegister", _REGISTER),
        raw=_raw,
        years=("year_of_order", "years_of_delivery"),
    ),
)
