"""The sheet: a few codes whose every sign is known, to be printed once and scanned wherever a path is in doubt."""

from enum import StrEnum
from html import escape
from typing import NamedTuple

from scanner_app.demo.sheet import code128_svg

GS, ENDS = 0x1D, b"\r\n\t"
MARKS = "BGOUVFHIJK"
"""Letters around each control character: at one place in all layouts, and harmless where tmux or screen takes them."""
_IN_A_CODE = 7


class Kind(StrEnum):
    """What a code of the sheet is for."""

    PLAIN = "capitals and digits"
    SIGNS = "signs and small letters"
    CONTROLS = "control characters"
    ESCAPE = "the sign that ssh takes behind an end"
    LABEL = "a GS1 label with its separator"


class Printed(NamedTuple):
    """``text`` is what a scanner sends of it, without prefix, AIM identifier and suffix."""

    number: int
    kind: Kind
    text: str

    @property
    def controls(self) -> tuple[int, ...]:
        return tuple(ord(sign) for sign in self.text if ord(sign) < ord(" "))


def _with_marks(controls: bytes) -> str:
    signs = "".join(mark + chr(control) for mark, control in zip(MARKS, controls, strict=False))
    return signs + MARKS[len(controls)]


_CONTROLS = bytes(byte for byte in range(1, 0x20) if byte not in ENDS)
_TEXTS = (
    (Kind.PLAIN, "A-01-BYZ-9876543210"),
    (Kind.SIGNS, "az !\"#$%&'()*+,-./"),
    (Kind.SIGNS, "Z:;<=>?@[\\]^_`{|}~9"),
    *((Kind.CONTROLS, _with_marks(_CONTROLS[at : at + _IN_A_CODE])) for at in range(0, len(_CONTROLS), _IN_A_CODE)),
    (Kind.ESCAPE, "~~BC"),
    (Kind.LABEL, "010400638133393110AB\x1d21CD"),
)
CODES = tuple(Printed(number, kind, text) for number, (kind, text) in enumerate(_TEXTS, 1))
_STYLE = """
body { font: 14px sans-serif; margin: 12mm; color: #000; background: #fff; }
figure { margin: 0 0 9mm; break-inside: avoid; }
svg { display: block; height: 14mm; max-width: 170mm; }
"""
_TITLE = "What a scanner's keys become"
_HOW = "Run scanner doctor --scan where the scanner types, and scan from top to bottom, each code once."


def sheet() -> str:
    """The sheet as a page of HTML; print it at its full size."""
    figures = "".join(
        f"<figure>{code128_svg(_symbol(code))}<figcaption>{code.number}. {escape(code.kind)}</figcaption></figure>"
        for code in CODES
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{_TITLE}</title><style>{_STYLE}</style>'
        f"</head>\n<body><h1>{_TITLE}</h1><p>{_HOW}</p>{figures}</body></html>\n"
    )


def _symbol(code: Printed) -> str:
    return ("]C1" if code.kind is Kind.LABEL else "") + code.text
