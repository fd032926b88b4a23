"""Time and memory of `foedus data import` on a folder, three ways: from nothing, again, loading.

    python benchmarks/import_data.py [DIR]

DIR defaults to the data folder of FOEDUS_SHARED or of ../shared. Each step runs in a process of its
own with a cache in a temporary folder, so the figures include starting Python. The goal is under
60 s for the whole folder on two cores; nothing is asserted here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

IMPORT = """
import resource, sys
from foedus.sources import import_folder
report = import_folder(sys.argv[1])
rows = sum(line.rows or 0 for line in report.sources)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{len(report.sources)} tables, {rows:,} rows, {len(report.unchanged)} unchanged, "
      f"{len(report.unrecognised)} not taken, {len(report.failed)} failed; peak {peak:.0f} MB")
"""
LOAD = """
import resource
from foedus.sources import Cache
cache = Cache()
tables = [cache.load(line.table) for line in cache.status()]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{len(tables)} tables loaded; peak {peak:.0f} MB")
"""


def shared_data() -> Path:
    """The development data folder."""
    configured = os.environ.get("FOEDUS_SHARED")
    root = Path(configured) if configured else Path(__file__).resolve().parents[2] / "shared"
    return root / "data"


def timed(label: str, script: str, folder: Path, home: str) -> None:
    """Run one step in a fresh process and print what it says and how long it took."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        env={**os.environ, "FOEDUS_HOME": home},
        capture_output=True,
        text=True,
        check=True,
    )
    print(f"{label:<18} {time.perf_counter() - started:6.2f} s  {done.stdout.strip()}")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shared_data()
    if not folder.is_dir():
        raise SystemExit("no data folder: give one, or set FOEDUS_SHARED")
    with tempfile.TemporaryDirectory() as home:
        timed("import from nothing", IMPORT, folder, home)
        timed("import again", IMPORT, folder, home)
        timed("load every table", LOAD, folder, home)
        size = sum(path.stat().st_size for path in Path(home).rglob("*") if path.is_file())
        print(f"cache on disk      {size / 1e6:6.1f} MB")


if __name__ == "__main__":
    main()
