"""Draw the README's picture from a real run: the survival fan of Russia and North Korea.

    make picture    (writes docs/picture.svg)

The assessment is made with the embedded default (a cache of its own, empty) as of a fixed day, so
the same package draws the same bytes.
"""

from __future__ import annotations

import os
import re
import tempfile
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "docs" / "picture.svg"
PAIR, AS_OF = ("RUS", "PRK"), "2024-10-17"


def in_light(svg: str, style: str) -> str:
    """The colours that the page sets by name, in its light scheme, written out."""
    names = dict(re.findall(r"--([\w-]+):\s*(#\w+)", style.split("}")[0]))
    return re.sub(r"var\(--([\w-]+)\)", lambda found: names[found.group(1)], svg)


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["FOEDUS_HOME"] = home
        import vl_convert

        from foedus import assess
        from foedus.report.charts import charts

        chart = charts(assess(*PAIR, as_of=AS_OF))["fan"]
        style = (files("foedus.report") / "templates" / "style.css").read_text(encoding="utf-8")
        svg = in_light(vl_convert.vegalite_to_svg({**chart.wide, "background": "white"}), style)
        TARGET.write_text(svg + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
