"""A world of six states by hand, alliances in two lines each, and the same cut at a year."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from foedus.panel import YEARS, World

A, B, C, D, E, F = 2, 200, 210, 220, 255, 300
STATES = (A, B, C, D, E, F)
#: Everything ATOP says of a plain public treaty of defence.
PLAIN = {
    **dict.fromkeys(
        ["offense", "neutral", "nonagg", "conditio", "asymm", "pubsecr", "length", "renounce"], 0
    ),
    **dict.fromkeys(
        ["proren", "renewlgt", "milcon", "milaid", "intcom", "subord", "organ1", "orgpurp1"], 0
    ),
    **dict.fromkeys(["base", "contrib", "ecaid", "nomicoop", "noothall", "wartime"], 0),
    **{"defense": 1, "consul": 1, "estmode": 1},
}
FRAME = {
    "alliance_id": pl.Utf8,
    "signed": pl.Date,
    "ended": pl.Date,
    "end_cause": pl.Utf8,
    "observed_to": pl.Date,
    **dict.fromkeys(PLAIN, pl.Int16),
}
MEMBERS = {"alliance_id": pl.Utf8, "ccode": pl.Int32, "entry": pl.Date, "exit": pl.Date}


def small_world(**arrays: np.ndarray) -> World:
    """Six quiet states, everything known in every year; ``arrays`` replace what they name."""
    n, t = len(STATES), len(YEARS)
    share = np.repeat(np.linspace(0.05, 0.3, n)[:, None], t, 1)
    known: dict = {
        "cinc": share,
        "dem": np.repeat(np.linspace(-1, 1, n)[:, None], t, 1),
        "ideal": np.repeat(np.linspace(-2, 2, n)[:, None], t, 1),
        **{
            name: np.zeros((n, t))
            for name in ("major", "at_war", "war_ended", "leader_change", "coalition_change")
        },
        "member": np.ones((n, t)),
        "mid": np.zeros((n, n, t), np.int8),
        "rivalry": np.zeros((n, n, t), np.int8),
        "contiguous": np.zeros((n, n, t), np.int8),
        "igos": np.full((n, n, t), 3, np.int16),
        "distance": np.full((n, n), 1000.0),
    }
    known |= arrays
    known = {k: v.astype(np.float32) if v.dtype == np.float64 else v for k, v in known.items()}
    return World(states=np.array(STATES), spans={"cinc": (1816, 2016)}, **known)


def row(code: int) -> int:
    return STATES.index(code)


class Treaties:
    """Collects alliances; ``frames`` are what the panel reads of the register."""

    def __init__(self, observed_to: date = date(2016, 12, 31)) -> None:
        self.observed_to = observed_to
        self.alliances: list[dict] = []
        self.members: list[dict] = []

    def add(
        self,
        name: str,
        members: tuple | list,
        signed: date,
        ended: date | None = None,
        cause: str | None = None,
        **codes: int | None,
    ) -> Treaties:
        """``members``: codes, or (code, entry, exit) where they differ from the treaty's dates."""
        self.alliances.append(
            PLAIN
            | {"alliance_id": name, "signed": signed, "ended": ended, "end_cause": cause}
            | {"observed_to": self.observed_to}
            | codes
        )
        for m in members:
            code, entry, left = m if isinstance(m, tuple) else (m, signed, ended)
            self.members.append({"alliance_id": name, "ccode": code, "entry": entry, "exit": left})
        return self

    @property
    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        return pl.DataFrame(self.alliances, schema=FRAME), pl.DataFrame(
            self.members, schema=MEMBERS
        )


def cut(
    alliances: pl.DataFrame, members: pl.DataFrame, through: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The register as it stood at the end of ``through``: later treaties, entries, exits unknown."""
    end = date(through, 12, 31)
    known = alliances.filter(pl.col("signed") <= end)
    known = known.with_columns(
        pl.when(pl.col("ended") <= end).then(pl.col("end_cause")).alias("end_cause"),
        pl.when(pl.col("ended") <= end).then(pl.col("ended")).alias("ended"),
        observed_to=pl.lit(end),
    )
    inside = members.filter(
        (pl.col("entry") <= end) & pl.col("alliance_id").is_in(known["alliance_id"].implode())
    )
    return known, inside.with_columns(
        pl.when(pl.col("exit") <= end).then(pl.col("exit")).alias("exit")
    )
