"""The laws under atheris, which follows the branches that each input takes.

Usage: ``python -m tests.torture.tools.fuzz CORPUS ...``, with the options of libFuzzer; what it finds interesting is
kept in the folder CORPUS.
"""

import importlib
import sys


def main() -> None:
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(
        include=["scanner_app.domain", "scanner_app.session", "screens", "devices", "tests.torture.tools.laws"]
    ):
        laws = importlib.import_module("tests.torture.tools.laws")
    atheris.Setup(sys.argv, laws.obey)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
