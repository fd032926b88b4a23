"""Check curated treaty files: ``python -m foedus.register.validate [FILES]`` (default: all).

Prints one line a problem (file, field, what is wrong, hint) and exits 1 when there is an error.
Rules between files (lineage, ATOP ids) are checked against the whole register.
"""

from __future__ import annotations

import sys
from pathlib import Path

from foedus.errors import RegisterError
from foedus.register.load import FOLDER, read_treaty
from foedus.register.model import Treaty
from foedus.register.reader import Problem, Problems
from foedus.register.rules import check_register


def validate(files: list[Path] | None = None) -> list[Problem]:
    """All problems of ``files`` (None: every treaty of the register), errors and warnings."""
    treaties: dict[str, Treaty] = {}
    books: dict[str, Problems] = {}
    asked = [path.resolve() for path in files] if files is not None else None
    listed = sorted(FOLDER.glob("*.toml"))
    extra = [path for path in asked or [] if path not in {item.resolve() for item in listed}]
    result: list[Problems] = []
    for path in [*listed, *extra]:
        wanted = asked is None or path.resolve() in asked
        try:
            treaty, problems = read_treaty(path)
        except (RegisterError, OSError) as problem:
            problems = Problems(path.name)
            problems.error("file", str(getattr(problem, "message", problem)))
        else:
            treaties[treaty.id] = treaty
            books[treaty.id] = problems
        if wanted:
            result.append(problems)
    check_register(treaties, books)
    return [problem for problems in result for problem in problems.found]


def main(arguments: list[str]) -> int:
    """Print the problems; 0 when no file has an error."""
    files = [Path(argument) for argument in arguments]
    problems = validate(files or None)
    for problem in problems:
        print(problem)
    errors = sum(not problem.warning for problem in problems)
    count = len(files) or len(list(FOLDER.glob("*.toml")))
    print(f"{count} files, {errors} errors, {len(problems) - errors} warnings")
    return 1 if errors else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
