"""A centre that is killed (-9) when a push of words is committed and before it is answered. Usage: DATABASE."""

import os
import signal
import sys
from collections.abc import Sequence

from sync.central.exchange.exchange import Push, Pushed
from sync.central.exchange.threads import StoreThreads
from sync.central.service.server import serve

_written = StoreThreads._write


async def _dying(self: StoreThreads, site: str, pushes: Sequence[Push]) -> list[Pushed]:
    results = await _written(self, site, pushes)
    if any(b'"decided"' in bytes(raw) for push in pushes for raw in push.request.events):
        os.kill(os.getpid(), signal.SIGKILL)
    return results


if __name__ == "__main__":
    StoreThreads._write = _dying  # type: ignore[method-assign]
    serve(sys.argv[1], "127.0.0.1", 0, lambda port: print(port, flush=True))
