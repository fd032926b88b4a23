"""The published schema is true of the JSON that is printed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator

from foedus.assessment.model import Assessment
from foedus.errors import UsageError
from foedus.report import json_schema, register_schema, schema_names, to_json


def test_the_json_satisfies_its_schema(assessment):
    schema = json_schema("assess")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(to_json(assessment)))


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("bottom_line", "confidence"), "middling"),
        (("forecast", "horizons", 0, "in_force", "p"), "likely"),
        (("treaty", "surprise"), 1),
    ],
)
def test_the_schema_refuses_what_the_model_would(assessment, path, wrong):
    document = json.loads(to_json(assessment))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = wrong
    assert list(Draft202012Validator(json_schema("assess")).iter_errors(document))


def test_json_reads_back_as_the_same_assessment(assessment):
    assert Assessment.model_validate_json(to_json(assessment)) == assessment


def test_assess_and_assessment_name_one_schema():
    assert json_schema("assess") == json_schema("assessment") == json_schema("Assess")


def test_an_unknown_name_lists_those_there_are():
    with pytest.raises(UsageError) as caught:
        json_schema("asess")
    assert "did you mean assess" in str(caught.value)
    assert all(name in str(caught.value) for name in schema_names())


def test_others_can_publish_theirs(monkeypatch):
    monkeypatch.setattr("foedus.report.schema._REGISTERED", {})
    register_schema("horizon", "foedus.assessment.model:Horizon")
    assert "in_force" in json_schema("horizon")["properties"]


def test_the_command_prints_the_schema_and_names_errors():
    def run(name: str) -> subprocess.CompletedProcess:
        code = "from foedus.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-c", code, "schema", name],
            capture_output=True,
            text=True,
            check=False,
        )

    done = run("assess")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json_schema("assess")
    failed = run("nonsense")
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert failed.stderr.startswith("UsageError: no output is called 'nonsense'.")
