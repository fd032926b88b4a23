"""The alliances foedus knows: curated treaties, one file each, and what the user imported.

`curated` and `treaty` hand out the files of the package as frozen `Treaty` values; `alliances`,
`curated_alliances` and `imported_alliances` the one table of alliances, members, obligations and
ties (needs Polars, loaded on first use).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.register.imported import from_atop, imported_alliances
    from foedus.register.load import curated, treaty
    from foedus.register.merged import alliances, curated_alliances
    from foedus.register.model import Treaty
    from foedus.register.table import AllianceTable, ties_through

__all__ = [
    "AllianceTable",
    "Treaty",
    "alliances",
    "curated",
    "curated_alliances",
    "from_atop",
    "imported_alliances",
    "ties_through",
    "treaty",
]

_HOME = {
    "AllianceTable": "table",
    "Treaty": "model",
    "alliances": "merged",
    "curated": "load",
    "curated_alliances": "merged",
    "from_atop": "imported",
    "imported_alliances": "imported",
    "ties_through": "table",
    "treaty": "load",
}


def __getattr__(name: str) -> Any:
    # Names load their module on first use: `curated` must not pull in Polars.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
