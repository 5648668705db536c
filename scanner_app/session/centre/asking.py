"""Asking the centre: what the question at work wants of it is handed out, and an answer is judged by that question.

Nothing is waited for: whoever is told to ``send`` takes the ask, and the reply comes back as an entry of the log. It is
judged while its question is still asked; after a restart a question that has no answer yet asks anew.
"""

from collections.abc import Callable

import msgspec
from msgspec import Struct

from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.clock import year_of
from scanner_app.domain.desk.asks import Ask
from scanner_app.domain.desk.heard import Heard, heard_of
from scanner_app.domain.desk.replies import Done
from scanner_app.session.session import Session
from scanner_app.workflows.engine.interpret import interpret_reply
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said, done, then
from scanner_app.workflows.questions import desk_phrases as say
from scanner_app.workflows.questions.judgement import doubt


class Asked(Struct, frozen=True, kw_only=True):
    """An ask on its way: ``id`` is what its reply names; ``pin`` only with an order, and shown nowhere."""

    id: str
    session: str
    operator: str
    ask: Ask
    pin: str = ""

    def __repr__(self) -> str:
        return f"Asked({self.id!r}, {self.operator!r}, {self.ask!r})"


Send = Callable[[Asked], None]
"""Takes an ask and returns at once."""
_At = tuple[int, int, Ask]
"""Which question asks: its play in the log, what that was sent before, and what is asked."""


class Asking:
    """Of one session, in the work thread. At most one ask is under way: that of the question at work."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._send: Send | None = None
        self._live: tuple[str, _At] | None = None
        self._pin: tuple[_At, str] | None = None
        self._unsaid: Said | None = None

    def connect(self, send: Send) -> None:
        """Hand asks to somebody from now on."""
        self._send = send
        self.hand_out()

    def hand_out(self) -> None:
        """Ask what the question at work wants to know, once; what it asked is nobody's when it is left."""
        at = self._at()
        if self._live is not None and self._live[1] != at:
            self._live = None
        if self._send is None and self._pin is not None and self._pin[0] == at:
            return
        pin, self._pin = self._pin, None
        if at is None or self._send is None or self._live is not None:
            return
        is_secret = self._session.play.asked.is_secret
        secret = pin[1] if pin is not None and pin[0] == at else ""
        if is_secret != bool(secret) or self._session.play.halted:
            return
        asked = Asked(
            id=self._session.tools.new_id(), session=self._session.name, operator=self._session.who.operator,
            ask=at[2], pin=secret,
        )  # fmt: skip
        self._live = asked.id, at
        self._send(asked)

    @property
    def is_waiting(self) -> bool:
        """Whether the question at work waits for a reply: what it asks is under way, or goes out next."""
        at = self._at()
        if at is None or self._session.play.halted:
            return False
        is_sent = any(one == at for one in (self._live and self._live[1], self._pin and self._pin[0]))
        return is_sent or not self._session.play.asked.is_secret

    def taken(self, verdict: Verdict, entry: Entry) -> Verdict:
        """Keep what was entered for the centre, in memory, until it is handed out; while one is under way, nothing."""
        at = self._at()
        if verdict.result is not Result.SENT or at is None:
            return verdict
        if self._live is not None and self._live[1] == at:
            return Verdict(verdict.question, Result.IGNORED, said=doubt(say.ON_ITS_WAY))
        reading = read(entry.raw, year_of(entry.stamp.wall_us))
        self._pin = (at, reading.text) if isinstance(reading, Reading) else None
        return verdict

    def verdict_on(self, entry: Entry) -> Verdict:
        """Judge a reply: by the question that asked it, if that is still asked; else it changes nothing."""
        play, heard = self._session.play, _heard(entry)
        if heard is None or self._live is None or heard.ask != self._live[0]:
            return Verdict(play.slot, Result.IGNORED, said=self._too_late(heard, say.CAME_LATE))
        at = self._live[1]
        self._live = None
        if at != self._at() or play.halted:
            phrase = say.CAME_LATE if at != self._at() else say.DONE_MEANWHILE
            return Verdict(play.slot, Result.IGNORED, said=self._too_late(heard, phrase))
        return interpret_reply(play, heard.reply, entry.stamp.wall_us)

    def _too_late(self, heard: Heard | None, phrase: Phrase) -> Said | None:
        """What stays on screen; that an order was done is said, behind a mistake once that is acknowledged."""
        play = self._session.play
        if heard is None or not isinstance(heard.reply, Done):
            return play.standing
        if not play.halted:
            return doubt(phrase)
        self._unsaid = doubt(phrase)
        return play.standing

    def settle(self) -> None:
        """Say what is so where an order is said to be under way and is not, behind a lock or a restart.

        Nobody knows whether it arrived: it is typed once more, and done once. What was done while a mistake stood there
        is said now.
        """
        play = self._session.play
        if self._unsaid is not None and not play.halted:
            play.said, self._unsaid = then(play.said, self._unsaid), None
            return
        is_said = play.said is not None and play.said.key == say.ON_ITS_WAY.key
        if is_said and not play.halted and self._at() is not None and not self.is_waiting:
            play.said = then(done(play.said), doubt(say.ASK_AGAIN))

    def _at(self) -> _At | None:
        opened = self._session.stack.opened
        question = opened[-1].play.question if opened else None
        if question is None or question.for_centre is None:
            return None
        return opened[-1].number, len(opened[-1].play.sent), question.for_centre


def _heard(entry: Entry) -> Heard | None:
    try:
        return heard_of(entry.raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
