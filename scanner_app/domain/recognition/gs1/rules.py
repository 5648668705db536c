"""What must be right in the elements of a label beyond their form, as data: of each identifier its parts and checks.

biip knows which identifiers there are and the form of each; of these rules it knows some, and gives the value all the
same.
"""

from collections.abc import Callable
from typing import NamedTuple

from scanner_app.domain.recognition.gs1 import checks
from scanner_app.domain.recognition.label import Why

Check = Callable[[str], bool]
Dated = Callable[[str, int], bool]


class Rule(NamedTuple):
    """The check of one part of a value; a part that is not there is right. Days are judged in the year of the scan."""

    begin: int
    end: int
    why: Why
    check: Check | None = None
    dated: Dated | None = None

    def is_kept(self, value: str, year: int) -> bool:
        part = value[self.begin : self.end]
        if not part:
            return True
        return self.dated(part, year) if self.dated else self.check is None or self.check(part)


_WHOLE = 100
"""Longer than any element."""


def _digit(end: int, begin: int = 0) -> Rule:
    """A check digit by mod 10, the last of a part."""
    return Rule(begin, end, Why.MISREAD, checks.is_mod10)


def _listed(check: Check, begin: int = 0, end: int = _WHOLE) -> Rule:
    return Rule(begin, end, Why.BAD_VALUE, check)


def _day(dated: Dated, begin: int = 0, end: int = 6) -> Rule:
    return Rule(begin, end, Why.BAD_DATE, dated=dated)


def _time(begin: int, end: int, check: Check = checks.is_time) -> Rule:
    return Rule(begin, end, Why.BAD_DATE, check)


_MONTH_OR_DAY = _day(checks.is_month_or_day)
_DAY = _day(checks.is_short_day)
_PIECE = _listed(checks.is_piece_of_total, 14, 18)
_DELIVERY = (_MONTH_OR_DAY, _time(6, 10, checks.is_time_or_none))
RULES: dict[str, tuple[Rule, ...]] = {
    "00": (_digit(18),),
    **dict.fromkeys(("01", "02", "03"), (_digit(14),)),
    **dict.fromkeys(("11", "12", "13", "15", "16", "17"), (_MONTH_OR_DAY,)),
    **dict.fromkeys(("253", "255"), (_digit(13),)),
    **{f"391{decimals}": (_listed(checks.is_currency, 0, 3),) for decimals in range(10)},
    **{f"393{decimals}": (_listed(checks.is_currency, 0, 3),) for decimals in range(10)},
    "402": (_digit(17),),
    **{f"41{kind}": (_digit(13),) for kind in range(8)},
    "421": (_listed(checks.is_country, 0, 3),),
    **dict.fromkeys(("422", "424", "426"), (_listed(checks.is_country),)),
    **dict.fromkeys(("423", "425"), (_listed(checks.are_countries),)),
    **{ai: (_listed(checks.is_escaped),) for ai in ("4300", "4301", "4302", "4303", "4304", "4305", "4306", "4320")},
    **{f"431{field}": (_listed(checks.is_escaped),) for field in range(7)},
    **dict.fromkeys(("4307", "4317"), (_listed(checks.is_country_by_letters),)),
    "4309": (_listed(checks.is_latitude, 0, 10), _listed(checks.is_longitude, 10, 20)),
    **dict.fromkeys(("4321", "4322", "4323"), (_listed(checks.is_yes_or_no),)),
    **dict.fromkeys(("4324", "4325"), _DELIVERY),
    "4326": (_DAY,),
    **{f"433{kind}": (_listed(checks.is_minus, 6),) for kind in range(4)},
    "7003": (_DAY, _time(6, 10)),
    "7006": (_DAY,),
    "7007": (_DAY, _day(checks.is_short_day, 6, 12)),
    "7011": (_DAY, _time(6, 10)),
    **{f"703{place}": (_listed(checks.is_country_or_any, 0, 3),) for place in range(10)},
    "7040": (_listed(checks.is_importer, 3, 4),),
    "7241": (_listed(checks.is_media_type),),
    "7250": (_day(checks.is_full_day, 0, 8),),
    "7251": (_day(checks.is_full_day, 0, 8), _time(8, 12)),
    "7252": (_listed(checks.is_sex),),
    "7258": (_listed(checks.is_child_of_births),),
    "8001": (
        _listed(checks.is_above_zero, 0, 4), _listed(checks.is_above_zero, 4, 9), _listed(checks.is_above_zero, 9, 12),
        _listed(checks.is_winding, 12, 13),
    ),
    "8003": (_listed(checks.is_zero, 0, 1), _digit(14, 1)),
    "8006": (_digit(14), _PIECE),
    "8007": (Rule(0, _WHOLE, Why.MISREAD, checks.is_iban),),
    "8008": (_DAY, _time(6, 12)),
    "8011": (_listed(checks.has_no_leading_zero),),
    "8013": (Rule(0, _WHOLE, Why.MISREAD, checks.is_paired),),
    "8017": (_digit(18),),
    "8018": (_digit(18),),
    "8026": (_digit(14), _PIECE),
}  # fmt: skip
"""Of each identifier that has rules: the parts and what holds in them, in the order in which they are told."""


def fault(ai: str, value: str, year: int) -> Why:
    """What is wrong in a value that has the form of its identifier.

    >>> fault("8006", "040063813339310302", 2026), fault("8006", "040063813339310102", 2026)
    (<Why.BAD_VALUE: 'bad_value'>, <Why.NOTHING: ''>)
    """
    return next((rule.why for rule in RULES.get(ai, ()) if not rule.is_kept(value, year)), Why.NOTHING)
