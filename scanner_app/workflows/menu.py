"""The menu: which process to work in; adding one to it is adding its script here, with a number that nothing else has.

What is used all day stands on the first page by itself, what belongs together in a group. The first page has room for
eight rows on the smallest screen: where there are more, look up (which has a key) gives way to *More*, then *Adjust*.
*Adjust* stands on the page of 9 for whoever has that, and gives way for others. Receiving and shipping want a page of
their own behind *More*. With groups of eight that is room for some thirty processes, and no number that hands have
learnt ever changes.
"""

from scanner_app.workflows.adjust.adjust import ADJUST
from scanner_app.workflows.count.count import COUNT
from scanner_app.workflows.engine.script import Script, Steps
from scanner_app.workflows.inquiry.inquiry import INQUIRY
from scanner_app.workflows.lookups.offers import Offer, Offers
from scanner_app.workflows.move.move import MOVE
from scanner_app.workflows.move.put import PUT
from scanner_app.workflows.move.take import TAKE
from scanner_app.workflows.parts import process
from scanner_app.workflows.parts.process import SIGN_OUT, SLOTS, Listed, row
from scanner_app.workflows.phrases import chrome
from scanner_app.workflows.phrases.book import phrase_in_book
from scanner_app.workflows.plates.plates import ON_PLATES, PLATES
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.shift.leave import LEAVE
from scanner_app.workflows.shift.my_pin import MY_PIN
from scanner_app.workflows.shift.practice import PRACTICE
from scanner_app.workflows.shift.status import STATUS
from scanner_app.workflows.supervise.supervise import ON_SUPERVISE, supervise
from scanner_app.workflows.today.today import TODAY

TITLE = phrase_in_book("title.menu", "Menu")
L_MORE = phrase_in_book("title.more", "More")
L_SIGN_OUT = phrase_in_book("title.sign_out", "Sign out")


def menu(operator: str) -> Steps:
    """Ask which process, or group of them."""
    offer: Offer = yield Offers(operator)
    chosen: Choice = yield process.ask(process.first_page(ROWS, offer), tuple(process.by_heart(ROWS, offer)))
    yield process.begun(chosen)


def more(operator: str) -> Steps:
    """Ask what else: the device, practice, going; and what has no room on the first page."""
    offer: Offer = yield Offers(operator)
    chosen: Choice = yield process.ask(process.other_page(ROWS, ON_MORE, offer))
    yield process.begun(chosen)


MENU = Script(name="menu", title=TITLE, steps=menu, slots=SLOTS, version=2, hint=chrome.HINT_MENU)
MORE = Script(name="more", title=L_MORE, steps=more, slots=SLOTS, hint=chrome.HINT_MENU)
ON_MORE = (row(1, STATUS), row(2, PRACTICE), Listed(3, SIGN_OUT, L_SIGN_OUT), row(4, LEAVE), row(8, MY_PIN))
ADJUSTING = row(0, ADJUST, gives_way=2, beside="supervise")
SUPERVISE = supervise(ADJUSTING)
ROWS = (
    row(1, MOVE),
    row(2, TAKE),
    row(3, PUT),
    row(4, PLATES, ON_PLATES),
    row(5, INQUIRY, gives_way=1),
    row(6, TODAY, gives_way=3),
    row(7, MORE, ON_MORE),
    row(8, COUNT),
    row(9, SUPERVISE, ON_SUPERVISE),
    ADJUSTING,
)


def scripts() -> tuple[Script, ...]:
    """All that can be begun here, in the order of the menu; a group before what is in it."""
    return tuple(listed.script for top in ROWS for listed in (top, *top.group) if listed.script is not None)


def number_of(name: str) -> str:
    """What is typed at the menu for a process."""
    numbers = {top.name: str(top.number) for top in ROWS}
    inner = {listed.name: f"{top.number}{listed.number}" for top in ROWS for listed in top.group}
    return {**inner, **numbers}[name]
