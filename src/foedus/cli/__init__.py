"""The command line: parse, call one function, render. Commands load only when they are called."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, Literal

from cyclopts import App

from foedus import __version__
from foedus.errors import FoedusError

Format = Literal["text", "json"]

app = App(
    name="foedus",
    version=__version__,
    help="Is this alliance sustainable? Obligations, depth, calibrated forecasts, evidence.",
    version_flags=["--version"],
)

# Import paths, not objects: `foedus --help` must not load polars.
app.command("foedus.cli.assess:assess", name="assess", help="Assess the alliance of two states.")
app.command("foedus.cli.treaty:app", name="treaty", help="Curated treaties: list, show, check.")
app.command("foedus.cli.states:app", name="states", help="Who is a state when, under which codes.")
app.command("foedus.cli.data:app", name="data", help="External data: list, pull, import, status.")
app.command("foedus.cli.durability:train", name="train", help="Fit the models on imported data.")
app.command("foedus.cli.durability:backtest", name="backtest", help="Rolling-origin scores.")
app.command("foedus.cli.snapshot:app", name="snapshot", help="Build the embedded default.")
app.command("foedus.cli.schema:schema", name="schema", help="Print the JSON Schema of an output.")


def emit(payload: Any) -> None:
    """Write a JSON document to stdout (stable key order as given, UTF-8, one trailing newline)."""
    sys.stdout.write(json.dumps(payload, ensure_ascii=False, indent=2, default=str) + "\n")


def note(message: str) -> None:
    """Progress and remarks go to stderr, so that stdout stays a clean document."""
    print(message, file=sys.stderr)


def main(argv: list[str] | None = None) -> None:
    """Entry point. Exit 0 done, 1 a named error (one line with a hint), 2 usage."""
    # One thread of linear algebra: the matrices are small, and on a busy machine several threads
    # mostly wait for each other (fitting took 124 s of processor time instead of 27). Must stand
    # before NumPy loads; a setting of the user's wins.
    for setting in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(setting, "1")
    try:
        app(argv, exit_on_error=False, print_error=True, result_action="return_value")
    except FoedusError as problem:
        note(str(problem))
        raise SystemExit(1) from None
    except BrokenPipeError:
        raise SystemExit(1) from None
    except Exception as problem:
        if type(problem).__module__.startswith("cyclopts"):
            raise SystemExit(2) from None
        raise
