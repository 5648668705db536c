"""What holds between words and store, looked at after whatever happened: entries, verdicts, events and sentences."""

from collections import defaultdict
from typing import Any

import msgspec

from scanner_app.domain.capture.entry import Fault
from scanner_app.domain.events.event import Event
from scanner_app.domain.ledger import in_hand
from scanner_app.domain.quantity import SCALE, in_units
from scanner_app.session.view.part import Kind
from scanner_app.session.view.view import Line
from scanner_app.workflows.engine.commands import parted
from scanner_app.workflows.phrases import session as session_phrases
from scanner_app.workflows.phrases.book import all_phrases, phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.ask.quantity import UNTOLD, AskQuantity
from scanner_app.workflows.shift import phrases as shift_phrases
from tests.languages.test_catalogues import blanks
from tests.torture.walks.book import Book
from tests.torture.walks.claims.claim import micro
from tests.torture.walks.claims.claims import BESIDE, CLAIMS, beside, is_true
from tests.torture.walks.station import Station

_HAND = (shift_phrases.IN_HAND.key, shift_phrases.IN_HAND_MORE.key)
_STILL = {"set_aside", "ignored", "helped", "paged", "widened"}
"""What leaves a mistake on screen as it is."""
_decode = msgspec.json.Decoder(Event).decode
_UNBOOKED = """SELECT e.id, p.ended FROM event e JOIN verdict v USING (entry) JOIN play p USING (play)
WHERE p.ended IS NULL OR p.ended <> 'posted'"""
_TWICE = "SELECT entry FROM event GROUP BY entry HAVING count(*) > 1"
_ENTERED = "SELECT entry FROM entry WHERE entry = ?"
_UNJUDGED = "SELECT entry FROM entry LEFT JOIN verdict USING (entry) WHERE verdict.entry IS NULL"
_BROKEN = "SELECT entry FROM verdict WHERE outcome = 'broken'"


class Truth:
    """``check`` after each step; it goes on from where it was."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._book = Book(station.store)
        self._entry = self._event = self._told = 0
        self._newest: list[Event] = []
        self.claims = 0

    def check(self, *, was_killed: bool = False) -> None:
        """Everything since the last time.

        Where the device was killed, entries that were being taken may be missing from the end.
        """
        for query in (_UNBOOKED, _TWICE, _UNJUDGED, _BROKEN):
            assert self._rows(query) == [], query
        self._entries_are_kept(is_cut=was_killed)
        self._words_are_whole()
        self._booked_is_said(is_again=was_killed)
        self._told_in_order(was_killed=was_killed)
        self._book.agrees(self._station.store)
        self._still_said_is_the_newest()
        self._shown_is_known()
        self._station.forget()
        self._entry = self._rows("SELECT coalesce(max(entry), 0) FROM entry")[0][0]

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self._station.store.file.database.execute(query, values).fetchall()

    def _entries_are_kept(self, *, is_cut: bool) -> None:
        """Each once, in order; what goes on with work set aside may have entered some of before again behind one."""
        kept = iter(self._rows("SELECT raw, key, fault FROM entry WHERE entry > ? ORDER BY entry", self._entry))
        found = 0
        have_aim = self._station.session.settings.scans_have_aim
        submitted = self._station.submitted
        for entry in (parted(one, lambda _: False, scans_have_aim=have_aim) for one in submitted):
            fault = entry.fault.value
            for raw, key, its in kept:
                is_it = key == entry.key and its == fault and raw in (entry.raw, None)
                if is_it:
                    found += 1
                    break
            else:
                break
        assert is_cut or found == len(self._station.submitted), self._station.submitted[found:]
        assert all(one.fault is not Fault.TOO_LONG or not one.raw for one in self._station.submitted)

    def _words_are_whole(self) -> None:
        """Every sentence is in the book of phrases, and nothing that fills it is missing."""
        known = {one.key for one in all_phrases()}
        for one in self._station.heard:
            assert one.said.key in known, one.said
            said = phrase(one.said.key)
            assert blanks(said.text) | blanks(said.many) <= {*one.said.arguments, "wanted"}, one.said

    def _booked_is_said(self, *, is_again: bool) -> None:
        """An event has one sentence of its entry that says it, and a sentence that says so has one event.

        An entry may book two: whoever counts and scans the next thing confirms the line before it. They are said in the
        order in which they are booked, and the second has a number that no entry has. A program that begins again tells
        once more what was said last: all that one entry booked. What a device asks for ahead is
        said to nobody: it books nothing.
        """
        said: dict[int, list[Said]] = defaultdict(list)
        more: dict[int, set[str]] = defaultdict(set)
        for one in self._station.heard:
            self._is_true_otherwise(one.entry, one.said)
            if one.said.key in CLAIMS and not (is_again and one.said in said[one.entry]):
                said[one.entry].append(one.said)
            if one.said.key in BESIDE:
                more[one.entry].add(one.said.key)
        wanted: dict[int, set[str]] = defaultdict(set)
        newest, entry = self._newest, 0
        for number, payload in self._rows(
            "SELECT number, payload FROM event WHERE number > ? ORDER BY number", self._event
        ):
            event = _decode(payload)
            self._event = number
            if event.fact.leases:
                continue
            if self._rows(_ENTERED, event.entry):
                entry, self._newest = event.entry, []
            self._newest = [*self._newest, event]
            assert said[entry], event
            claim = said[entry].pop(0)
            assert is_true(claim, event, self._book), (claim, event)
            wanted[entry] |= beside(event, self._book)
            self._book.follow(event)
            self.claims += 1
        for entry, words in wanted.items():
            assert more.pop(entry, set()) == words, entry
        left = [one for claims in said.values() for one in claims]
        for event in newest if is_again else ():
            again = next((one for one in left if is_true(one, event, self._book)), None)
            left = [one for one in left if one is not again]
            more.pop(event.entry, None)
        assert left == [], f"said, and not booked: {left}"
        assert not more, f"said, and not booked: {more}"

    def _is_true_otherwise(self, entry: int, said: Said) -> None:
        outcomes = self._rows("SELECT outcome FROM verdict WHERE entry = ?", entry)
        if said.key == session_phrases.SET_ASIDE.key and outcomes == [("acknowledged",)]:
            assert int(said.arguments["count"]) == self._set_aside(entry), said
        if said.key in _HAND and len(self._station.submitted) == 1:
            self._is_in_hand(said)

    def _set_aside(self, entry: int) -> int:
        """How many lines counted for nothing before the mistake was acknowledged, by the log."""
        play = self._rows("SELECT play FROM verdict WHERE entry = ?", entry)[0][0]
        outcomes = self._rows(
            "SELECT outcome FROM verdict WHERE play = ? AND entry < ? ORDER BY entry DESC", play, entry
        )
        count = 0
        for (outcome,) in outcomes:
            if outcome not in _STILL:
                break
            count += outcome == "set_aside"
        return count

    def _is_in_hand(self, said: Said) -> None:
        """At a sign-in or sign-out the first of what is in that hand, and how many kinds besides."""
        who = self._rows("SELECT operator FROM play WHERE operator <> '' ORDER BY play DESC LIMIT 1")[0][0]
        held = [(key.item, quantity) for key, quantity in self._book.at(in_hand(who)) if quantity > 0]
        quantity, item = said.arguments["stock"].rpartition(" ")[::2]
        assert (item, micro(quantity)) in held, (said, held)
        assert len(held) == 1 + int(said.arguments.get("count", "0")), (said, held)

    def _told_in_order(self, *, was_killed: bool) -> None:
        """The view tells what was said of the newest entries, each by the number behind the one before."""
        told = self._station.view.told
        if was_killed:
            self._told = 0
        numbers = [one.number for one in told]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
        heard = [one.told for one in self._station.heard]
        if heard and not was_killed:
            assert heard[0].number == self._told + 1, (heard, self._told)
            assert list(told[-len(heard) :]) == heard
        self._told = max([self._told, *numbers])

    def _still_said_is_the_newest(self) -> None:
        """What is on screen as done is what was done last, where two things were done both of them in their order."""
        shown = self._station.session.play.said
        claims = [one for one in shown.in_order if one.key in CLAIMS] if shown else []
        for one, event in zip(reversed(claims), reversed(self._book.events.values()), strict=False):
            assert is_true(one, event, self._book), (one, event)

    def _shown_is_known(self) -> None:
        """A quantity that is shown as known is the store's."""
        play = self._station.session.play
        if isinstance(play.question, AskQuantity):
            question = play.question
            known = {quantity for key, quantity in self._book.stock.items() if key.item == question.item}
            assert question.known in {0, UNTOLD, *known}, (question.known, known)
        if play.script.name in ("put", "unload", "inquiry", "build") and not play.is_helped:
            for line in self._station.view.listed:
                self._is_a_row(line)

    def _is_a_row(self, line: Line) -> None:
        """A row of stock with its item is one that is somewhere, with that quantity."""
        texts = [part.text for part in line.parts if part.text]
        amounts = [part.text for part in line.parts if part.kind is Kind.QUANTITY and part.text]
        items = [key.item for key in self._book.stock if key.item in texts]
        for words in amounts:
            number, _, unit = words.rpartition(" ")
            wanted = in_units(micro(f"{number} {unit}"), SCALE, unit, unit)
            shown = {
                in_units(self._book.stock[key], SCALE, unit, unit) for key in self._book.stock if key.item in items
            }
            assert not items or wanted in shown or self._is_a_sum(micro(words), items[0]), (line, shown)

    def _is_a_sum(self, quantity: int, item: str) -> bool:
        """What is said of an item as a whole is all of it."""
        return quantity == sum(held for key, held in self._book.stock.items() if key.item == item)
