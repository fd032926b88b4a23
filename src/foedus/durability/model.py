"""The fitted model on disk: small arrays per vintage, and one readable card."""

from __future__ import annotations

import io
import json
import zlib
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from foedus.durability.design import CAUSES, COLUMNS, Scaler
from foedus.durability.fit import HazardFit, Settings
from foedus.durability.tie import TieFit
from foedus.durability.train import Vintage
from foedus.errors import CacheError, ModelError
from foedus.files import write_atomically

FORMAT = 3
CARD = "model.json"
EMBEDDED = Path(__file__).parent / "fitted"


@dataclass(frozen=True)
class FittedModel:
    """A folder of vintages. Reading is lazy: one forecast needs one vintage."""

    folder: Path

    @cached_property
    def card(self) -> dict[str, Any]:
        """The model card: settings, data hashes, calibration, backtest scores."""
        path = self.folder / CARD
        try:
            card = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ModelError(f"no model in {self.folder.name}.", "run foedus train") from None
        except (OSError, ValueError) as problem:
            raise ModelError(f"{CARD} cannot be read ({problem}).", "run foedus train") from None
        known = isinstance(card, dict) and card.get("format") == FORMAT
        if not known or card.get("columns") != list(COLUMNS):
            raise ModelError(
                "the fitted model was written by another version of foedus.", "run foedus train"
            )
        return card

    @property
    def vintages(self) -> list[int]:
        return [int(y) for y in self.card["vintages"]]

    def vintage_for(self, year: int) -> int | None:
        """The newest vintage that knows nothing later than the end of ``year``; None before any."""
        known = [v for v in self.vintages if v <= year]
        return max(known) if known else None

    def hazard(self, vintage: int) -> HazardFit:
        """The competing-risks fit of a vintage."""
        a = self._arrays(vintage)
        info = self.card["vintages"][str(vintage)]
        size = a["coef"].size
        return HazardFit(
            coef=a["coef"].astype(np.float64),
            chol=_unpack(a["chol"], size),
            scaler=Scaler(a["mean"], a["sd"]),
            settings=Settings(**info["settings"]),
            tau=info["wave_spread"],
            tau_late=info["wave_spread_late"],
            through=vintage,
            n_alliances=info["alliances"],
            n_years=info["alliance_years"],
            n_events=tuple(info["endings"][c] for c in CAUSES),
        )

    def tie(self, vintage: int) -> TieFit:
        """The bridge from treaty to tie of a vintage."""
        a = self._arrays(vintage)
        info = self.card["vintages"][str(vintage)]["tie"]
        return TieFit(
            coef=a["tie_coef"],
            chol=_unpack(a["tie_chol"], len(a["tie_coef"])),
            mean=a["tie_mean"],
            sd=a["tie_sd"],
            through=vintage,
            **info,
        )

    def _arrays(self, vintage: int) -> dict[str, np.ndarray]:
        path = self.folder / f"vintage-{vintage}.npz"
        try:
            with np.load(path) as stored:
                return {k: stored[k] for k in stored.files}
        except (OSError, ValueError, EOFError, BadZipFile, zlib.error) as problem:
            raise ModelError(
                f"{path.name} cannot be read ({problem}).", "run foedus train again"
            ) from None


def cached_model_folder(root: Path) -> Path:
    """Where `foedus train` writes: a folder of the user's cache."""
    return root / "models" / "durability"


def load_model(folder: Path | None = None) -> FittedModel:
    """The model in ``folder``, or the one that ships with the package."""
    return FittedModel(folder or EMBEDDED)


def save_model(
    folder: Path,
    fitted: dict[int, Vintage],
    ties: dict[int, TieFit],
    about: dict[str, Any],
) -> FittedModel:
    """Write the vintages and, last, the card; every file appears whole or not at all."""
    vintages = {}
    for year, vintage in sorted(fitted.items()):
        fit, tie = vintage.fit, ties[year]
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            coef=fit.coef.astype(np.float32),
            chol=_pack(fit.chol),
            mean=fit.scaler.mean,
            sd=fit.scaler.sd,
            tie_coef=tie.coef,
            tie_chol=_pack(tie.chol),
            tie_mean=tie.mean,
            tie_sd=tie.sd,
        )
        write_whole(folder / f"vintage-{year}.npz", buffer.getvalue())
        vintages[str(year)] = {
            "settings": asdict(fit.settings),
            "chosen_by_log_score": vintage.log_scores,
            "wave_spread": round(fit.tau, 4),
            "wave_spread_late": round(fit.tau_late, 4),
            "alliances": fit.n_alliances,
            "alliance_years": fit.n_years,
            "endings": dict(zip(CAUSES, fit.n_events, strict=True)),
            "tie": {
                "exit_rate": tie.exit_rate,
                "exits": tie.exits,
                "member_years": tie.member_years,
                "n_endings": tie.n_endings,
            },
        }
    card = {"format": FORMAT, "columns": list(COLUMNS), **about, "vintages": vintages}
    text = json.dumps(card, indent=1, ensure_ascii=False) + "\n"
    write_whole(folder / CARD, text.encode())
    return FittedModel(folder)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of a model or snapshot, whole or not at all; CacheError on failure."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
    except OSError as problem:
        raise CacheError(
            f"{path.name} could not be written ({problem.strerror}); nothing was changed.",
            "free space or choose a folder that can be written",
        ) from None


def _pack(lower: np.ndarray) -> np.ndarray:
    """Lower triangle as half-precision floats: three significant digits are plenty for a spread."""
    return lower[np.tril_indices(len(lower))].astype(np.float16)


def _unpack(packed: np.ndarray, size: int) -> np.ndarray:
    out = np.zeros((size, size))
    out[np.tril_indices(size)] = packed
    return out
