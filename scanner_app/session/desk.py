"""The desk: entries of one session are stored in a group commit, interpreted and committed; a view goes out.

All entries of a group are stored first, raw, in one commit; then they are interpreted, and verdicts and events go
into the next. An entry that comes alone needs one commit. Where a secret may be asked next, entries are taken one by
one, and what may be a secret is never stored. So they are where going on with unfinished work is offered: what that
enters again stands in the log before what comes behind.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from scanner_app.domain.capture.answered import Answered
from scanner_app.domain.capture.barcode import Unreadable, read
from scanner_app.domain.capture.entry import NEWS, Entry, Fault, Source
from scanner_app.domain.clock import Stamp
from scanner_app.domain.trace import trace_of
from scanner_app.errors import StoreFullError
from scanner_app.session.centre.asking import Asking
from scanner_app.session.entries.effects import NEVER_SHOWN, Effects
from scanner_app.session.facts import knows
from scanner_app.session.guard import may_keep
from scanner_app.session.lock import lock_if_idle
from scanner_app.session.secrecy import Secrecy, together
from scanner_app.session.session import Session
from scanner_app.session.transcript import Transcript
from scanner_app.session.view.play import view_of
from scanner_app.session.view.view import View
from scanner_app.store.damage import is_trouble
from scanner_app.store.log import Logged
from scanner_app.workflows.engine.commands import command_of, parted
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.phrases import session as phrases
from scanner_app.workflows.questions.judgement import refused

RESUMED_AT_ONCE_MAX = 50
"""A start that is killed while it takes what was stored loses no more of its own work than this."""


class Desk:
    """Belongs to the work thread. ``counter`` counts the entries of the session, so that each changes the view."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.store = session.store
        self.secrecy = Secrecy(self.store.catalog.is_badge)
        self.transcript = Transcript(session)
        self.asking = Asking(session)
        self.counter = 0
        self.effects = Effects(session, self.asking)
        self._has_dropped = False

    def resume(self) -> None:
        """Come back to the question that was on screen, then take entries that were stored but not interpreted."""
        session, log = self.session, self.store.log
        with self.store.transaction:
            session.restore()
        self.transcript.hear(is_of_before=True)
        pending = log.unjudged(session.name)
        for start in range(0, len(pending), RESUMED_AT_ONCE_MAX):
            with self.store.transaction:
                for logged in pending[start : start + RESUMED_AT_ONCE_MAX]:
                    self._take(logged)
        if not session.finished:
            with self.store.transaction:
                session.drop_challenges()
            self.asking.settle()
        self.transcript.hear()
        session.touched = log.touched(session.name)
        lock_if_idle(session, session.tools.stamp())

    def take(self, entries: Sequence[Entry]) -> None:
        """Store and interpret entries in the order of their capture; all of it is on the disk when this returns."""
        session, have_aim = self.session, self.session.settings.scans_have_aim
        left = [parted(entry, self._knows, scans_have_aim=have_aim) for entry in entries]
        self._has_dropped = any(entry.fault is Fault.DROPPED for entry in left)
        self.transcript.begin()
        self.effects.outcomes.clear()
        while left:
            lock_if_idle(session, left[0].stamp)
            if session.is_guarded:
                session.touch(left[:1])
                self._take_guarded(left.pop(0))
                continue
            is_alone = session.is_offering
            group, left = (left[:1], left[1:]) if is_alone else together(left, session.settings.idle_lock_us)
            session.touch(group)
            if len(group) == 1:
                self._take_alone(group[0])
            else:
                self._take_group(group)

    def _knows(self, raw: bytes) -> bool:
        """Say whether the site knows a line as it stands, or the item that it is a label of."""
        reading = read(raw, patterns=self.session.settings.patterns)
        return not isinstance(reading, Unreadable) and knows(self.store, reading, self.session.blind.hidden())

    def hear_news(self) -> None:
        """Ask the question at work anew, where it was asked by something that is known otherwise by now."""
        play = self.session.play
        question = play.question
        if question is None or question.looks_again is None or play.halted or play.is_helped or self.session.finished:
            return
        if not play.can_undo and question.is_news(self.session.stack.looked_up(question.looks_again)):
            self.take([Entry(NEWS, Source.CENTRE, self.session.tools.stamp())])

    def shown(self, stamp: Stamp) -> None:
        """Note that the newest view has been handed to the face: a repetition after this may confirm."""
        if self.effects.shown_us == NEVER_SHOWN:
            self.effects.shown_us = stamp.monotonic_us

    def view(self) -> View:
        """The picture of the play at work; the work thread adds what it knows (revision, status)."""
        session = self.session
        view = view_of(session.play, session.language)
        if self._has_dropped:
            view = replace(view, news=view.chrome.cleared)
        return self.transcript.on(replace(view, counter=self.counter, finished=session.finished, turn=session.turn))

    def _take_group(self, entries: list[Entry]) -> None:
        group = self._stored(entries)
        counter, shown_us, finished = self.counter, self.effects.shown_us, self.session.finished
        told, known = self.transcript.told, len(self.effects.outcomes)
        try:
            with self.store.transaction:
                self._interpret_all(group)
        except Exception as error:  # noqa: BLE001  the named door again: taken once more, each entry behind its own
            self.store.recover(error)
            self.counter, self.effects.shown_us, self.session.finished = counter, shown_us, finished
            self.transcript.rewind(told)
            del self.effects.outcomes[known:]
            self._take_each(group)

    def _stored(self, entries: list[Entry]) -> list[Logged]:
        hidden = self.secrecy.hidden(entries)
        self.effects.private = {id(entries[place]) for place in hidden}
        try:
            with self.store.transaction:
                return self.store.log.add(self.session.name, entries, hidden)
        except StoreFullError as error:
            self.store.recover(error)
            with self.store.transaction:
                return self.store.log.add(self.session.name, entries, hidden)

    def _interpret_all(self, group: list[Logged]) -> None:
        for logged in group:
            self.counter += 1
            self.effects.interpret(logged)
            self.transcript.hear()

    def _take_each(self, group: list[Logged]) -> None:
        """Take a group of which something raised: all but that is to have its effect."""
        self.store.forget()
        with self.store.transaction:
            self.session.restore()
            for logged in group:
                self._take(logged)

    def _take_guarded(self, entry: Entry) -> None:
        """At sign-in: store and judge in one commit, so that a secret is never on the disk, not even for a moment."""
        self._take_one(
            entry, bool(entry.key) or command_of(entry) is not None or may_keep(self.session.play.question, entry)
        )

    def _take_alone(self, entry: Entry) -> None:
        """An entry with no other behind it: one commit for the entry and what became of it."""
        hidden = self.secrecy.hidden([entry])
        self.effects.private = {id(entry)} if hidden else set()
        self._take_one(entry, not hidden)

    def _take_one(self, entry: Entry, keep: bool) -> None:
        counter, shown_us, told = self.counter, self.effects.shown_us, self.transcript.told
        known = len(self.effects.outcomes)
        try:
            with self.store.transaction:
                self._take_at_once(entry, keep)
        except StoreFullError as error:
            self.store.recover(error)
            self.counter, self.effects.shown_us = counter, shown_us
            self.transcript.rewind(told)
            del self.effects.outcomes[known:]
            with self.store.transaction:
                self.session.restore()
                self._take_at_once(entry, keep)

    def _take_at_once(self, entry: Entry, keep: bool) -> None:
        if not keep:
            self.secrecy.hid(entry)
        (logged,) = self.store.log.add(self.session.name, [entry], () if keep else (0,))
        self._take(logged)

    def _take(self, logged: Logged) -> None:
        """Interpret one entry behind a savepoint: what raises becomes a *broken* verdict and leaves nothing else."""
        self.counter += 1
        database = self.store.file.database
        database.execute("SAVEPOINT entry")
        is_private = self.session.is_guarded or id(logged.entry) in self.effects.private
        try:
            self.effects.interpret(logged)
        except Exception as error:  # the named door: whatever a script raises must not stop the floor
            if is_trouble(error):
                raise
            database.execute("ROLLBACK TO entry")
            self.store.forget()
            self.session.restore()
            said, trace = refused(phrases.BROKEN).said, trace_of(error, is_private=is_private)
            self.effects.judge(logged, Verdict(self.session.play.slot, Result.BROKEN, said=said, trace=trace))
            self.effects.outcomes.append(Answered.BAD)
        database.execute("RELEASE entry")
        self.transcript.hear()
