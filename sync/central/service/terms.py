"""Terms: the limits of the service, every bound on which it takes requests, and how much it tells of them."""

from msgspec import Struct

MEGABYTE = 1024 * 1024


class Terms(Struct, frozen=True):
    """Per process; ``[central]`` of the configuration has the same names.

    A device may make ``device_requests_per_s_max`` requests a second on average and ``device_requests_burst_max`` at
    once, and have ``device_exchanges_max`` exchanges under way and as many requests that wait for news. Exchanges take
    up room in memory, ``exchanges_mb_max`` in all; those that find none wait in line, and what the line does not hold
    is asked to come back. There are ``connections_max`` connections, 0: as many as the system gives.
    """

    body_mb_max: int = 8
    batch_events_max: int = 1_000
    request_s_max: int = 30
    device_requests_per_s_max: float = 50
    device_requests_burst_max: int = 250
    device_exchanges_max: int = 4
    exchanges_mb_max: int = 32
    exchanges_waiting_max: int = 500
    connections_max: int = 0
    compress_kb_min: int = 16
    log_requests: bool = True

    @property
    def body_bytes_max(self) -> int:
        return self.body_mb_max * MEGABYTE


USUAL = Terms()
