"""Where the pieces go that were scanned, or one piece more."""

from typing import ClassVar

from msgspec.structs import replace

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.codes import text_fault
from scanner_app.domain.recognition.label import Label, known_way
from scanner_app.workflows.lookups import samples
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import label_phrases
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Answer, Text
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.facts import Facts, KnownMark, Wanted
from scanner_app.workflows.questions.goods_label import of_another, of_another_mark
from scanner_app.workflows.questions.judgement import Accepted, Again, Ignored, Judgement, doubt, doubted, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.row_or_code import by_row
from scanner_app.workflows.questions.samples import PLACE, Examples

PIECES_MAX = 200
"""So many pieces at most in one event, each with two legs and an entry of its own."""


class AskPiece(AskPlace, frozen=True, kw_only=True):
    """Where pieces of ``item`` are put, or the serial of one more: of those ``known`` here, by its code or its row.

    What was ``taken`` counts once. ``unlike`` are here, but of another owner, status or lot: those go alone, and so
    does one whose label names another day than ``day``, which is that of all of them. A serial that is known nowhere
    is none, unless a label says so: it might be the label of a place that nobody knows.
    """

    item: str
    lot: str = ""
    day: str = ""
    known: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    unlike: frozenset[str] = frozenset()

    forms: ClassVar[tuple[Phrase, ...]] = (say.CODE, say.MORE_PIECES, say.CONFIRM)

    def knows(self, text: str) -> bool:
        return text in self.known | self.taken | self.unlike

    @property
    def wanted(self) -> Wanted:
        return Wanted(places=True, checked=True, brings=self.brings, marks=True)

    @property
    def of_rows(self) -> frozenset[tuple[str, str, str]]:
        return frozenset({(self.item, self.lot, "")})

    @property
    def mark_of(self) -> KnownMark:
        return KnownMark("serial", self.item)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        if facts.places:
            return super().judge(reading, facts, wall_us, limits)
        row = by_row(self.options, reading, self.known, facts, mark="serial", wall_us=wall_us) if self.known else None
        if judged := row or self._of_goods(reading, facts, wall_us):
            return self._no_more_than_fit(judged)
        where = replace(self, options=()) if self.known else self
        return AskPlace.judge(where, reading, facts, wall_us, limits)

    def _of_goods(self, reading: Reading, facts: Facts, wall_us: int) -> Judgement | None:
        """What a label or a code says of a piece; nothing where it says nothing of one."""
        if (reading.label is None or not reading.aim) and self.knows(reading.text):
            return self._piece(reading.text, Label(), wall_us)
        if reading.label is not None:
            return self._labelled(reading, reading.label, facts, wall_us)
        if any(goods.item == self.item for goods in facts.goods):
            return refused(say.WHICH_PIECE)
        is_piece = facts.marked == self.mark_of
        return self._piece(reading.text, Label(), wall_us) if is_piece else None

    def _labelled(self, reading: Reading, label: Label, facts: Facts, wall_us: int) -> Judgement | None:
        """A label is a piece only as a whole: of the item and the lot in question, with a serial that is clear."""
        if other := of_another(reading, facts, self.item) or of_another_mark(reading, lot=self.lot):
            return other
        if reading.ways:
            serial = known_way(reading.ways, "serial", self.known | self.taken | self.unlike)
            label = next((way for way in reading.ways if serial and way.serial == serial), Label())
            if not serial and any(way.serial for way in reading.ways):
                return refused(label_phrases.NO_SEPARATOR)
        if label.serial:
            return refused(say.NO_CODE) if text_fault(label.serial) else self._piece(label.serial, label, wall_us)
        return refused(say.WHICH_PIECE) if facts.goods else None

    def _piece(self, serial: str, label: Label, wall_us: int) -> Judgement:
        if serial in self.taken:
            return Ignored(doubt(say.PIECE_TWICE, serial=serial))
        is_here = serial in self.known
        is_of_lot = is_here or self.lot in ("", label.lot)
        if serial in self.unlike or label.expires not in ("", self.day) or not is_of_lot:
            return refused(say.PIECE_ALONE)
        return doubted(Text(serial, wall_us, label.expires), [] if is_here else [doubt(say.PIECE_AGAIN)])

    def _no_more_than_fit(self, judged: Judgement) -> Judgement:
        is_piece = isinstance(judged, Accepted | Again)
        is_full = is_piece and len(self.taken) >= PIECES_MAX
        return refused(say.PIECES_MAX, count=str(PIECES_MAX)) if is_full else judged

    def label_of(self, answer: Answer) -> Phrase | None:
        return labels.SERIAL if isinstance(answer, Text) else super().label_of(answer)

    def tells_of_goods(self, answer: Answer) -> bool:
        return isinstance(answer, Text) or super().tells_of_goods(answer)

    @property
    def wants(self) -> Phrase:
        return say.WANT_PIECE

    def examples(self) -> Examples:
        if not self.known:
            return super().examples()
        return ("a place", PLACE), ("a serial", Text(samples.OTHER_SERIAL))
