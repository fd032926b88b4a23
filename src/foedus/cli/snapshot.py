"""foedus snapshot build: write the embedded default from imported data."""

from __future__ import annotations

from pathlib import Path

from cyclopts import App

from foedus.cli import Format, emit, note

app = App(name="snapshot")


@app.command
def build(*, out: Path | None = None, through: int | None = None, format: Format = "text") -> None:
    """Compute covariates, reference classes and ties of the curated alliances; write them.

    Parameters
    ----------
    out
        Folder to write to; by default the package's own data folder.
    through
        Last as-of year to cover (default: next year).
    format
        text or json.
    """
    from foedus.assessment.snapshot import build_snapshot
    from foedus.sources import Cache

    note("computing covariates of the curated alliances from the imported data ...")
    about = build_snapshot(Cache(), out, through=through)
    if format == "json":
        emit(about)
        return
    print(
        f"snapshot written: {about['alliances']} alliances, "
        f"{about['alliance_years']} alliance-years, to {about['through']}."
    )
