"""The intervals are judged by whether they hold what happened."""

from __future__ import annotations

import pytest

from foedus.durability import load_model


def test_the_shipped_card_says_how_often_the_intervals_held() -> None:
    for row in load_model().card["interval_coverage"]:
        total = row["held"] + row["fewer_endings_than_interval"] + row["more_endings_than_interval"]
        assert total == row["origins"] >= 20
        # Far below what an 80% interval claims would be no interval at all.
        assert row["held"] / row["origins"] > 0.4


@pytest.mark.parametrize(("seen", "held"), [("as forecast", True), ("none", False), ("all", False)])
def test_an_interval_fails_when_what_happened_lies_outside(seen: str, held: bool) -> None:
    from types import SimpleNamespace

    import numpy as np

    from foedus.durability import coverage

    n = 200

    class Table:
        def at_risk(self, year: int) -> np.ndarray:
            return np.arange(n)

        def subjects(self, rows: np.ndarray) -> list[int]:
            return list(rows)

        def ended_by(self, rows: np.ndarray, year: int) -> np.ndarray:
            share = {"as forecast": 0.3, "none": 0.0, "all": 1.0}[seen]
            return (np.arange(n) < share * n).astype(int)

    stay = SimpleNamespace(in_force=np.full((coverage.DRAWS, 5), 0.7))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coverage, "incidence", lambda *a, **k: stay)
        patch.setattr(coverage, "project", lambda *a: None)
        patch.setattr(coverage, "draw_coefficients", lambda *a: None)
        out = coverage.interval_coverage(
            Table(),
            {1950: SimpleNamespace(fit=None)},
            horizon=5,
            years=[1950],  # type: ignore[arg-type]
        )
    assert (out["held"] == 1) is held
