"""A terminal that cannot show every letter gets the nearest one, not an error."""

from __future__ import annotations

import codecs
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_NEAREST = {"–": "-", "—": "-", "─": "-", "“": '"', "”": '"', "’": "'", "…": ".", "→": ">"}


def nearest(problem: UnicodeError) -> tuple[str, int]:
    """Codec error handler: one plain letter for each that cannot be written, so widths hold."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    out = []
    for letter in problem.object[problem.start : problem.end]:
        base = unicodedata.normalize("NFKD", letter)[0]
        out.append(_NEAREST.get(letter) or (base if base.isascii() else "?"))
    return "".join(out), problem.end


def never_fail(console: Console) -> None:
    """Let the console's stream fall back to the nearest letter where its encoding lacks one."""
    codecs.register_error("foedus-nearest", nearest)
    reconfigure = getattr(console.file, "reconfigure", None)
    if reconfigure is not None and not (console.encoding or "").lower().startswith("utf"):
        reconfigure(errors="foedus-nearest")
