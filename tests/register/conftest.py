"""A sound little treaty to break, and ATOP's two frames read straight from the shared folder."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import polars as pl
import pytest

from foedus.register.parse import parse_treaty
from foedus.register.reader import Problem
from foedus.register.table import AllianceTable

SOUND = """
id = "fra-gbr-1904"
title = "A treaty that never was"
checked_on = "2026-05-31"
summary = "Made up for the tests."

[[members]]
state = "FRA"

[[members]]
state = "GBR"

[dates.signed]
value = "1904-04-08"
sources = ["book"]
status = "verified"

[dates.in_force]
value = "1904-06"
sources = ["book"]
status = "verified"

[dates.ended]
value = "1914"
cause = "scheduled"
how = "Ran out."
sources = ["book"]
status = "verified"

[term]
kind = "fixed"
years = 10
sources = ["book"]
status = "verified"

[codes]
defense = 1
consul = 0
length = 120

[codes_basis]
sources = ["book"]
status = "verified"

[[articles]]
number = "1"
summary = "Help on attack."
sectors = ["defense"]
sources = ["book"]
status = "verified"

[[obligations]]
kind = "defense"
obligor = ["each"]
beneficiary = ["each other"]
article = "1"
sources = ["book"]
status = "verified"

[[conflicts]]
field = "in_force"
chosen = "1904-06"
why = "The ratifications."
values = [{ value = "1904-06", source = "book" }, { value = "1904-07-01", source = "atop-4.01" }]

[[sources]]
id = "book"
title = "A book"
"""


@pytest.fixture
def sound() -> dict[str, Any]:
    """The document of a treaty without any problem; change it to break one rule."""
    return copy.deepcopy(tomllib.loads(SOUND))


@pytest.fixture
def problems_of() -> Callable[..., list[Problem]]:
    """Parse a document and list its problems (errors only, unless asked)."""

    def parse(document: dict[str, Any], *, warnings: bool = False) -> list[Problem]:
        _, problems = parse_treaty(document, "fra-gbr-1904.toml")
        return [problem for problem in problems.found if problem.warning == warnings]

    return parse


class SharedAtop:
    """What the register needs of a cache, reading ATOP from the shared folder."""

    files: ClassVar = {"atop_4_01_alliance": "atop4_01a.csv", "atop_4_01_member": "atop4_01m.csv"}

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, table: str) -> pl.DataFrame:
        return pl.read_csv(self.folder / self.files[table], infer_schema_length=None)


@pytest.fixture(scope="session")
def atop_cache(shared_dir: Path) -> SharedAtop:
    return SharedAtop(shared_dir / "data" / "atop")


@pytest.fixture(scope="session")
def imported(atop_cache: SharedAtop) -> AllianceTable:
    from foedus.register import imported_alliances

    return imported_alliances(atop_cache)
