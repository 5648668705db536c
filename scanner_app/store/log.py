"""The entry log: what was scanned, what became of it, and which scripts are open. It is the state of every session."""

import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.capture.entry import NOBODY, Entry, Fault, Source
from scanner_app.domain.clock import Stamp
from scanner_app.store.numbers import given_numbers
from scanner_app.workflows.engine.typed_codes import NO_REASONS, Reasons
from scanner_app.workflows.engine.verdict import Verdict
from scanner_app.workflows.lookups.kinds import Value
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Answer

_ENTRY = """INSERT INTO entry (entry, session, source, key, fault, raw, wall_us, monotonic_us, boot, reader)
VALUES (?,?,?,?,?,?,?,?,?,?)"""
_COLUMNS = "e.entry, e.raw, e.source, e.wall_us, e.monotonic_us, e.boot, e.key, e.fault, e.reader"
"""What an entry is made of again."""
_VERDICT = "INSERT INTO verdict (entry, play, question, outcome, facts) VALUES (?,?,?,?,?)"
_REMARK = "INSERT OR REPLACE INTO remark (play, entry, said) VALUES (?,?,?)"
_PLAY = """INSERT INTO play (play, session, parent, script, version, operator, arguments, looks, said, typed)
VALUES (?,?,?,?,?,?,?,?,?,?)"""
NEWEST_JUDGED = """SELECT j.entry FROM entry j CROSS JOIN verdict d ON d.entry = j.entry WHERE j.session = {0}
ORDER BY j.entry DESC LIMIT 1"""
"""The newest entry of a session that has a verdict: within a session entries are judged in their order."""
_UNJUDGED = f"e.session = {{0}} AND e.entry > coalesce(({NEWEST_JUDGED}), 0)"
_NAMED = """WITH RECURSIVE named (session) AS (SELECT min(session) FROM entry UNION ALL
SELECT (SELECT min(session) FROM entry WHERE session > n.session) FROM named n WHERE n.session IS NOT NULL)"""
"""Every session that has entries: one step of the index for each, however many entries it has."""
BEHIND = f"""{_NAMED} SELECT n.session FROM named n
WHERE EXISTS (SELECT 1 FROM entry e WHERE {_UNJUDGED.format("n.session")})"""
"""The sessions in which entries were stored and then interrupted."""
_OLDEST_OPEN = f"""{_NAMED} SELECT min(wall_us) FROM (
SELECT e.wall_us FROM play p CROSS JOIN verdict v ON v.play = p.play CROSS JOIN entry e ON e.entry = v.entry
WHERE p.ended IS NULL AND v.outcome = 'answered'
UNION ALL SELECT (SELECT min(e.wall_us) FROM entry e WHERE {_UNJUDGED.format("n.session")}) FROM named n)"""
"""The order of the joins is told: open plays are few, and verdicts are those of a year."""
SET_ASIDE = "set_aside"
"""The row of ``meta`` that tells which scripts were set aside last, and where they broke."""
MAIN = "main"
"""The session of a device that has only one, and of every cache from before there could be more."""
_encode = msgspec.json.Encoder().encode
_decode_verdict = msgspec.json.Decoder(Verdict).decode
_decode_sent = msgspec.json.Decoder(tuple[Answer | Value, ...]).decode
_decode_typed = msgspec.json.Decoder(Reasons).decode
_decode_said = msgspec.json.Decoder(Said | None).decode
_decode_arguments = msgspec.json.Decoder(dict[str, str]).decode


class Logged(Struct, frozen=True):
    """An entry with its number in the log."""

    number: int
    entry: Entry


class OpenPlay(Struct, frozen=True):
    """A script that has begun and not ended, as needed to set it up again.

    ``sent`` is what it was sent before its first entry: look-ups, and what it took over from a play it continues;
    ``typed`` is why codes of that, and of what it began with, were typed.
    """

    play: int
    parent: int | None
    script: str
    version: int
    operator: str
    arguments: dict[str, str]
    sent: tuple[Answer | Value, ...]
    said: Said | None
    typed: Reasons = NO_REASONS


class Judged(Struct, frozen=True):
    """The readable verdicts of a play, and the texts of all its entries (empty where none was kept).

    ``remarks`` are what was said beside the verdicts, each by how many of them came before it.
    """

    verdicts: list[Verdict]
    texts: list[str]
    remarks: dict[int, Said] = {}


class Numbered(Struct, frozen=True):
    """What became of an entry, with its number and its text (empty where none was kept)."""

    number: int
    text: str
    verdict: Verdict


class AtWork(Struct, frozen=True):
    """Who works in a session (is signed on), since when by the device's wall clock; empty when nobody does."""

    operator: str = ""
    name: str = ""
    since_us: int = 0


class Log:
    """Numbers are given here, so that a group of entries costs one statement each and no look-up."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        given = given_numbers(database)
        self._entry, self._play = given.entry, given.play
        self._judged = 0

    def add(self, session: str, entries: Sequence[Entry], hidden: Collection[int] = ()) -> list[Logged]:
        """Store entries as captured; of those at the places ``hidden`` only that there was one (it may be a secret)."""
        first = self._entry + 1
        self._entry += len(entries)
        logged = [Logged(number, entry) for number, entry in enumerate(entries, first)]
        self._database.executemany(
            _ENTRY, (_entry_row(session, new, new.number - first not in hidden) for new in logged)
        )
        return logged

    def unheard(self, logged: Logged) -> Logged:
        """An entry once more, under a number of its own that no row has: for a second event that it completes."""
        self._entry += 1
        return replace(logged, number=self._entry)

    def judge(self, entry: int, play: int, verdict: Verdict) -> None:
        self._database.execute(
            _VERDICT, (entry, play, verdict.question, verdict.result.value, _encode(verdict).decode())
        )
        self._judged = entry

    def remark(self, play: int, said: Said | None) -> None:
        """Keep what an open script says behind the entry that was judged last, whichever script had taken that."""
        self._database.execute(_REMARK, (play, self._judged, _encode(said).decode()))

    def forget(self) -> None:
        """Read the numbers again after a rollback."""
        self.__init__(self._database)  # type: ignore[misc]

    def begin(self, session: str, opened: OpenPlay) -> int:
        """Store the beginning of a script and return its number; ``opened.play`` is not used."""
        self._play += 1
        values = (opened.script, opened.version, opened.operator)
        packed = (_encode(value).decode() for value in (opened.arguments, opened.sent, opened.said, opened.typed))
        self._database.execute(_PLAY, (self._play, session, opened.parent, *values, *packed))
        return self._play

    def end(self, play: int, how: str) -> None:
        self._database.execute("UPDATE play SET ended = ? WHERE play = ?", (how, play))
        self._database.execute("DELETE FROM remark WHERE play = ?", (play,))

    def set_aside(self, session: str, trace: str) -> None:
        """End every open script of a session without reading it: what cannot be read must not be in the way.

        Which these were stays noted for ``scanner doctor``, with the ``trace`` of what broke, until it happens again.
        """
        self._database.execute(
            "INSERT OR REPLACE INTO meta SELECT ?, coalesce(group_concat(script, ', '), '') || char(10) || ? FROM play "
            "WHERE session = ? AND ended IS NULL",
            (SET_ASIDE, trace, session),
        )
        self._database.execute(
            "DELETE FROM remark WHERE play IN (SELECT play FROM play WHERE session = ? AND ended IS NULL)", (session,)
        )
        self._database.execute("UPDATE play SET ended = 'set_aside' WHERE session = ? AND ended IS NULL", (session,))

    def open_plays(self, session: str) -> list[OpenPlay]:
        """Return the session's open scripts, the oldest (lowest in the stack) first."""
        rows = self._database.execute(
            "SELECT play, parent, script, version, operator, arguments, looks, said, typed FROM play "
            "WHERE session = ? AND ended IS NULL ORDER BY play",
            (session,),
        ).fetchall()
        return [_opened(row) for row in rows]

    def verdicts(self, play: int) -> Judged:
        """What became of the entries of a play, in order, up to the first that this program cannot read."""
        rows = self._database.execute(
            "SELECT v.facts, e.raw, e.entry FROM verdict v JOIN entry e USING (entry) WHERE v.play = ? ORDER BY entry",
            (play,),
        ).fetchall()
        texts = [(raw or b"").decode("utf-8", "replace") for _facts, raw, _entry in rows]
        verdicts: list[Verdict] = []
        for facts, _raw, _entry in rows:
            try:
                verdicts.append(_decode_verdict(facts))
            except msgspec.DecodeError:
                break
        return Judged(verdicts, texts, self._remarks(play, [entry for _facts, _raw, entry in rows]))

    def _remarks(self, play: int, entries: Sequence[int]) -> dict[int, Said]:
        """What was said beside the verdicts on some entries, by how many of them came before."""
        rows = self._database.execute("SELECT entry, said FROM remark WHERE play = ? ORDER BY entry", (play,))
        said = ((entry, _decode_said(text)) for entry, text in rows.fetchall())
        return {bisect_right(entries, entry): one for entry, one in said if one is not None}

    def numbered_verdicts(self, play: int) -> list[Numbered]:
        """What became of the entries of a play, in order, each with the number of its entry and its text."""
        rows = self._database.execute(
            "SELECT entry, raw, facts FROM verdict JOIN entry USING (entry) WHERE play = ? ORDER BY entry", (play,)
        )
        return [
            Numbered(number, (raw or b"").decode("utf-8", "replace"), _decode_verdict(facts))
            for number, raw, facts in rows.fetchall()
        ]

    def entry(self, number: int) -> Entry | None:
        """An entry by its number; None when it has left the device, or was never kept."""
        row = self._database.execute(f"SELECT {_COLUMNS} FROM entry e WHERE entry = ?", (number,)).fetchone()
        return _entry(row) if row and row[1] is not None else None

    def unjudged(self, session: str) -> list[Logged]:
        """Return entries of a session that were stored and then interrupted, in order."""
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM entry e WHERE {_UNJUDGED.format('?')} ORDER BY e.entry",
            (session, session),
        ).fetchall()
        return [Logged(row[0], _entry(row)) for row in rows]

    def behind(self) -> list[str]:
        """The sessions in which entries were stored and then interrupted."""
        return [session for (session,) in self._database.execute(BEHIND).fetchall()]

    def oldest_open_us(self) -> int | None:
        """Wall clock of the oldest entry that an open script has taken or that waits to be taken; None without one.

        Of all sessions: the watermark that follows it is the device's, and says what nobody here can still put down.
        """
        return self._database.execute(_OLDEST_OPEN).fetchone()[0]  # type: ignore[no-any-return]

    def signed_on(self, session: str) -> AtWork:
        row = self._database.execute(
            "SELECT operator, name, since_us FROM session WHERE session = ?", (session,)
        ).fetchone()
        return AtWork(*row) if row else AtWork()

    def sign_on(self, session: str, who: AtWork) -> None:
        values = (session, who.operator, who.name, who.since_us)
        self._database.execute(
            "INSERT OR REPLACE INTO session (session, operator, name, since_us) VALUES (?,?,?,?)", values
        )

    def everybody(self) -> tuple[AtWork, ...]:
        """All who are signed on, each once, who came last first."""
        rows = self._database.execute(
            "SELECT operator, name, max(since_us) FROM session WHERE operator <> '' GROUP BY operator ORDER BY 3 DESC"
        )
        return tuple(AtWork(*row) for row in rows)

    def is_open(self, session: str, script: str) -> bool:
        """Say whether a script of this name is among the open ones."""
        rows = self._database.execute(
            "SELECT 1 FROM play WHERE session = ? AND ended IS NULL AND script = ? LIMIT 1", (session, script)
        )
        return rows.fetchone() is not None

    def touched(self, session: str) -> Stamp | None:
        """When somebody at the device last entered something in a session."""
        row = self._database.execute(
            "SELECT wall_us, monotonic_us, boot FROM entry "
            "WHERE session = ? AND source NOT IN (?, ?) ORDER BY entry DESC LIMIT 1",
            (session, *(source.value for source in NOBODY)),
        ).fetchone()
        return Stamp(*row) if row else None


def _opened(row: tuple[Any, ...]) -> OpenPlay:
    """A script that is open, of its row."""
    play, parent, script, version, operator, arguments, sent, said, typed = row
    given = _decode_arguments(arguments), _decode_sent(sent), _decode_said(said), _decode_typed(typed)
    return OpenPlay(play, parent, script, version, operator, *given)


def _entry_row(session: str, logged: Logged, keep_raw: bool) -> tuple[object, ...]:
    entry, stamp = logged.entry, logged.entry.stamp
    raw = entry.raw if keep_raw else None
    return (
        logged.number, session, entry.source.value, entry.key, entry.fault.value, raw,
        stamp.wall_us, stamp.monotonic_us, stamp.boot, entry.reader,
    )  # fmt: skip


def _entry(row: tuple[int, bytes | None, str, int, int, str, str, str, str]) -> Entry:
    stamp = Stamp(row[3], row[4], row[5])
    return Entry(row[1] or b"", Source(row[2]), stamp, row[6], Fault(row[7]), row[8])
