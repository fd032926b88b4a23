"""The tie of a pair, kept apart from the treaty: are the two still allied by any treaty?

Chance that a treaty binds the pair h years ahead = chance that this treaty is in force and both are
still in it, plus, for every way it can end by then, the chance of that ending times the chance that
another treaty binds the pair afterwards. The latter is a pooled logit over past endings (cause,
other treaties between the two, size of the alliance, years since); exits of single members from
alliances of many happen at a rate counted from the record. So a forecast for the tie can never fall
below that of a bilateral treaty it contains.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from foedus.durability.design import CAUSES, Scaler
from foedus.durability.fit import fit_multinomial, prior_precision
from foedus.durability.forecast import DRAWS, SEED
from foedus.panel.timeline import AllianceSpan, Bonds
from foedus.panel.world import FIRST

REACH = 20
HALF_LIFE = 30.0
#: One exit in 300 member-years stands in before any is on record.
PRIOR_EXITS, PRIOR_YEARS = 1.0, 300.0
COLUMNS = (*CAUSES, "other_ties", "multilateral", "years_since")


@dataclass(frozen=True, slots=True)
class TieFit:
    """``coef`` (1 + 7,), ``chol`` factor of its covariance; ``exit_rate`` per member-year."""

    coef: np.ndarray
    chol: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    exit_rate: float
    exits: int
    member_years: float
    n_endings: int
    through: int


def _features(
    cause: np.ndarray, other: np.ndarray, many: np.ndarray, since: np.ndarray
) -> np.ndarray:
    one_hot = (cause[:, None] == np.arange(len(CAUSES))).astype(float)
    return np.column_stack([one_hot, np.log1p(other), many, np.log1p(since)])


def fit_tie(all_spans: list[AllianceSpan], web: Bonds, through: int) -> TieFit:
    """Fit on the endings up to and including ``through``, with what followed by then.

    Each ending weighs one, however many pairs it unbinds and years it is followed for, and endings
    count half for every 30 years back.
    """
    rows: list[tuple[int, int, float, int, bool, float]] = []
    endings = 0
    for span in all_spans:
        if span.ended is None or span.ended.year > through or span.cause not in CAUSES:
            continue
        end = span.ended.year
        members = np.unique(span.rows[span.present(end)])
        followed = range(end, min(end + REACH, through) + 1)
        pairs = [(i, j) for a, i in enumerate(members) for j in members[a + 1 :]]
        weight = 0.5 ** ((through - end) / HALF_LIFE) / (len(pairs) * len(followed))
        endings += 1
        for i, j in pairs:
            # An alliance that ends in its first year was not yet in the count of the year before.
            own = int(span.signed.year < end)
            other = max(int(web.pair[i, j, end - 1 - FIRST]) - own, 0)
            for year in followed:
                tied = bool(web.pair[i, j, year - FIRST] > 0)
                rows.append(
                    (CAUSES.index(span.cause), other, len(members) > 2, year - end, tied, weight)
                )
    exits, years = _exits(all_spans, through)
    rate = (exits + PRIOR_EXITS) / (years + PRIOR_YEARS)
    if not rows:
        zero = np.zeros(1 + len(COLUMNS))
        eye = np.eye(len(zero))
        return TieFit(zero, eye, zero[1:], zero[1:] + 1, rate, exits, years, 0, through)
    cause, other, many, since, tied, weight = (np.array(c, float) for c in zip(*rows, strict=True))
    raw = _features(cause, other, many, since)
    scaler = Scaler.fit(raw, weight)
    design = scaler.transform(raw)
    # Rows of one ending are one observation in all: the weights add up to the number of endings.
    coef, cov = fit_multinomial(
        design,
        tied.astype(int),
        weight,
        np.zeros(len(raw)),
        prior_precision(1, design.shape[1], 4.0, 4.0),
        1,
    )
    return TieFit(
        coef=coef.ravel(),
        chol=np.linalg.cholesky((cov + cov.T) / 2),
        mean=scaler.mean,
        sd=scaler.sd,
        exit_rate=rate,
        exits=exits,
        member_years=years,
        n_endings=endings,
        through=through,
    )


def _exits(all_spans: list[AllianceSpan], through: int) -> tuple[int, float]:
    """Members who left an alliance of three or more that went on, and member-years at risk."""
    exits, years = 0, 0.0
    for span in all_spans:
        # Who joins later does not make an alliance of two one of many today.
        if len(np.unique(span.rows[span.joined(through + 1)])) < 3:
            continue
        over = span.ended.year if span.ended else 9999
        for row in np.unique(span.rows):
            mine = [
                (a, b) for r, a, b in zip(span.rows, span.entry, span.exit, strict=True) if r == row
            ]
            start, stop = min(a for a, _ in mine), max(b for _, b in mine)
            if start.year > through:
                continue
            until = min(stop.year if stop != date.max else 9999, over, through)
            years += max(until - start.year, 0)
            left = stop != date.max and stop.year < over and stop.year <= through
            exits += int(left)
    return exits, years


def stays_allied(
    fit: TieFit,
    in_force: np.ndarray,
    ends: np.ndarray,
    other_ties: int,
    multilateral: bool,
    *,
    mode_only: bool = False,
) -> np.ndarray:
    """Chance that some treaty binds the pair in each year ahead, shaped as ``in_force``.

    ``in_force`` (draws, H), ``ends`` (draws, H, K). ``other_ties``: other treaties between the two
    today. ``mode_only`` leaves out the uncertainty of the bridge from treaty to tie.
    """
    draws, horizon = in_force.shape
    ahead = np.arange(1, horizon + 1)
    k = np.arange(len(CAUSES))
    cause, since = (g.ravel() for g in np.meshgrid(k, ahead / 2.0, indexing="ij"))
    many = np.full(cause.shape, float(multilateral))
    raw = _features(cause, np.full(cause.shape, float(other_ties)), many, since)
    z = (raw - fit.mean) / np.where(fit.sd > 0, fit.sd, 1.0)
    design = np.concatenate([np.ones((len(z), 1)), z], axis=1)
    coef = np.repeat(fit.coef[None], draws, 0)
    if not mode_only:
        rng = np.random.default_rng(SEED + 1)
        half = rng.standard_normal(((draws + 1) // 2, len(fit.coef)))
        coef = coef + np.concatenate([half, -half])[:draws] @ fit.chol.T
    after = 1 / (1 + np.exp(-(coef @ design.T)))
    after = after.reshape(draws, len(CAUSES), horizon).transpose(0, 2, 1)
    both = np.exp(-2 * fit.exit_rate * ahead) if multilateral else np.ones(horizon)
    left = in_force * (1 - both) * after[:, :, 0]
    return in_force * both + left + (ends * after).sum(-1)


__all__ = ["COLUMNS", "DRAWS", "TieFit", "fit_tie", "stays_allied"]
