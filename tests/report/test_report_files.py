"""Writing a report: whole or not at all, with one clear error."""

from __future__ import annotations

import builtins
import os
import sys

import pytest

from foedus.errors import MissingExtraError, OutputError, UsageError
from foedus.report import to_html, write


def test_the_suffix_picks_the_format(assessment, tmp_path):
    assert write(assessment, tmp_path / "a.json").read_text().startswith("{")
    assert write(assessment, tmp_path / "a.MD").read_text().startswith("# Is the alliance")
    assert write(assessment, tmp_path / "odd.txt", suffix=".md").read_text().startswith("# Is")
    assessment.to_json(str(tmp_path / "b.json"))
    assert (tmp_path / "b.json").read_bytes() == (tmp_path / "a.json").read_bytes()


@pytest.mark.parametrize(
    ("name", "says"), [("a.pdf", "print it from a browser"), ("a.docx", ".html"), ("a", ".html")]
)
def test_other_suffixes_are_refused_with_advice(assessment, tmp_path, name, says):
    with pytest.raises(UsageError, match=r"Hint: .*" + says):
        write(assessment, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(assessment, tmp_path):
    with pytest.raises(OutputError, match=r"there is no folder .*nowhere"):
        write(assessment, tmp_path / "nowhere" / "a.md")


def test_a_folder_is_not_a_file(assessment, tmp_path):
    (tmp_path / "a.md").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write(assessment, tmp_path / "a.md")


def test_a_full_disk_leaves_the_old_report_and_nothing_else(assessment, tmp_path, monkeypatch):
    target = tmp_path / "a.md"
    target.write_text("old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"No space left on device.*Hint: "):
        write(assessment, target)
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_a_killed_write_leaves_nothing(assessment, tmp_path, monkeypatch):
    def killed(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        write(assessment, tmp_path / "a.md")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="links and folder modes as on POSIX")
def test_a_link_is_written_through(assessment, tmp_path):
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    write(assessment, tmp_path / "link.md")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text().startswith("# Is")


@pytest.mark.parametrize(
    ("module", "package"), [("vl_convert", "vl-convert-python"), ("jinja2", "jinja2")]
)
def test_without_the_extra_the_error_names_the_install_command(
    assessment, tmp_path, monkeypatch, module, package
):
    real = builtins.__import__

    def blocked(name, *args, **kwargs):
        if name.split(".")[0] == module:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setattr(builtins, "__import__", blocked)
    with pytest.raises(MissingExtraError, match=rf"'{package}'.*foedus\[report\]"):
        write(assessment, tmp_path / "a.html")
    assert list(tmp_path.glob("*.html")) == []


def test_importing_the_report_loads_nothing_heavy():
    import subprocess

    code = (
        "import sys, foedus.report;"
        "print([m for m in ('polars','numpy','pydantic','jinja2','vl_convert','rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_same_assessment_gives_the_same_bytes(assessment, page):
    assert to_html(assessment) == page


def test_the_runtime_is_cached_and_a_spoilt_cache_is_not_used(own_cache):
    from foedus.report import svg

    first = svg.script()
    (cached,) = (own_cache / "report").iterdir()
    good = cached.read_bytes()
    cached.write_bytes(good[: len(good) // 2])
    assert svg.script() == first
    assert cached.read_bytes() == good


def test_an_unwritable_cache_is_done_without(tmp_path, monkeypatch):
    from foedus.report import svg

    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FOEDUS_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(svg.engine(), "javascript_bundle", lambda _: "window.x = '</script><!--';")
    assert svg.script() == r"window.x = '<\/script><\!--';"
