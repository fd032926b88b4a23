"""The one family of errors: every message says what is wrong, every hint what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class FoedusError(Exception):
    """Base of all named errors. ``message`` says what was wrong and where; ``hint`` what to do.

    The command line prints ``str(error)`` as one line and exits with 1.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        line = f"{type(self).__name__}: {self.message}"
        return f"{line} Hint: {self.hint}" if self.hint else line


class UsageError(FoedusError):
    """An argument does not make sense by itself or beside another one."""


class DateError(FoedusError):
    """A text that is not a date, or a date outside what the question allows."""


class UnknownStateError(FoedusError):
    """No state of the system since 1816 goes by that name or code."""


class AmbiguousStateError(FoedusError):
    """Several states go by that name; a date or a code would decide."""


class NotAMemberError(FoedusError):
    """The state was not a member of the state system on that date."""


class NoAllianceError(FoedusError):
    """No treaty of alliance known to foedus binds the pair on that date."""


class UnknownTreatyError(FoedusError):
    """No treaty with that identifier."""


class RegisterError(FoedusError):
    """A curated file breaks the register's schema."""


class ForeignLayoutError(FoedusError):
    """A file is not laid out as the source it was taken for."""


class TruncatedFileError(FoedusError):
    """A file stops before its last record is complete, or has fewer rows than its edition."""


class ChecksumError(FoedusError):
    """A file's digest differs from the one on record."""


class DownloadError(FoedusError):
    """A publisher or mirror could not be reached, or sent something else than asked for."""


class CacheError(FoedusError):
    """The cache cannot be read or written (full disk, read-only folder, foreign lock)."""


class MissingDataError(FoedusError):
    """An analysis needs a data set that has not been imported."""


class MissingExtraError(FoedusError):
    """A feature needs an optional dependency; the hint names the install command."""

    def __init__(self, feature: str, extra: str, package: str) -> None:
        super().__init__(
            f"{feature} needs the package {package!r}, which is not installed.",
            f'pip install "foedus[{extra}]"',
        )


class OutputError(FoedusError):
    """A report or table cannot be written where it was asked for."""


class ModelError(FoedusError):
    """A model cannot be fitted, read or applied."""


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint with the closest known words, or None when nothing is close."""
    close = get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(close)}?" if close else None
