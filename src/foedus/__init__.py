"""foedus: is this alliance sustainable?

Importing the package loads nothing heavy; each name below is fetched on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

#: Public name -> module that defines it. Looked up lazily so that ``import foedus`` stays fast.
_PUBLIC = {
    "assess": "foedus.assessment",
    "Assessment": "foedus.assessment",
    "FoedusError": "foedus.errors",
    "alliances": "foedus.register",
    "backtest": "foedus.durability.run",
    "find_state": "foedus.states",
    "treaty": "foedus.register",
}

__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"foedus has no attribute {name!r} (it has: {', '.join(__all__)})")


def __dir__() -> list[str]:
    return sorted(__all__)
