"""A picture of the real screen, as SVG: for the documentation and for eyes that check it."""

import asyncio
from collections.abc import Callable

from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.clock import Stamp
from scanner_app.session.view.view import View
from screens.face import FaceApp
from screens.manner import SILENT

AGE_US = 12 * 1_000_000


class StillView:
    """A slot whose View never changes."""

    def __init__(self, view: View) -> None:
        self._view = view

    def latest(self) -> View:
        return self._view

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Nothing will be published."""


def still_face(view: View) -> FaceApp:
    """The application showing one View, its last exchange twelve seconds ago."""

    def stamp() -> Stamp:
        return Stamp(view.status.exchanged_us + AGE_US, 0, "")

    def submit(_entry: Entry) -> None:
        """Nobody types into a picture."""

    return FaceApp(StillView(view), submit, stamp, entry_length_max=200, manner=SILENT)


def picture(view: View, width: int, height: int) -> str:
    """SVG of the face at this size."""
    return asyncio.run(_picture(still_face(view), width, height))


async def _picture(app: FaceApp, width: int, height: int) -> str:
    async with app.run_test(size=(width, height)) as pilot:
        await pilot.pause()
        return app.export_screenshot(title="scanner", simplify=True)
