"""All benchmarks in one table (`make bench`): figures beside their targets, nothing asserted."""

from __future__ import annotations

import os

import assess
import import_time
import train
from import_data import shared_data
from measure import HEAD


def main() -> None:
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, load {load:.1f}; every run is a process of its own")
    print(HEAD)
    for lines in (import_time.run(), assess.run(), train.run(shared_data())):
        for measured in lines:
            print(measured.line(), flush=True)
    if not shared_data().is_dir():
        print("no data folder (../shared or FOEDUS_SHARED): import and training were not measured")


if __name__ == "__main__":
    main()
