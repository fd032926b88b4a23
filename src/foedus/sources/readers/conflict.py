"""Wars, militarized disputes and rivalries.

Inter-State War 4.0 (Sarkees and Wayman 2010): -9 unknown and -8 not applicable become null in
dates, deaths and transitions (-8 there mostly means that there was no second spell), -7 ongoing.
MID 5.0 (Palmer et al. 2022) and GML-MID (Gibler, Miller and Little 2016): -9 becomes null; month 13
of one GML dispute (1272) is an entry error and becomes null. Rivalries: Thompson and Dreyer (2012),
Thompson, Sakuwa and Suhas (2021); a blank mark of type or principal is "not so" in the latter and
stays null here as the publisher left it.
"""

from __future__ import annotations

from foedus.sources.frames import ccode, day, flag, ident, month, text, whole, year
from foedus.sources.readers.base import Reader
from foedus.sources.readers.cow import fixed, version_column

_NO = (-9, -8, -7)
_UNKNOWN = (-9,)


_WARS = {
    "warnum": ident(),
    "warname": text(null=False),
    "wartype": whole(1, 9, null=False),
    "ccode": ccode(),
    "statename": text(null=False),
    "side": whole(1, 2, null=False),
    **{
        f"{edge}{part}{spell}": kind
        for spell, missing in ((1, _NO), (2, _NO))
        for edge in ("start", "end")
        for part, kind in (
            ("month", month(missing=missing)),
            ("day", day(missing=missing)),
            ("year", year(null=True, missing=missing)),
        )
    },
    # A participant can come out of two other wars: "404, 410".
    "transfrom": text(missing=("-8", "-9")),
    "wherefought": whole(1, 19),
    "initiator": whole(1, 2),
    "outcome": whole(1, 8),
    "transto": whole(0, 99_999, missing=_NO, wide=True),
    "batdeath": whole(0, 50_000_000, missing=_NO),
    "version": version_column(),
}
_SPELL = {
    "stday": day(missing=_UNKNOWN),
    "stmon": month(missing=_UNKNOWN),
    "styear": year(),
    "endday": day(missing=_UNKNOWN),
    "endmon": month(missing=_UNKNOWN),
    "endyear": year(),
}
_DEATHS = {
    "fatality": whole(0, 6, missing=_UNKNOWN),
    "fatalpre": whole(0, 50_000_000, missing=_UNKNOWN),
}
_DISPUTE = {
    "dispnum": ident(key=True),
    **_SPELL,
    "outcome": whole(0, 9, missing=_UNKNOWN),
    "settle": whole(0, 4, missing=_UNKNOWN),
    **_DEATHS,
    "maxdur": whole(0, 60_000, missing=_UNKNOWN),
    "mindur": whole(0, 60_000, missing=_UNKNOWN),
    "hiact": whole(0, 22, missing=_UNKNOWN),
    "hostlev": whole(1, 5, missing=_UNKNOWN),
    "recip": flag(missing=_UNKNOWN),
    "numa": whole(1, 250),
    "numb": whole(1, 250),
    "ongo2014": flag(),
    "version": version_column(),
}
_PARTICIPANT = {
    "dispnum": ident(),
    "stabb": text(null=False),
    "ccode": ccode(),
    **_SPELL,
    "sidea": flag(),
    "revstate": flag(missing=_UNKNOWN),
    "revtype1": whole(0, 4, missing=_UNKNOWN),
    "revtype2": whole(0, 4, missing=_UNKNOWN),
    **_DEATHS,
    "hiact": whole(0, 22, missing=_UNKNOWN),
    "hostlev": whole(1, 5, missing=_UNKNOWN),
    "orig": flag(),
    "version": version_column(),
}
_INCIDENT = {
    "dispnum": ident(),
    "incidnum": ident(key=True),
    **_SPELL,
    "duration": whole(0, 60_000, missing=_UNKNOWN),
    "tbi": whole(0, 60_000, missing=_UNKNOWN),
    **_DEATHS,
    "action": whole(0, 22, missing=_UNKNOWN),
    "hostlev": whole(1, 5, missing=_UNKNOWN),
    "numa": whole(1, 250),
    "version": version_column(),
}
_GML = {
    "dispnum": ident(key=True),
    "ccode1": ccode(key=True),
    "ccode2": ccode(key=True),
    "year": year(key=True),
    "gmlmidongoing": flag(),
    "gmlmidonset": flag(),
    "sidea1": flag(),
    "sidea2": flag(),
    **{
        f"{name}{side}": kind
        for name, kind in (
            ("fatality", whole(0, 6, missing=_UNKNOWN)),
            ("fatalpre", whole(0, 50_000_000, missing=_UNKNOWN)),
            ("hiact", whole(0, 22, missing=_UNKNOWN)),
            ("hostlev", whole(1, 5, missing=_UNKNOWN)),
            ("orig", flag()),
        )
        for side in (1, 2)
    },
    "fatality": whole(0, 6, missing=_UNKNOWN),
    "hostlev": whole(1, 5, missing=_UNKNOWN),
    "recip": flag(),
    "mindur": whole(0, 60_000, missing=_UNKNOWN),
    "maxdur": whole(0, 60_000, missing=_UNKNOWN),
    "stmon": month(missing=_UNKNOWN, stray=True),
}
_THOMPSON_DREYER = {
    "rivalryno": ident(key=True),
    "rivalryname": text(null=False),
    "ccode1": ccode(),
    "ccode2": ccode(),
    "styear": year(),
    "endyear": year(),
    "region": text(),
    "type1": text(),
    "type2": text(),
    "type3": text(),
}
_THOMPSON_SAKUWA_SUHAS = {
    "tssr_id": ident(key=True),
    "rivalry": text(null=False),
    "ccode1": ccode(),
    "ccode2": ccode(),
    "start": year(),
    "end": year(),
    **{
        name: flag()
        for name in (
            "positional",
            "spatial",
            "ideological",
            "interventionary",
            "principal",
            "aprin",
        )
    },
}

READERS = (
    Reader(
        table="interstate_war",
        source="cow-wars",
        needs=frozenset(_WARS),
        schema=fixed("InterStateWar", _WARS),
        # Five states fought the Second World War or Latvia's on both sides, one spell each.
        key=("warnum", "ccode", "side"),
        years=("startyear1", "endyear1", "startyear2", "endyear2"),
        edition="4",
        whole=True,
    ),
    Reader(
        table="mid_dispute",
        source="cow-mid",
        needs=frozenset(_DISPUTE),
        schema=fixed("MidDispute", _DISPUTE),
        years=("styear", "endyear"),
        edition="5",
        whole=True,
    ),
    Reader(
        table="mid_participant",
        source="cow-mid",
        needs=frozenset(_PARTICIPANT),
        schema=fixed("MidParticipant", _PARTICIPANT),
        key=("dispnum", "ccode", "sidea", "styear", "stmon", "stday"),
        years=("styear", "endyear"),
        edition="5",
        whole=True,
    ),
    Reader(
        table="mid_incident",
        source="cow-mid",
        needs=frozenset(_INCIDENT),
        schema=fixed("MidIncident", _INCIDENT),
        years=("styear", "endyear"),
        edition="5",
        whole=True,
    ),
    Reader(
        table="gml_mid_directed_dyad_year",
        source="gml-mid",
        needs=frozenset(_GML),
        schema=fixed("GmlDirectedDyadYear", _GML),
        years=("year",),
    ),
    Reader(
        table="rivalry_thompson_dreyer",
        source="thompson-dreyer",
        needs=frozenset(_THOMPSON_DREYER),
        schema=fixed("ThompsonDreyer", _THOMPSON_DREYER),
        years=("styear", "endyear"),
    ),
    Reader(
        table="rivalry_tss",
        source="thompson-sakuwa-suhas",
        needs=frozenset(_THOMPSON_SAKUWA_SUHAS),
        schema=fixed("ThompsonSakuwaSuhas", _THOMPSON_SAKUWA_SUHAS),
        years=("start", "end"),
    ),
)
