"""Trouble below the program: a library loaded before the C library makes fsync fail or slow, or the clock wrong."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_suffix(".c")


class Trouble:
    """``environment`` is for the processes that shall have it; the other methods change what they meet from now on."""

    def __init__(self, folder: Path) -> None:
        if not sys.platform.startswith("linux"):
            pytest.skip("a library is only loaded before the C library on Linux")
        compiler = shutil.which("gcc") or shutil.which("cc")
        if compiler is None:
            pytest.skip("no C compiler is installed")
        self._library = folder / "trouble.so"
        self._mode = folder / "trouble"
        self._mode.touch()
        command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(self._library), str(SOURCE), "-ldl"]
        subprocess.run(command, check=True, capture_output=True, timeout=60)

    def environment(self, clock_s: int = 0) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(self._library),
            "TROUBLE_FILE": str(self._mode),
            "TROUBLE_CLOCK_S": str(clock_s),
        }

    def fail(self) -> None:
        """Each fsync reports an error of the device."""
        self._mode.write_text("E")

    def slow(self) -> None:
        """Each fsync takes 5 ms longer, as flash does."""
        self._mode.write_text("S")

    def end(self) -> None:
        self._mode.write_text("")
