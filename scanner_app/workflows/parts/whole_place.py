"""A whole place moved at once: the rows that are known there, as a list that is confirmed; plates stay and are named.

What was shown is what is moved, whatever happens between the list and its confirmation: the worker took what they saw.
A plate has a place of its own in the register and is moved by its own label; to carry it along unseen would say of
goods on it that somebody had them in hand.
"""

from scanner_app.workflows.engine.script import Part, Post
from scanner_app.workflows.lookups.plates import Plates, Standing
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.parts import beside, limits, offer_count, zero_check
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.parts.check_digits import proven
from scanner_app.workflows.parts.rows import all_of, brought
from scanner_app.workflows.parts.source import WholePlace
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Place
from scanner_app.workflows.questions.ask.again import AskAgain
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.shown import Shown

SLOTS = ("all_to", "all_again", *limits.SLOTS)


def place_moved(operator: str, policies: Policies, moving: WholePlace) -> Part[Post]:
    """Ask where all of it is put, and for that place once more below the list."""
    place, rows = moving.place, moving.rows.rows
    plates: Plates = yield Standing(place)
    lines = (*_left_out(moving, plates), *beside.contents(rows))
    count = {"count": str(len(rows))}
    where = AskPlace(
        slot="all_to", phrase=say.ALL_WHERE, help=say.HELP_ALL_WHERE, label=labels.TARGET, arguments=count,
        other_than=place, brings=brought(rows), lines=lines,
        options=zero_check.offer(zero_check.emptied_of_all(policies, place, moving.rows)),
    )  # fmt: skip
    target, seen = yield from zero_check.beside(where)
    assert isinstance(target, Place), "no goods answer here"
    yield from proven(policies, target, "target")
    yield AskAgain(
        slot="all_again", phrase=say.ALL_AGAIN, help=say.HELP_AGAIN, arguments={**count, "place": target.place},
        place=target.place, lines=lines,
    )  # fmt: skip
    said = Said(say.ALL_MOVED.key, "good", {**count, "place": target.place})
    post = Post(all_of(rows, operator, target).looked(seen), {"source": place, "put": target.place}, said)
    return offer_count.offering((yield from limits.within_limits(operator, post)))


def _left_out(moving: WholePlace, plates: Plates) -> tuple[Shown, ...]:
    """What does not go along stands first: plates, and rows beyond what one event holds."""
    more = (Shown(phrase=say.MORE_LEFT),) if moving.rows.more else ()
    return (*more, *(Shown(phrase=say.PLATE_STAYS, arguments={"plate": plate}) for plate in plates.here))
