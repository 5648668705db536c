"""Rules of counting, each broken on purpose, with the case by which that is noticed."""

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec.structs import replace

import tests.counting.site as site_module
from scanner_app.domain.counting import count, doubt, fold, frozen, recount, settle, the_list
from scanner_app.domain.counting.count import CountClosing, Reading
from scanner_app.domain.counting.state import Standing
from scanner_app.domain.ledger import StockKey

Made = Callable[[Any], Any]


class Mutation(NamedTuple):
    """The ``rule`` that is broken: ``name`` of ``where`` becomes what ``made`` makes of it."""

    rule: str
    where: Any
    name: str
    made: Made


MUTATIONS: dict[Mutation, str] = {}
"""The case, by how its name begins, that notices each."""


def broken(rule: str, where: Any, name: str, noticed: str) -> Callable[[Made], Made]:
    def register(made: Made) -> Made:
        MUTATIONS[Mutation(rule, where, name, made)] = noticed
        return made

    return register


@broken("facts are ordered by more than their time", fold, "_held", "11 a leg in the same")
def _(held: Any) -> Any:
    return lambda posted, before, key, at: held(posted, before, key, at._replace(sequence=2**62))


@broken("a leg near a claim is in doubt", doubt, "overlaps", "30 ")
def _(_overlaps: Any) -> Any:
    return lambda *_: False


@broken("within a device the order is known", doubt, "overlaps", "11 a leg in the same")
def _(overlaps: Any) -> Any:
    return lambda span, leg, most: overlaps(replace(span, device=""), leg, most)


@broken("a leg within a claim is in doubt on its own device, too", doubt, "overlaps", "32 ")
def _(overlaps: Any) -> Any:
    return lambda span, leg, most: span.device != leg.instant.device and overlaps(span, leg, most)


@broken("clocks are off", doubt, "overlaps", "44 ")
def _(overlaps: Any) -> Any:
    return lambda span, leg, _most: overlaps(span, leg, 0)


@broken("only so much of a clock's doubt counts", doubt, "overlaps", "a pick half an hour later")
def _(overlaps: Any) -> Any:
    return lambda span, leg, _most: overlaps(span, leg, 2**62)


@broken("a claim begins with its first line", count, "_span", "31 ")
def _(span: Any) -> Any:
    return lambda lines: replace(span(lines), begun_us=lines[-1].begun_us)


@broken("what is in doubt is not exact", settle, "_standing", "counted exactly, while")
def _(standing: Any) -> Any:
    return lambda claim, met, *word, **more: standing(claim, _sure(met), *word, **more)


@broken("a recount that agrees stands in doubt, too", settle, "_standing", "a recount in doubt agrees")
def _(standing: Any) -> Any:
    return lambda claim, met, word, agrees, is_unsaid: standing(
        claim, met, word, agrees=agrees and not met.is_in_doubt, is_unsaid=is_unsaid
    )


def _sure(met: Any) -> Any:
    return replace(met, below=0, above=0)


@broken("without a limit nothing is within", settle, "is_within", "6 closed empty and accepted key")
def _(_within: Any) -> Any:
    return lambda *_: True


@broken("every limit that is set must hold", settle, "is_within", "every limit that is set")
def _(within: Any) -> Any:
    return lambda limits, *rest: within(limits, *rest) or within(replace(limits, value=-1), *rest)


@broken("nothing counted is never within a percentage", settle, "is_within", "nothing counted is never")
def _(within: Any) -> Any:
    return lambda limits, counted, off: within(limits, counted or abs(off), off)


@broken("lines of one key are one claim, of which the percentage is taken", count, "_claim", "29 ")
def _(claim: Any) -> Any:
    return lambda id, lines: replace(claim(id, lines), quantity=lines[-1].quantity)


@broken("a serial is there once", count, "_claim", "a serial scanned twice")
def _(claim: Any) -> Any:
    return lambda id, lines: replace(claim(id, lines), quantity=sum(line.quantity for line in lines))


@broken("no value is known without a cost", frozen, "_is_worth_at_most", "a limit of value without")
def _(_worth: Any) -> Any:
    return lambda value, quantity, cost: quantity * cost <= value * 10**6


@broken("a recount lets only so much stand", settle, "is_recount_worth", "a recount agrees, of more value")
def _(_worth: Any) -> Any:
    return lambda *_: True


@broken("a recount finds what must be there", fold, "agrees", "a recount finds something else")
def _(agrees: Any) -> Any:
    return lambda claim, first, between, _legs: agrees(claim, first, between, claim.quantity - first.claim.quantity)


@broken("what moved between a claim and its recount counts", fold, "agrees", "a recount by another agrees, but")
def _(agrees: Any) -> Any:
    return lambda claim, first, between, _legs: agrees(claim, first, between, 0)


@broken("who recounts was not shown the first", fold, "agrees", "a recount by somebody who was shown")
def _(agrees: Any) -> Any:
    return lambda claim, *rest: agrees(replace(claim, was_shown=False), *rest)


@broken("who recounts is another person", fold, "agrees", "a recount by the same person")
def _(agrees: Any) -> Any:
    return lambda claim, *rest: agrees(replace(claim, persons=frozenset()), *rest)


@broken("a rejected claim is confirmed by nothing", fold, "agrees", "a recount agrees with what was rejected")
def _(agrees: Any) -> Any:
    return lambda claim, first, *rest: agrees(
        claim, first._replace(state=replace(first.state, standing=Standing.WAITING)), *rest
    )


@broken("nothing accepted lies between a claim and its recount", fold, "agrees", "38 ")
def _(agrees: Any) -> Any:
    return lambda claim, first, _between, legs: agrees(claim, first, [], legs)


@broken("a serial accepted elsewhere is not here", recount, "speaks_of", "a serial is accepted elsewhere")
def _(_speaks: Any) -> Any:
    return lambda claim, key: claim.key == key


@broken("a recount is of the same key", fold, "recounted", "a recount of another key")
def _(_recounted: Any) -> Any:
    return lambda claim, before: next((one for one in before if one.claim.id == claim.recounts), None)


@broken(
    "goods of which nobody said whose they are wait",
    settle,
    "_is_otherwise",
    "28 on hold, counted without a word on status, l",
)
def _(_otherwise: Any) -> Any:
    return lambda *_: False


@broken(
    "so does what else their count says of them", fold, "settled", "28 on hold, counted without a word on status, c"
)
def _(settled: Any) -> Any:
    return lambda claim, met, around: settled(claim, met, around._replace(is_unsaid=False))


@broken("a serial on hold is looked for everywhere", settle, "_is_otherwise", "28 a serial on hold")
def _(otherwise: Any) -> Any:
    return lambda claim, part: not claim.key.serial and otherwise(claim, part)


@broken("what others own is looked at, not booked", settle, "_booked", "nobody said whose it is, the count was left")
def _(_booked: Any) -> Any:
    return lambda _claim, parts, stands: (replace(part, adjustment=part.variance * stands) for part in parts)


@broken("a serial that was counted is nowhere else", settle, "_booked", "9 a serial booked at one place")
def _(_booked: Any) -> Any:
    return lambda _claim, parts, stands: (part for part in parts if part.variance)


@broken("no claim speaks of an account", fold, "is_account", "9 a serial booked at one place")
def _(_account: Any) -> Any:
    return lambda _place: False


@broken("the last word rules", settle, "ruling", "one's own earlier words")
def _(ruling: Any) -> Any:
    return lambda words, version: ruling(list(words)[:1], version)


@broken("a word rules the version that it names", settle, "ruling", "a line that joins")
def _(ruling: Any) -> Any:
    return lambda words, _version: ruling([one._replace(version="") for one in words], "")


@broken("a withdrawal takes back what was said", settle, "ruling", "22 the later")
def _(ruling: Any) -> Any:
    return lambda words, version: ruling([one for one in words if one.word != "withdraw"], version)


@broken("it takes back words of whatever version", settle, "ruling", "42 ")
def _(ruling: Any) -> Any:
    return lambda words, version: ruling([one for one in words if one.version == version], version)


@broken("asking for a recount rules nothing", settle, "ruling", "39 ")
def _(ruling: Any) -> Any:
    return lambda words, version: ruling(
        [one._replace(word=one.word.replace("recount", "withdraw")) for one in words], version
    )


@broken("a word on a closing is one on each of its claims", fold, "words_on", "6 closed empty and accepted as a whole")
def _(words_on: Any) -> Any:
    return lambda *args: [one for one in words_on(*args) if not one.is_whole]


@broken("an accepted claim far from what was shown is for review", settle, "_is_further", "accepted, and further")
def _(_further: Any) -> Any:
    return lambda *_: False


@broken("it is not within its limits", settle, "_is_further", "accepted, and no further")
def _(_further: Any) -> Any:
    return lambda _claim, variance, word: variance != word.amount


@broken("what was shown is that of the ruling word", settle, "ruling", "accepted once more")
def _(ruling: Any) -> Any:
    return lambda words, version: ruling([one._replace(amount=words[0].amount) for one in words], version)


@broken("a closing waits for its lines", fold, "spoken", "25 a closing whose last line is late, meanwhile")
def _(spoken: Any) -> Any:
    return lambda *args: spoken(*args)._replace(missing=0)


@broken("a closing waits for what was sighted", fold, "spoken", "a closing that waits for what")
def _(spoken: Any) -> Any:
    return lambda closing, *rest: spoken(replace(closing, sightings=0), *rest)


@broken("it does not wait for a code undone before it", fold, "spoken", "43 ")
def _(spoken: Any) -> Any:
    return lambda closing, lines, sighted, _seen: spoken(closing, lines, sighted, ())


@broken("nor for a code that is no stock", fold, "spoken", "21 a line that is no stock")
def _(spoken: Any) -> Any:
    def held(line: Any) -> Any:
        return replace(line, reading=Reading.HELD if line.reading is Reading.VOID else line.reading)

    return lambda closing, lines, *rest: spoken(closing, [held(line) for line in lines], *rest)


@broken("a closing waits for codes", fold, "spoken", "7 an unknown code counted and closed, meanwhile")
def _(spoken: Any) -> Any:
    return lambda *args: spoken(*args)._replace(waited=0)


@broken("a closing of an item is of no other", site_module, "_closing", "a closing of one item")
def _(closing: Any) -> Any:
    return lambda *args, **rest: replace(closing(*args, **rest), item="")


@broken("a line undone before the closing exempts nothing", fold, "undone_before", "26 ")
def _(_before: Any) -> Any:
    return lambda *_: frozenset()


@broken("a line undone after it exempts its key", fold, "spoken", "21 a line undone after")
def _(spoken: Any) -> Any:
    return lambda closing, lines, *rest: spoken(closing, [line for line in lines if line.is_alive], *rest)._replace(
        missing=0
    )


@broken("only the device of a closing tells it what is undone", fold, "undone_before", "an undo of another device")
def _(before: Any) -> Any:
    def all_of(closing: CountClosing, undos: Any) -> Any:
        return before(closing, [one._replace(instant=closing.instant._replace(sequence=0)) for one in undos])

    return all_of


@broken("of several closings the last speaks", fold, "last_closing", "two closings of one count")
def _(_last: Any) -> Any:
    return lambda closings: min(closings, key=lambda one: one.instant)


@broken(
    "a closing that is undone does not speak", fold, "last_closing", "a closing accepted as a whole, undone, the place"
)
def _(last: Any) -> Any:
    return lambda closings: last([replace(one, is_alive=True) for one in list(closings)[:1]])


@broken("a closing is of exactly its place", fold, "claim_of_closing", "23 a closing of a place")
def _(made: Any) -> Any:
    return lambda closing, key: made(closing, StockKey("P1", key.item))


@broken("any number of undos is one", site_module, "undone", "4 ")
def _(_undone: Any) -> Any:
    return lambda undos: frozenset(one.undoes for one in undos if [two.undoes for two in undos].count(one.undoes) % 2)


@broken("of a key the newest claim is on the list", the_list, "listed", "19 ")
def _(listed: Any) -> Any:
    return lambda claims, key: listed(claims[:1], key)


@broken("what was accepted later hides what waits", the_list, "_replaces", "22 the earlier")
def _(_replaces: Any) -> Any:
    return lambda *_: False


@broken("what stands by rule hides nothing", the_list, "_replaces", "a count that stands by rule hides")
def _(_replaces: Any) -> Any:
    return lambda later, _one: later.state.stands


@broken(
    "goods of which nobody said whose they are are one row",
    the_list,
    "_rows",
    "28 on hold, counted without a word on status, c",
)
def _(rows: Any) -> Any:
    return lambda claims: rows([one._replace(state=replace(one.state, is_unsaid=False)) for one in claims])
