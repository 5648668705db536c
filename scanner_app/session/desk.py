"""The desk: one operator at work. Entries come in, are stored, interpreted and committed; a view goes out.

All entries of a group are stored first, raw, in one commit; then they are interpreted, and verdicts and events go
into the next. An entry that comes alone needs one commit. Where a secret may be asked next, entries are taken one by
one, and what may be a secret is never stored.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.clock import Stamp
from scanner_app.errors import StoreFullError
from scanner_app.languages.language import language
from scanner_app.session import lock as locking
from scanner_app.session import posting
from scanner_app.session.commands import carried, command_verdict, obey
from scanner_app.session.context import Settings, Tools
from scanner_app.session.elsewhere import Company
from scanner_app.session.guard import Guard, may_keep
from scanner_app.session.interpretation import verdict_on
from scanner_app.session.lookups import Looking
from scanner_app.session.secrecy import Secrecy, together
from scanner_app.session.site_clock import SiteClock
from scanner_app.session.stack import Stack
from scanner_app.session.view.play import view_of
from scanner_app.session.view.view import View
from scanner_app.store.damage import is_trouble
from scanner_app.store.log import Logged, SignedOn
from scanner_app.store.store import Store
from scanner_app.workflows.engine.commands import Command, command_of
from scanner_app.workflows.engine.runner import Moment
from scanner_app.workflows.engine.script import End, Post, Said, SignedIn, Start
from scanner_app.workflows.engine.verdict import Outcome, Verdict
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.phrases import phrase as phrases
from scanner_app.workflows.questions.judgement import refused
from scanner_app.workflows.shift.lock import LOCK

_NEVER_SHOWN = 2**63 - 1
_HEARD_WHEN_HALTED = (Command.ACKNOWLEDGE, Command.SIGN_OUT)


class Desk:
    """Belongs to the work thread. ``finished`` says that the operator has left the program."""

    def __init__(self, store: Store, session: str, tools: Tools, settings: Settings) -> None:
        self.store = store
        self.session = session
        self.tools = tools
        self.settings = settings
        self.clock = SiteClock(store, tools.stamp)
        self.stack = Stack(store, session, Looking(store, tools, self.clock, settings.policies))
        self.secrecy = Secrecy(store.catalog.is_badge)
        self.guard = Guard(store.catalog, store.failures, tools)
        self.company = Company(store.identity)
        self.who = SignedOn()
        self.language = language(settings.language)
        self.finished = False
        self.counter = 0
        self.touched: Stamp | None = None
        self._shown_us = _NEVER_SHOWN
        self._private: set[int] = set()

    def resume(self) -> None:
        """Come back to the question that was on screen, then take entries that were stored but not interpreted."""
        with self.store.transaction:
            self.restore()
        if pending := self.store.log.unjudged(self.session):
            with self.store.transaction:
                for logged in pending:
                    self._take(logged)
        self.touched = self.store.log.touched(self.session)
        locking.lock_if_idle(self, self.tools.stamp())

    def take(self, entries: Sequence[Entry]) -> None:
        """Store and interpret entries in the order of their capture; all of it is on the disk when this returns."""
        rest = list(entries)
        while rest:
            locking.lock_if_idle(self, rest[0].stamp)
            if self._is_guarded:
                self.touched = rest[0].stamp
                self._take_guarded(rest.pop(0))
                continue
            group, rest = together(rest, self.settings.idle_lock_us)
            self.touched = group[-1].stamp
            if len(group) == 1:
                self._take_alone(group[0])
            else:
                self._take_group(group)

    @property
    def _is_guarded(self) -> bool:
        """Whether a secret may be asked next."""
        return any(opened.play.script.secret for opened in self.stack.opened)

    def shown(self, stamp: Stamp) -> None:
        """Note that the newest view has been handed to the face: a repetition after this may confirm."""
        if self._shown_us == _NEVER_SHOWN:
            self._shown_us = stamp.monotonic_us

    def view(self) -> View:
        """The picture of the play at work; the work thread adds what it knows (revision, status)."""
        return replace(view_of(self.stack.play, self.language), counter=self.counter, finished=self.finished)

    def _take_group(self, entries: list[Entry]) -> None:
        group = self._stored(entries)
        counter, shown_us = self.counter, self._shown_us
        try:
            with self.store.transaction:
                self._interpret_all(group)
        except Exception as error:  # noqa: BLE001  the named door again: taken once more, each entry behind its own
            self.store.recover(error)
            self.counter, self._shown_us, self.finished = counter, shown_us, False
            self._take_each(group)

    def _stored(self, entries: list[Entry]) -> list[Logged]:
        hidden = self.secrecy.hidden(entries)
        self._private = {id(entries[place]) for place in hidden}
        try:
            with self.store.transaction:
                return self.store.log.add(self.session, entries, hidden)
        except StoreFullError as error:
            self.store.recover(error)
            with self.store.transaction:
                return self.store.log.add(self.session, entries, hidden)

    def _interpret_all(self, group: list[Logged]) -> None:
        for logged in group:
            self.counter += 1
            self._interpret(logged)

    def _take_each(self, group: list[Logged]) -> None:
        """Take a group of which something raised: all but that is to have its effect."""
        self.store.forget()
        with self.store.transaction:
            self.restore()
            for logged in group:
                self._take(logged)

    def _take_guarded(self, entry: Entry) -> None:
        """At sign-in: store and judge in one commit, so that a secret is never on the disk, not even for a moment."""
        self._take_one(
            entry, bool(entry.key) or command_of(entry) is not None or may_keep(self.stack.play.question, entry)
        )

    def _take_alone(self, entry: Entry) -> None:
        """An entry with no other behind it: one commit for the entry and what became of it."""
        hidden = self.secrecy.hidden([entry])
        self._private = {id(entry)} if hidden else set()
        self._take_one(entry, not hidden)

    def _take_one(self, entry: Entry, keep: bool) -> None:
        counter, shown_us = self.counter, self._shown_us
        try:
            with self.store.transaction:
                self._take_at_once(entry, keep)
        except StoreFullError as error:
            self.store.recover(error)
            self.counter, self._shown_us = counter, shown_us
            with self.store.transaction:
                self.restore()
                self._take_at_once(entry, keep)

    def _take_at_once(self, entry: Entry, keep: bool) -> None:
        if not keep:
            self.secrecy.hid(entry)
        (logged,) = self.store.log.add(self.session, [entry], () if keep else (0,))
        self._take(logged)

    def _take(self, logged: Logged) -> None:
        """Interpret one entry behind a savepoint: what raises becomes a *broken* verdict and leaves nothing else."""
        self.counter += 1
        database = self.store.file.database
        database.execute("SAVEPOINT entry")
        try:
            self._interpret(logged)
        except Exception as error:  # the named door: whatever a script raises must not stop the floor
            if is_trouble(error):
                raise
            database.execute("ROLLBACK TO entry")
            self.store.forget()
            self.restore()
            self._judge(logged, Verdict(self.stack.play.slot, Outcome.BROKEN, said=refused(phrases.BROKEN).said))
        database.execute("RELEASE entry")

    def _interpret(self, logged: Logged) -> None:
        play = self.stack.play
        command = command_of(logged.entry)
        if self.finished or (play.halted and command not in _HEARD_WHEN_HALTED):
            self._judge(logged, Verdict(play.slot, Outcome.SET_ASIDE, said=play.said))
        elif command is Command.USE and (code := carried(self.stack)):
            self.stack.end("used")
            self._answer(logged, replace(logged.entry, raw=code.encode(), key=""))
        elif command is not None:
            verdict = command_verdict(command, play, self.language)
            self._judge(logged, verdict)
            if verdict.outcome is Outcome.COMMANDED:
                obey(command, self)
        else:
            self._answer(logged, logged.entry)
        now = self.stack.play
        if now.entries >= self.settings.entries_per_script_max and not now.halted:
            self._begin_again()

    def _answer(self, logged: Logged, entry: Entry) -> None:
        """Let an entry answer the live question: with its own line, or with what a detour carries back."""
        self._judge(logged, verdict_on(entry, self._moment(logged.entry), self))
        if (end := self.stack.play.end) is not None:
            self._finish(end, logged)

    def _moment(self, entry: Entry) -> Moment:
        is_private = self._is_guarded or id(entry) in self._private
        return Moment(entry.stamp, min(_NEVER_SHOWN, self._shown_us + self.settings.confirm_delay_us), is_private)

    def _judge(self, logged: Logged, verdict: Verdict) -> None:
        """Let a verdict take effect and keep it, with the values that the script was told after it."""
        top = self.stack.top
        top.play.apply(verdict)
        looks = self.stack.answer_looks(top.play)
        self.store.log.judge(logged.number, top.number, replace(verdict, looks=looks) if looks else verdict)
        if verdict.outcome is not Outcome.IGNORED:
            self._shown_us = _NEVER_SHOWN

    def _finish(self, end: End, logged: Logged) -> None:
        """Do what a script ended with. A post is a barrier: what follows is another instance."""
        top = self.stack.top
        if isinstance(end, Post):
            posting.post(self.store, self.tools, end.fact, top.play, logged)
            self.stack.end("posted")
            self.start(top.play.script.name, end.again, end.said, parent=top.parent)
        elif isinstance(end, Start):
            self.stack.end("done")
            self.start(end.script, end.arguments, parent=top.parent)
        elif isinstance(end, SignedIn):
            locking.signed_in(self, end, logged.entry.stamp.wall_us)
        else:
            self.stack.end("left")
            self.finished = True

    def start(
        self, script: str, arguments: dict[str, str], said: Said | None = None, *, parent: int | None = None
    ) -> None:
        """Begin a script if the operator may, otherwise go home and say why not."""
        if self.guard.may(self.who.operator, SCRIPTS[script].right):
            self.stack.begin(script, self.who.operator, arguments, said, parent=parent)
        elif parent is None:
            self.home(refused(phrases.NO_RIGHT).said)
        else:
            self.stack.play.said = refused(phrases.NO_RIGHT).said

    def sign_on(self, who: SignedOn) -> None:
        self._greet(who)
        self.store.log.sign_on(self.session, who)

    def _greet(self, who: SignedOn) -> None:
        """Speak the operator's language from now on, or the device's when nobody is there."""
        known = self.store.catalog.operator(who.operator)
        self.who = who
        self.language = language(known.language if known else "", self.settings.language)

    def home(self, said: Said | None = None, how: str = "left") -> None:
        """End everything that is open and begin at the bottom: the menu, or sign-in when nobody is signed in."""
        self.stack.end_all(how)
        self.stack.begin("menu" if self.who.operator else "sign_in", self.who.operator, said=said)

    def _begin_again(self) -> None:
        is_lock = self.stack.play.script is LOCK
        self.stack.end("set_aside")
        if is_lock:
            locking.lock(self)
        elif not self.stack.opened:
            self.home(refused(phrases.TOO_MANY_ENTRIES).said)

    def restore(self) -> None:
        """Set everything up as the log has it, inside a transaction."""
        self._greet(self.store.log.signed_on(self.session))
        try:
            restored = self.stack.restore()
            if restored and self.stack.opened:
                view_of(self.stack.play, self.language)
        except Exception:  # noqa: BLE001  the same door, on resume: a script that fails its replay is put aside
            restored = False
        if not restored:
            self._put_aside()
        elif not self.stack.opened:
            self.home()

    def _put_aside(self) -> None:
        """Nothing of unfinished scripts is posted; they stay in the log and the operator is told."""
        was_locked = self.store.log.is_open(self.session, LOCK.name)
        self.store.log.set_aside(self.session)
        self.stack.opened = []
        self.home(refused(phrases.SCRIPT_ASIDE).said)
        if was_locked:
            locking.lock(self)
