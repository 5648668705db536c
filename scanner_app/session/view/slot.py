"""The slot that publishes the newest View: a face is told that there is one, and looks when it can."""

from collections.abc import Callable
from typing import Protocol

from scanner_app.session.view.view import View


class Views(Protocol):
    """Where a face finds the newest View of its session, and hears of each."""

    def latest(self) -> View: ...

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` after each new view, in the thread that made it; it must return at once."""


class Slot:
    """Holds the newest view."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._listeners: list[Callable[[], None]] = []

    def latest(self) -> View:
        return self._view

    def subscribe(self, callback: Callable[[], None], *, is_first: bool = False) -> None:
        """Who comes first is told before those that are there already, and has the interpreter before they do."""
        self._listeners.insert(0 if is_first else len(self._listeners), callback)

    def put(self, view: View) -> None:
        self.hold(view)
        self.tell()

    def hold(self, view: View) -> None:
        """Have the view found by whoever looks."""
        self._view = view

    def tell(self) -> None:
        """Say that there is another view."""
        for listener in self._listeners:
            listener()
