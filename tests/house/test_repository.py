"""What holds for the repository as a whole: locks, tracked files, the changelog, the wheel."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("constraints.txt", "requirements.txt")


def packages(name: str) -> dict[str, str]:
    """Requirement line (name==version ; marker) -> its whole entry with hashes."""
    text = (ROOT / name).read_text(encoding="utf-8")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    entries = re.split(r"\n(?=\S)", body.strip())
    return {e.splitlines()[0].rstrip(" \\"): e for e in entries}


def tracked() -> list[Path]:
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / p for p in done.stdout.split("\0") if p and (ROOT / p).is_file()]


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_its_hashes(name):
    found = packages(name)
    assert len(found) > 20
    for line, entry in found.items():
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; .+)?$", line), line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), f"{line} has no hash"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index_and_no_path(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"index-url|find-links|trusted-host|(^|\s)(file:|~?/|\.{1,2}/)", text)


def test_what_foedus_runs_on_is_part_of_the_whole_lock():
    whole = packages("constraints.txt")
    assert {k: whole.get(k) for k in packages("requirements.txt")} == packages("requirements.txt")


def test_every_declared_dependency_and_the_build_backend_are_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = list(project["build-system"]["requires"]) + list(project["project"]["dependencies"])
    for extra in project["project"]["optional-dependencies"].values():
        declared += [d for d in extra if not d.startswith("foedus")]
    names = {re.match(r"[A-Za-z0-9_-]+", d).group().lower().replace("_", "-") for d in declared}
    locked = {k.split("==")[0] for k in packages("constraints.txt")}
    assert names <= locked


def test_no_tracked_file_names_a_machine_or_a_registry():
    # Built from pieces, so that this file does not hold what it looks for.
    slash = "/"
    words = [slash + w + slash for w in ("work", "farm", "root")]
    words += [slash.join(("", "tmp", "bash_jobs")), slash.join(("", "home", ""))]
    words += ["pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "deb." + "debian"]
    pattern = re.compile("|".join(rf"(?<![\w.]){re.escape(w)}" for w in words))
    hits = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for line in text.splitlines():
            # A test that asserts the absence of a path names it.
            if pattern.search(line) and not re.match(r"\s*assert .* not in ", line):
                hits.append(f"{path.relative_to(ROOT)}: {line.strip()[:80]}")
    assert hits == []


def test_no_tracked_file_is_a_copy_of_the_development_data(shared_dir):
    import hashlib

    known = (shared_dir / "data" / "PROVENANCE.csv").read_text(encoding="utf-8")
    copies = []
    for path in tracked():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if path.stat().st_size and digest in known:
            copies.append(path.name)
    assert copies == []


def test_the_changelog_has_the_current_version():
    from foedus import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == __version__
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_wheel_holds_the_data_an_offline_assessment_reads(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    package = ROOT / "src" / "foedus"
    expected = {
        p.relative_to(ROOT / "src").as_posix()
        for p in package.rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert expected <= inside
    for kind in (
        "foedus/states/facts/",
        "foedus/register/treaties/rus-prk-2024.toml",
        "foedus/durability/fitted/model.json",
        "foedus/assessment/data/alliance_years.parquet",
        "foedus/report/templates/page.html.j2",
        "foedus/panel/recent_wars.toml",
        "foedus/py.typed",
    ):
        assert any(name.startswith(kind) for name in inside), kind
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert not any(name.startswith("tests/") for name in inside)
