"""Rules of counts and closings, each broken on purpose: what is undone, what is waited for, what is claimed."""

from typing import Any

from msgspec.structs import replace

import tests.counting.site as site_module
from scanner_app.domain.counting import fold
from scanner_app.domain.counting.count import CountClosing, Reading
from scanner_app.domain.ledger import StockKey
from tests.counting.mutations.mutation import broken


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


@broken("a count is of its device", site_module, "count_name", "a closing under the name of another")
def _(_name: Any) -> Any:
    return lambda _device, count: f"d1/{count}"
