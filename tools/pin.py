"""Write the two lock files: exact versions and the SHA-256 of every file of each version.

    make pin        (or: python tools/pin.py, with `uv` on the PATH)

constraints.txt    everything: the package, the extra `report`, development, the build backend
requirements.txt   what `foedus` with the extra `report` runs on, a subset of the former

The resolution is universal: it holds for Python 3.11 and later on every platform, with markers
where the versions differ. Neither file names an index or a path, so both work against any mirror
that serves the same files; the hashes say that they are the same.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK, RUN = ROOT / "constraints.txt", ROOT / "requirements.txt"
HEAD = "# {what}\n# Written by `make pin`; install with: pip install --require-hashes -r {name}\n"
#: `editables` is what hatchling asks for when it installs the checkout in place.
BUILD_EXTRAS = ("editables>=0.5",)


def build_requirements() -> list[str]:
    """The build backend, pinned too, so that a build needs no isolation and no second download."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [*project["build-system"]["requires"], *BUILD_EXTRAS]


def resolve(extras: list[str], folder: Path, fixed: Path | None) -> str:
    """Resolve the project with ``extras``; ``fixed`` holds versions that must be kept."""
    tool = shutil.which("uv")
    if tool is None:
        raise SystemExit("tools/pin.py needs uv: `make pin` installs it into a folder of its own")
    build = folder / "build.in"
    build.write_text("\n".join(build_requirements()) + "\n", encoding="utf-8")
    out = folder / "lock.txt"
    out.unlink(missing_ok=True)
    command = [tool, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-package", "foedus"]
    command += [*extras, "pyproject.toml", str(build), "--output-file", str(out)]
    if fixed:
        # A lock of its own would let the two drift apart.
        pins = re.sub(r"\s*\\\n\s*--hash=\S+", "", fixed.read_text(encoding="utf-8"))
        (folder / "fixed.txt").write_text(pins, encoding="utf-8")
        command += ["--constraint", str(folder / "fixed.txt")]
    else:
        command += ["--upgrade"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("UV_")}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return out.read_text(encoding="utf-8")


def checked(text: str) -> str:
    """The lock, refused when it names an address or a path, or a package has no hash."""
    for line in text.splitlines():
        if "://" in line or re.search(r"(^|\s)(file:|/|\.\.?/)", line):
            raise SystemExit(f"an address or a path in the lock: {line}")
    for package in re.split(r"\n(?=\S)", text.strip()):
        if "--hash=sha256:" not in package:
            raise SystemExit(f"no hash: {package.splitlines()[0]}")
    return text


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        everything = checked(resolve(["--all-extras"], folder, None))
        what = "Every package foedus is built, run, tested and checked with."
        LOCK.write_text(HEAD.format(what=what, name=LOCK.name) + everything, encoding="utf-8")
        run = checked(resolve(["--extra", "report"], folder, LOCK))
        what = "What foedus with the extra `report` runs on; the same versions as constraints.txt."
        RUN.write_text(HEAD.format(what=what, name=RUN.name) + run, encoding="utf-8")
    for path in (LOCK, RUN):
        print(f"{path.name}: {path.read_text().count('==')} packages", file=sys.stderr)


if __name__ == "__main__":
    main()
