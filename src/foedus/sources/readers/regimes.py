"""Regimes, democracy and the size of economies, by state and year.

Polity5 (Marshall and Gurr 2020): -66 interruption, -77 interregnum and -88 transition are no
scores; they become null and the code moves to `special`; one `eyear` of 3013 is an entry error.
V-Dem (Coppedge et al.): only the indices foedus uses; `ccode` is V-Dem's own COW code. ERT (Edgell
et al.): "NA" is null. Extended democracy scores and simulated GDP (Anders, Fariss and Markowitz
2020) come as converted copies without missing codes.
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
    ident,
    month,
    real,
    schema,
    text,
    whole,
    year,
)
from foedus.sources.readers.base import Reader
from foedus.sources.readers.cow import fixed

SPECIAL = (-66, -77, -88)
_DEMOCRACY = {
    "ccode": ccode(key=True),
    "year": year(key=True),
    "euds": real(),
    "aeuds": real(),
    "polity2": whole(-10, 10),
    "v2x_polyarchy": real(0, 1),
}
_GDP = {
    "ccode": ccode(key=True),
    "year": year(key=True),
    **{
        name: real(0)
        for name in ("mrgdppc", "sd_mrgdppc", "pwtrgdp", "sd_pwtrgdp", "pwtpop", "sd_pwtpop")
    },
}


def _scored(low: int, high: int) -> dy.Column:
    return whole(low, high, missing=SPECIAL)


_POLITY: dict[str, dy.Column] = {
    "p5": flag(),
    "cyear": ident(key=True),
    "polity_ccode": ccode(),
    "scode": text(null=False),
    "country": text(null=False),
    "year": year(),
    "flag": whole(0, 2),
    "fragment": whole(0, 3),
    "democ": _scored(0, 10),
    "autoc": _scored(0, 10),
    "polity": _scored(-10, 10),
    "special": whole(-88, -66),
    "polity2": whole(-10, 10),
    "durable": whole(0, 500),
    "xrreg": _scored(0, 3),
    "xrcomp": _scored(0, 3),
    "xropen": _scored(0, 4),
    "xconst": _scored(0, 7),
    "parreg": _scored(0, 5),
    "parcomp": _scored(0, 5),
    "exrec": _scored(0, 8),
    "exconst": _scored(0, 7),
    "polcomp": _scored(0, 10),
    # From here on 66, 77, 88 and 96-99 are kinds of change (codebook 4.x), not gaps.
    "prior": whole(-88, 99),
    "emonth": month(),
    "eday": day(),
    "eyear": whole(1700, 2100, stray=True),
    "eprec": whole(-77, 9),
    "interim": whole(-88, 10),
    "bmonth": month(),
    "bday": day(),
    "byear": whole(1700, 2100, stray=True),
    "bprec": whole(1, 9),
    "post": whole(-88, 10),
    "change": whole(-88, 99),
    "d5": flag(),
    "sf": flag(),
    "regtrans": whole(-88, 99),
    "ccode": ccode(null=True),
    "gwn": ccode(null=True),
    "in_gw_system": dy.Bool(nullable=True),
}


def _prepare_polity(raw: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    code = pl.col("polity").cast(pl.Float64, strict=False)
    return raw.with_columns(
        pl.when(code.is_in([float(c) for c in SPECIAL])).then(code).alias("special")
    )


_INDICES = ("polyarchy", "libdem", "partipdem", "delibdem", "egaldem", "api", "mpi")
_VDEM: dict[str, dy.Column] = {
    "country_id": ident(key=True),
    "country_text_id": text(null=False),
    "country_name": text(null=False),
    "histname": text(),
    "year": year(key=True),
    "historical_date": calendar(),
    "project": whole(0, 2),
    "historical": flag(),
    "ccode": ccode(null=True),
    **{
        f"v2x_{index}{bound}": real(0, 1)
        for index in _INDICES
        for bound in ("", "_codelow", "_codehigh", "_sd")
    },
}
_VDEM_NAMES = {
    "vdem_country_name": "country_name",
    "vdem_cowcode": "ccode",
    "cowcode": "ccode",
}
_VDEM_NEEDS = frozenset({"country_id", "country_text_id", "year", "v2x_polyarchy", "v2x_libdem"})


def _vdem(raw: pl.DataFrame) -> SchemaType:
    # The publisher's file has thousands of columns; copies keep some. Take what is there of ours.
    core = {"country_id", "country_text_id", "country_name", "year", "ccode", "v2x_polyarchy"}
    return schema("Vdem", {n: c for n, c in _VDEM.items() if n in raw.columns or n in core})


def _episodes(kind: str, own: tuple[str, str]) -> dict[str, dy.Column]:
    return {
        f"{kind}_ep": flag(),
        f"{kind}_ep_id": text(missing=("NA",)),
        f"{kind}_ep_start_year": year(null=True),
        f"{kind}_ep_end_year": year(null=True),
        f"{kind}_pre_ep_year": flag(),
        f"{kind}_ep_termination": whole(0, 9),
        f"{kind}_ep_prch": flag(),
        **{f"{kind}_ep_{name}": flag() for name in own},
        f"{kind}_ep_outcome": whole(0, 9),
        f"{kind}_ep_outcome_agg": whole(0, 9),
        f"{kind}_ep_censored": flag(),
    }


_ERT: dict[str, dy.Column] = {
    "country_id": ident(key=True),
    "country_text_id": text(null=False),
    "country_name": text(null=False),
    "year": year(key=True),
    "v2x_regime": whole(0, 3),
    "v2x_polyarchy": real(0, 1),
    "v2x_polyarchy_codelow": real(0, 1),
    "v2x_polyarchy_codehigh": real(0, 1),
    "reg_start_year": year(null=True),
    "reg_end_year": year(null=True),
    "reg_id": text(missing=("NA",)),
    "reg_type": flag(),
    "reg_trans": whole(-1, 1),
    "dem_founding_elec": year(null=True),
    "aut_founding_elec": year(null=True),
    "row_regch_event": whole(-1, 1),
    "row_regch_censored": flag(),
    **_episodes("dem", ("ptr", "subdep")),
    **_episodes("aut", ("pbr", "subreg")),
}

READERS = (
    Reader(
        table="democracy_state_year",
        source="democracy-scores",
        needs=frozenset(_DEMOCRACY),
        schema=fixed("DemocracyStateYear", _DEMOCRACY),
        years=("year",),
    ),
    Reader(
        table="polity5",
        source="polity5",
        needs=frozenset({"cyear", "polity_annual_ccode", "polity_annual_country", "scode", "year"})
        | (set(_POLITY) - {"polity_ccode", "country", "special", "ccode"})
        | {"cown"},
        schema=fixed("Polity5", _POLITY),
        rename={
            "polity_annual_ccode": "polity_ccode",
            "polity_annual_country": "country",
            "cown": "ccode",
        },
        prepare=_prepare_polity,
        years=("year",),
    ),
    Reader(
        table="vdem",
        source="vdem",
        needs=_VDEM_NEEDS,
        schema=_vdem,
        open_ended=True,
        keep=frozenset(_VDEM) | frozenset(_VDEM_NAMES),
        rename=_VDEM_NAMES,
        years=("year",),
    ),
    Reader(
        table="ert",
        source="ert",
        needs=frozenset(_ERT),
        schema=fixed("Ert", _ERT),
        years=("year",),
    ),
    Reader(
        table="gdp_population",
        source="gdp-population",
        needs=frozenset(_GDP),
        schema=fixed("GdpPopulation", _GDP),
        years=("year",),
    ),
)
