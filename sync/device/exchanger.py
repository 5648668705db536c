"""One exchange between the device's store and the centre, in transactions small enough to let entries through."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from scanner_app.config import Sync
from scanner_app.domain.clock import Offset, Stamp, measured
from scanner_app.errors import RefusedError
from scanner_app.store.identity import Position
from scanner_app.store.journal import Answered
from scanner_app.store.notices import Copied
from scanner_app.store.store import Store
from sync.device.batch import Sending, Taken
from sync.device.failure import Rejected
from sync.device.flight import Landed, Launch
from sync.device.happenings import BatchRejected, Exchanged
from sync.device.jobs import Run, in_transaction
from sync.device.machine import Exchange, State, begun, better_offset, rows_wanted
from sync.device.portions import Portion, fitting, matched, portions, to_renumber
from sync.device.restart import Restart
from sync.device.room import Room
from sync.device.signed_on import Present, keep_answer, present, told
from sync.device.speaks import Send, Speaks
from sync.device.watermark import watermark_us
from sync.protocol import ExchangeAnswer, ExchangeRequest

T = TypeVar("T")
SHORT_EVENTS_MAX, SHORT_ROWS_MAX = 10, 50
"""So few are taken, or kept, in a moment: they need not wait until the last entry has been painted."""


class Exchanger:
    """Knows the order of things inside one exchange: settle, push, time, answers, rows, cursor.

    With ``launch`` the next batch is made ready while the centre has one, and on its way while its answers are being
    stored.
    """

    def __init__(
        self,
        store: Store,
        run: Run,
        client: Speaks,
        *,
        settings: Sync,
        stamp: Callable[[], Stamp],
        chance: Callable[[], float],
        program: str,
        launch: Launch | None = None,
    ) -> None:
        self._store = store
        self._run = run
        self._client = client
        self._settings = settings
        self._stamp = stamp
        self._chance = chance
        self._program = program
        self._launch = launch
        self._ahead: Sending | None = None
        self._restart = Restart(store, self._job, settings.transaction_rows_max)
        self._room = Room(store.journal)

    def begun(self) -> State:
        """The machine's first state, from what the store holds."""
        return self._job(self._begun)

    def exchange(self, plan: Exchange, early: Taken | None = None) -> Exchanged | BatchRejected:
        """Do what the machine planned; ``early`` is what was taken for it while it was being planned.

        Raises:
            LinkError: no answer, or one that says: try again.
            RefusedError: the centre will not talk to this device.
            StoreError: the store could not be written.
        """
        self._restart.finish()
        sending = self._ahead = self._under_way(plan) or self._next(plan, early)
        behind = self._behind(plan, sending)
        self._ahead, taken = None, sending.taken
        answer, sent, received = sending.landed()
        if isinstance(answer, Rejected):
            first = taken.batch[0].number if taken.batch else 0
            now_s, chance = received.monotonic_us / 1e6, self._chance()
            return BatchRejected(now_s=now_s, sent=len(taken.batch), first=first, reason=answer.reason, chance=chance)
        offset = measured(sent, received, answer.received_us, answer.answered_us)
        answers = matched(taken.batch, answer.answers)
        if behind is not None and _is_usual(taken, answer, answers):
            self._ahead = self._launched(behind)
        return self._kept(taken, answer, answers, offset, sending.has_pulled)

    def take_early(self) -> Taken | None:
        """Take the few events that wait, if it is only a few; for the thread that owns the store."""
        if self._store.journal.waiting > SHORT_EVENTS_MAX:
            return None
        return in_transaction(self._store, partial(self._settled_and_taken, SHORT_EVENTS_MAX))

    def _next(self, plan: Exchange, early: Taken | None) -> Sending:
        """Take the oldest batch; one that is not followed is sent when its answer is waited for."""
        is_short = self._store.journal.waiting <= SHORT_EVENTS_MAX
        taken = early if early is not None and 0 < len(early.batch) <= plan.events_max else None
        while taken is None:
            taken = self._job(partial(self._settled_and_taken, plan.events_max), is_short=is_short)
        sending = self._prepared(plan, taken, taken.waiting)
        return self._launched(sending) if sending.is_followed else sending

    def _prepared(self, plan: Exchange, taken: Taken, waiting: int) -> Sending:
        """Make a batch ready; so many are ``waiting``, itself among them and what is under way before it not."""
        is_cramped = self._store.ballast.is_gone
        rows_max = 0 if is_cramped else rows_wanted(plan, len(taken.batch), waiting, self._settings)
        request = replace(self._request(taken, rows_max, self._stamp()), waiting=max(0, waiting - len(taken.batch)))
        send = self._client.prepared(request)
        return Sending(taken, rows_max > 0 or is_cramped, partial(self._ask, send))

    def _ask(self, send: Send) -> Landed:
        sent = self._stamp()
        return Landed(send(), sent, self._stamp())

    def _launched(self, sending: Sending) -> Sending:
        return replace(sending, landed=self._launch(sending.landed)) if self._launch else sending

    def _behind(self, plan: Exchange, sending: Sending) -> Sending | None:
        """Make the batch behind one ready while that is under way, if there is one."""
        batch = sending.taken.batch
        if self._launch is None or not sending.is_followed:
            return None
        behind = self._job(partial(self._take, plan.events_max, batch[-1].number))
        if not behind.batch or behind.renews:
            return None
        return self._prepared(plan, behind, behind.waiting - len(batch))

    def _under_way(self, plan: Exchange) -> Sending | None:
        """The batch that was sent ahead; a probe lets it go, its events are sent once more."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and plan.is_probe:
            ahead.landed()
            return None
        return ahead

    def set_aside(self, number: int, reason: str) -> int:
        """Take an event that the centre rejects out of the queue, with the reason; return how many are waiting."""
        refused = Answered(number, "not_accepted", 0, (reason,), counts=False)
        return self._job(partial(self._answer, refused))

    def _answer(self, answered: Answered) -> int:
        self._store.journal.answer([answered])
        return self._store.journal.waiting

    def _begun(self) -> State:
        identity = self._store.identity
        is_timed = identity.offset is not None and identity.offset.at.boot == self._stamp().boot
        waiting, cursor = self._store.journal.waiting, identity.position.cursor
        return begun(self._settings, waiting=waiting, cursor=cursor, is_timed=is_timed)

    def _settle(self) -> int:
        """Settle some events, unless the clock was last measured in another boot: then after this exchange."""
        journal, offset = self._store.journal, self._store.identity.offset
        if offset is None or offset.at.boot != self._stamp().boot:
            return 0
        return journal.settle(offset, self._settings.transaction_rows_max)

    def _settled_and_taken(self, events_max: int) -> Taken | None:
        """Take the oldest batch; None while there may be more to settle before."""
        if events_max and self._settle() == self._settings.transaction_rows_max:
            return None
        return self._take(events_max)

    def _take(self, events_max: int, after: int = 0) -> Taken:
        identity, journal = self._store.identity, self._store.journal
        if identity.enrolment is None:
            raise RefusedError("This device is not enrolled. Get a code from the centre, then: scanner enrol URL CODE")
        batch = fitting(journal.to_send(events_max, after)) if events_max else ()
        renews = identity.is_renewing and not journal.has_old_waiting()
        return Taken(
            batch=batch,
            waiting=journal.waiting,
            position=identity.position,
            epoch=identity.enrolment.epoch,
            offset=identity.offset,
            renews=renews,
            is_unordered=identity.is_renewing or (identity.is_unordered and journal.waiting > 0),
            open_us=self._store.log.oldest_open_us(),
            people=present(self._store),
        )

    def _request(self, taken: Taken, rows_max: int, now: Stamp) -> ExchangeRequest:
        return ExchangeRequest(
            program=self._program,
            epoch=taken.epoch,
            store_epoch=taken.position.store_epoch,
            cursor=taken.position.cursor,
            mark=taken.position.mark,
            rows_max=rows_max,
            watermark_us=self._watermark_us(taken, now),
            renew=taken.renews,
            signed_on=taken.people.signed_on,
            signed_on_all=taken.people.everybody,
            back=taken.people.back,
            told=taken.people.told,
            locked=told(taken.people.locked),
            events=tuple(msgspec.Raw(event.payload) for event in taken.batch),
        )

    def _watermark_us(self, taken: Taken, now: Stamp) -> int:
        if taken.is_unordered:
            return 0
        newest = taken.batch[-1] if taken.batch else None
        return watermark_us(newest, taken.waiting, taken.open_us, taken.offset, now)

    def _kept(
        self, taken: Taken, answer: ExchangeAnswer, answers: list[Answered], offset: Offset, has_pulled: bool
    ) -> Exchanged:
        known = taken.position.store_epoch
        if known and known != answer.store_epoch:
            self._restart.begin(answer.store_epoch)
            self._restart.finish()
        if taken.renews:
            self._job(partial(self._renew, answer.epoch))
        renumbered = to_renumber(taken.batch, answer.answers)
        if renumbered:
            self._job(partial(self._renumber, renumbered))
        self._head(answer, is_from_start=taken.position.cursor == 0)
        size_max = self._settings.transaction_rows_max
        waiting = 0
        for portion in portions(answers, answer.rows, answer.cursor, size_max):
            is_short = len(portion.answers) + len(portion.rows) <= SHORT_ROWS_MAX
            waiting = self._job(partial(self._keep, portion, answer, offset, taken.people), is_short=is_short)
        if has_pulled and not answer.more and not self._store.identity.is_whole:
            self._job(partial(self._store.identity.set_whole, True))
        now_s = offset.at.monotonic_us / 1e6
        if self._room.is_due(answers, now_s):
            waiting = self._job(partial(self._room.ask, now_s))
        return Exchanged(
            now_s=now_s,
            sent=len(taken.batch),
            answered=len(answers) + len(renumbered),
            waiting=waiting,
            pulled=len(answer.rows),
            has_pulled=has_pulled,
            cursor=answer.cursor,
            more=answer.more,
            outcomes=Counter(event.outcome for event in answers),
        )

    def _keep(self, portion: Portion, answer: ExchangeAnswer, offset: Offset, people: Present) -> int:
        """Store a portion; return how many events are waiting then."""
        identity = self._store.identity
        if portion.answers:
            self._store.journal.answer(portion.answers)
        if portion.rows:
            self._store.feed.put((versioned.version, versioned.row) for versioned in portion.rows)
        position = Position(answer.store_epoch, portion.cursor, answer.mark)
        if position != identity.position:
            identity.move_to(position)
        if identity.is_unordered and not identity.is_renewing and not self._store.journal.waiting:
            identity.set_in_order()
        if portion.is_last:
            chosen = better_offset(identity.offset, offset)
            if chosen is not identity.offset:
                identity.set_offset(chosen)
            identity.set_exchanged(offset.at.wall_us)
            keep_answer(self._store, people, answer)
        return self._store.journal.waiting

    def _head(self, answer: ExchangeAnswer, *, is_from_start: bool) -> None:
        """Note how far there is to go, and durably that the site is being fetched whole."""
        self._store.identity.site_version = answer.version
        if answer.more and is_from_start and self._store.identity.is_whole:
            self._job(partial(self._store.identity.set_whole, False))

    def _renew(self, epoch: int) -> None:
        """This device was restored: what it made since then gets the epoch that the centre has given."""
        identity = self._store.identity
        if epoch == 0:
            raise RefusedError("The centre is too old to take this restored device back. Ask whoever runs it.")
        identity.renewed(epoch)
        if identity.enrolment is not None:
            self._store.journal.adopt(identity.enrolment)

    def _renumber(self, numbers: Sequence[int]) -> None:
        """This file is an older one put back, or a copy: what it made since gets numbers of an epoch of its own."""
        self._store.journal.renumber(numbers)
        self._store.identity.renew()
        self._store.identity.set_copied(is_copied=True)
        self._store.tell(Copied())

    def _job(self, job: Callable[[], T], *, is_short: bool = False) -> T:
        return self._run(partial(in_transaction, self._store, job), is_short=is_short)


def _is_usual(taken: Taken, answer: ExchangeAnswer, answers: Sequence[Answered]) -> bool:
    """Say whether all of a batch is dealt with: the watermark of the next is a promise about this one, too."""
    return answer.store_epoch == taken.position.store_epoch and len(answers) == len(taken.batch)
