"""What the documents promise: commands that exist, factors as coded, lazy imports, named errors."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ("README.md", "docs/how-to.md", "docs/methods.md", "docs/index.md", "CONTRIBUTING.md")
HEAVY = ("polars", "numpy", "pydantic", "dataframely", "jinja2", "vl_convert", "rich", "pooch")


def commands() -> list[str]:
    """Every `foedus ...` line of the documents' console blocks, without what follows a pipe."""
    found: dict[str, None] = {}
    for name in DOCS:
        text = (ROOT / name).read_text(encoding="utf-8")
        for block in re.findall(r"```(?:console|sh|bash)\n(.*?)```", text, flags=re.S):
            for line in block.splitlines():
                line = line.strip().removeprefix("$ ")
                for part in re.split(r"&&|\|", line.split("  #")[0]):
                    if part.strip().startswith("foedus "):
                        found[part.strip().split(" > ")[0]] = None
    return list(found)


def test_the_documents_show_the_commands():
    assert len(commands()) >= 15


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_documents_exists_and_takes_these_arguments(command):
    from foedus.cli import app

    words = [w for w in shlex.split(command)[1:] if w not in ("[...]", "...")]
    # Parses and binds, resolving the lazy command, without running it.
    app.parse_args(words, exit_on_error=False, print_error=False)


def test_make_targets_of_the_documents_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.M))
    for name in DOCS:
        text = (ROOT / name).read_text(encoding="utf-8")
        for used in re.findall(r"\bmake ([a-z]+)\b(?=[`\n])", text):
            assert used in targets, f"{name}: make {used}"


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        text = path.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)\s#]+)", text):
            if not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)} -> {target}")
    assert broken == []


@pytest.mark.parametrize("what", ["import foedus", "from foedus.cli import main; main(['--help'])"])
def test_nothing_heavy_loads_before_it_is_needed(what):
    # rich draws the help page; it is light enough, and no part of `import foedus`.
    heavy = set(HEAVY) - ({"rich"} if "main" in what else set())
    script = (
        "import sys\ntry:\n    " + what.replace("; ", "\n    ") + "\nexcept SystemExit: pass\n"
        f"print('LOADED', sorted(set(sys.modules) & {heavy!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_the_table_of_factors_is_the_one_in_the_code():
    script = ROOT / "tools" / "factor_table.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_scores_the_readme_quotes_are_those_of_the_model_that_ships():
    script = ROOT / "tools" / "readme.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_named_error_says_what_it_stands_for():
    from foedus.errors import FoedusError

    def family(cls: type) -> list[type]:
        return [cls, *(x for sub in cls.__subclasses__() for x in family(sub))]

    for cls in family(FoedusError):
        assert (cls.__doc__ or "").strip().endswith("."), cls.__name__


def test_decisions_are_short_and_say_what_was_decided():
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert len(pages) >= 8
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith("# "), page.name
        assert "**Decided:**" in text, page.name
        assert len(text.split()) < 350, page.name
