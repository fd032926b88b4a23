"""The words a curated treaty may use: statuses, sectors, kinds, ATOP's variables and values."""

from __future__ import annotations

STATUSES = ("verified", "reported", "unverified")
KINDS = ("defense", "offense", "neutrality", "nonaggression", "consultation")
#: The alliance-level ATOP variable that says whether a kind of obligation is promised at all.
ATOP_OF_KIND = {
    "defense": "defense",
    "offense": "offense",
    "neutrality": "neutral",
    "nonaggression": "nonagg",
    "consultation": "consul",
}
AUTOMATICITY = ("deterministic", "discretionary", "not stated")
END_CAUSES = ("violated", "renegotiated", "scheduled", "state_death")
EXIT_HOW = ("withdrawal", "expulsion", "state_death", "treaty_ended")
TERM_KINDS = ("indefinite", "fixed", "until_event", "not_stated", "unknown")
RENEWALS = ("tacit", "consent", "none", "unknown")
EXITS = ("notice", "after_term", "ruled_out", "silent", "unknown")
CONDITION_CODES = (
    "adversary",
    "location",
    "conflict",
    "number",
    "demands",
    "nonprovocation",
    "attacked",
    "request",
)
EVENT_KINDS = (
    "invoked",
    "honoured",
    "not_honoured",
    "suspended",
    "resumed",
    "renewed",
    "amended",
    "member_joined",
    "member_left",
    "notice",
    "tested",
    "other",
)
SECTORS = (
    "defense",
    "armaments",
    "intelligence",
    "economy",
    "trade",
    "finance",
    "energy",
    "transport",
    "science_technology",
    "space",
    "nuclear",
    "agriculture",
    "health",
    "education",
    "culture",
    "sport",
    "media",
    "information_security",
    "law_police",
    "migration",
    "environment",
    "regions",
    "emergency",
    "international_organisations",
    "order",
    "sanctions",
    "tourism",
    "borders",
)

#: Sources every file may cite without declaring them.
BUILT_IN_SOURCES = {
    "atop-4.01": "ATOP 4.01, alliance and member level (Leeds et al. 2002)",
    "atop-5.1": "ATOP 5.1, directed dyad-years (Leeds et al. 2002)",
    "general-knowledge": "General knowledge, not checked against a source",
}

_FLAG = frozenset({0, 1})


def _upto(top: int) -> frozenset[int]:
    return frozenset(range(top + 1))


#: ATOP provision variables and the values they may take (None: any whole number from 0).
#: Value sets as seen in ATOP 4.01; natrefal 9 is in the data, its meaning is not documented here.
ATOP_VALUES: dict[str, frozenset[int] | None] = {
    **dict.fromkeys(("defense", "offense", "neutral", "nonagg", "consul", "active"), _FLAG),
    **dict.fromkeys(("conditio", "defcon", "offcon", "neucon", "concon", "asymm"), _FLAG),
    **dict.fromkeys(("bilat", "wartime", "estmode", "dipaid", "terrres", "thirdcom"), _FLAG),
    **dict.fromkeys(("noothall", "medarb", "intcom", "contrib", "divgains", "demwith"), _FLAG),
    **dict.fromkeys(("refothio", "nomicoop", "conmen"), _FLAG),
    "pubsecr": _upto(2),
    "secrart": _upto(8),
    "proadd": _upto(3),
    "futmem": _upto(3),
    "speclgth": _upto(3),
    "length": None,
    "renounce": _upto(4),
    "proren": _upto(2),
    "renewlgt": None,
    "notaiden": _upto(4),
    "seppeace": _upto(3),
    "specthrt": _upto(6),
    "statthr1": None,
    "statthr2": None,
    "conwtin": _upto(3),
    "milcon": _upto(3),
    "milaid": _upto(4),
    "subord": _upto(2),
    "organ1": _upto(3),
    "orgpurp1": _upto(5),
    "organ2": _upto(3),
    "orgpurp2": _upto(5),
    "base": _upto(3),
    "armred": _upto(2),
    "acqterr": _upto(2),
    "reflnun": _upto(2),
    "natrefal": _upto(3) | {9},
    "compag": _upto(6),
    "conres": _upto(2),
    "agprois": _upto(5),
    "ecaid": _upto(3),
    "interv": _upto(4),
}

#: The provision columns of ``AllianceTable.alliances``, in order.
PROVISIONS = (
    *("defense", "offense", "neutral", "nonagg", "consul", "active", "conditio", "asymm"),
    *("estmode", "pubsecr", "secrart", "speclgth", "length", "renounce", "proren", "renewlgt"),
    *("milcon", "milaid", "intcom", "subord", "organ1", "orgpurp1", "organ2", "orgpurp2"),
    *("base", "contrib", "armred", "ecaid", "nomicoop", "noothall", "notaiden", "seppeace"),
    *("thirdcom", "conwtin", "medarb", "interv", "reflnun", "compag", "wartime"),
)
