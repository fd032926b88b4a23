"""``foedus treaty``: list the curated treaties, show one, check them against ATOP 4.01."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from foedus.cli import Format, emit, note

app = App(name="treaty", help="Curated treaties: list, show, check against ATOP 4.01.")


@app.command(name="list")
def list_(*, state: str | None = None, on: str | None = None, format: Format = "text") -> None:
    """List the curated treaties.

    Parameters
    ----------
    state
        Only treaties of this state (code or name).
    on
        Only treaties signed and not ended on this date (YYYY-MM-DD; a year means its last day).
    format
        text or json.
    """
    from foedus.cli.treaty_text import listing
    from foedus.dates import parse_day
    from foedus.register.view import listed

    rows = listed(state, parse_day(on) if on else None)
    if format == "json":
        emit({"treaties": rows})
    else:
        print(listing(rows))


@app.command
def show(ident: Annotated[str, Parameter(name="id")], *, format: Format = "text") -> None:
    """Show one treaty: dates, members, obligations, articles, codes, sources.

    Parameters
    ----------
    ident
        The treaty's id, as `foedus treaty list` gives it.
    format
        text or json.
    """
    from foedus.cli.treaty_text import page
    from foedus.register import treaty
    from foedus.register.view import document

    found = treaty(ident)
    if format == "json":
        emit(document(found))
    else:
        print(page(found))


@app.command
def check(*ids: str, all: bool = False, strict: bool = False, format: Format = "text") -> None:
    """List every disagreement of the register with ATOP 4.01, and whether the file explains it.

    Needs ATOP 4.01 imported (`foedus data import DIR`).

    Parameters
    ----------
    ids
        Treaties to check; all when none is given.
    all
        Also list the treaties without a number in ATOP, and explanations that explain nothing.
    strict
        Exit with 1 when a disagreement is not explained.
    format
        text or json.
    """
    from foedus.cli.treaty_text import comparison
    from foedus.register import curated, treaty
    from foedus.register.check import check_register
    from foedus.register.view import disagreements
    from foedus.sources import Cache

    result = check_register([treaty(i) for i in ids] if ids else curated().values(), Cache())
    if format == "json":
        emit(disagreements(result))
    else:
        print(comparison(result, everything=all))
    if strict and result.unexplained:
        note(f"{len(result.unexplained)} disagreements are not explained.")
        raise SystemExit(1)
