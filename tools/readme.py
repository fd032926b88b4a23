"""Write the outputs and figures in README.md anew, from real runs with the embedded default.

    make readme
    python tools/readme.py --check   exit 1 when the table of skill is not the shipped model's

Blocks between ``<!-- out: ARGS -->`` and ``<!-- /out -->`` become the output of `foedus ARGS`; the
table of pairs comes from JSON, that of skill from the model card.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "README.md"
#: The tour's pairs, and the day of the question where it is not today.
PAIRS = (
    ("RUS PRK", None),
    ("USA KOR", None),
    ("CHN PRK", None),
    ("USA TUR", None),
    ("SAU PAK", None),
    ("AUH DEU", "1914-06-01"),
)
END = {
    "violated": "violated",
    "renegotiated": "renegotiated",
    "scheduled": "run out",
    "state_death": "state death",
}


def run(arguments: str, home: str) -> str:
    """What a user of a terminal of 80 columns sees (output, then errors)."""
    done = subprocess.run(
        [sys.executable, "-m", "foedus", *arguments.split()],
        env={**os.environ, "FOEDUS_HOME": home, "COLUMNS": "80", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def shorten(arguments: str, text: str) -> str:
    """An assessment to the end of its forecast table; anything else whole."""
    if arguments.startswith("assess") and "FORECAST" in text:
        table = text[text.index("FORECAST") :]
        # The first line of text after the table's last row, whatever it says.
        last = [line for line in table.splitlines() if re.match(r"\d+ \[", line)][-1]
        text = text[: text.index(last) + len(last)] + "\n[...]"
        text = re.sub(r", generated [^,]+,", ",", text)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def percent(p: float) -> str:
    return "under 1%" if p < 0.01 else "over 99%" if p > 0.99 else f"{p * 100:.0f}%"


def pairs(home: str) -> str:
    rows = [
        "| pair | as of | treaty | in force in 5 years (80%) | still allied | class, 5 years "
        "| likeliest end | confidence |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for pair, day in PAIRS:
        when = f" --as-of {day}" if day else ""
        found = json.loads(run(f"assess {pair}{when} --format json", home))
        five = next(h for h in found["forecast"]["horizons"] if h["years"] == 5)
        force, reference = five["in_force"], found["forecast"]["reference_class"] or {}
        past = next((s["p"] for s in reference.get("survival", ()) if s["years"] == 5), None)
        end = max(five["ends"], key=five["ends"].get)
        rows.append(
            f"| {found['question']['a_name']}, {found['question']['b_name']} "
            f"| {found['question']['as_of']} | `{found['treaty']['id']}` "
            f"| {percent(force['p'])} ({percent(force['low'])} to {percent(force['high'])}) "
            f"| {percent(five['allied']['p'])} | {'no case' if past is None else percent(past)} "
            f"| {END[end]}, {percent(five['ends'][end])} | {found['bottom_line']['confidence']} |"
        )
    return "\n".join(rows)


def skill() -> str:
    from foedus.durability import load_model

    rows = [
        "| target | horizon | origins | forecasts | Brier skill (80%) | AUC within origin "
        "| calibration slope |",
        "|---|---|---|---|---|---|---|",
    ]
    for test in load_model().card["backtest"]:
        p = test["pooled"]
        low, high = p["brier_skill_interval_origins"]
        auc = "" if p["within_origin_auc"] is None else f"{p['within_origin_auc']:.2f}"
        rows.append(
            f"| {test['target']} | {test['horizon']} years | {test['from']}-{test['to']} "
            f"| {p['n']:,} "
            f"| {p['brier_skill']:+.1%} ({low:+.1%} to {high:+.1%}) | {auc} "
            f"| {p['calibration_slope']:.2f} |"
        )
    return "\n".join(rows)


def between(text: str, name: str, content: str) -> str:
    start, end = f"<!-- {name} -->", f"<!-- /{name.split(':')[0]} -->"
    at = text.index(start) + len(start)
    return text[:at] + "\n" + content + "\n" + text[text.index(end, at) :]


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        sys.exit(
            between(text, "skill", skill()) != text
            and "README.md does not quote the scores of the model that ships: make readme"
        )
    with tempfile.TemporaryDirectory() as home:
        for arguments in re.findall(r"<!-- out: (.+?) -->", text):
            shown = shorten(arguments, run(arguments, home))
            text = between(text, f"out: {arguments}", f"```text\n{shown}\n```")
        text = between(text, "pairs", pairs(home))
    text = between(text, "skill", skill())
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
