"""Run a command in a process of its own and measure it: wall seconds and peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """Median wall seconds over the runs, with the fastest, and the highest resident set in MB."""

    what: str
    target: str
    seconds: float
    fastest: float
    peak_mb: float
    runs: int

    def line(self) -> str:
        return (
            f"{self.what:<44} {self.seconds:7.2f} s  {self.fastest:7.2f} s  "
            f"{self.peak_mb:6.0f} MB  {self.runs:>4}  {self.target}"
        )


HEAD = f"{'':<44} {'median':>9}  {'fastest':>9}  {'peak':>9}  {'runs':>4}  target"


def measure(
    what: str, target: str, code: str, arguments: list[str], home: str, runs: int = 5
) -> Measured:
    """``code`` is Python, run as ``python -c code arguments``; ``home`` becomes FOEDUS_HOME."""
    seconds, peaks = [], []
    for _ in range(runs):
        started = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            env={**os.environ, "FOEDUS_HOME": home},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert child.stderr is not None
        said = child.stderr.read()
        _, status, used = os.wait4(child.pid, 0)
        seconds.append(time.perf_counter() - started)
        if status:
            raise SystemExit(f"{what} failed: {said.decode()[-500:]}")
        child.returncode = 0
        peaks.append(used.ru_maxrss / 1024)
    return Measured(what, target, statistics.median(seconds), min(seconds), max(peaks), runs)


FOEDUS = "from foedus.cli import main; main()"
