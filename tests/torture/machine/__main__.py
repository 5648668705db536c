"""The trials of readers on a real kernel: ``python -m tests.torture.machine [WORD]``, by ``make torture-devices``."""

import os
import shlex
import sys
import time

from tests.torture.machine.emulated import lines
from tests.torture.machine.kit import ROOT, KitError, kit

LIMIT_S = 2700


def main(word: str) -> int:
    """Make the machine, run the trials in it, and say which passed."""
    started, has_ended = time.monotonic(), False
    verdicts: list[str] = []
    try:
        for line in lines(kit(_command(word)), LIMIT_S):
            print(line, flush=True)
            has_ended = has_ended or line.startswith("@ended")
            if line.startswith(("passed: ", "FAILED: ")):
                verdicts.append(line)
    except KitError as error:
        print(error, file=sys.stderr)
        return 2
    except TimeoutError:
        print(f"The machine did not end within {LIMIT_S // 60} minutes.", file=sys.stderr)
    failed = [line for line in verdicts if line.startswith("FAILED")]
    seconds = time.monotonic() - started
    print(f"{len(verdicts) - len(failed)} passed, {len(failed)} failed in {seconds:.0f} s")
    return 0 if has_ended and verdicts and not failed else 1


def _command(word: str) -> str:
    """What the guest's shell is to run: the interpreter of this environment, at the same place there."""
    python = os.path.abspath(sys.executable)  # noqa: PTH100 - not what it links to
    run = shlex.join((python, "-m", "tests.torture.machine.guest", word))
    environ = f"PATH={shlex.quote(os.environ['PATH'])} HOME=/root LANG=C.UTF-8"
    return f"export {environ}; cd {shlex.quote(str(ROOT))} && {run}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
