"""Institutional depth of a treaty: an open, additive index beside familiar comparators.

Every component is an ATOP variable scaled to 0..1; the index is the weighted mean of the known
ones. The weights are judgements, stated here and in every report: organs, commands and bases are
what distinguishes NATO from a paper promise (Leeds & Anac 2005 build their ordinal measure on the
same variables); civilian cooperation counts half. ATOP codes the text and its companion agreements,
so bodies built later in practice (the US-ROK combined command, for one) are not in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from foedus.assessment.model import Depth, DepthComparator, DepthComponent

COMPARATORS = ("nato-1949", "usa-kor-1953", "usa-jpn-1960", "warsaw-1955", "chn-prk-1961")


@dataclass(frozen=True, slots=True)
class Component:
    name: str
    label: str
    weight: float
    top: int
    readings: tuple[str, ...]


COMPONENTS: tuple[Component, ...] = (
    Component(
        "organ1",
        "standing organisation",
        1.0,
        3,
        ("none", "regular meetings", "named body", "standing organisation"),
    ),
    Component(
        "milcon",
        "peacetime military contact",
        1.0,
        3,
        ("none", "in wartime only", "official contact in peace", "common defence policy"),
    ),
    Component("intcom", "integrated command", 1.0, 1, ("none", "integrated command")),
    Component(
        "base",
        "bases",
        1.0,
        3,
        ("none", "joint bases", "either may place troops", "one places troops with the other"),
    ),
    Component("contrib", "agreed contributions", 0.5, 1, ("none", "shares of troops or money set")),
    Component(
        "milaid",
        "military aid",
        0.5,
        4,
        ("none", "general promise", "grants or loans", "training or technology", "both"),
    ),
    Component("nomicoop", "non-military cooperation", 0.5, 1, ("none", "promised")),
    Component(
        "ecaid",
        "economic aid or trade",
        0.5,
        3,
        ("none", "general promise", "grants or loans", "trade concessions"),
    ),
)
METHOD = (
    "Weighted mean of ATOP provisions scaled to 0-1 (organisation, military contact, integrated "
    "command and bases weigh 1; contributions, military aid, non-military cooperation and economic "
    "aid 0.5). Unknown components are left out, and their weight is shown. It measures what was "
    "written, not what was built since."
)


def index(codes: dict[str, int | None]) -> tuple[float | None, float, tuple[DepthComponent, ...]]:
    """Index 0..1 (None when nothing is known), share of the weight known, and the components."""
    parts, total, mass = [], 0.0, 0.0
    for c in COMPONENTS:
        value = codes.get(c.name)
        known = value is not None and 0 <= value <= len(c.readings) - 1
        # Who may base troops with whom is a kind, not a degree: any basing right counts in full.
        score = None
        if known:
            assert value is not None
            score = float(value > 0) if c.name == "base" else value / c.top
            total += c.weight * score
            mass += c.weight
        parts.append(
            DepthComponent(
                name=c.name,
                label=c.label,
                score=None if score is None else round(score, 4),
                weight=c.weight,
                status="not_covered" if not known else "known" if value else "known_absent",
                reading=c.readings[value] if known and value is not None else "not known",
            )
        )
    everything = sum(c.weight for c in COMPONENTS)
    return (round(total / mass, 4) if mass else None), round(mass / everything, 4), tuple(parts)


def extent(codes: dict[str, int | None]) -> float:
    """Index 0..1 with unknown components counted as nothing: for ranking, never for display."""
    value, known, _ = index(codes)
    return (value or 0.0) * known


def codes_of(row: dict) -> dict[str, int | None]:
    """The components' codes of a register row."""
    return {c.name: row.get(c.name) for c in COMPONENTS}


#: A comparator: id, title, codes, evidence.
Beside = list[tuple[str, str, dict[str, int | None], tuple[str, ...]]]


def depth(
    codes: dict[str, int | None],
    comparators: Beside,
    evidence: tuple[str, ...],
) -> Depth:
    """The index of one treaty beside ``comparators`` (id, title, codes, evidence)."""
    value, known, parts = index(codes)
    beside = tuple(
        DepthComparator(id=i, title=t, index=index(c)[0], evidence=e) for i, t, c, e in comparators
    )
    return Depth(
        index=value,
        known_weight=known,
        components=parts,
        comparators=beside,
        method=METHOD,
        evidence=evidence,
    )
