"""The session: one operator at work. Who it is, what they have open, in which language, and since when nobody came.

Everything here changes the log inside a transaction that somebody else has begun: the desk stores and commits.
"""

from collections.abc import Sequence

from scanner_app.domain.capture.entry import NOBODY, Entry
from scanner_app.domain.capture.mangled import Pair
from scanner_app.domain.clock import Stamp
from scanner_app.domain.trace import trace_of
from scanner_app.languages.language import language
from scanner_app.session.company import Company
from scanner_app.session.context import Settings, Tools
from scanner_app.session.counting.blind import Blind
from scanner_app.session.guard import Guard
from scanner_app.session.lookups import LookUps
from scanner_app.session.news.returns import Returns
from scanner_app.session.notices import Notices
from scanner_app.session.rights import has_right
from scanner_app.session.site_clock import SiteClock
from scanner_app.session.stack import First, Stack
from scanner_app.session.view.play import view_of
from scanner_app.store.log import AtWork
from scanner_app.store.sign_in_failures import of_session
from scanner_app.store.store import Store
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.phrases import session as phrases
from scanner_app.workflows.phrases.said import Said, done, then
from scanner_app.workflows.questions.judgement import refused
from scanner_app.workflows.shift.lock import LOCK
from scanner_app.workflows.shift.unfinished import UNFINISHED


class Session:
    """``name`` is what the log knows it by. ``finished`` says that the operator has left the program.

    ``turn`` counts the changes of the question that no key or line of the terminal has made.
    ``layouts`` are those that have mangled a code, by the reader that it came by.
    ``touched`` is when the newest entry was captured; None before the first.
    """

    def __init__(self, store: Store, name: str, tools: Tools, settings: Settings) -> None:
        self.store = store
        self.name = name
        self.tools = tools
        self.settings = settings
        self.clock = SiteClock(store, tools.stamp)
        self.blind = Blind(store, self.clock, lambda: self.who.operator, settings.told_roles)
        again_is_more, blind = settings.again_one_more, self.blind
        looking = LookUps(store, tools, self.clock, settings.policies, again_is_more=again_is_more, blind=blind)
        self.stack = Stack(store, name, looking)
        self.guard = Guard(store.catalog, store.failures, tools, of_session(name))
        self.company = Company(store.identity, tools.stamp)
        self.notices = Notices(store)
        self.came_back = Returns(store)
        self.who = AtWork()
        self.language = language(settings.language)
        self.finished = False
        self.turn = 0
        self.layouts: dict[str, Pair] = {}
        self.touched: Stamp | None = None

    @property
    def play(self) -> Play:
        """The play at work."""
        return self.stack.play

    @property
    def is_guarded(self) -> bool:
        """Whether a secret may be asked next."""
        return any(opened.play.script.secret for opened in self.stack.opened)

    @property
    def is_offering(self) -> bool:
        """Whether the next entry may enter earlier ones again."""
        return self.play.script is UNFINISHED

    @property
    def is_free(self) -> bool:
        """Whether somebody works here and nothing is begun: one script is open, at its first question."""
        opened = self.stack.opened
        return bool(self.who.operator) and not self.is_locked and len(opened) == 1 and not self.play.can_undo

    @property
    def is_locked(self) -> bool:
        return any(opened.play.script is LOCK for opened in self.stack.opened)

    def touch(self, entries: Sequence[Entry]) -> None:
        """Note when somebody was here last; an answer of the centre is nobody, nor is what comes by the network."""
        stamps = [entry.stamp for entry in entries if entry.source not in NOBODY]
        self.touched = stamps[-1] if stamps else self.touched

    def start(
        self, script: str, arguments: dict[str, str], said: Said | None = None, *, parent: int | None = None,
        first: First | None = None, typed: tuple[tuple[str, str], ...] = (),
    ) -> None:  # fmt: skip
        """Begin a script if the operator may, otherwise go home and say why not, behind what was done."""
        if has_right(self.store.catalog, self.who.operator, SCRIPTS[script].right):
            self.stack.begin(script, self.who.operator, arguments, said, parent=parent, first=first, typed=typed)
        elif parent is None:
            self.home(then(said, refused(phrases.NO_RIGHT).said))
        else:
            self.stack.say(then(said, refused(phrases.NO_RIGHT).said))

    def sign_on(self, who: AtWork) -> None:
        """Note who works here from now on; nobody when ``who`` is empty."""
        self._greet(who)
        self.store.log.sign_on(self.name, who)

    def _greet(self, who: AtWork) -> None:
        """Speak the operator's language from now on, or the device's when nobody is there."""
        known = self.store.catalog.operator(who.operator)
        self.who = who
        self.language = language(known.language if known else "", self.settings.language)

    def home(self, said: Said | None = None, how: str = "left") -> None:
        """End everything that is open and begin at the bottom: the menu, or sign-in when nobody is signed in."""
        self.stack.end_all(how)
        self.stack.begin("menu" if self.who.operator else "sign_in", self.who.operator, said=said)

    def arrive(self, said: Said | None, how: str = "left") -> None:
        """Begin with what the operator left unfinished, if there is anything, else at home."""
        if not self.store.unfinished.of(self.who.operator):
            self.home(said, how)
            return
        self.stack.end_all(how)
        self.stack.begin("unfinished", self.who.operator, said=said)

    def lock(self, said: Said | None = None) -> None:
        """Put the lock over whatever is at work."""
        who = self.who
        self.turn += 1
        self.stack.begin(LOCK.name, who.operator, {"name": who.name}, said, parent=self.stack.top.number)

    def begin_again(self) -> None:
        """Set the play at work aside: it has taken more entries than any should."""
        ended = self.play
        said = then(ended.said, refused(phrases.TOO_MANY_ENTRIES).said)
        self.stack.end("set_aside")
        if ended.script is LOCK:
            self.lock(ended.said)
        elif self.stack.opened:
            self.stack.say(said)
        else:
            self.home(said)

    def restore(self) -> None:
        """Set everything up as the log has it."""
        self._greet(self.store.log.signed_on(self.name))
        trace = ""
        try:
            is_restored = self.stack.restore()
            if is_restored and self.stack.opened:
                view_of(self.play, self.language)
        except Exception as error:  # noqa: BLE001  the named door, on resume: a script that fails its replay is put aside
            is_restored, trace = False, trace_of(error, is_private=True)
        if not is_restored:
            self._put_aside(trace)
        elif not self.stack.opened:
            self.home()

    def drop_challenges(self) -> None:
        """Begin without what only the life before could answer."""
        self.stack.drop_challenges()
        if not self.stack.opened:
            self.home()

    def _put_aside(self, trace: str) -> None:
        """Nothing of unfinished scripts is posted; they stay in the log and the operator is told."""
        was_locked = self.store.log.is_open(self.name, LOCK.name)
        last = self.stack.last_said()
        self.store.log.set_aside(self.name, trace)
        self.stack.opened = []
        self.home(then(done(last), refused(phrases.SCRIPT_ASIDE).said))
        if was_locked:
            self.lock()
