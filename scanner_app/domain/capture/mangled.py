"""A mangled code: what a scanner types on one country's keyboard and a host takes for another's, and what was meant.

A scanner that types sends places of keys, no signs. Where it and its host are set to different layouts, A-01 arrives as
Aß01 or Q)à&: another text, and by bad luck another code. What was meant is found by the place of each sign; it is told,
and never taken: half of a site's codes are the same in both layouts, so nobody could be sure of the next one.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from scanner_app.domain.capture.layouts import ACCENTS, LAYOUTS

_AIM = re.compile(r"\][A-Zdeosz][0-9A-Za-z]")
_DEAD = {accent: sign for sign, accent in ACCENTS.items()}


class Pair(NamedTuple):
    """Two layouts, by name: that of the host, and that which the scanner types for."""

    host: str
    gun: str

    def meant(self, text: str) -> str:
        """What the scanner has sent where this text arrived; the text itself where both are alike in it.

        >>> Pair("de", "us").meant("Aß01"), Pair("fr", "us").meant("Q)à&"), Pair("us", "de").meant("A/01")
        ('A-01', 'A-01', 'A-01')
        """
        places = _places(self.host, self.gun)
        return "".join(places[sign][0] if sign in places else sign for sign in _struck(text, self.host, places))

    def begins_with_aim(self, text: str) -> bool:
        """Whether the scanner has sent an AIM identifier first."""
        is_bracket = "]" in _places(self.host, self.gun).get(text[:1], ())
        return is_bracket and _AIM.match("]" + self.meant(text[1:])) is not None


PAIRS = tuple(Pair(host, gun) for host in LAYOUTS for gun in LAYOUTS if host != gun)


def mangled(
    text: str,
    knows: Callable[[Collection[str]], Collection[str]],
    *,
    is_known: bool,
    has_aim: bool = False,
    suspects: Collection[Pair] = (),
) -> Pair | None:
    """The layouts that have made this text of another code; None where nothing shows that.

    ``knows`` gives back the texts that are known to the site, ``is_known`` says that this one is. ``has_aim``: scanners
    send AIM identifiers, so that a text which would begin with one is mangled, whatever it is. ``suspects`` have been
    seen at work by the same way: there a known code may be another one, too, and is not believed.
    """
    meant = {pair: pair.meant(text) for pair in PAIRS}
    if has_aim and not _AIM.match(text):
        for pair in PAIRS:
            if pair.begins_with_aim(text):
                return pair
    asked = {pair: one for pair, one in meant.items() if one != text and (not is_known or pair in suspects)}
    found = knows(frozenset(asked.values())) if asked else ()
    return next((pair for pair, one in asked.items() if one in found), None)


def is_foreign(text: str) -> Pair | None:
    """The layouts that may have made a text of signs that few codes have, of one that has none.

    >>> is_foreign("Lß01"), is_foreign("L-01")
    (Pair(host='de', gun='us'), None)
    """
    if text.isascii():
        return None
    return next((pair for pair in PAIRS if pair.gun == "us" and pair.meant(text).isascii()), None)


Places = Mapping[str, tuple[str, ...]]
"""What stands at the places of each sign of the host's layout in that of the gun; the likeliest first."""


def _struck(text: str, host: str, places: Places) -> str:
    """The signs as keys were struck: a letter with an accent that no key has is a dead sign and a letter."""
    return "".join(sign if sign in places else _parted(sign, host) for sign in text)


def _parted(sign: str, host: str) -> str:
    parts = unicodedata.normalize("NFD", sign)
    dead = _DEAD.get(parts[1:], "")
    return dead + parts[0] if dead and dead in LAYOUTS[host].dead else sign


@lru_cache(maxsize=len(PAIRS))
def _places(host: str, gun: str) -> Places:
    ours, theirs = LAYOUTS[host], LAYOUTS[gun]
    places: dict[str, tuple[str, ...]] = {}
    for here, there in ((ours.plain, theirs.plain), (ours.shift, theirs.shift), (ours.altgr, theirs.altgr)):
        for sign, other in zip(here, there, strict=True):
            if "\0" not in (sign, other):
                places[sign] = (*places.get(sign, ()), other)
    return places
