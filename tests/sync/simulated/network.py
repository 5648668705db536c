"""The network of the simulation: it drops, doubles, delays, reorders and cuts what goes through it."""

import random
from collections.abc import Callable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from scanner_app.errors import BusyError, LinkError, RefusedError
from sync.device.failure import Rejected
from sync.protocol import ExchangeAnswer, ExchangeRequest
from tests.sync.simulated.centre import Centre
from tests.sync.simulated.clock import TrueTime

_encode = msgspec.json.Encoder().encode
_request = msgspec.json.Decoder(ExchangeRequest).decode
_answer = msgspec.json.Decoder(ExchangeAnswer).decode
PAUSE_S = 20.0
_DELAY_S_MAX = 30.0


class _Late(NamedTuple):
    token: str
    wire: bytes
    reserved: int


class Network:
    """``has_faults`` is switched off when everything is to drain."""

    def __init__(self, centre: Centre, true: TrueTime, chance: random.Random) -> None:
        self.has_faults = True
        self._centre = centre
        self._true = true
        self._chance = chance
        self._late: list[_Late] = []

    def deliver_late(self) -> bool:
        """Let a request arrive that its device has long given up; say whether there was one."""
        if not self._late:
            return False
        late = self._late.pop(self._chance.randrange(len(self._late)))
        try:
            self._centre.exchange(late.token, _request(late.wire), self._true.now_us, late.reserved)
        except RefusedError:
            return True
        return True

    def exchange(self, token: str, request: ExchangeRequest) -> ExchangeAnswer | Rejected:
        self._travel()
        fault = self._chance.choice(_FAULTS) if self.has_faults and self._chance.random() < 0.4 else Network._passed
        answer = fault(self, token, request)
        self._travel()
        return answer

    def _travel(self) -> None:
        slow = self.has_faults and self._chance.random() < 0.1
        self._true.passes(self._chance.uniform(0.001, _DELAY_S_MAX if slow else 0.5))

    def _passed(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        request = _request(_encode(request))
        return _answer(_encode(self._centre.exchange(token, request, self._true.now_us)))

    def _request_lost(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        raise LinkError("the request was lost")

    def _answer_lost(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        self._passed(token, request)
        raise LinkError("the answer was lost")

    def _delayed(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        self._late.append(_Late(token, _encode(request), self._centre.reserve(token, request)))
        raise LinkError("no answer in time")

    def _doubled(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        first = self._passed(token, request)
        again = self._passed(token, request)
        return self._chance.choice([first, again])

    def _overtaken(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        """Others arrive before and after it."""
        self.deliver_late()
        answer = self._passed(token, request)
        self.deliver_late()
        return answer

    def _in_part(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        """Only some of the events are taken; the rest is not answered."""
        some = tuple(raw for raw in request.events if self._chance.random() < 0.5)
        return self._passed(token, replace(request, events=some, watermark_us=0))

    def _too_large(self, token: str, request: ExchangeRequest) -> ExchangeAnswer | Rejected:
        return Rejected("http_413") if len(request.events) > 1 else self._passed(token, request)

    def _busy(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        raise BusyError("not now", PAUSE_S)

    def _forbidden(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        raise RefusedError("something on the way wants a password")


_Fault = Callable[[Network, str, ExchangeRequest], ExchangeAnswer | Rejected]
_FAULTS: tuple[_Fault, ...] = (
    Network._request_lost,
    Network._answer_lost,
    Network._answer_lost,
    Network._delayed,
    Network._delayed,
    Network._doubled,
    Network._overtaken,
    Network._in_part,
    Network._too_large,
    Network._busy,
    Network._forbidden,
)
