"""JSON Schemas of the smaller outputs: what each command's document holds at least.

Documents may hold more than is listed; what is listed stays.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": "number"}
_NUMBER_OR_NONE: Schema = {"type": ["number", "null"]}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_FLAG: Schema = {"type": "boolean"}


def _object(title: str, /, **required: Schema) -> Schema:
    return {
        "title": title,
        "type": "object",
        "properties": required,
        "required": list(required),
        "additionalProperties": True,
    }


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


_SPAN: Schema = {"type": ["array", "null"], "items": {"type": ["integer", "null"]}}


def states() -> Schema:
    """``foedus states find`` and ``list``."""
    spell = _object("spell of membership", start=_TEXT, end=_TEXT_OR_NONE)
    match = _object("state", code=_TEXT, cow=_COUNT, name=_TEXT, spells=_list(spell))
    return _object("States", matches=_list(match))


def data() -> Schema:
    """``foedus data list``, ``status``, ``import`` and ``pull``."""
    source = _object(
        "source",
        id=_TEXT,
        version=_TEXT,
        rows={"type": ["integer", "null"]},
        span=_SPAN,
        sha256=_TEXT_OR_NONE,
        imported=_FLAG,
    )
    body = _object("Data", sources=_list(source))
    body["properties"]["unrecognised"] = _list(_object("file not taken", path=_TEXT, why=_TEXT))
    return body


def treaty_list() -> Schema:
    """``foedus treaty list``."""
    row = _object(
        "treaty",
        id=_TEXT,
        title=_TEXT,
        atop_id={"type": ["integer", "null"]},
        members=_list(_TEXT),
        signed=_TEXT,
        in_force=_TEXT_OR_NONE,
        ended=_TEXT_OR_NONE,
        end_cause=_TEXT_OR_NONE,
        kinds=_list(_TEXT),
    )
    return _object("Treaties", treaties=_list(row))


def treaty_check() -> Schema:
    """``foedus treaty check``."""
    row = _object(
        "disagreement with ATOP 4.01",
        treaty=_TEXT,
        atop_id={"type": ["integer", "null"]},
        variable=_TEXT,
        explained=_FLAG,
        why=_TEXT_OR_NONE,
    )
    return _object("Check of the register", disagreements=_list(row), unexplained=_COUNT)


def backtest() -> Schema:
    """``foedus backtest``."""
    origin = _object(
        "origin",
        year={"type": "integer"},
        n=_COUNT,
        observed=_SHARE,
        forecast=_SHARE,
        brier=_SHARE,
        log_score=_NUMBER,
        auc=_NUMBER_OR_NONE,
    )
    pooled = _object(
        "all origins",
        n=_COUNT,
        events=_COUNT,
        brier=_SHARE,
        log_score=_NUMBER,
        brier_skill=_NUMBER,
        brier_skill_interval_alliances=_list(_NUMBER),
        brier_skill_interval_origins=_list(_NUMBER),
        log_skill=_NUMBER,
        within_origin_auc=_NUMBER_OR_NONE,
        calibration_slope=_NUMBER,
        calibration_intercept=_NUMBER,
        reliability=_list(
            _object(
                "forecast bin", low=_SHARE, high=_SHARE, n=_COUNT, forecast=_SHARE, observed=_SHARE
            )
        ),
    )
    base = _object("baseline", brier=_SHARE, log_score=_NUMBER, brier_skill_of_foedus=_NUMBER)
    return _object(
        "Backtest",
        target={"enum": ["treaty", "tie", "violation"]},
        horizon=_COUNT,
        origins=_list(origin),
        pooled=pooled,
        baselines=_object("baselines", recent_window=base, age_only=base, km_by_type=base),
    )


def train() -> Schema:
    """``foedus train``."""
    card = _object(
        "model card",
        format=_COUNT,
        columns=_list(_TEXT),
        labels_end={"type": "integer"},
        data_sha256={"type": "object", "additionalProperties": _TEXT},
        selection={"type": "object"},
        backtest=_list(backtest()),
        vintages={"type": "object"},
    )
    return _object("Training", written=_list(_TEXT), card=card)


def snapshot() -> Schema:
    """``foedus snapshot build``."""
    return _object(
        "Snapshot",
        through={"type": "integer"},
        alliances=_COUNT,
        alliance_years=_COUNT,
        spans={"type": "object"},
        sources={"type": "object"},
    )
