"""One frozen `Assessment` per question: treaty, forecast, drivers, evidence, bottom line."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.assessment.build import assess
    from foedus.assessment.model import Assessment

_HOME = {"Assessment": "model", "assess": "build"}

__all__ = ["Assessment", "assess"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
