"""The program as it is, but for the command that drains a HID device: here one is a socket (``plugged_drain.py``)."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
MODULE = "tests.devices.hid.plugged_drain"
PROGRAM = f"import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); runpy.run_module({MODULE!r}, None, '__main__')"


def drain_of(kind: str, path: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", PROGRAM, str(ROOT), kind, path]


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from devices.readers.hid.hid_reader import HidReader

    (HidReader.__init__.__kwdefaults__ or {})["command"] = drain_of
    from scanner_app.__main__ import main

    main()
