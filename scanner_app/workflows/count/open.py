"""An open count, as its small scripts hand it on: where, which, since when, and the one around it."""

from msgspec import Struct, json

from scanner_app.workflows.count.whose import Whose
from scanner_app.workflows.engine.script import Part, Start
from scanner_app.workflows.lookups.counting import CountSoFar, SoFar

WHOLE, BY_ITEM = "count", "count_item"
"""The scripts that count: all that is at a place, or one item there."""


class Count(Struct, frozen=True):
    """The count ``count`` of ``place``, begun at ``begun_us``; ``within`` is the count of the place it stands at.

    ``recounts`` are the claims that it was asked for, by their items, as text; the item is empty where it was for all
    of the place. ``is_just`` says that the last scan confirmed something. ``owner`` and ``status`` are what the worker
    said of all that follows. It is of one item only where it is of one ``only``; that is looked for from place to place
    where a ``walk`` has begun (us, the wall clock).
    """

    place: str
    count: str
    begun_us: int
    within: str = ""
    recounts: str = ""
    is_just: bool = False
    owner: str = ""
    status: str = ""
    only: str = ""
    walk: int = 0

    @property
    def script(self) -> str:
        """The script that goes on with it."""
        return BY_ITEM if self.only else WHOLE

    @property
    def whose(self) -> Whose:
        return Whose(self.owner, self.status)

    def recounted(self, item: str) -> str:
        """The claim that a line of an item recounts.

        >>> asked = Count("A", "c2", 0, recounts=recounts_in({"TEA": "claim-1"}))
        >>> asked.recounted("TEA"), asked.recounted("NUT"), Count("A", "c2", 0).recounted("TEA")
        ('claim-1', '', '')
        """
        asked = _asked.decode(self.recounts) if self.recounts else {}
        return asked.get(item, asked.get("", ""))

    @classmethod
    def of(cls, given: dict[str, str]) -> "Count":
        """The count that the arguments of a small script tell of."""
        known = {name: given.get(name, "") for name in _TEXTS}
        begun_us, walk = int(given.get("begun", "0")), int(given.get("walk", "0"))
        return cls(**known, begun_us=begun_us, is_just=bool(given.get("just")), only=given.get("of", ""), walk=walk)

    def again(self, *, just: bool = False) -> dict[str, str]:
        """What the next small script begins with."""
        given = {
            "place": self.place, "count": self.count, "begun": str(self.begun_us), "within": self.within,
            "recounts": self.recounts, "just": "1" if just else "", "owner": self.owner, "status": self.status,
            "of": self.only, "walk": str(self.walk) if self.walk else "",
        }  # fmt: skip
        return {name: value for name, value in given.items() if value}


def recounts_in(asked: dict[str, str]) -> str:
    """Claims by their items, as text."""
    return json.encode(asked).decode() if asked else ""


BACK = "back"
"""What F3 answers where there is nothing to take back."""
_TEXTS = ("place", "count", "within", "recounts", "owner", "status")
_asked = json.Decoder(dict[str, str])


def back(count: Count) -> Part[Start]:
    """Leave it for where one came from: the count around it, or the choice of a place."""
    outer = yield from around(count)
    return Start(BY_ITEM if count.walk else WHOLE, outer or onward(count))


def onward(count: Count) -> dict[str, str]:
    """What comes behind a count: the next place of the item that is looked for, or of whoever is sent.

    >>> onward(Count("A", "c1", 1)), onward(Count("A", "c1", 1, only="TEA", walk=7))
    ({'near': 'A'}, {'near': 'A', 'of': 'TEA', 'walk': '7'})
    """
    walk = {"of": count.only, "walk": str(count.walk)} if count.walk else {}
    return {"near": count.place, **walk}


def around(count: Count) -> Part[dict[str, str]]:
    """How the count around this one goes on; nothing where there is none."""
    if not count.within:
        return {}
    outer: SoFar = yield CountSoFar(count.within, rows_max=0)
    if not outer.place or outer.closed:
        return {}
    return Count(outer.place, count.within, outer.begun_us, outer.within).again()
