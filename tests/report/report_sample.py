"""A made-up Assessment with every part filled, for tests and for looking at the pages.

Treaty facts follow the public record in outline; every probability, score and count is invented.
"""

from __future__ import annotations

import math

from foedus.assessment.model import (
    ArticleView,
    Assessment,
    Assumption,
    Baseline,
    BottomLine,
    Change,
    ClassSurvival,
    Conflict,
    CoverageItem,
    CurvePoint,
    Depth,
    DepthComparator,
    DepthComponent,
    Driver,
    Ends,
    EvidenceItem,
    Forecast,
    Horizon,
    Interval,
    LineageItem,
    Member,
    ModelCard,
    ObligationView,
    Order,
    Question,
    ReferenceClass,
    Relations,
    SectorView,
    SeriesPoint,
    SeriesView,
    Skill,
    SourceTerms,
    TreatyView,
)

_SHARES = {"renegotiated": 0.46, "violated": 0.22, "scheduled": 0.3, "state_death": 0.02}


def _e(n: int) -> str:
    return f"e-{n:010x}"


def _survival(years: float, hazard: float = 0.062) -> float:
    return math.exp(-hazard * years**0.95)


def _ends(years: float) -> Ends:
    ended = 1 - _survival(years)
    return Ends(**{k: ended * v for k, v in _SHARES.items()})


def _around(p: float, width: float) -> tuple[float, float]:
    """An interval that widens with uncertainty on the logit scale."""
    logit = math.log(p / (1 - p))
    return tuple(1 / (1 + math.exp(-(logit + s * width))) for s in (-1, 1))  # type: ignore[return-value]


def _point(years: float) -> CurvePoint:
    if years == 0:
        return CurvePoint(
            years=0, in_force=1, low80=1, high80=1, low50=1, high50=1,
            allied=1, allied_low80=1, allied_high80=1, ends=_ends(0),
        )  # fmt: skip
    p, q = _survival(years), _survival(years, 0.031)
    low80, high80 = _around(p, 0.75)
    low50, high50 = _around(p, 0.4)
    alow, ahigh = _around(q, 0.6)
    return CurvePoint(
        years=years, in_force=p, low80=low80, high80=high80, low50=low50, high50=high50,
        allied=q, allied_low80=alow, allied_high80=ahigh, ends=_ends(years),
    )  # fmt: skip


def _horizon(years: int) -> Horizon:
    at = _point(years)
    ends = _ends(years)
    return Horizon(
        years=years,
        date=f"{2024 + years}-10-17",
        in_force=Interval(p=at.in_force, low=at.low80, high=at.high80),
        allied=Interval(p=at.allied, low=at.allied_low80, high=at.allied_high80),
        ends=ends,
        ends_intervals={
            k: Interval(p=v, low=v * 0.5, high=min(1.0, v * 1.8))
            for k, v in ends.model_dump().items()
        },
        term="very likely"
        if at.in_force >= 0.8
        else "likely"
        if at.in_force >= 0.55
        else "even chance"
        if at.in_force > 0.45
        else "unlikely",
    )


_DRIVERS = [
    ("major_minor", "Major power with a minor power", "structural", "yes", "both of one rank", 0.042, -0.28),
    ("capability_change", "Change of capability shares since signing", "structural", "0.03", "0.11 (class median)", 0.013, -0.09),
    ("joint_democracy", "Both democracies", "structural", "no", "yes", -0.018, 0.12),
    ("shared_rival", "A rival in common", "structural", "United States, South Korea", "none", 0.031, -0.21),
    ("war_now", "A member at war at the as-of date", "contingent", "Russia, since 2022", "no member at war", -0.051, 0.31),
    ("leader_age", "Age of the leader of the larger member", "contingent", "72", "60 (class median)", -0.022, 0.14),
    ("conditional", "Promise hedged by domestic law", "design", "yes (Article 4)", "no", -0.009, 0.06),
    ("indefinite", "No fixed term", "design", "yes", "fixed term", 0.067, -0.45),
    ("depth", "Institutional depth", "design", "0.21", "0.38 (class median)", -0.016, 0.1),
    ("renegotiations", "Earlier treaties of the pair that ended", "history", "2", "0", -0.034, 0.22),
    ("age", "Years since signature", "history", "0.3", "12 (class median)", -0.028, 0.18),
    ("era", "Endings of the last twenty years", "era", "rate 0.9% a year", "rate 3.1% (all years)", 0.082, -0.55),
]  # fmt: skip

_SERIES = [
    ("agreement", "Agreement in the General Assembly", "share of votes", "higher is closer", 0.74),
    ("distance", "Distance of ideal points", "points", "higher is more distant", 1.1),
    ("trade", "Trade", "million US dollars", "neither", 260.0),
    ("igos", "Shared intergovernmental organisations", "count", "higher is closer", 14.0),
]


def _series(n: int) -> SeriesView:
    name, label, unit, direction, level = _SERIES[n]
    points = tuple(
        SeriesPoint(
            year=year,
            value=None
            if name == "trade" and 1996 <= year <= 2000
            else round(level * (1 + 0.2 * math.sin((year - 1991) / 4 + n)), 4),
        )
        for year in range(1991, 2024)
    )
    return SeriesView(
        name=name, label=label, unit=unit, direction=direction, points=points,
        span="1991–2023", source=f"Made-up series {n + 1}", evidence=(_e(20 + n),),
    )  # fmt: skip


def _evidence() -> tuple[EvidenceItem, ...]:
    made = [
        EvidenceItem(id=_e(1), source="Model 0.1 of foedus", locator="forecast of this treaty", status="derived", as_of="2024-10-17", processing="competing risks, conditional on survival to the as-of date"),
        EvidenceItem(id=_e(2), source="Report of the signing", locator="report of 19 June 2024", status="verified", as_of="2024-06-20", url="https://example.org/signing?a=1&b=2"),
        EvidenceItem(id=_e(3), source="Report of the exchange of instruments", locator="report of 4 December 2024", status="verified", url="https://example.org/entry"),
        EvidenceItem(id=_e(4), source="Published text of the treaty", locator="Article 4", status="verified", url="https://example.org/text#4"),
        EvidenceItem(id=_e(5), source="Published text of the treaty", locator="Article 3", status="verified", url="https://example.org/text#3"),
        EvidenceItem(id=_e(6), source="Alliance data, version 4.01", locator="alliance 9001", status="reported"),
        EvidenceItem(id=_e(7), source="Alliance data, version 4.01", locator="alliance 9002", status="reported"),
        EvidenceItem(id=_e(8), source="Backtest of foedus", locator="origins 1950–2010", status="derived"),
        EvidenceItem(id=_e(9), source="Panel of foedus", locator="alliance-year of 2023", status="derived", processing="lagged one year"),
        EvidenceItem(id=_e(10), source="Published text of the treaty", locator="Articles 9–21", status="verified"),
        *(EvidenceItem(id=_e(20 + n), source=f"Made-up series {n + 1}", locator="pair-years", status="derived") for n in range(4)),
        EvidenceItem(id=_e(40), source="A handbook that was looked at", locator="p. 7", status="unverified"),
    ]  # fmt: skip
    return tuple(made)


def sample() -> Assessment:
    """Russia and North Korea as of 2024-10-17, with invented figures."""
    five = _point(5)
    grid = [0, *[n / 2 for n in range(1, 41)]]
    obligations = tuple(
        ObligationView(
            obligor=a, beneficiary=b, kind=kind, trigger=trigger, conditions=conditions,
            automaticity=auto, article=article, status="verified", evidence=(_e(n),),
        )
        for kind, trigger, conditions, auto, article, n in (
            ("defense", "armed attack by one or more states that puts the party in a state of war", ("in line with UN Charter Article 51", "in line with the laws of both states"), "deterministic", "4", 4),
            ("consultation", "immediate threat of an act of armed aggression", (), "not stated", "3", 5),
        )
        for a, b in (("RUS", "PRK"), ("PRK", "RUS"))
    )  # fmt: skip
    depth = Depth(
        index=0.21,
        known_weight=0.85,
        components=tuple(
            DepthComponent(name=n, label=label, score=score, weight=w, status=status, reading=reading)
            for n, label, score, w, status, reading in (
                ("milcon", "Peacetime military contacts", 0.33, 0.25, "known", "consultation before a crisis"),
                ("intcom", "Integrated command", 0.0, 0.2, "known", "none"),
                ("organ1", "Standing organisation", 0.33, 0.2, "known", "regular meetings of ministers"),
                ("base", "Bases on the other's soil", 0.0, 0.2, "known", "none promised"),
                ("contrib", "Division of costs", None, 0.15, "not_covered", ""),
            )
        ),
        comparators=(
            DepthComparator(id="nato-1949", title="North Atlantic Treaty", index=0.94),
            DepthComparator(id="usa-kor-1953", title="United States–South Korea 1953", index=0.81),
            DepthComparator(id="chn-prk-1961", title="China–North Korea 1961", index=0.18),
        ),
        method="Weighted mean of the known components; unknown ones are left out, not counted as zero.",
        evidence=(_e(4), _e(6)),
    )  # fmt: skip
    treaty = TreatyView(
        id="rus-prk-2024",
        title="Treaty on Comprehensive Strategic Partnership",
        atop_id=None,
        origin="curated",
        members=(
            Member(state="RUS", name="Russia", entry="2024-06-19", evidence=(_e(2),)),
            Member(state="PRK", name="North Korea", entry="2024-06-19", evidence=(_e(2),)),
        ),
        signed="2024-06-19",
        in_force=None,
        ended=None,
        end_cause=None,
        state="signed, not in force",
        term="indefinite",
        renewal="none needed",
        exit_clause="on written notice of twelve months (Article 23)",
        obligations=obligations,
        articles=(
            ArticleView(number="4", summary="Help without delay if the other is attacked and at war.", sectors=("defense",), status="verified", evidence=(_e(4),)),
            ArticleView(number="9–21", summary="Cooperation across trade, science, space, health, media and <others>.", sectors=("trade", "science_technology", "space"), status="verified", evidence=(_e(10),)),
        ),
        institutions=("intergovernmental commission",),
        depth=depth,
        conflicts=(
            Conflict(field="in_force", values=(("2024-12-04", "exchange of instruments"), ("2024-11-12", "ratification by one party")), chosen="2024-12-04", why="the treaty names the exchange of instruments"),
        ),
        evidence=(_e(2), _e(3)),
    )  # fmt: skip
    lineage = (
        LineageItem(id="sun-prk-1961", title="Soviet–North Korean treaty of 1961", state="ended", signed="1961-07-06", in_force="1961-09-10", ended="1996-09-10", end_cause="scheduled", kinds=("defense", "nonaggression", "consultation"), relation="predecessor", evidence=(_e(6),)),
        LineageItem(id="rus-prk-2000", title="Russia–North Korea treaty of 2000", state="in force", signed="2000-02-09", in_force="2000", ended=None, end_cause=None, kinds=("consultation",), relation="predecessor", evidence=(_e(7),)),
        LineageItem(id="rus-prk-2024", title="Treaty on Comprehensive Strategic Partnership", signed="2024-06-19", in_force=None, ended=None, end_cause=None, kinds=("defense", "consultation"), relation="this", state="signed, NOT in force", evidence=(_e(2),)),
    )  # fmt: skip
    skill = Skill(
        target="the treaty is still in force", horizon_years=5, n=2412, origins="1950–2010", known_by=2016, brier=0.0893,
        brier_skill=0.091, brier_skill_low=0.048, brier_skill_high=0.133, within_origin_auc=0.72, calibration_slope=0.94,
        baselines=(Baseline(name="recent window", brier=0.0982), Baseline(name="age only", brier=0.1011), Baseline(name="Kaplan–Meier by type", brier=0.0994)),
        text="Against a constant of the last twenty years the model is 9% better at five years.", evidence=(_e(8),),
    )  # fmt: skip
    forecast = Forecast(
        status="known",
        model=ModelCard(version="0.1", vintage=2016, trained_on="alliance data 4.01, 1816–2016", n_alliances=745, n_alliance_years=12345, n_endings=411, data_sha256={"alliances": "ab" * 32}, note="sample figures"),
        horizons=tuple(_horizon(y) for y in (1, 3, 5, 10, 20)),
        curve=tuple(_point(y) for y in grid),
        reference_class=ReferenceClass(
            rule="bilateral defense, major with minor power, formed since 1946",
            widened=("neither democratic",),
            n=41, ended=23, effective_n=17.4, median_years=21.5,
            causes={"violated": 4, "renegotiated": 12, "scheduled": 6, "state_death": 1},
            survival=tuple(
                ClassSurvival(years=y, p=(p := _survival(y, 0.045)), low=_around(p, 0.55)[0], high=_around(p, 0.55)[1])
                for y in (1, 3, 5, 10, 20)
            ),
            departure="the forecast is five points below the class at five years, mostly for the war",
            evidence=(_e(6), _e(9)),
        ),
        drivers=tuple(
            Driver(factor=f, label=label, group=g, value=None, value_text=v, reference_text=r, effect=eff, log_odds=lo, status="known", evidence=(_e(9),))
            for f, label, g, v, r, eff, lo in _DRIVERS
        ),
        skill=skill,
        notes=("dated from signature, as the training data are",),
        evidence=(_e(1),),
    )  # fmt: skip
    return Assessment(
        foedus_version="0.1.0",
        generated="2026-01-02T03:04:05Z",
        question=Question(a="RUS", b="PRK", a_name="Russia", b_name="North Korea", as_of="2024-10-17", text="Is the alliance of Russia and North Korea sustainable, as of 2024-10-17?"),
        bottom_line=BottomLine(
            text="The treaty is likely to be in force in five years; if it ends, it is most likely to be replaced rather than broken.",
            likelihood_term="likely", probability=five.in_force, low=five.low80, high=five.high80, horizon_years=5,
            confidence="low",
            confidence_reasons=("few alliances resemble this one (effective number 17)", "the treaty is four months old and not in force", "data on endings stop in 2016"),
            would_change=(
                Change(what="The war in Ukraine ends", probability=five.in_force + 0.051, delta=0.051, basis="the driver set to its reference value"),
                Change(what="Regime change in Russia", probability=five.in_force - 0.12, delta=-0.12, basis="the driver set to yes"),
            ),
            evidence=(_e(1),),
        ),
        treaty=treaty.model_copy(
            update={
                "lineage": lineage,
                "sectors": (
                    SectorView(sector="defense", articles=("4", "8"), evidence=(_e(4),)),
                    SectorView(sector="science_technology", articles=("9", "10"), evidence=(_e(10),)),
                ),
            }
        ),
        forecast=forecast,
        relations=Relations(status="known", series=tuple(_series(n) for n in range(4))),
        order=Order(status="not_covered"),
        evidence=_evidence(),
        coverage=(
            CoverageItem(topic="Treaty text", status="known", detail="read article by article"),
            CoverageItem(topic="Leaders", status="not_covered", detail="not in this version"),
            CoverageItem(topic="Endings after 2016", status="not_covered", detail="the alliance data stop there"),
        ),
        assumptions=(
            Assumption(name="weight of a past year", value="halves every 15 years", why="endings became rarer after 1990"),
            Assumption(name="gap within a tie", value="31 days", why="a successor is often signed a little later"),
        ),
        sources=(
            SourceTerms(id="alliances", title="Alliance data", version="4.01", terms="free for research, with citation", citation="The authors (2005)."),
        ),
    )  # fmt: skip
