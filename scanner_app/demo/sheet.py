"""A printable page of barcodes: badges, places, goods and commands of the demo, to scan from paper or from a screen."""

from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

from scanner_app.demo.handout import Find, Handout
from scanner_app.errors import ScannerError

_QUIET_MODULES = 10
"""White on both sides, as Code 128 wants it."""
_HEIGHT_MODULES = 40
_STYLE = """
body { font: 14px sans-serif; margin: 12mm; color: #000; background: #fff; }
h2 { break-after: avoid; }
section { display: flex; flex-wrap: wrap; gap: 8mm; }
figure { margin: 0; padding: 3mm; border: 1px solid #bbb; break-inside: avoid; }
figcaption { max-width: 70mm; }
svg { display: block; height: 16mm; }
"""
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>
<body><h1>{title}</h1>{body}</body></html>
"""


def sheet(handout: Handout, commands: Mapping[str, str]) -> str:
    """Return the page as HTML; ``commands`` maps what a command is called to the code that gives it."""
    sections = (
        ("Badges", [(person.badge, f"{person.name}, PIN {person.pin}") for person in handout.operators]),
        ("Commands", [(code, name) for name, code in commands.items()]),
        ("Stock to move", [label for find in handout.plain for label in _labels(find)]),
        ("Stock in lots", [label for find in handout.lots for label in _labels(find)]),
        ("On a pallet", list(_labels(handout.plate))),
        ("Places", _places(handout)),
    )
    body = "".join(_section(title, labels) for title, labels in sections if labels)
    return _PAGE.format(title="Codes of the demo warehouse", style=_STYLE, body=body)


def code128_svg(code: str) -> str:
    """Return ``code`` as a Code 128 symbol; a GS1 element string (``]C1...``) becomes GS1-128, without its mark.

    Only the bars are drawn: the encoder's own printing of the text fails on control characters.

    Raises:
        ScannerError: an empty code or one with characters outside ASCII.
    """
    modules = modules_of(code)
    width = len(modules) + 2 * _QUIET_MODULES
    bars, start = [], _QUIET_MODULES
    for bar, run in groupby(modules):
        length = len(list(run))
        if bar == "1":
            bars.append(f"M{start} 0h{length}v{_HEIGHT_MODULES}h-{length}z")
        start += length
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT_MODULES}" role="img"'
        f' shape-rendering="crispEdges"><path d="{"".join(bars)}"/></svg>'
    )


def modules_of(code: str) -> str:
    """Return the symbol as bars (1) and spaces (0), one character a module."""
    from barcode.codex import Code128, Gs1_128

    if not code or not code.isascii():
        raise ScannerError(
            f"{code!r} cannot be printed as a barcode: it needs at least one ASCII character and no other."
        )
    symbol = Gs1_128(code.removeprefix("]C1")) if code.startswith("]C1") else Code128(code)
    return "".join(symbol.build())


def _labels(find: Find) -> Iterable[tuple[str, str]]:
    yield find.place, f"{find.place}: {find.on_hand} {find.unit} there"
    yield find.barcode, f"{find.barcode} {find.name}"
    if find.gs1:
        yield find.lot, f"lot {find.lot}"
        yield find.gs1, f"case of {find.name}, lot {find.lot}"


def _places(handout: Handout) -> list[tuple[str, str]]:
    empty = [(place, f"{place}, empty") for place in handout.empty_places]
    shut = [(handout.blocked_place, "blocked"), (handout.closed_place, "closed")]
    shared = (handout.shared_code, f"on {' and '.join(handout.shared_items)}")
    return [*empty, *((place, f"{place}, {state}") for place, state in shut), shared]


def _section(title: str, labels: Iterable[tuple[str, str]]) -> str:
    figures = "".join(
        f"<figure>{code128_svg(code)}<figcaption>{escape(text)}</figcaption></figure>" for code, text in labels
    )
    return f"<h2>{escape(title)}</h2><section>{figures}</section>"
