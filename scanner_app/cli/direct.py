"""The two commands that a worker waits for, ``scanner [--config FILE] run | line``, without the command line's library.

Click costs the way to the first prompt 13 ms and the program 1 MB for as long as it runs; any other way to write these
commands goes through it.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from scanner_app.cli.exit import complain, end, failed, guard, whisper
from scanner_app.errors import ScannerError
from screens.charset.encoding import fit_streams


class Direct(NamedTuple):
    """``command`` is ``run`` or ``line``."""

    command: str
    config_path: Path | None


def direct(arguments: Sequence[str]) -> Direct | None:
    """Recognise the two commands as they are usually written; ``None`` for everything else.

    >>> direct(["--config", "bay.toml", "run"]).command
    'run'
    """
    match arguments:
        case ["run" | "line" as command]:
            return Direct(command, None)
        case ["--config", path, "run" | "line" as command]:
            return Direct(command, Path(path))
        case _:
            return None


def run_direct(asked: Direct) -> NoReturn:
    """Work until the operator leaves, say in one sentence what is wrong, and end the process."""
    from scanner_app import app
    from scanner_app.config import load

    code = 0
    guard()
    try:
        config = load(asked.config_path, os.environ, Path.cwd()).config
        fit_streams(config.device.encoding, os.environ)
        work = app.run_screen if asked.command == "run" else app.run_lines
        whisper(work(config, os.environ, complain))
    except ScannerError as error:
        complain(error)
        code = 1
    except OSError as error:
        code = failed(error)
    except KeyboardInterrupt:
        code = 130
    end(code)
