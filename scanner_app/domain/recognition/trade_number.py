"""Numbers of trade items: EAN and UPC in each of their lengths, with what scanners do to them."""

from functools import lru_cache

from scanner_app.domain.check_digit import check_digit, is_gtin, is_number

_FULL = 14
_LENGTHS = (13, 14, 12, 8)
_SHORT_UPC = 8
_ADD_ONS = frozenset({2, 5})
_PERIODICAL = ("977", "978", "979")


@lru_cache(maxsize=4096)
def spellings(text: str) -> tuple[str, ...]:
    """The text itself, and if it is a GTIN how else master data may have it: longer or shorter by leading zeros, with a
    zero that was dropped, or a UPC-E in full.

    >>> spellings("036000291452")
    ('036000291452', '0036000291452', '00036000291452')
    >>> spellings("36000291452"), spellings("04252614"), spellings("PEN")
    (('36000291452', '0036000291452', '00036000291452', '036000291452'), ('04252614', '0042100005264', \
'00042100005264', '042100005264'), ('PEN',))
    """
    full = [number.zfill(_FULL) for number in (text, with_zero(text), unpacked(text)) if is_gtin(number)]
    known = [
        number[_FULL - length :] for number in full for length in _LENGTHS if not number[: _FULL - length].strip("0")
    ]
    return tuple(dict.fromkeys((text, *known)))


def with_zero(text: str) -> str:
    """A GTIN-8 or a UPC-A whose leading zero was dropped on the way; empty where it is none."""
    return f"0{text}" if len(text) in (7, 11) and is_gtin(f"0{text}") else ""


def unpacked(text: str) -> str:
    """The UPC-A that a UPC-E of eight digits stands for; empty where it is none.

    >>> unpacked("04252614"), unpacked("04252615")
    ('042100005264', '')
    """
    if len(text) != _SHORT_UPC or not is_number(text) or text[0] not in "01":
        return ""
    full = _unpacked(text[0], text[1:7])
    return full + text[7] if check_digit(full) == text[7] else ""


def _unpacked(system: str, six: str) -> str:
    """The eleven digits that six stand for; the last of them says which zeros were left out."""
    last = six[5]
    if last in "012":
        return f"{system}{six[:2]}{last}0000{six[2:5]}"
    if last == "3":
        return f"{system}{six[:3]}00000{six[3:5]}"
    if last == "4":
        return f"{system}{six[:4]}00000{six[4]}"
    return f"{system}{six[:5]}0000{last}"


def without_add_on(text: str) -> str:
    """An EAN-13 or UPC-A that the two or five digits beside it came with; empty where it is none.

    >>> without_add_on("977123456700305"), without_add_on("4006381333931")
    ('9771234567003', '')
    """
    number, blank, more = text.partition(" ")
    if blank and len(more) in _ADD_ONS and is_number(more):
        return number if is_gtin(number) else ""
    if not is_number(text):
        return ""
    found = (text[:length] for length in (13, 12) if len(text) - length in _ADD_ONS)
    return next((number for number in found if is_gtin(number)), "")


def is_periodical(number: str) -> bool:
    """Say whether a GTIN-13 is of a book or a magazine: these have add-ons."""
    return len(number) == 13 and number.startswith(_PERIODICAL)
