"""One writer at a time: an advisory lock that the system releases when its holder dies."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

from foedus.errors import CacheError

try:
    import fcntl
except ImportError:  # Windows has byte-range locks instead of flock
    fcntl = None


def _take(handle: int) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:  # pragma: no cover - not exercised on POSIX
            import msvcrt

            # Byte 1 GiB: locked far behind the holder's number, which must stay readable.
            os.lseek(handle, 1 << 30, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError as problem:
        if problem.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True


def _holder(path: Path) -> str:
    with contextlib.suppress(OSError, ValueError):
        return f"process {int(path.read_text('ascii').strip())}"
    return "another process"


@contextlib.contextmanager
def writing(path: Path, *, wait: float = 10.0) -> Iterator[None]:
    """Hold the lock file at ``path``; CacheError when another process keeps it for ``wait`` s.

    The kernel drops the lock with the process, so a killed import never blocks the next one; the
    number written into the file only serves the message.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + wait
        while not _take(handle):
            if time.monotonic() >= deadline:
                raise CacheError(
                    f"{_holder(path)} is writing to the cache {path.parent}; nothing was changed.",
                    "wait until it is done, or set FOEDUS_HOME to another folder.",
                )
            time.sleep(0.1)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0) if hasattr(os, "pwrite") else None
        yield
    finally:
        os.close(handle)
