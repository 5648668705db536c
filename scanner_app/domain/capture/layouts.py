"""Layouts of keyboards that scanners type for and hosts have, as data: what each key types alone, with Shift, AltGr."""

from msgspec import Struct

PLACES = (41, *range(2, 14), *range(16, 28), *range(30, 41), 43, 86, *range(44, 54), 57)
"""The keys that a layout gives signs to, by the kernel's numbers, from left of 1 to the blank."""

_NONE = "\0"
"""In a layout: this key types nothing."""
_NO_ROWS = _NONE * len(PLACES)


class Layout(Struct, frozen=True):
    """Signs in the order of ``PLACES``. CapsLock is Shift for letters, and with ``caps_all`` for most other keys.

    Dead signs are typed with the next one, as an accent on it or before it; ``dead_altgr`` are those with AltGr.
    """

    plain: str
    shift: str
    altgr: str = _NO_ROWS
    dead: str = ""
    dead_altgr: str = ""
    caps_all: bool = False

    def sign(self, code: int, *, shift: bool, altgr: bool, caps: bool) -> str:
        """What a key types; empty where that is nothing."""
        place = _PLACE.get(code)
        if place is None:
            return ""
        if altgr:
            return self.altgr[place].strip(_NONE)
        is_capped = caps and (self.plain[place].isalpha() or (self.caps_all and code not in _UNCAPPED))
        return (self.shift if shift != is_capped else self.plain)[place].strip(_NONE)

    def is_dead(self, sign: str, *, altgr: bool) -> bool:
        """Whether a sign that was typed so is a dead one."""
        return bool(sign) and sign in (self.dead_altgr if altgr else self.dead)


_PLACE = {code: place for place, code in enumerate(PLACES)}
_UNCAPPED = frozenset((41, 86, 57))


def _altgr(**signs: str) -> str:
    """AltGr by the plain sign of the US layout."""
    return "".join(signs.get(_NAMES.get(plain, plain), _NONE) for plain in _US_PLAIN)


_US_PLAIN = "`1234567890-=qwertyuiop[]asdfghjkl;'\\<zxcvbnm,./ "
_NAMES = {str(digit): f"d{digit}" for digit in range(10)} | {"-": "minus", "=": "equals", "]": "right", "<": "less"}

US = Layout(
    plain="`1234567890-=qwertyuiop[]asdfghjkl;'\\\\zxcvbnm,./ ",
    shift='~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"||ZXCVBNM<>? ',
)
DE = Layout(
    plain="^1234567890ß´qwertzuiopü+asdfghjklöä#<yxcvbnm,.- ",
    shift="°!\"§$%&/()=?`QWERTZUIOPÜ*ASDFGHJKLÖÄ'>YXCVBNM;:_ ",
    altgr=_altgr(d2="²", d3="³", d7="{", d8="[", d9="]", d0="}", minus="\\", q="@", e="€", right="~", less="|", m="µ"),
    dead="^´`",
)
FR = Layout(
    plain="²&é\"'(-è_çà)=azertyuiop^$qsdfghjklmù*<wxcvbn,;:! ",
    shift="\x001234567890°+AZERTYUIOP¨£QSDFGHJKLM%µ>WXCVBN?./§ ",
    altgr=_altgr(
        d2="~", d3="#", d4="{", d5="[", d6="|", d7="`", d8="\\", d9="^", d0="@", minus="]", equals="}", e="€", right="¤"
    ),
    dead="^¨",
    dead_altgr="~`",
    caps_all=True,
)
LAYOUTS = {"us": US, "de": DE, "fr": FR}
ACCENTS = {"^": "\u0302", "´": "\u0301", "`": "\u0300", "¨": "\u0308", "~": "\u0303"}
"""Dead signs as what Unicode puts behind a letter."""
