"""Which elements of a label exclude each other, and which need another beside them.

What is needed may stand in another code of the same label: that it is missing refuses nothing, and is told with the
candidate. An ``n`` in a pattern is any digit.
"""

from collections.abc import Collection

_MEASURES = ("30", "31nn", "32nn", "35nn", "36nn")
EXCLUDED: dict[str, tuple[str, ...]] = {
    "01": ("02", "255"),
    "02": ("255",),
    "235": ("21",),
    "255": ("415", "8006", "8020", "8026"),
    "390n": ("391n", "394n", "8111"),
    "392n": ("393n",),
    "394n": ("8111",),
    "395n": ("392n", "393n", "8005"),
    "420": ("421",),
    "421": ("4307",),
    "426": ("422", "423", "424", "425"),
    "4330": ("4331",),
    "4332": ("4333",),
    "8006": ("01", "37"),
    "8017": ("8018",),
    "8026": ("02", "8006"),
}
"""An item with a count of trade items (01 with 37) is against the rules, and printed all the same: it is read."""
ONE_OF = ("31n", "32n", "33n", "34n", "35n", "36n", "390", "391", "392", "393", "394", "395")
"""Identifiers whose last digit only says where the decimal point is: one of them with another is two values of one."""
_OF_GOODS = ("01", "02", "8006", "8026")
_OF_UNITS = ("00", "01")
NEEDED: dict[str, tuple[str, ...]] = {
    "02": ("37",),
    **dict.fromkeys(("10", "11", "13", "15", "16", "20", "240", "241", "242", "422", "7001"), _OF_GOODS),
    "17": (*_OF_GOODS, "255"),
    "12": ("8020",),
    "21": ("01", "8006"),
    **dict.fromkeys(("22", "235", "243", "337n", "426n", "7004", "8001", "8200"), ("01",)),
    **dict.fromkeys(("250", "251", "7020", "7021", "7240", "8012"), ("01", "8006")),
    "254": ("414",),
    **dict.fromkeys(("30", "31nn", "32nn", "35nn", "36nn", "423", "424", "425", "426", "7002", "7003"), ("01", "02")),
    **{f"33{kind}n": _OF_UNITS for kind in range(7)},
    **dict.fromkeys(("34nn", "353n", "354n", "355n", "362n", "363n", "367n", "368n", "369n", "8009"), _OF_UNITS),
    **dict.fromkeys(("7005", "7006", "7007", "7008", "7009", "7010", "7011", "703n", "8005", "8008"), ("01", "02")),
    "37": ("00", "02", "8026"),
    "390n": ("255", "8020"),
    "391n": ("8020",),
    **dict.fromkeys(("392n", "393n", "395n"), _MEASURES),
    "394n": ("255",),
    **dict.fromkeys(("403", "430n", "431n", "432n", "433n"), ("00",)),
    "415": ("8020",),
    "427": ("422",),
    **{f"71{country}": ("01",) for country in range(8)},
    "7022": ("7021",),
    "723n": ("01", "8004"),
    **dict.fromkeys(("7241", "7242", "8019"), ("8017", "8018")),
    **dict.fromkeys(("8007", "8020"), ("415",)),
    "8011": ("8010",),
    "8026": ("37",),
    "8111": ("255",),
}
"""Of an identifier: one of these is there on the same label."""


def is_like(ai: str, pattern: str) -> bool:
    """Say whether an identifier is one of a pattern.

    >>> is_like("3103", "31nn"), is_like("310", "31nn"), is_like("01", "01")
    (True, False, True)
    """
    return len(ai) == len(pattern) and all(wanted in ("n", digit) for wanted, digit in zip(pattern, ai, strict=True))


def _patterns(ai: str) -> tuple[str, ...]:
    return tuple(ai[: len(ai) - places] + "n" * places for places in range(3) if len(ai) > places)


def conflict(ais: Collection[str]) -> tuple[str, str] | None:
    """The first two identifiers of a label that exclude each other, or are two values of one thing.

    >>> conflict(("01", "10", "02")), conflict(("01", "3102", "3103")), conflict(("01", "10", "17"))
    (('01', '02'), ('3102', '3103'), None)
    """
    for ai in ais:
        barred = [other for pattern in _patterns(ai) for other in EXCLUDED.get(pattern, ())]
        for other in ais:
            if other != ai and (any(is_like(other, pattern) for pattern in barred) or _is_same(ai, other)):
                return ai, other
    return None


def _is_same(one: str, other: str) -> bool:
    return len(one) == 4 and one[:3] == other[:3] and any(is_like(one[: len(kind)], kind) for kind in ONE_OF)


def missing(ais: Collection[str]) -> tuple[str, ...]:
    """The identifiers of a label that need another one beside them, which is not there.

    >>> missing(("10", "17")), missing(("01", "10")), missing(("02", "10"))
    (('10', '17'), (), ('02',))
    """
    return tuple(ai for ai in ais if not _has_one(ai, ais))


def _has_one(ai: str, ais: Collection[str]) -> bool:
    needed = [pattern for of in _patterns(ai) for pattern in NEEDED.get(of, ())]
    return not needed or any(is_like(other, pattern) for pattern in needed for other in ais)
