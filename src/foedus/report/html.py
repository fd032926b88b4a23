"""One self-contained HTML file: charts drawn in the page, live where there is a script to run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import MissingExtraError
from foedus.report.charts import charts
from foedus.report.content import build
from foedus.report.document import ranges
from foedus.report.svg import Drawn, draw, inline_json, script

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from foedus.assessment.model import Assessment

TEMPLATES = Path(__file__).parent / "templates"
_DATE = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b")


def to_html(assessment: Assessment) -> str:
    """The whole report as one page without any outside reference but the evidence's links.

    Raises MissingExtraError without the ``report`` extra (jinja2, vl-convert-python).
    """
    environment = _environment()
    drawn = {ident: draw(chart) for ident, chart in charts(assessment).items()}
    return environment.get_template("page.html.j2").render(
        document=build(assessment),
        drawn=drawn,
        specs=inline_json({ident: _specs(d) for ident, d in drawn.items()}),
        runtime=script(),
        style=(TEMPLATES / "style.css").read_text(encoding="utf-8"),
        live=(TEMPLATES / "live.js").read_text(encoding="utf-8"),
    )


def prose(text: str) -> Markup:
    """Escaped text in which a date does not break over two lines."""
    from markupsafe import Markup, escape

    return Markup(_DATE.sub(r'<span class="nb">\g<0></span>', str(escape(text))))


def _specs(drawn: Drawn) -> dict[str, dict]:
    return {"wide": drawn.wide.vega, "narrow": drawn.narrow.vega}


def _environment() -> Environment:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise MissingExtraError("the HTML report", "report", "jinja2") from None
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["prose"] = prose
    environment.filters["ranges"] = ranges
    environment.filters["kind"] = lambda block: type(block).__name__
    return environment
