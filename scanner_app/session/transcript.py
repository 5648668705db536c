"""The transcript: all that is said of entries, each once and by a number, also of those that are taken together."""

from msgspec.structs import replace

from scanner_app.session.session import Session
from scanner_app.session.view.play import messages
from scanner_app.session.view.view import Message, Told, Tone, View
from scanner_app.workflows.phrases.said import Said


class Transcript:
    """``told`` is what was said since ``begin``. Of one session, which speaks the language of the moment."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._in_sight: list[Said] = []
        self._number = 0
        self._told: list[Told] = []
        self._waiting: set[int] = set()

    @property
    def told(self) -> tuple[Told, ...]:
        return tuple(self._told)

    def begin(self) -> None:
        """Other entries are taken now: what was said before has been shown."""
        self._told = []
        self._waiting = set()

    def on(self, view: View) -> View:
        """The view with what was told, and first what was done in the same turn, before something stood in the way."""
        view = replace(view, told=self.told)
        now = [told for told in self._told if not told.is_of_before]
        results = [told.message for told in now if told.message.tone is Tone.GOOD or told.number in self._waiting][-1:]
        is_hidden = view.tone in {Tone.ATTENTION, Tone.BAD} and not any(one in _said(view) for one in results)
        return replace(view, before=(*results, *view.before)) if results and is_hidden else view

    def rewind(self, told: tuple[Told, ...]) -> None:
        """Forget what was said since: what it was said of was not kept."""
        self._number -= len(self._told) - len(told)
        self._told = list(told)
        self._waiting = {number for number in self._waiting if number <= self._number}

    def hear(self, *, is_of_before: bool = False) -> None:
        """Note what the play at work says now, unless that is in sight since an earlier entry.

        ``is_of_before`` says that the life of the program before has said it.
        """
        said = self._session.play.said
        if said is not None and not any(said is old for old in self._in_sight):
            self._tell(said, is_of_before=is_of_before)
        self._in_sight = [opened.play.said for opened in self._session.stack.opened if opened.play.said]

    def _tell(self, said: Said, *, is_of_before: bool) -> None:
        """Of what was done before, only what is not in sight since an earlier entry."""
        kept = [one for old in self._in_sight for one in old.in_order]
        *before, last = said.in_order
        for one in (*(one for one in before if one not in kept), last):
            self._number += 1
            (message,) = messages(one, self._session.language)
            self._told.append(Told(self._number, message, is_of_before))
            self._waiting |= {self._number} if one.waits is True else set()


def _said(view: View) -> tuple[Message, ...]:
    return (*view.before, Message(view.message, view.tone))
