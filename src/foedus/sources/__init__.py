"""External data: what there is and on what terms, reading it, and the local cache of it.

Everything heavy loads on first use. The public face: `catalogue`, `Source`, `Cache`, `Provenance`,
`import_folder`, `ImportReport`, `pull`, `PullReport`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.sources.cache import Cache, Provenance, TableStatus
    from foedus.sources.describe import Download, KnownFile, Source, catalogue, find_source
    from foedus.sources.importing import ImportReport, Unrecognised, import_folder
    from foedus.sources.pulling import PullReport, pull

_HOMES = {
    "Cache": "cache",
    "Provenance": "cache",
    "TableStatus": "cache",
    "Download": "describe",
    "KnownFile": "describe",
    "Source": "describe",
    "catalogue": "describe",
    "find_source": "describe",
    "ImportReport": "importing",
    "Unrecognised": "importing",
    "import_folder": "importing",
    "PullReport": "pulling",
    "pull": "pulling",
}

__all__ = [
    "Cache",
    "Download",
    "ImportReport",
    "KnownFile",
    "Provenance",
    "PullReport",
    "Source",
    "TableStatus",
    "Unrecognised",
    "catalogue",
    "find_source",
    "import_folder",
    "pull",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
