"""One file over HTTP: length and checksum verified, resumed, retried, mirrors tried in turn."""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import ChecksumError, DownloadError
from foedus.sources.cache import cache_error
from foedus.sources.describe import Download
from foedus.sources.sniff import sha256_of

#: Called with the bytes there are and the bytes expected (None when the server does not say).
Meter = Callable[[int, int | None], None]
_RETRY = frozenset({408, 425, 429, 500, 502, 503, 504})
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_PAGE = (b"<!doctype html", b"<html")


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient to be: attempts an address, seconds of backoff (doubling) and of silence."""

    attempts: int = 4
    backoff: float = 1.0
    longest_wait: float = 60.0
    timeout: float = 30.0
    chunk: int = 1 << 16


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was downloaded whole: from where, its digest, and whether a part was resumed."""

    path: Path
    url: str
    sha256: str
    size: int
    resumed: bool


class _TransientError(Exception):
    """Something that another attempt may get over; ``wait`` is what the server asked for."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class _PermanentError(Exception):
    """This address will not give the file; a mirror might."""


def fetch(
    download: Download,
    folder: Path,
    *,
    manners: Manners | None = None,
    meter: Meter | None = None,
) -> Fetched:
    """Download one file into ``folder`` under its name; the file appears only when it is right.

    Raises DownloadError when no address gives it whole, ChecksumError when what came is not the
    file on record, CacheError when it cannot be written. A part that came is kept for the next
    try unless the checksum was wrong.
    """
    manners = manners or Manners()
    troubles: list[str] = []
    wrong: ChecksumError | None = None
    for url in (download.url, *download.mirrors):
        part = _Part(folder, download.filename)
        sure = download.sha256 is not None
        try:
            resumed = _complete(url, part, manners, sure, meter or (lambda done, total: None))
            digest = sha256_of(part.path)
            if resumed and sure and digest != download.sha256:
                # The halves may come from two editions: once more from the beginning.
                part.discard()
                resumed = _complete(url, part, manners, sure, meter or (lambda done, total: None))
                digest = sha256_of(part.path)
            if download.sha256 is not None and digest != download.sha256:
                size = part.size()
                part.discard()
                wrong = _mismatch(url, download.sha256, digest, size)
                troubles.append(f"{url}: checksum differs")
                continue
            return _finish(part, folder / download.filename, url, digest, resumed)
        except _PermanentError as problem:
            troubles.append(f"{url}: {problem}")
        except OSError as problem:
            with contextlib.suppress(OSError):
                part.discard()
            raise cache_error(problem, folder, f"writing {download.filename}") from problem
    if wrong is not None:
        raise wrong
    raise DownloadError(
        f"{download.filename} could not be fetched: {'; '.join(troubles)}.",
        "try again later (a part that came is kept), or get the file by hand and run "
        "`foedus data import`.",
    )


def _mismatch(url: str, expected: str, got: str, size: int) -> ChecksumError:
    return ChecksumError(
        f"SHA-256 of {url} is {got} ({size} bytes), not {expected} as on record; the file was "
        "deleted and nothing imported.",
        "the publisher may have issued a new edition (then fetch it by hand and run `foedus data "
        "import`), a proxy or log-in page may have answered instead, or the transfer was damaged.",
    )


class _Part:
    """The unfinished file and, beside it, which address and edition it belongs to."""

    def __init__(self, folder: Path, filename: str) -> None:
        self.path = folder / f".{filename}.part"
        self.label = folder / f".{filename}.part.json"

    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def validator(self, url: str) -> str | None:
        """The ETag or date of the part on disk when it came from this address, else None."""
        try:
            label = json.loads(self.label.read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return label.get("validator") if label.get("url") == url else None

    def mark(self, url: str, validator: str | None) -> None:
        self.label.write_text(json.dumps({"url": url, "validator": validator}), "utf-8")

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)
        self.label.unlink(missing_ok=True)


def _finish(part: _Part, target: Path, url: str, digest: str, resumed: bool) -> Fetched:
    size = part.size()
    part.path.replace(target)
    part.label.unlink(missing_ok=True)
    return Fetched(target, url, digest, size, resumed)


def _complete(url: str, part: _Part, manners: Manners, sure: bool, meter: Meter) -> bool:
    """Attempts until the part is whole; True when an earlier part was built on.

    ``sure`` says that a checksum will tell whether the halves fit.
    """
    for attempt in range(manners.attempts):
        try:
            return _attempt(url, part, manners, sure, meter)
        except _TransientError as problem:
            if attempt + 1 == manners.attempts:
                raise _PermanentError(f"{problem}, after {manners.attempts} attempts") from problem
            wait = manners.backoff * 2**attempt if problem.wait is None else problem.wait
            time.sleep(min(wait, manners.longest_wait))
    raise AssertionError("attempts must be at least 1")


def _attempt(url: str, part: _Part, manners: Manners, sure: bool, meter: Meter) -> bool:
    import requests

    have = part.size()
    validator = part.validator(url)
    if have and validator is None and not sure:
        # Without a mark of the edition or a checksum, two halves could come from two files.
        part.discard()
        have = 0
    # identity: a compressed body would make lengths and ranges mean something else.
    headers = {"Accept-Encoding": "identity", "User-Agent": "foedus"}
    if have:
        headers["Range"] = f"bytes={have}-"
    if have and validator:
        headers["If-Range"] = validator
    try:
        answer = requests.get(url, headers=headers, stream=True, timeout=manners.timeout)
    except requests.exceptions.SSLError as problem:
        raise _PermanentError(f"its certificate was not accepted ({_short(problem)})") from problem
    except (requests.exceptions.ConnectionError, requests.exceptions.Timeout) as problem:
        raise _TransientError(f"no answer ({_short(problem)})") from problem
    except requests.exceptions.RequestException as problem:
        raise _PermanentError(_short(problem)) from problem
    with answer:
        start = _start(answer, part, have)
        part.mark(url, _validator(answer))
        total = _total(answer, start)
        _pour(answer, part, start, total, manners, meter)
    return start > 0


def _short(problem: Exception) -> str:
    return str(problem).splitlines()[0][:160] or type(problem).__name__


def _validator(answer: Any) -> str | None:
    # A weak ETag does not vouch for bytes, and If-Range must not carry it.
    etag = answer.headers.get("ETag")
    if etag and not etag.startswith("W/"):
        return etag
    return answer.headers.get("Last-Modified")


def _start(answer: Any, part: _Part, have: int) -> int:
    """Where the body begins; raises when there is no body to have."""
    code = answer.status_code
    if code == 206:
        found = _CONTENT_RANGE.match(answer.headers.get("Content-Range", ""))
        if found and int(found[1]) == have:
            return have
        part.discard()
        raise _TransientError("it answered with another range than asked for")
    if code == 200:
        return 0
    if code == 416:
        part.discard()
        raise _TransientError("it refused the rest of the file (416)")
    if code in _RETRY:
        raise _TransientError(f"it answered {code}", _asked_wait(answer.headers.get("Retry-After")))
    raise _PermanentError(f"it answered {code} {answer.reason or ''}".rstrip())


def _asked_wait(header: str | None) -> float | None:
    return float(header) if header and header.strip().isdigit() else None


def _total(answer: Any, start: int) -> int | None:
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        return None
    length = answer.headers.get("Content-Length", "")
    return start + int(length) if length.isdigit() else None


def _pour(
    answer: Any, part: _Part, start: int, total: int | None, manners: Manners, meter: Meter
) -> None:
    import requests

    done = start
    with part.path.open("r+b" if start else "wb") as handle:
        handle.seek(start)
        try:
            for piece in answer.iter_content(manners.chunk):
                if done == 0 and piece.lstrip()[:14].lower().startswith(_PAGE):
                    raise _PermanentError("it sent a web page instead of the file")
                handle.write(piece)
                done += len(piece)
                meter(done, total)
        except requests.exceptions.RequestException as problem:
            _settle(handle)
            raise _TransientError(f"it broke off at {done} of {_of(total)} bytes") from problem
        _settle(handle)
    if total is not None and done != total:
        raise _TransientError(f"it sent {done} of {total} bytes")


def _of(total: int | None) -> str:
    return str(total) if total is not None else "an unknown number of"


def _settle(handle: Any) -> None:
    handle.flush()
    os.fsync(handle.fileno())
