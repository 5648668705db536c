"""Expiry: what a label says of it, held against the book and the day; what differs or is over is confirmed."""

from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.lots import Days, DaysOf
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.ask.again import AskAgain

SLOTS = ("expiry",)


def checked(item: str, lot: str, says: str) -> Part[None]:
    """Ask for the item once more where its label ``says`` another day than the book, or one that is past."""
    if not says:
        return
    days: Days = yield DaysOf(item, (lot,))
    if said := _doubt(days, lot, says):
        yield AskAgain(slot="expiry", phrase=say.USE_IT, help=say.HELP_AGAIN, item=item, lot=lot, said=said)


def _doubt(days: Days, lot: str, says: str) -> Said | None:
    booked = days.by_lot.get(lot, "")
    if booked not in ("", says):
        return Said(say.OTHER_DAY.key, "attention", {"says": says, "booked": booked})
    if says < days.today and (booked or days.expires_at_all):
        return Said(say.EXPIRED.key, "attention", {"says": says})
    return None
