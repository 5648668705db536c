"""A device without a centre, for trials of the program: enrolled, with a small site in its cache."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.screens.terminals import PATIENCE_S, Terminal
from tests.warehouse import filled

Ended = tuple[int, str]


class Device:
    """An enrolled device whose centre does not answer, and the program on it."""

    def __init__(self, folder: Path) -> None:
        filled(folder / "device").close()
        self.config = folder / "config.toml"
        self.config.write_text('[device]\ndata_dir = "device"\n[central]\ndatabase = "sqlite:///central.db"\n')

    def scanner(self, *arguments: str, stdout: int, given: str = "", unbuffered: str = "") -> Ended:
        done = subprocess.run(
            [sys.executable, "-m", "scanner_app", "--config", str(self.config), *arguments],
            stdout=stdout,
            stderr=subprocess.PIPE,
            input=given,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            timeout=PATIENCE_S * 3,
            check=False,
        )
        return done.returncode, done.stderr

    def terminal(self, *arguments: str, unbuffered: str = "", module: str = "scanner_app") -> Terminal:
        environment = {"PYTHONUNBUFFERED": unbuffered}
        return Terminal(module, *arguments, width=40, height=12, environment=environment)

    def entered(self) -> int:
        with closing(filled(self.config.parent / "device")) as store:
            return int(store.file.database.execute("SELECT count(*) FROM verdict").fetchone()[0])
