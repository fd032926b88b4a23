"""How a name is compared: without case, diacritics, hyphens, articles; whole or not at all."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ł": "l", "Ł": "l",
     "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "'": "", "’": "",
     "ʻ": "", "ʼ": "", "`": "", ".": ""}
)  # fmt: skip
_DROPPED = {"the", "and", "et", "y", "und"}
_SPELLED = {
    "st": "saint",
    "ste": "saint",
    "sainte": "saint",
    "rep": "republic",
    "dem": "democratic",
}
_STYLES = {
    "republic", "kingdom", "state", "states", "empire", "principality", "duchy", "sultanate",
    "commonwealth", "union", "federation", "confederation", "emirate", "dominion", "electorate",
}  # fmt: skip
_QUALIFIERS = {
    "democratic", "peoples", "people", "s", "federal", "federative", "federated", "socialist",
    "soviet", "islamic", "united", "arab", "bolivarian", "plurinational", "oriental", "co",
    "operative", "cooperative", "independent", "hashemite", "grand", "great", "imperial",
}  # fmt: skip

_BACK_TO_FRONT = re.compile(
    r"^(?P<name>[^,(]+?)"
    r"(?:\s*,\s*(?P<after_comma>[^,]+)|\s*\((?P<style>.+ of(?: the)?)\)"
    r"|[\s-]+(?P<side>north|south|east|west))$",
    re.IGNORECASE,
)
_TWO_NAMES = re.compile(r"^([^()/]+?)\s*[(/]\s*([^()/]+?)\s*\)?$")


def words(text: str) -> list[str]:
    """The plain words of a name: lower case, no diacritics, "St." spelled out, articles dropped."""
    flat = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    flat = "".join(char for char in flat if not unicodedata.combining(char)).casefold()
    found = (_SPELLED.get(word, word) for word in re.split(r"[\W_]+", flat) if word)
    return [word for word in found if word not in _DROPPED]


def key(text: str) -> str:
    """What two spellings of one name share: "Cote d'Ivoire", "CÔTE-D’IVOIRE" -> "cotedivoire"."""
    return "".join(words(text))


def turned(text: str) -> str | None:
    """A name written back to front, turned round; None when it is not.

    "Korea, Republic of", "Micronesia (Federated States of)", "Korea North" -> "Republic of Korea",
    "Federated States of Micronesia", "North Korea".
    """
    found = _BACK_TO_FRONT.match(text)
    if not found:
        return None
    return f"{found['after_comma'] or found['style'] or found['side']} {found['name']}"


def without_style(text: str) -> str | None:
    """The name behind a formal style: "Grand Duchy of Baden" -> "baden"; None without a style."""
    plain = words(text)
    for place, word in enumerate(plain):
        if word in _STYLES:
            rest = plain[place + 1 :]
            return "".join(rest[1:]) if rest[:1] == ["of"] and len(rest) > 1 else None
        if word not in _QUALIFIERS:
            return None
    return None


def halves(text: str) -> tuple[str, str] | None:
    """ "Germany (Prussia)", "Italy/Sardinia" as two names; None when not so written."""
    found = _TWO_NAMES.match(text)
    return (found[1], found[2]) if found else None
