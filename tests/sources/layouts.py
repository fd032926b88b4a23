"""Tiny synthetic files in publishers' layouts: invented rows, real column names."""

from __future__ import annotations

import csv
import io
from pathlib import Path

PROVISIONS = [
    "wartime",
    "estmode",
    "pubsecr",
    "secrart",
    "proadd",
    "futmem",
    "speclgth",
    "length",
    "renounce",
    "proren",
    "renewlgt",
    "term",
    "defense",
    "offense",
    "neutral",
    "nonagg",
    "consul",
    "active",
    "conditio",
    "defcon",
    "offcon",
    "neucon",
    "concon",
    "asymm",
    "notaiden",
    "dipaid",
    "terrres",
    "seppeace",
    "thirdcom",
    "noothall",
    "specthrt",
    "statthr1",
    "statthr2",
    "conwtin",
    "medarb",
    "milcon",
    "milaid",
    "intcom",
    "subord",
    "organ1",
    "orgpurp1",
    "organ2",
    "orgpurp2",
    "base",
    "contrib",
    "armred",
    "acqterr",
    "divgains",
    "demwith",
    "reflnun",
    "refothio",
    "natrefal",
    "compag",
    "nomicoop",
    "conres",
    "agprois",
    "conmen",
    "ecaid",
    "interv",
]
DATES = ["begyr", "begmo", "begday", "endyr", "endmo", "endday", "ineffect", "bilat"]
MEMBER_DATES = ["yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", "ineffect", "bilat"]


def atop_columns(edition: str, level: str) -> list[str]:
    """The header of an ATOP file: 4.x has cow4id, new4 and rev4 on top of 3.0."""
    four = edition != "3"
    ids = ["atopid"] + (["atopidphase"] if level == "phase" else [])
    ids += ["cowid"] + (["cow4id"] if four else [])
    tail = ["source", *(["new4", "rev4"] if four else []), "version"]
    if level == "member":
        phases = ["phase", "maxphase"]
        middle = [*PROVISIONS[:1], "cowwar", *PROVISIONS[1:12], "termmode", "termcaus"]
        return [*ids, "member", "cowsys", *MEMBER_DATES, *phases, *middle, *PROVISIONS[12:], *tail]
    phases = ["phase", "maxphase"] if level == "phase" else ["maxphase"]
    mems = [f"mem{i}" for i in range(1, 60 if four else 51)]
    return [*ids, *DATES, *phases, *PROVISIONS, *mems, *tail]


def atop_row(edition: str, level: str, **values: object) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(atop_columns(edition, level), "")
    row |= dict.fromkeys(PROVISIONS, 0) | {"version": edition, "source": 1, "maxphase": 0}
    row |= {"atopid": 9005, "ineffect": 0, "bilat": 1}
    if level == "member":
        row |= dict(zip(MEMBER_DATES[:6], (1900, 5, 2, 1910, 6, 3), strict=True))
        row |= {"member": 300, "cowsys": 1, "phase": 0, "cowwar": 0, "termmode": 1, "termcaus": 0}
    else:
        row |= dict(zip(DATES[:6], (1900, 5, 2, 1910, 6, 3), strict=True))
        row |= {"mem1": 300, "mem2": 255}
        if level == "phase":
            row |= {"atopidphase": 9005, "phase": 0}
    return row | values


def csv_text(rows: list[dict[str, object]], columns: list[str] | None = None) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns or list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def write_atop(path: Path, edition: str, level: str, *rows: dict[str, object]) -> Path:
    made = [atop_row(edition, level, **row) for row in rows or ({},)]
    path.write_text(csv_text(made, atop_columns(edition, level)))
    return path


SIPRI_PREAMBLE = (
    "Transfers of invented arms\nA '?' marks uncertain data.\n\n"
    "Source: an invented register.\nData generated: 1 Apr 2025\n"
)
SIPRI_HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,"
    "Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,"
    "SIPRI TIV for total order,SIPRI TIV of delivered weapons\n"
)
