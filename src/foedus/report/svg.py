"""Draws Vega-Lite specifications, and brings the script that makes them answer to the pointer.

Both come from vl-convert, which carries Vega itself: nothing is fetched from a network.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from foedus.errors import FoedusError, MissingExtraError
from foedus.report.charts import Chart

_CLIP = re.compile(r'(id="|url\(#)((?:clip|gradient)_?\w*)')
_ROOT = re.compile(r"<svg\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Drawing:
    """One layout of a chart: static SVG, compiled Vega for the live view, outer size in pixels."""

    svg: str
    vega: dict[str, Any]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    id: str
    alt: str
    wide: Drawing
    narrow: Drawing


def engine() -> ModuleType:
    """vl-convert, or MissingExtraError."""
    try:
        import vl_convert
    except ImportError:
        raise MissingExtraError("the HTML report", "report", "vl-convert-python") from None
    return vl_convert


def draw(chart: Chart) -> Drawn:
    """Both layouts of a chart."""
    return Drawn(
        chart.id,
        chart.alt,
        _layout(f"{chart.id}-w", chart.wide),
        _layout(f"{chart.id}-n", chart.narrow),
    )


def _layout(name: str, spec: dict[str, Any]) -> Drawing:
    tool = engine()
    vega = tool.vegalite_to_vega(spec)
    raw = tool.vega_to_svg(vega)
    root = _ROOT.search(raw)
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', root.group() if root else "")
    if root is None or size is None:
        raise FoedusError(f"the chart {name!r} was not drawn.", "report this with the command run")
    width, height = float(size.group(1)), float(size.group(2))
    head = (
        f'<svg viewBox="0 0 {size.group(1)} {size.group(2)}" width="{size.group(1)}" '
        f'height="{size.group(2)}" aria-hidden="true" focusable="false">'
    )
    return Drawing(head + _own_ids(name, raw[root.end() :]), vega, width, height)


def _own_ids(name: str, svg: str) -> str:
    """Ids made unique in the page and independent of what was drawn before in this process."""
    seen: dict[str, str] = {}

    def rename(found: re.Match[str]) -> str:
        new = seen.setdefault(found.group(2), f"{name}-{len(seen) + 1}")
        return found.group(1) + new

    return _CLIP.sub(rename, svg)


#: The process that makes the runtime ahead of its use, if one was started.
_ahead: list[subprocess.Popen[bytes]] = []


def prepare() -> None:
    """Start making the runtime in a process of its own, if no report has been made here before.

    It takes over a second and keeps its process busy; meanwhile the assessment is computed. Raises
    MissingExtraError before any work where vl-convert is not installed.
    """
    if not _cached().exists() and not _ahead:
        with contextlib.suppress(OSError):
            _ahead.append(
                subprocess.Popen(
                    [sys.executable, "-c", "from foedus.report.svg import script; script()"],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )


def _cached() -> Path:
    return _cache_folder() / f"vega-runtime-{engine().__version__}.js"


def script() -> str:
    """The Vega runtime as one script, safe inside ``<script>``; cached on disk once made.

    Making it takes over a second. A cache that cannot be read or written is done without.
    """
    cached = _cached()
    for process in _ahead:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
    with contextlib.suppress(OSError, ValueError):
        digest, _, body = cached.read_text(encoding="utf-8").partition("\n")
        if digest == f"// sha256 {_digest(body)}":
            return body
    body = inline_safe(engine().javascript_bundle("window.vegaEmbed = vegaEmbed;"))
    with contextlib.suppress(OSError, FoedusError):
        from foedus.report.files import write_text

        cached.parent.mkdir(parents=True, exist_ok=True)
        write_text(cached, f"// sha256 {_digest(body)}\n{body}")
    return body


def inline_safe(code: str) -> str:
    """JavaScript that cannot end or comment out the element it stands in."""
    return re.sub(r"</(script)", r"<\\/\1", code, flags=re.IGNORECASE).replace("<!--", "<\\!--")


def inline_json(value: Any) -> str:
    """JSON for a ``<script type="application/json">``: no character HTML would act on."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()


def _cache_folder() -> Path:
    home = os.environ.get("FOEDUS_HOME")
    if home:
        return Path(home) / "report"
    from platformdirs import user_cache_path

    return user_cache_path("foedus") / "report"
