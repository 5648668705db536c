"""Telling: everything that is said of entries, each once and by a number, also of those that are taken together."""

from scanner_app.session.session import Session
from scanner_app.session.view.play import messages
from scanner_app.session.view.view import Told
from scanner_app.workflows.phrases.said import Said


class Telling:
    """``told`` is what was said since ``begin``. Of one session, which speaks the language of the moment."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._in_sight: list[Said] = []
        self._number = 0
        self._told: list[Told] = []

    @property
    def told(self) -> tuple[Told, ...]:
        return tuple(self._told)

    def begin(self) -> None:
        """Other entries are taken now: what was said before has been shown."""
        self._told = []

    def rewind(self, told: tuple[Told, ...]) -> None:
        """Forget what was said since: what it was said of was not kept."""
        self._number -= len(self._told) - len(told)
        self._told = list(told)

    def hear(self) -> None:
        """Note what the play at work says now, unless that is in sight since an earlier entry."""
        said = self._session.play.said
        if said is not None and not any(said is old for old in self._in_sight):
            for message in messages(said, self._session.language):
                self._number += 1
                self._told.append(Told(self._number, message))
        self._in_sight = [opened.play.said for opened in self._session.stack.opened if opened.play.said]
