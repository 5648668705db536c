"""The trials in full: ``python -m tests.torture [NAME] [pytest's options]``, as ``make torture`` does."""

import sys

from tests.torture.tools.parts import main

if __name__ == "__main__":
    words = sys.argv[1:]
    name = words.pop(0) if words and not words[0].startswith("-") else ""
    sys.exit(main(name, words))
