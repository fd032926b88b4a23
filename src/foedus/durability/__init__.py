"""Hazards of alliances: how they end, how likely, and how well such forecasts have done."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.durability.model import FittedModel, cached_model_folder, load_model
    from foedus.durability.run import Material, material, material_from, train_model

_HOME = {
    "FittedModel": "model",
    "Material": "run",
    "cached_model_folder": "model",
    "load_model": "model",
    "material": "run",
    "material_from": "run",
    "train_model": "run",
}

__all__ = [
    "FittedModel",
    "Material",
    "cached_model_folder",
    "load_model",
    "material",
    "material_from",
    "train_model",
]


def __getattr__(name: str) -> Any:
    # On first use: the command line must start without Polars.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
