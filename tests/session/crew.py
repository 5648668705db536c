"""Two people at work on one cache: each has a session, and a process that dies takes both with it."""

from pathlib import Path

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.session.context import Settings, Tools
from scanner_app.session.desk import Desk
from scanner_app.session.session import Session
from scanner_app.store.log import Logged
from scanner_app.store.store import open_store
from tests.warehouse import PIN, Ticking, filled

BADGES = {"tty1": "B-1001", "tty2": "B-1003"}
FIRST, SECOND = BADGES
CYCLE = ("A-01-01", "100001", "1", "A-01-05")


class Crew:
    """Desks by the names of their sessions; each has to ``come_back`` after the process has died."""

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        self._folder = folder
        self._settings = settings or Settings()
        self.clock = Ticking()
        self._ids = 0
        self.store = filled(folder)
        self.desks: dict[str, Desk] = {}

    def _new_id(self) -> str:
        self._ids += 1
        return f"{self.clock.now_us:x}-{self._ids:06}"

    def come_back(self, name: str) -> Desk:
        """Have a session at work, where it was."""
        if name not in self.desks:
            tools = Tools(
                stamp=self.clock.stamp,
                new_id=self._new_id,
                verify=lambda verifier, secret: verifier == "verifier:" + secret.decode(),
                digits=lambda n: "4711"[:n],
                program="test",
                hash=lambda secret: "verifier:" + secret.decode(),
            )
            self.desks[name] = Desk(Session(self.store, name, tools, self._settings))
            self.desks[name].resume()
        return self.desks[name]

    def entry(self, text: str) -> Entry:
        return Entry(text.encode(), Source.KEYBOARD, self.clock.stamp())

    def say(self, name: str, *texts: str) -> Desk:
        desk = self.come_back(name)
        for text in texts:
            desk.take([self.entry(text)])
            desk.shown(self.clock.stamp())
        return desk

    def move(self, name: str) -> Desk:
        """Sign in and choose to move."""
        return self.say(name, BADGES[name], PIN, "1")

    def keep(self, name: str, *texts: str) -> list[Logged]:
        """Store entries of a session without looking at them, as in the first half of a group."""
        with self.store.transaction:
            return self.store.log.add(name, [self.entry(text) for text in texts])

    def die(self) -> None:
        """End the process and open the cache again."""
        self.store.close()
        self.desks = {}
        self.store = open_store(self._folder)

    def outcomes(self, name: str) -> list[tuple[int, str | None, str | None]]:
        """Entry, outcome, and the session of the play that took it, of each entry of a session, in order."""
        return self.store.file.database.execute(
            "SELECT e.entry, v.outcome, p.session FROM entry e LEFT JOIN verdict v USING (entry) "
            "LEFT JOIN play p ON p.play = v.play WHERE e.session = ? ORDER BY e.entry",
            (name,),
        ).fetchall()

    def moved(self, name: str) -> int:
        """How many events entries of a session have made."""
        counted = "SELECT count(*) FROM event JOIN entry USING (entry) WHERE session = ?"
        return int(self.store.file.database.execute(counted, (name,)).fetchone()[0])

    def close(self) -> None:
        self.store.close()
