"""foedus assess A B: the main question."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from foedus.cli import Format, note


def assess(
    a: str,
    b: str,
    *,
    treaty: str | None = None,
    as_of: str | None = None,
    scenario: Annotated[list[str] | None, Parameter(negative=())] = None,
    out: Path | None = None,
    format: Format = "text",
) -> None:
    """Is the alliance of two states sustainable? Bottom line, treaty, forecast, drivers, evidence.

    Parameters
    ----------
    a
        First state: alpha-3, COW abbreviation or number, or name ("North Korea", "USSR").
    b
        Second state.
    treaty
        Which of the pair's treaties (an id of the register, or an ATOP number).
    as_of
        The day of the question, YYYY[-MM[-DD]]; today by default.
    scenario
        Not in this version.
    out
        Also write a report: FILE.html, .md or .json.
    format
        What goes to the terminal: text or json.
    """
    import sys

    from rich.console import Console

    from foedus import report
    from foedus.assessment import assess as run
    from foedus.errors import UsageError
    from foedus.report.files import check_target, report_kind

    if scenario:
        raise UsageError(
            "scenarios are not in this version of foedus.",
            "the report's section on what would change the assessment is the nearest",
        )
    if out is not None:
        kind = report_kind(out)
        check_target(out)
        if kind == ".html":
            report.prepare()
    result = run(a, b, treaty=treaty, as_of=as_of)
    # Written first: a pipe that closes early must not cost the report.
    if out is not None:
        report.write(result, out)
        note(f"report written to {out}")
    if format == "json":
        sys.stdout.write(report.to_json(result))
    else:
        report.to_terminal(result, Console())
