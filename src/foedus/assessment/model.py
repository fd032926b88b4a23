"""The `Assessment`: one frozen document that holds the whole answer and where each figure is from.

Every class here is a pydantic model, so that the JSON and its published schema are one thing.
Probabilities are fractions in [0, 1]; intervals are 80% unless the field says otherwise; dates are
ISO text, as short as what is known ("1907", "1961-07", "1961-07-06"). ``evidence`` lists ids that
resolve in ``Assessment.evidence``.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.0"

#: known: there is a value; known_absent: the source says there is none; not_applicable: the
#: question does not arise; not_covered: outside what the source, or this version of foedus, covers.
Known = Literal["known", "known_absent", "not_applicable", "not_covered"]
Probability = float
Ids = tuple[str, ...]


class Part(BaseModel):
    """Base of all parts: immutable, and closed to fields nobody declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Interval(Part):
    """A probability with its 80% interval."""

    p: Probability
    low: Probability
    high: Probability


class Question(Part):
    a: str = Field(description="alpha-3 display code of the first state")
    b: str
    a_name: str
    b_name: str
    as_of: str
    text: str = Field(description="the question in words")


class Change(Part):
    """What would change the mind: one thing happens, and the headline probability becomes this."""

    what: str
    probability: Probability
    delta: float = Field(description="change of the headline probability, as a fraction")
    basis: str = Field(description="how it was computed")
    evidence: Ids = ()


class BottomLine(Part):
    text: str
    likelihood_term: str = Field(description="ICD 203 term for `probability`")
    probability: Probability = Field(description="treaty in force at the headline horizon")
    low: Probability
    high: Probability
    horizon_years: int
    confidence: Literal["low", "moderate", "high"] = Field(
        description="confidence in the evidence, apart from the likelihood"
    )
    confidence_reasons: tuple[str, ...]
    would_change: tuple[Change, ...]
    evidence: Ids = ()


class ObligationView(Part):
    obligor: str
    beneficiary: str
    kind: Literal["defense", "offense", "neutrality", "nonaggression", "consultation"]
    trigger: str
    conditions: tuple[str, ...] = ()
    automaticity: Literal["deterministic", "discretionary", "not stated"] = "not stated"
    article: str | None = None
    status: str
    evidence: Ids = ()


class ArticleView(Part):
    number: str
    summary: str
    sectors: tuple[str, ...] = ()
    status: str
    evidence: Ids = ()


class DepthComponent(Part):
    name: str = Field(description="ATOP variable or project name")
    label: str
    score: float | None = Field(description="0..1, None where unknown")
    weight: float
    status: Known
    reading: str = Field(description="the value in words")


class DepthComparator(Part):
    id: str
    title: str
    index: float | None
    evidence: Ids = ()


class Depth(Part):
    index: float | None = Field(description="0..1, weighted mean of the known components")
    known_weight: float = Field(description="share of the weight whose component is known")
    components: tuple[DepthComponent, ...]
    comparators: tuple[DepthComparator, ...]
    method: str
    evidence: Ids = ()


class Member(Part):
    state: str
    name: str
    entry: str
    exit: str | None = None
    evidence: Ids = ()


class Conflict(Part):
    """Sources that disagree, side by side; `chosen` is what foedus works with, and why."""

    field: str
    values: tuple[tuple[str, str], ...] = Field(description="(value, source) pairs")
    chosen: str
    why: str


class EventView(Part):
    """A test, invocation, renewal or suspension in the treaty's life, up to the as-of date."""

    date: str
    kind: str
    what: str
    status: str
    evidence: Ids = ()


class LineageItem(Part):
    id: str
    title: str
    state: str = Field(
        description='at the as-of date: "in force", "signed, NOT in force", "ended"...'
    )
    signed: str
    in_force: str | None
    ended: str | None
    end_cause: str | None
    kinds: tuple[str, ...] = Field(description="kinds of obligation it holds")
    relation: Literal["this", "predecessor", "successor", "parallel"]
    evidence: Ids = ()


class SectorView(Part):
    sector: str
    articles: tuple[str, ...]
    evidence: Ids = ()


class TreatyView(Part):
    id: str
    title: str
    atop_id: str | None
    origin: Literal["curated", "imported", "both"]
    members: tuple[Member, ...]
    signed: str
    in_force: str | None
    ended: str | None
    end_cause: str | None
    state: str = Field(description='at the as-of date, e.g. "signed, not in force" or "in force"')
    term: str
    renewal: str
    exit_clause: str
    obligations: tuple[ObligationView, ...]
    articles: tuple[ArticleView, ...]
    institutions: tuple[str, ...]
    events: tuple[EventView, ...] = ()
    depth: Depth
    lineage: tuple[LineageItem, ...] = Field(
        default=(),
        description="all treaties of the pair known by the as-of date",
    )
    sectors: tuple[SectorView, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    evidence: Ids = ()


class Ends(Part):
    """Cumulative incidence of each way the treaty can end, by the horizon."""

    violated: Probability
    renegotiated: Probability
    scheduled: Probability
    state_death: Probability


class Horizon(Part):
    years: int
    date: str
    in_force: Interval
    allied: Interval
    ends: Ends
    ends_intervals: dict[str, Interval]
    term: str = Field(description="ICD 203 term for in_force.p")


class CurvePoint(Part):
    """One point of the survival fan (years from the as-of date)."""

    years: float
    in_force: Probability
    low80: Probability
    high80: Probability
    low50: Probability
    high50: Probability
    allied: Probability
    allied_low80: Probability
    allied_high80: Probability
    ends: Ends


class ClassSurvival(Part):
    years: int
    p: Probability
    low: Probability
    high: Probability


class ReferenceClass(Part):
    rule: str
    widened: tuple[str, ...] = Field(
        description="criteria dropped, in order, to reach enough cases"
    )
    n: int
    ended: int
    effective_n: float
    median_years: float | None = Field(description="Kaplan-Meier median; None when not reached")
    causes: dict[str, int]
    survival: tuple[ClassSurvival, ...] = Field(
        description="in force after further years, given survival to the present age"
    )
    departure: str = Field(description="how far the forecast departs from the class, and why")
    evidence: Ids = ()


class Driver(Part):
    factor: str
    label: str
    group: Literal["structural", "contingent", "design", "history", "era"]
    value: float | None
    value_text: str
    reference_text: str = Field(description="what it is compared with")
    effect: float = Field(
        description="change of the headline probability against the reference value, as a fraction"
    )
    log_odds: float = Field(description="contribution to the yearly log-odds of any ending")
    status: Known
    evidence: Ids = ()


class Baseline(Part):
    name: str
    brier: float


class Skill(Part):
    target: str
    horizon_years: int
    n: int
    origins: str
    known_by: int = Field(description="year by which all outcomes of this test were known")
    brier: float
    brier_skill: float
    brier_skill_low: float
    brier_skill_high: float
    within_origin_auc: float | None
    calibration_slope: float | None
    baselines: tuple[Baseline, ...]
    text: str
    evidence: Ids = ()


class ModelCard(Part):
    version: str
    vintage: int = Field(description="the model knows endings up to the end of this year")
    trained_on: str
    n_alliances: int
    n_alliance_years: int
    n_endings: int
    data_sha256: dict[str, str]
    note: str


class Forecast(Part):
    status: Known
    model: ModelCard | None
    horizons: tuple[Horizon, ...]
    curve: tuple[CurvePoint, ...]
    reference_class: ReferenceClass | None
    drivers: tuple[Driver, ...]
    skill: Skill | None
    tie_skill: Skill | None = None
    notes: tuple[str, ...] = ()
    evidence: Ids = ()


class SeriesPoint(Part):
    year: int
    value: float | None


class SeriesView(Part):
    name: str
    label: str
    unit: str
    direction: Literal["higher is closer", "higher is more distant", "neither"]
    points: tuple[SeriesPoint, ...]
    span: str
    source: str
    evidence: Ids = ()


class Relations(Part):
    status: Known
    series: tuple[SeriesView, ...] = ()
    turning_points: tuple[dict, ...] = ()
    phases: tuple[dict, ...] = ()


class Order(Part):
    status: Known
    triangle: dict | None = None
    blocs: dict | None = None


class CoverageItem(Part):
    topic: str
    status: Known
    detail: str


class EvidenceItem(Part):
    id: str
    source: str
    locator: str
    status: Literal["verified", "reported", "unverified", "derived"]
    as_of: str | None = None
    url: str | None = None
    processing: str | None = None


class SourceTerms(Part):
    id: str
    title: str
    version: str
    terms: str
    citation: str


class Assumption(Part):
    """One weight, threshold or prior, for the appendix: nothing is hidden."""

    name: str
    value: str
    why: str


class Assessment(Part):
    schema_version: str = SCHEMA_VERSION
    foedus_version: str
    generated: str = Field(
        description="UTC time of the run; the one field that differs between runs"
    )
    question: Question
    bottom_line: BottomLine
    treaty: TreatyView
    forecast: Forecast
    relations: Relations
    leaders: tuple[dict, ...] = ()
    order: Order
    scenarios: tuple[dict, ...] = ()
    contingencies: tuple[dict, ...] = ()
    claims: tuple[dict, ...] = ()
    evidence: tuple[EvidenceItem, ...]
    coverage: tuple[CoverageItem, ...]
    assumptions: tuple[Assumption, ...]
    sources: tuple[SourceTerms, ...]

    def to_html(self, path: str) -> None:
        """Write the self-contained HTML report (needs the ``report`` extra)."""
        self._write(path, ".html")

    def to_markdown(self, path: str) -> None:
        """Write the Markdown report."""
        self._write(path, ".md")

    def to_json(self, path: str) -> None:
        """Write the JSON document."""
        self._write(path, ".json")

    def _write(self, path: str, suffix: str) -> None:
        # The renderers live a floor above; they register themselves here by import, on demand.
        from importlib import import_module

        import_module("foedus.report").write(self, path, suffix=suffix)
