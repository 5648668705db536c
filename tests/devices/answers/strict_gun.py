"""A strict gun on a pseudo-terminal: it knows every answer of its family by heart, and takes no byte beside them."""

import os
import select

from devices.answers.profile import Profile
from scanner_app.domain.capture.answered import Answered
from tests.devices.gun import Gun

PATIENCE_S = 5.0


class StrictGun(Gun):
    """``heard`` reads the next answer; anything else that comes is a fault of whoever sent it."""

    def learn(self, profile: Profile) -> None:
        self.known: list[tuple[bytes, str]] = [
            (profile.bytes_of(answered), answered.value) for answered in Answered if profile.bytes_of(answered)
        ]
        self.known += [(data, name) for data, name in ((profile.free, "free"), (profile.again, "again")) if data]
        self.known.sort(key=lambda pair: -len(pair[0]))
        self._came = b""

    def heard(self, timeout_s: float = PATIENCE_S) -> str:
        """The name of the next answer, the longest that fits; empty where none comes."""
        while True:
            fits = [(data, name) for data, name in self.known if self._came.startswith(data)]
            may_grow = any(len(data) > len(self._came) and data.startswith(self._came) for data, _name in self.known)
            if self._came and not fits:
                assert may_grow, f"{self._came!r} is no answer"
            if not select.select([self.master], [], [], 0.05 if fits else timeout_s)[0]:
                assert fits or not self._came, f"{self._came!r} is half an answer"
                break
            self._came += os.read(self.master, 1)
        if not fits:
            return ""
        data, name = fits[0]
        self._came = self._came[len(data) :]
        return name
