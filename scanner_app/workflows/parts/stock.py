"""Which stock: lot, serial, owner and status of goods at a place, asked by the item's rules."""

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.catalog import AVAILABLE
from scanner_app.domain.ledger import StockKey
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.goods import Flag, ItemRules, Rules, StatusOf
from scanner_app.workflows.lookups.lots import Days, DaysOf
from scanner_app.workflows.lookups.stock import Held, HeldRow, Rows
from scanner_app.workflows.parts import beside, expiry, untold_kind
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Goods, Text
from scanner_app.workflows.questions.ask.again import AskAgain
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.quantity import UNTOLD
from scanner_app.workflows.questions.ask.text import AskText
from scanner_app.workflows.questions.shown import Shown

SLOTS = ("lot", "serial", *expiry.SLOTS, "stock", *untold_kind.SLOTS, "on_hold")


class Stock(Struct, frozen=True):
    """One stock key, the rules of its item, and how much of it (micro-units) is known to be there.

    ``expires`` is what its label said of that, ``until`` the day of its lot by the book; each may be empty. Of a piece,
    ``others`` are the rows of those beside it. ``held`` is all that was looked up where it is.
    """

    key: StockKey
    rules: ItemRules
    known: int
    expires: str = ""
    until: str = ""
    others: tuple[HeldRow, ...] = ()
    held: Rows = Rows(())

    @property
    def facts(self) -> tuple[Shown, ...]:
        """What is to be known of it beside a question."""
        return beside.of_key(self.key, self.until)


def stock_of(place: str, what: Goods, *, is_at_hand: bool = False, is_used: bool = True) -> Part[Stock]:
    """Ask which stock it is; where it ``is_used``, that of a blocking status is confirmed.

    Lots and serials are what the label says, so they are asked for; of what is at hand only where there is a choice.
    Owner and status are what the book says: asked only where there is a choice.
    """
    rules: ItemRules = yield Rules(what.item)
    held: Rows = yield Held(place, what.item)
    rows = held.rows
    lot = serial = Text("")
    days = Days()
    others = rows if rules.tracking.wants_serial else ()
    if rules.tracking.wants_lot:
        lots = frozenset(row.lot for row in rows)
        if lots:
            days = yield DaysOf(what.item, tuple(sorted(lots)))
        lot = _only(lots, is_at_hand=is_at_hand) or (yield _lot(what.item, held, days))
        rows = tuple(row for row in rows if row.lot == lot.text)
    if rules.tracking.wants_serial:
        serials = frozenset(row.serial for row in rows)
        serial = _only(serials, is_at_hand=is_at_hand) or (yield _serial(what.item, replace(held, rows=rows)))
        rows = tuple(row for row in rows if row.serial == serial.text)
    says = lot.expires or serial.expires or what.expires
    yield from expiry.checked(what.item, lot.text, says)
    key = StockKey(place, what.item, lot.text, serial.text)
    key = (yield from untold_kind.asked(key)) if held.is_hidden else (yield from _kind(key, rows))
    if is_used:
        yield from usable(key)
    there = (
        UNTOLD
        if held.is_hidden
        else sum(row.quantity for row in rows if (row.owner, row.status) == (key.owner, key.status))
    )
    return Stock(key, rules, there, says, days.by_lot.get(lot.text, ""), others, held)


def _only(texts: frozenset[str], *, is_at_hand: bool) -> Text | None:
    """The only one at hand, of which nobody need say which it is."""
    return Text(next(iter(texts))) if is_at_hand and len(texts) == 1 else None


def _lot(item: str, held: Rows, days: Days) -> AskText:
    return AskText(
        slot="lot", phrase=say.WHICH_LOT, help=say.HELP_LOT, label=labels.LOT, item=item,
        known=frozenset(row.lot for row in held.rows), again=say.LOT_AGAIN, options=beside.lots(held.rows, days),
        takes_any=bool(held.is_hidden),
    )  # fmt: skip


def _serial(item: str, held: Rows) -> AskText:
    return AskText(
        slot="serial", phrase=say.WHICH_SERIAL, help=say.HELP_SERIAL, label=labels.SERIAL, item=item,
        known=frozenset(row.serial for row in held.rows), again=say.SERIAL_AGAIN, options=beside.serials(held.rows),
        takes_any=bool(held.is_hidden),
    )  # fmt: skip


def _kind(key: StockKey, rows: tuple[HeldRow, ...]) -> Part[StockKey]:
    """The key with the owner and status it is of; what is known to be gone does not count."""
    kinds = {f"{row.owner}/{row.status}": row for row in rows if row.quantity > 0}
    if len(kinds) <= 1:
        return next((_of_row(key, row) for row in kinds.values()), key)
    options = tuple(beside.kind(kind, rows, kinds[kind]) for kind in sorted(kinds))
    chosen = yield AskChoice(slot="stock", phrase=say.WHOSE, help=say.HELP_STOCK, options=options, label=labels.STOCK)
    return _of_row(key, kinds[chosen.value])


def _of_row(key: StockKey, row: HeldRow) -> StockKey:
    return replace(key, owner=row.owner, status=row.status)


def usable(key: StockKey) -> Part[None]:
    """Stock of a blocking status may be moved by whoever means to: the same scan again says so."""
    if key.status == AVAILABLE:
        return
    blocking: Flag = yield StatusOf(key.status)
    if blocking.is_set:
        yield AskAgain(
            slot="on_hold", phrase=say.ON_HOLD, help=say.HELP_AGAIN, arguments={"status": key.status}, item=key.item,
            lot=key.lot, serial=key.serial,
        )  # fmt: skip
