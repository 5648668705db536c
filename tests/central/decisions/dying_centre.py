"""A centre that is killed (-9) when an order has been committed and before it is answered. Usage: DATABASE."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from scanner_app.domain.desk.replies import Done
from sync.central.exchange.threads import StoreThreads
from sync.central.service.server import serve

_written = StoreThreads.write


async def _dying(self: StoreThreads, work: Callable[[Connection], Any]) -> Any:
    result = await _written(self, work)
    if isinstance(result, Done):
        os.kill(os.getpid(), signal.SIGKILL)
    return result


if __name__ == "__main__":
    StoreThreads.write = _dying  # type: ignore[method-assign]
    serve(sys.argv[1], "127.0.0.1", 0, lambda port: print(port, flush=True))
