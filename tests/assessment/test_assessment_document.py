"""What holds of every assessment, whatever the pair."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from assessment_pairs import CASES

from foedus.assessment.model import Assessment, Part


def _parts(value):
    if isinstance(value, Part):
        yield value
        for name in type(value).model_fields:
            yield from _parts(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _parts(item)


@pytest.fixture(params=CASES, ids=lambda c: "-".join(c))
def assessment(request, offline) -> Assessment:
    return offline(*request.param)


def test_every_evidence_id_resolves(assessment: Assessment) -> None:
    known = {e.id for e in assessment.evidence}
    used = {
        i
        for part in _parts(assessment)
        for i in getattr(part, "evidence", ())
        if isinstance(i, str)
    }
    assert used
    assert used <= known


def test_every_part_that_carries_a_figure_names_its_evidence(assessment: Assessment) -> None:
    carriers = [
        assessment.bottom_line,
        assessment.treaty,
        assessment.treaty.depth,
        assessment.forecast,
        assessment.forecast.reference_class,
        assessment.forecast.skill,
        *assessment.forecast.drivers,
        *assessment.treaty.obligations,
        *assessment.treaty.articles,
        *assessment.treaty.lineage,
        *assessment.treaty.sectors,
        *assessment.relations.series,
    ]
    assert all(part is None or part.evidence for part in carriers)


def test_the_ways_to_end_and_survival_add_up(assessment: Assessment) -> None:
    for h in assessment.forecast.horizons:
        total = h.in_force.p + sum(h.ends.model_dump().values())
        assert total == pytest.approx(1, abs=5e-4)


def test_survival_falls_and_endings_rise_with_the_horizon(assessment: Assessment) -> None:
    curve = assessment.forecast.curve
    for a, b in pairwise(curve):
        assert b.in_force <= a.in_force
        for cause in ("violated", "renegotiated", "scheduled", "state_death"):
            assert getattr(b.ends, cause) >= getattr(a.ends, cause)


def test_intervals_hold_their_figure(assessment: Assessment) -> None:
    for h in assessment.forecast.horizons:
        for interval in (h.in_force, h.allied, *h.ends_intervals.values()):
            assert 0 <= interval.low <= interval.high <= 1
        assert h.in_force.low <= h.in_force.p <= h.in_force.high


def test_a_bilateral_tie_lasts_at_least_as_long_as_its_treaty(assessment: Assessment) -> None:
    if len(assessment.treaty.members) > 2:
        pytest.skip("a member can leave an alliance of many")
    for h in assessment.forecast.horizons:
        assert h.allied.p >= h.in_force.p - 1e-9


def test_an_unknown_factor_has_no_say(assessment: Assessment) -> None:
    for d in assessment.forecast.drivers:
        if d.value is None:
            assert (d.status, d.effect, d.log_odds) == ("not_covered", 0.0, 0.0)
            assert d.value_text == "not covered"


def test_what_is_not_computed_is_said_to_be_so(assessment: Assessment) -> None:
    topics = {c.topic: c.status for c in assessment.coverage}
    assert topics["leaders"] == topics["order"] == topics["contingencies"] == "not_covered"


def test_two_runs_differ_only_in_their_stamp(nothing_imported) -> None:
    from foedus.assessment import assess
    from foedus.sources import Cache

    a, b = (
        assess("RUS", "PRK", as_of="2024-10-17", cache=Cache(nothing_imported)).model_dump_json()
        for _ in range(2)
    )
    first, second = json.loads(a), json.loads(b)
    first.pop("generated")
    second.pop("generated")
    assert json.dumps(first) == json.dumps(second)


def test_the_sources_of_a_report_come_with_terms_and_citation(assessment: Assessment) -> None:
    ids = {s.id for s in assessment.sources}
    assert "atop-4.01" in ids
    assert all(s.terms and s.citation for s in assessment.sources)


#: What others rely on (the contract of commands and JSON): path -> keys that must be there.
CONTRACT = {
    "": "question bottom_line treaty forecast relations leaders order scenarios contingencies claims "
    "evidence coverage",
    "question": "a b as_of",
    "bottom_line": "text likelihood_term probability confidence",
    "treaty": "id title signed in_force ended obligations depth lineage sectors",
    "treaty.depth": "index components comparators",
    "forecast": "horizons reference_class drivers skill",
    "forecast.horizons.0": "years in_force allied ends",
    "forecast.horizons.0.in_force": "p low high",
    "forecast.horizons.0.allied": "p low high",
    "forecast.horizons.0.ends": "violated renegotiated scheduled state_death",
    "forecast.reference_class": "n ended median_years",
    "forecast.drivers.0": "factor group value effect",
    "relations": "series turning_points phases",
    "order": "triangle blocs",
}


@pytest.mark.parametrize(("path", "keys"), CONTRACT.items())
def test_the_json_keeps_its_contract(path: str, keys: str, offline) -> None:
    node = json.loads(offline("RUS", "PRK", "2024-10-17").model_dump_json())
    for step in filter(None, path.split(".")):
        node = node[int(step)] if step.isdigit() else node[step]
    assert set(keys.split()) <= set(node)
