"""From factors to the matrix a hazard is fitted on: age basis, scaling, missing values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.panel.factors import NAMES

CAUSES = ("violated", "renegotiated", "scheduled", "state_death")
#: Basis of alliance age in years: log, the first three years, beyond ten, beyond thirty.
AGE_TERMS = ("age_log", "age_first_three", "age_past_ten", "age_past_thirty")
COLUMNS = (*NAMES, *AGE_TERMS)
#: Standard scores are cut here: one odd state must not drive a forecast.
CLIP = 4.0


def age_basis(age: np.ndarray) -> np.ndarray:
    """(n,) years -> (n, 4) columns named AGE_TERMS."""
    return np.stack(
        [
            np.log1p(age),
            np.minimum(age, 3),
            np.maximum(age - 10, 0) / 10,
            np.maximum(age - 30, 0) / 10,
        ],
        axis=-1,
    )


@dataclass(frozen=True, slots=True)
class Scaler:
    """Weighted mean and standard deviation of each column, each of shape (p,)."""

    mean: np.ndarray
    sd: np.ndarray

    @classmethod
    def fit(cls, raw: np.ndarray, weights: np.ndarray) -> Scaler:
        """``raw`` (n, p) with NaN where unknown, ``weights`` (n,)."""
        known = np.isfinite(raw)
        filled = np.where(known, raw, 0.0)
        mass = np.maximum((weights[:, None] * known).sum(0), 1e-9)
        mean = (filled * weights[:, None] * known).sum(0) / mass
        gap = np.where(known, raw - mean, 0.0)
        sd = np.sqrt((gap**2 * weights[:, None]).sum(0) / mass)
        return cls(mean, np.where(sd < 1e-6, 1.0, sd))

    def transform(self, raw: np.ndarray) -> np.ndarray:
        """(..., p) -> (..., 1 + p): intercept, then standard scores; unknown enters at the mean."""
        z = (raw - self.mean) / self.sd
        z = np.clip(np.where(np.isfinite(z), z, 0.0), -CLIP, CLIP)
        return np.concatenate([np.ones((*z.shape[:-1], 1)), z], axis=-1)
