"""``python -m foedus``: the same as the command ``foedus``."""

from foedus.cli import main

main()
