"""An `Assessment` rendered: terminal, JSON, Markdown and one self-contained HTML file.

`foedus.report.write(assessment, "report.html")` picks the format by suffix. The content is written
once as a neutral document (`document.py`, `content/`); the renderers only lay it out.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.report.files import write
    from foedus.report.html import to_html
    from foedus.report.markdown import to_markdown
    from foedus.report.plain import to_json
    from foedus.report.schema import json_schema, register_schema, schema_names
    from foedus.report.svg import prepare
    from foedus.report.terminal import to_terminal

__all__ = [
    "json_schema",
    "prepare",
    "register_schema",
    "schema_names",
    "to_html",
    "to_json",
    "to_markdown",
    "to_terminal",
    "write",
]

_HOME = {
    "json_schema": "schema",
    "prepare": "svg",
    "register_schema": "schema",
    "schema_names": "schema",
    "to_html": "html",
    "to_json": "plain",
    "to_markdown": "markdown",
    "to_terminal": "terminal",
    "write": "files",
}


def __getattr__(name: str) -> Any:
    # On demand: the schema command needs neither rich nor jinja2.
    if name in _HOME:
        return getattr(import_module(f"foedus.report.{_HOME[name]}"), name)
    raise AttributeError(f"module 'foedus.report' has no attribute {name!r}")
