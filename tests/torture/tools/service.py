"""The centre served by ``scanner central serve``, in a process of its own, over a database of either engine."""

import subprocess
import sys
from pathlib import Path

from tests.sync.centre import Centre
from tests.torture.tools.site import PATIENCE_S, free_port


class Service(Centre):
    """``database`` is the store's address; without one it is the file in ``folder``."""

    def __init__(self, folder: Path, database: str = "") -> None:
        super().__init__(folder)
        self._path = database or self._path
        self.config = folder / "config.toml"
        address = database or f"sqlite:///{self._path}"
        self.config.write_text(f'[device]\ndata_dir = "{folder}"\n[central]\ndatabase = "{address}"\n')
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._port = self._port or free_port()
        command = self._command("serve", "--port", str(self._port))
        with self.config.with_suffix(".log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, start_new_session=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline().startswith(b"Serving on")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE_S)
        self._process = None

    def verified(self) -> str:
        return subprocess.run(
            self._command("verify"), capture_output=True, text=True, timeout=PATIENCE_S, check=False
        ).stdout

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "scanner_app", "--config", str(self.config), "central", *arguments]
