"""The United Nations: votes, roll calls, their issues, ideal points; vetoes in the Council.

Voeten, Strezhnev and Bailey, UN General Assembly Voting Data; Bailey, Strezhnev and Voeten (2017).
Ideal points: "NA" becomes null, `year` is 1945 + session, quantile columns lose their per-cent sign
(the lowest is spelled "QO%All", with a letter O). Country code "NA" in votes is Namibia and stays.
Vetoes: `usa_uk` holds a 2 where the count was entered, and stays; dates are
read as month/day/year.
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from foedus.sources.frames import (
    Notes,
    calendar,
    ccode,
    flag,
    ident,
    month,
    real,
    text,
    whole,
    year,
)
from foedus.sources.readers.base import Reader
from foedus.sources.readers.cow import fixed

_VOTES: dict[str, dy.Column] = {
    "rcid": ident(key=True),
    "country": text(key=True),
    "country_code": text(),
    "vote": text(null=False),
}
_ROLL_CALLS: dict[str, dy.Column] = {
    "rcid": ident(key=True),
    "session": whole(1, 200, null=False),
    "importantvote": flag(),
    "date": calendar(null=False),
    "unres": text(),
    "amend": flag(),
    "para": flag(),
    "short": text(),
    "descr": text(),
}
_ISSUES: dict[str, dy.Column] = {
    "rcid": ident(key=True),
    "short_name": text(null=False),
    "issue": text(key=True),
}
_QUANTILES = (0, 5, 10, 50, 90, 95, 100)
_IDEAL: dict[str, dy.Column] = {
    "ccode": ccode(key=True),
    "session": whole(1, 200, key=True),
    "year": year(),
    "nvotesall": whole(0, 2000),
    "idealpointall": real(-10, 10),
    **{f"q{q}_all": real(-20, 20) for q in _QUANTILES},
    "iso3c": text(),
    "countryname": text(null=False),
    **{
        f"{state}agree": real(0, 1)
        for state in ("us", "russ", "brazil", "china", "india", "israel")
    },
}
_VETO_FLAGS = [
    "single_veto",
    "multiple_vetoes",
    "china",
    "france",
    "russia",
    "ussr",
    "usa",
    "uk",
    "russia_china",
    "usa_uk",
    "usa_france",
    "usa_france_uk",
    "france_uk",
]
_VETOES: dict[str, dy.Column] = {
    "year": year(),
    "date": calendar(null=False),
    "month": month(null=False),
    "draft": text(),
    "meeting_record": text(),
    "agenda_item": text(),
    "crisis_topic": text(),
    "region": text(),
    "member_veto1": text(null=False),
    "member_veto2": text(),
    "member_veto3": text(),
    **{name: whole(0, 9) for name in _VETO_FLAGS},
}
# The publisher's quantile names: q5%all and so on, the lowest with the letter O.
_QUANTILE_NAMES = {f"q{'o' if q == 0 else q}%all": f"q{q}_all" for q in _QUANTILES}


def _prepare_ideal(raw: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    session = pl.col("session").cast(pl.Float64, strict=False)
    notes.say("year added: 1945 + session")
    return raw.with_columns((session + 1945).alias("year"))


def _prepare_vetoes(raw: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    if raw["date"].dtype != pl.String:
        return raw
    notes.say("date read as month/day/year")
    iso = pl.col("date").str.to_date("%m/%d/%Y", strict=False).cast(pl.String)
    return raw.with_columns(pl.coalesce(iso, pl.col("date")).alias("date"))


READERS = (
    Reader(
        table="un_votes",
        source="un-votes",
        needs=frozenset(_VOTES),
        schema=fixed("UnVotes", _VOTES),
    ),
    Reader(
        table="un_roll_calls",
        source="un-votes",
        needs=frozenset(_ROLL_CALLS),
        schema=fixed("UnRollCalls", _ROLL_CALLS),
        years=("date",),
    ),
    Reader(
        table="un_roll_call_issues",
        source="un-votes",
        needs=frozenset(_ISSUES),
        schema=fixed("UnRollCallIssues", _ISSUES),
    ),
    Reader(
        table="un_ideal_points",
        source="un-ideal-points",
        needs=(frozenset(_IDEAL) - {"year"} - {f"q{q}_all" for q in _QUANTILES})
        | frozenset(_QUANTILE_NAMES),
        schema=fixed("UnIdealPoints", _IDEAL),
        rename=_QUANTILE_NAMES,
        prepare=_prepare_ideal,
        years=("year",),
    ),
    Reader(
        table="unsc_vetoes",
        source="unsc-vetoes",
        needs=frozenset(_VETOES),
        schema=fixed("UnscVetoes", _VETOES),
        prepare=_prepare_vetoes,
        years=("year",),
    ),
)
