"""The curated treaties of the package: found, parsed once, checked, kept in memory."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from foedus.errors import RegisterError, UnknownTreatyError, did_you_mean
from foedus.register.model import Treaty
from foedus.register.parse import parse_treaty
from foedus.register.reader import Problems

FOLDER = Path(__file__).parent / "treaties"


def read_document(path: Path) -> dict:
    """The TOML document at ``path``; RegisterError when it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise RegisterError(f"{path.name} is not valid TOML: {problem}.") from None


def read_treaty(path: Path) -> tuple[Treaty, Problems]:
    """Parse and check the file at ``path``; RegisterError when it is not TOML."""
    return parse_treaty(read_document(path), path.name)


@cache
def curated() -> dict[str, Treaty]:
    """All treaties of the register by id, in the order of their ids.

    RegisterError names the first broken rule; ``python -m foedus.register.validate`` lists all.
    """
    return {path.stem: _sound(path) for path in sorted(FOLDER.glob("*.toml"))}


@cache
def treaty(ident: str) -> Treaty:
    """The curated treaty with that id; UnknownTreatyError with the nearest ids otherwise."""
    path = FOLDER / f"{ident}.toml"
    if "/" in ident or "\\" in ident or not path.is_file():
        known = sorted(item.stem for item in FOLDER.glob("*.toml"))
        raise UnknownTreatyError(
            f"no curated treaty {ident!r} ({len(known)} in the register).",
            did_you_mean(ident, known) or "foedus treaty list shows them all",
        )
    return _sound(path)


def _sound(path: Path) -> Treaty:
    found, problems = read_treaty(path)
    errors = [problem for problem in problems.found if not problem.warning]
    if errors:
        more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
        raise RegisterError(
            f"{errors[0].file}: {errors[0].field}: {errors[0].message}{more}",
            errors[0].hint or "python -m foedus.register.validate lists every problem",
        )
    return found
