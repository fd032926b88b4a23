"""`foedus schema NAME`: the JSON Schema of an output."""

from __future__ import annotations


def schema(name: str) -> None:
    """Print the JSON Schema of an output, such as ``assess``.

    Parameters
    ----------
    name
        Name of the output; an unknown one lists those there are.
    """
    from foedus.cli import emit
    from foedus.report import json_schema

    emit(json_schema(name))
