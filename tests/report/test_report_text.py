"""The terminal and Markdown renderings, and that all renderings say the same figures."""

from __future__ import annotations

import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from foedus.assessment.model import Interval, Member, ObligationView
from foedus.errors import FoedusError
from foedus.report import to_json, to_markdown, to_terminal
from foedus.report.content import build
from foedus.report.document import ranges
from foedus.report.widths import GAP, column_widths
from foedus.report.words import ENDS, estimate, percent, points, span

#: The one entry of the sample that nothing cites.
LAST = 15


def printed(assessment, width: int = 80, **options) -> str:
    out = io.StringIO()
    to_terminal(assessment, Console(file=out, width=width, **options))
    return out.getvalue()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_no_line_is_longer_than_the_window(assessment, width):
    assert max(len(line) for line in printed(assessment, width).splitlines()) <= min(width, 100)


def test_a_pipe_gets_no_control_codes(assessment):
    text = printed(assessment)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\x9b]", text)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_of_few_letters_gets_the_nearest_ones(assessment, encoding):
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding)
    to_terminal(assessment, Console(file=out, width=80))
    out.flush()
    lines = raw.getvalue().decode(encoding).splitlines()
    assert any(line.startswith("BOTTOM LINE ---") for line in lines)
    assert max(map(len, lines)) <= 80


def test_the_bottom_line_comes_first_and_confidence_apart(assessment):
    head = printed(assessment).splitlines()[:9]
    assert head[4].startswith("BOTTOM LINE")
    assert head[5].startswith("Likely, 75% (80% interval 59-86%)")
    assert head[6].startswith("Confidence in the evidence: LOW")


def test_a_treaty_signed_and_not_in_force_is_said_to_be_so(assessment):
    for text in (printed(assessment), to_markdown(assessment)):
        assert "signed 2024-06-19, NOT in force on 2024-10-17" in text


def test_sections_run_from_the_answer_to_the_evidence(assessment):
    titles = [s.id for s in build(assessment).sections]
    assert titles[:3] == ["bottom-line", "forecast", "treaty"]
    assert titles[-2:] == ["evidence", "sources"]


def test_terminal_snapshot_of_the_forecast(assessment):
    text = printed(assessment)
    table = text[text.index("FORECAST") : text.index("Years from")]
    assert [line.rstrip() for line in table.splitlines()[1:]] == [
        "Years   In force (80%)  Allied (80%)  Reneg.  Sched.  Viol.  Death",
        "1 [1]     94% (88-97%)  97% (95-98%)      3%      2%     1%    <1%",
        "3 [1]     84% (71-92%)  92% (86-95%)      7%      5%     4%    <1%",
        "5 [1]     75% (59-86%)  87% (78-92%)     11%      7%     5%    <1%",
        "10 [1]    58% (39-74%)  76% (63-85%)     20%     13%     9%    <1%",
        "20 [1]    34% (20-53%)  59% (44-72%)     30%     20%    14%     1%",
    ]


def figures_of(document: dict) -> list[str]:
    """The figures of the JSON, as the renderings write them."""
    line, forecast = document["bottom_line"], document["forecast"]
    found = [percent(line["probability"]), span(line["low"], line["high"])]
    for h in forecast["horizons"]:
        found += [
            estimate(*(h[k][x] for x in ("p", "low", "high"))) for k in ("in_force", "allied")
        ]
        found += [percent(h["ends"][key]) for key, _, _ in ENDS]
    for s in forecast["reference_class"]["survival"]:
        found.append(estimate(s["p"], s["low"], s["high"]))
    found += [points(d["effect"]) for d in forecast["drivers"]]
    found += [points(c["delta"]) for c in line["would_change"]]
    found += [percent(c["probability"]) for c in line["would_change"]]
    skill = forecast["skill"]
    found += [f"{skill['brier']:.4f}", str(skill["n"]), f"{skill['calibration_slope']:.2f}"]
    found += [f"{c['score']:.2f}" for c in document["treaty"]["depth"]["components"] if c["score"]]
    return found


def test_all_renderings_give_the_figures_of_the_json(assessment, page):
    wanted = figures_of(json.loads(to_json(assessment)))
    body = re.sub(r"<(script|svg|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    html = re.sub(r"&lt;", "<", re.sub(r"&gt;", ">", re.sub(r"<[^>]+>", "", body)))
    markdown = to_markdown(assessment).replace("\\", "")
    for name, text in (("terminal", printed(assessment)), ("markdown", markdown), ("html", html)):
        missing = [figure for figure in wanted if figure not in text]
        assert not missing, f"{name} lacks {missing}"


def test_markdown_numbers_footnotes_in_reading_order_and_defines_each(assessment):
    text = to_markdown(assessment)
    body, _, notes = text.partition("## Appendix: Evidence")
    cited = list(dict.fromkeys(int(n) for n in re.findall(r"\[\^(\d+)\]", body)))
    assert cited == sorted(cited), "GitHub renumbers footnotes by first use"
    assert cited == [int(n) for n in re.findall(r"^\[\^(\d+)\]:", notes, flags=re.MULTILINE)]


def test_markdown_does_not_act_on_what_sources_say(assessment):
    odd = assessment.model_copy(
        update={
            "treaty": assessment.treaty.model_copy(
                update={"title": "A | B <script>*x*</script> [y](z)\nnext"}
            )
        }
    )
    line = next(x for x in to_markdown(odd).splitlines() if x.startswith("- Title"))
    assert r"A \| B \<script\>\*x\*\</script\> \[y\](z) next" in line


def test_the_same_footnote_number_stands_for_the_same_evidence_everywhere(assessment, page):
    numbers = {n.id: n.number for n in build(assessment).notes}
    text = printed(assessment)
    markdown = to_markdown(assessment)
    for item in assessment.evidence:
        n = numbers[item.id]
        if n != LAST:
            assert re.search(rf"\[{n}\][\[\]\d-]* {item.source} \({item.status}\)", text)
        assert re.search(rf'<li id="e{n}">(?:(?!<li).)*{item.id}', page, flags=re.DOTALL)
        assert re.search(rf"(\[\^{n}\]:|- {n}\.) .*{item.id}", markdown)


def test_every_object_with_evidence_shows_its_footnote(assessment):
    """Walk the model: whatever cites evidence must have brought those numbers onto the page."""
    document = build(assessment)
    numbers = {n.id: n.number for n in document.notes}
    shown = {
        n for section in document.sections for block in section.blocks for n in _notes_in(block)
    }
    cited: set[str] = set()

    def walk(value) -> None:
        if isinstance(value, dict):
            cited.update(value.get("evidence") or () if _is_ids(value.get("evidence")) else ())
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(json.loads(to_json(assessment)))
    assert cited
    assert {numbers[i] for i in cited} <= shown


def _is_ids(value) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)


def _notes_in(thing) -> set[int]:
    from dataclasses import fields, is_dataclass

    from foedus.report.document import Line, NoteList

    if isinstance(thing, NoteList):
        return set()
    if isinstance(thing, Line):
        return set(thing.notes)
    if isinstance(thing, tuple):
        return set().union(*(_notes_in(t) for t in thing)) if thing else set()
    if is_dataclass(thing):
        return set().union(*(_notes_in(getattr(thing, f.name)) for f in fields(thing)))
    return set()


def test_evidence_that_does_not_resolve_is_an_error(assessment):
    broken = assessment.model_copy(
        update={"bottom_line": assessment.bottom_line.model_copy(update={"evidence": ("e-none",)})}
    )
    with pytest.raises(FoedusError, match="'e-none' is cited"):
        build(broken)


def test_unknown_is_not_zero(assessment):
    text = printed(assessment)
    row = next(line for line in text.splitlines() if line.startswith("Division of costs"))
    assert "not covered" in row
    assert "unknown" in row
    assert "0.00" not in row


def test_without_a_forecast_the_report_says_so(assessment):
    bare = assessment.model_copy(
        update={
            "forecast": assessment.forecast.model_copy(
                update={
                    "status": "not_covered",
                    "horizons": (),
                    "curve": (),
                    "drivers": (),
                    "reference_class": None,
                    "skill": None,
                    "model": None,
                    "notes": ("the pair is not in the embedded data",),
                }
            )
        }
    )
    assert "No forecast: not covered. The pair is not in the embedded data." in squeezed(
        printed(bare)
    )


def test_a_large_alliance_is_not_a_hundred_lines_of_obligations(assessment):
    states = [f"S{n:02d}" for n in range(20)]
    members = tuple(Member(state=s, name=f"State {s}", entry="1949-04-04") for s in states)
    owed = tuple(
        ObligationView(
            obligor=a, beneficiary=b, kind="defense", trigger="armed attack", status="verified"
        )
        for a in states
        for b in states
        if a != b
    )
    treaty = assessment.treaty.model_copy(update={"members": members, "obligations": owed})
    text = printed(assessment.model_copy(update={"treaty": treaty}))
    assert "Defense: 20 members, each to every other" in text
    assert text.count("armed attack") == 1


def test_one_sided_promises_keep_their_direction(assessment):
    one_way = tuple(o for o in assessment.treaty.obligations if o.obligor == "RUS")
    treaty = assessment.treaty.model_copy(update={"obligations": one_way})
    text = printed(assessment.model_copy(update={"treaty": treaty}))
    assert "Defense: Russia to North Korea (Article 4)" in text
    assert "each to the other" not in text


def test_probabilities_never_round_to_certainty():
    assert [percent(p) for p in (0.0, 0.001, 0.004, 0.5, 0.996, 1.0, None)] == [
        "0%",
        "<1%",
        "<1%",
        "50%",
        ">99%",
        "100%",
        "unknown",
    ]
    narrow = Interval(p=0.5, low=0.499, high=0.501)
    assert estimate(narrow.p, narrow.low, narrow.high) == "50% (50%)"
    assert points(-0.0001) == "0.0"
    assert points(-0.051, unit=True) == "-5.1 pp"


def test_footnote_runs():
    assert ranges((1, 2, 4, 5, 6, 9)) == ((1, 1), (2, 2), (4, 6), (9, 9))
    assert ranges(()) == ()


@given(
    columns=st.lists(
        st.tuples(
            st.text("abc d", min_size=1, max_size=30),
            st.lists(st.text("abcd efg-", max_size=40), min_size=2, max_size=2),
            st.booleans(),
        ),
        min_size=1,
        max_size=6,
    ),
    total=st.integers(40, 100),
)
def test_tables_fit_and_figures_are_whole_where_there_is_room(columns, total):
    heads, cells, right = zip(*columns, strict=True)
    widths = column_widths(heads, cells, right, total)
    assert sum(widths) + GAP * (len(widths) - 1) <= total
    assert all(width >= 1 for width in widths)
    needed = sum(
        max(map(len, c), default=0) for c, fixed in zip(cells, right, strict=True) if fixed
    )
    heading = sum(max(map(len, h.split()), default=0) for h in heads)
    if needed + heading + 4 * len(widths) + GAP * len(widths) <= total:
        for width, column, fixed in zip(widths, cells, right, strict=True):
            assert not fixed or width >= max(map(len, column))
