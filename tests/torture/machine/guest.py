"""In the guest: the trials one after the other, and what became of each, said on the console."""

import sys
import time
import traceback

from tests.torture.machine import trials, whole_trials
from tests.torture.machine.guns import MADE


def main(word: str) -> None:
    """Run the trials whose names have a word in them."""
    for trial in (*trials.TRIALS, *whole_trials.TRIALS):
        name = trial.__name__.replace("_", " ")
        if word not in name:
            continue
        started = time.monotonic()
        try:
            trial()
            verdict = "passed"
        except Exception:  # noqa: BLE001 - whatever it is, the next one is run, and the machine is ended
            traceback.print_exc(file=sys.stdout)
            verdict = "FAILED"
        while MADE:
            MADE.pop().remove()
        print(f"{verdict}: {name} ({time.monotonic() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
