"""Look up: what is at a place, or where an item is.

Each look-up ends the script, and the next begins with what was found on screen.
"""

from scanner_app.domain.people import Right
from scanner_app.domain.quantity import show_quantity
from scanner_app.workflows import ask, look, phrases
from scanner_app.workflows.answers import Goods, Place
from scanner_app.workflows.ask import Shown
from scanner_app.workflows.look import HeldRow, Rows
from scanner_app.workflows.script import Script, Start, Steps


def inquiry(operator: str, place: str = "", item: str = "", name: str = "") -> Steps:
    """Show a place or an item, then ask for the next."""
    del operator
    lines: tuple[Shown, ...] = ()
    if place:
        lines = _of_place(place, (yield look.AtPlace(place)))
    elif item:
        lines = _of_item(item, name, (yield look.OfItem(item)))
    subject: Place | Goods = yield ask.subject(lines)
    if isinstance(subject, Place):
        yield Start("inquiry", {"place": subject.place})
    else:
        yield Start("inquiry", {"item": subject.item, "name": subject.name})


def _of_place(place: str, found: Rows) -> tuple[Shown, ...]:
    head = [Shown(phrases.L_PLACE, place)]
    if found.state not in ("", "open"):
        head.append(Shown(phrases.L_STATE, found.state))
    if not found.rows:
        return (*head, Shown(phrase=phrases.EMPTY_PLACE))
    return (*head, *(Shown(text=f"{row.item} {_detail(row)} {row.name}") for row in found.rows), *_more(found))


def _of_item(item: str, name: str, found: Rows) -> tuple[Shown, ...]:
    head = Shown(phrases.L_GOODS, f"{item} {name}")
    if not found.rows:
        return (head, Shown(phrase=phrases.NO_STOCK))
    return (head, *(Shown(text=f"{row.place} {_detail(row)}") for row in found.rows), *_more(found))


def _detail(row: HeldRow) -> str:
    """Quantity first, then only what is out of the ordinary."""
    parts = [f"{show_quantity(row.quantity)} {row.unit}".strip(), row.lot, row.serial]
    parts += [row.owner if row.owner != "OWN" else "", row.status if row.status != "AVAILABLE" else ""]
    return " ".join(part for part in parts if part)


def _more(found: Rows) -> tuple[Shown, ...]:
    return (Shown(text=f"+{found.more}"),) if found.more else ()


INQUIRY = Script(name="inquiry", title=phrases.INQUIRY, steps=inquiry, slots=("subject",), right=Right.INQUIRE)
