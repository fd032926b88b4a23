"""The published JSON Schemas, by name.

A schema is named by where its pydantic model lives, so that listing the names loads nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from foedus.errors import UsageError, did_you_mean

DRAFT = "https://json-schema.org/draft/2020-12/schema"

#: Name -> "module:attribute" of a pydantic model, or of a function that returns a schema.
_REGISTERED: dict[str, str] = {
    "assess": "foedus.assessment.model:Assessment",
    "assessment": "foedus.assessment.model:Assessment",
    **{
        name: f"foedus.report.output_schemas:{name.replace('-', '_')}"
        for name in (
            "backtest",
            "data",
            "snapshot",
            "states",
            "train",
            "treaty-check",
            "treaty-list",
        )
    },
}


def register_schema(name: str, target: str) -> None:
    """Publish another schema: ``target`` is "module:attribute" (model, or function without
    arguments returning a dict)."""
    _REGISTERED[name] = target


def schema_names() -> tuple[str, ...]:
    """The names `json_schema` knows, sorted."""
    return tuple(sorted(_REGISTERED))


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an output; UsageError listing the names if unknown."""
    try:
        module, attribute = _REGISTERED[name.lower()].split(":")
    except KeyError:
        close = did_you_mean(name.lower(), _REGISTERED)
        known = f"schemas: {', '.join(schema_names())}"
        raise UsageError(
            f"no output is called {name!r}.", f"{close}; {known}" if close else known
        ) from None
    source = getattr(import_module(module), attribute)
    if hasattr(source, "model_json_schema"):
        body = source.model_json_schema(mode="serialization")
    else:
        body = source()
    return {"$schema": DRAFT, **body}
