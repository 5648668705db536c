"""Sends what a gun sends, from a process of its own: ``python -I -S feeder.py PATH PAUSE_US``.

Standard input has a report a line, in hexadecimal. It ends, with 1, when the device is unplugged.
"""

import os
import sys
import time


def main(path: str, pause_us: int) -> int:
    reports = [bytes.fromhex(line) for line in sys.stdin.read().split()]
    device = os.open(path, os.O_WRONLY | os.O_NOCTTY)
    due = time.monotonic()
    for report in reports:
        rest = report
        due = max(due + pause_us / 1e6, time.monotonic() - 1)
        try:
            while rest:
                rest = rest[os.write(device, rest) :]
        except OSError:
            return 1
        if (wait_s := due - time.monotonic()) > 0:
            time.sleep(wait_s)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
