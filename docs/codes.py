"""Codes as warehouses meet them, with what each is: one table for the page in the docs and for the tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.clock import Stamp
from scanner_app.domain.quantity import show_quantity
from scanner_app.domain.recognition.candidate import Kind
from scanner_app.domain.recognition.label import Label, Why
from scanner_app.languages.language import language
from scanner_app.workflows.engine.interpret import Moment, interpret
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.engine.script import Left, Script, Steps
from scanner_app.workflows.engine.verdict import Result
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.ask.goods import AskGoods
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.limits import Limits

PAGE = Path(__file__).parent / "codes.md"
YEAR = 2026
_NOW = Stamp(1_790_000_000_000_000, 7, "boot")
GTIN, SSCC = "04006381333931", "340123450000000017"
_PPN = "110375286414"
_ENVELOPE = "[)>\x1e06\x1d"


class Met(NamedTuple):
    """A code that is met: what it is called, the code, what it is recognised as, and what is taken from it."""

    what: str
    code: str
    kind: Kind
    label: Label | None = None
    why: Why = Why.NOTHING


def _goods(**said: Any) -> Label:
    return Label(gtin=GTIN, **said)


TABLE: dict[str, tuple[Met, ...]] = {
    "Numbers of items": (
        Met("EAN-13", "]E04006381333931", Kind.TRADE_NUMBER, _goods()),
        Met("EAN-13, one digit misread", "]E04006381333932", Kind.TRADE_NUMBER, why=Why.MISREAD),
        Met("EAN-13, from a gun that tells no symbology", "4006381333931", Kind.TRADE_NUMBER),
        Met("the same, one digit mistyped", "4006381333932", Kind.CODE, why=Why.WRONG_DIGIT),
        Met("EAN-8", "]E496385074", Kind.TRADE_NUMBER, Label(gtin="00000096385074")),
        Met("UPC-A", "]E0036000291452", Kind.TRADE_NUMBER, Label(gtin="00036000291452")),
        Met("UPC-A whose leading zero a gun drops", "36000291452", Kind.TRADE_NUMBER),
        Met("UPC-E of a gun that does not expand it", "]E004252614", Kind.TRADE_NUMBER, Label(gtin="00042100005264")),
        Met("ITF-14 on a carton", "]I114006381333938", Kind.TRADE_NUMBER),
        Met("EAN-13 with an add-on of five", "]E3978316148410051999", Kind.TRADE_NUMBER, Label(gtin="09783161484100")),
        Met("the same with a blank before it", "]E09783161484100 51999", Kind.TRADE_NUMBER,
            Label(gtin="09783161484100")),
        Met("a magazine with an add-on of two, no symbology", "977123456700305", Kind.TRADE_NUMBER),
        Met("ISBN as it is printed", "ISBN 978-3-16-148410-0", Kind.TRADE_NUMBER),
        Met("ISBN of ten", "3-16-148410-X", Kind.TRADE_NUMBER),
        Met("ISBN, misread", "ISBN 978-3-16-148410-1", Kind.CODE, why=Why.WRONG_DIGIT),
        Met("ISSN", "ISSN 2434-561X", Kind.TRADE_NUMBER),
        Met("a short number that is no GTIN", "20450173", Kind.CODE),
    ),
    "Load units": (
        Met("SSCC with its identifier", f"]C100{SSCC}", Kind.GS1, Label(sscc=SSCC)),
        Met("SSCC, one digit misread", "]C100340123450000000018", Kind.GS1, why=Why.MISREAD),
        Met("SSCC alone", SSCC, Kind.LOAD_UNIT),
        Met("SSCC alone, one digit mistyped", "340123450000000018", Kind.CODE, why=Why.WRONG_DIGIT),
        Met("SSCC with what is on it", f"]C100{SSCC}02{GTIN}3712\x1d10L1", Kind.GS1,
            _goods(sscc=SSCC, lot="L1", contained=12)),
        Met("a plate of industry", f"{_ENVELOPE}1JUN043325711A7\x1e\x04", Kind.ISO_15434, Label(sscc="UN043325711A7")),
    ),
    "GS1 labels": (
        Met("item, lot, serial, expiry", f"]d201{GTIN}1726123110L1\x1d21S1", Kind.GS1,
            _goods(lot="L1", serial="S1", expires="2026-12-31")),
        Met("the same from a gun that tells no symbology", f"01{GTIN}1726123110L1\x1d21S1", Kind.GS1,
            _goods(lot="L1", serial="S1", expires="2026-12-31")),
        Met("in brackets, as it is printed below", f"(01){GTIN}(10)L1(17)261231", Kind.GS1,
            _goods(lot="L1", expires="2026-12-31")),
        Met("in brackets, within a GS1 symbol", f"]C1(01){GTIN}(10)L1", Kind.GS1, _goods(lot="L1")),
        Met("separators that arrive as a tilde", f"01{GTIN}10L1~21S1", Kind.GS1, _goods(lot="L1", serial="S1")),
        Met("separators that arrive in words", f"]d201{GTIN}10L1<GS>21S1", Kind.GS1, _goods(lot="L1", serial="S1")),
        Met("separators that arrive as an escape", f"01{GTIN}10L1\\x1d21S1", Kind.GS1, _goods(lot="L1", serial="S1")),
        Met("a separator that is lost", f"]C101{GTIN}10AB1217261231\x1d21S1", Kind.GS1, _goods(serial="S1"),
            Why.NO_SEPARATOR),
        Met("a lot in which a serial may be hidden", f"]C101{GTIN}10L2101", Kind.GS1, _goods(), Why.PERHAPS_NONE),
        Met("a day that says the month alone", f"]d201{GTIN}17260200", Kind.GS1, _goods(expires="2026-02-28")),
        Met("a day that there is none of", f"]d201{GTIN}17260431", Kind.GS1, why=Why.BAD_DATE),
        Met("expiry with an hour", f"]d201{GTIN}70032612311430", Kind.GS1, _goods(expires="2026-12-31")),
        Met("pieces", f"]C101{GTIN}30250", Kind.GS1, _goods(pieces=250)),
        Met("net weight", f"]e001{GTIN}3103001250", Kind.GS1, _goods(measured=1_250_000, measure="kg")),
        Met("net weight in pounds", f"]e001{GTIN}3202001250", Kind.GS1, _goods(measured=12_500_000, measure="lb")),
        Met("a price", f"]e001{GTIN}3103001250\x1d3922499", Kind.GS1, _goods(measured=1_250_000, measure="kg")),
        Met("a price in no currency that there is", f"]e001{GTIN}3932001499", Kind.GS1, why=Why.BAD_VALUE),
        Met("country of origin", f"]d201{GTIN}422276", Kind.GS1, _goods()),
        Met("a country that there is none of", f"]d201{GTIN}422998", Kind.GS1, why=Why.BAD_VALUE),
        Met("piece 3 of 2", "]d28006" + GTIN + "0302", Kind.GS1, why=Why.BAD_VALUE),
        Met("two items", f"]C101{GTIN}0104006381333948", Kind.GS1, why=Why.TWICE),
        Met("two weights", f"]C101{GTIN}31030010003102000100", Kind.GS1, why=Why.CONTRADICTS),
        Met("an item and what is on a load unit", f"]C101{GTIN}02{GTIN}", Kind.GS1, why=Why.CONTRADICTS),
        Met("a lot whose item stands in another code", "]C110L1", Kind.GS1, Label(lot="L1")),
        Met("a place of a company", "]C14144006381000017", Kind.GS1, Label()),
        Met("a place of a company, misread", "]C14144006381000018", Kind.GS1, why=Why.MISREAD),
        Met("a returnable crate", "]C180030400638100001712", Kind.GS1, Label()),
        Met("an account", "]C18007DE02120300000000202051", Kind.GS1, Label()),
        Met("an account, misread", "]C18007DE02120300000000202052", Kind.GS1, why=Why.MISREAD),
        Met("a model number", "]C180134006381Shelf7BU", Kind.GS1, Label()),
        Met("a model number, misread", "]C180134006381Shelf7BV", Kind.GS1, why=Why.MISREAD),
        Met("a GS1 symbol with something else in it", "]C1HELLO", Kind.GS1, why=Why.MALFORMED),
        Met("Code 128 that only looks like GS1", f"]C001{GTIN}10L1", Kind.CODE),
    ),
    "Digital Link": (
        Met("item and lot", f"]Q1https://id.gs1.org/01/{GTIN}/10/L1", Kind.DIGITAL_LINK, _goods(lot="L1")),
        Met("a brand's own address, day in the query", f"]d1https://example.com/p/01/{GTIN}/21/S1?17=261231",
            Kind.DIGITAL_LINK, _goods(serial="S1", expires="2026-12-31")),
        Met("by names", "https://example.com/gtin/4006381333931/lot/L1", Kind.DIGITAL_LINK, _goods(lot="L1")),
        Met("with signs as escapes", f"https://example.com/01/{GTIN}/10/L%2F1", Kind.DIGITAL_LINK, _goods(lot="L/1")),
        Met("of a load unit", f"http://example.com/00/{SSCC}", Kind.DIGITAL_LINK, Label(sscc=SSCC)),
        Met("weight in the query", f"https://example.com/01/{GTIN}?3103=001250&sort=1", Kind.DIGITAL_LINK,
            _goods(measured=1_250_000, measure="kg")),
        Met("misread", "https://id.gs1.org/01/04006381333932", Kind.DIGITAL_LINK, why=Why.MISREAD),
        Met("compressed", "https://id.gs1.org/AQdLf1eHZa0", Kind.PACKED_LINK),
        Met("an address of anything", "]Q1https://example.com/products/01", Kind.LINK),
        Met("a page of a day", "https://example.com/2026/01/12/news", Kind.LINK),
    ),
    "Industry": (
        Met("part, quantity, lot, serial", f"{_ENVELOPE}PGLUE-5\x1dQ10\x1dTL1\x1dSS1\x1e\x04", Kind.ISO_15434,
            Label(item="GLUE-5", pieces=10, lot="L1", serial="S1")),
        Met("without its end", f"{_ENVELOPE}PGLUE-5\x1d1TL1", Kind.ISO_15434, Label(item="GLUE-5", lot="L1")),
        Met("with doubled separators", "[)>\x1e\x1e06\x1dPGLUE-5\x1d\x1d1TL1\x1e\x1e\x04", Kind.ISO_15434,
            Label(item="GLUE-5", lot="L1")),
        Met("customer's and supplier's part", f"{_ENVELOPE}PGLUE-5\x1d1PKL-05\x1dQ5\x1e\x04", Kind.ISO_15434,
            Label(item="GLUE-5", pieces=5)),
        Met("supplier's part alone, with an order", f"{_ENVELOPE}1PKL-05\x1dK4500017\x1dV100234\x1e\x04",
            Kind.ISO_15434, Label(item="KL-05")),
        Met("quantity with its unit", f"{_ENVELOPE}PGLUE-5\x1d7Q1.5KG\x1e\x04", Kind.ISO_15434,
            Label(item="GLUE-5", measured=1_500_000, measure="kg")),
        Met("expiry", f"{_ENVELOPE}PGLUE-5\x1d14D20261231\x1e\x04", Kind.ISO_15434,
            Label(item="GLUE-5", expires="2026-12-31")),
        Met("a day that there is none of", f"{_ENVELOPE}PGLUE-5\x1d14D20261331\x1e\x04", Kind.ISO_15434,
            why=Why.BAD_DATE),
        Met("a medicine", f"{_ENVELOPE}9N{_PPN}\x1d1TL1\x1dD261231\x1dSS1\x1e\x04", Kind.ISO_15434,
            Label(item=_PPN, lot="L1", serial="S1", expires="2026-12-31")),
        Met("GS1 in an envelope", f"[)>\x1e05\x1d01{GTIN}\x1d10L1\x1e\x04", Kind.ISO_15434, _goods(lot="L1")),
        Met("aviation", "[)>\x1e12\x1dMFR 81205\x1dPNR GLUE-5\x1dSER S1\x1e\x04", Kind.ISO_15434,
            Label(item="GLUE-5", serial="S1")),
        Met("two lots", f"{_ENVELOPE}PGLUE-5\x1dTL1\x1dTL2\x1e\x04", Kind.ISO_15434, why=Why.TWICE),
        Met("its signs as words", "[)><RS>06<GS>PGLUE-5<GS>TL1<RS><EOT>", Kind.ISO_15434,
            Label(item="GLUE-5", lot="L1")),
        Met("its signs lost", "[)>06PGLUE-5TL1", Kind.ISO_15434, why=Why.NO_SIGNS),
        Met("something else in it", "[)>\x1e06\x1d??\x1e\x04", Kind.ISO_15434, why=Why.MALFORMED),
    ),
    "Health care": (
        Met("HIBC of an item", "+H7R9PUMP11X", Kind.HIBC, Label(item="H7R9PUMP11")),
        Met("its check character is a blank", "+H7R9PUMP331 ", Kind.HIBC, Label(item="H7R9PUMP331")),
        Met("with the asterisks of Code 39", "*+H7R9PUMP11X*", Kind.HIBC, Label(item="H7R9PUMP11")),
        Met("misread", "+H7R9PUMP21X", Kind.HIBC, why=Why.MISREAD),
        Met("lot and expiry beside it", "+$$3261231L1XK", Kind.HIBC, Label(lot="L1", expires="2026-12-31")),
        Met("item, lot and expiry linked", "+H7R9PUMP11/$$3261231L1J", Kind.HIBC,
            Label(item="H7R9PUMP11", lot="L1", expires="2026-12-31")),
        Met("item and serial linked", "+H7R9PUMP11/$+S1A", Kind.HIBC,
            Label(item="H7R9PUMP11", serial="S1")),
        Met("with a quantity", "+H7R9PUMP11/$$8053261231L1W", Kind.HIBC,
            Label(item="H7R9PUMP11", lot="L1", expires="2026-12-31", pieces=5)),
        Met("with a day of its own", "+H7R9PUMP11/$L1/14D20261231.", Kind.HIBC,
            Label(item="H7R9PUMP11", lot="L1", expires="2026-12-31")),
        Met("a day that there is none of", "+H7R9PUMP11/$$3261331L1K", Kind.HIBC, why=Why.BAD_DATE),
    ),
    "Parcels": (
        Met("1Z", "1ZX37W960312345677", Kind.PARCEL),
        Met("1Z, misread", "1ZX37W960312345678", Kind.PARCEL, why=Why.WRONG_DIGIT),
        Met("post (S10)", "RR473124829DE", Kind.PARCEL),
        Met("a parcel's licence plate", "JJD000390012345678901", Kind.PARCEL),
        Met("domestic post with a ZIP", "420100019400111202555842332669", Kind.PARCEL),
    ),
    "What is no code of a warehouse": (
        Met("Wi-Fi", "]Q1WIFI:S:office;T:WPA;P:none;;", Kind.WIFI),
        Met("a contact", "BEGIN:VCARD", Kind.CONTACT),
        Met("a contact, short", "MECARD:N:Worker;TEL:123;;", Kind.CONTACT),
        Met("a mail address", "mailto:desk@example.com", Kind.MAIL),
        Met("a phone number", "tel:+4930123456", Kind.PHONE),
        Met("a message", "SMSTO:+4930123456:hello", Kind.MESSAGE),
        Met("a point on a map", "geo:52.52,13.40", Kind.POSITION),
        Met("an appointment", "BEGIN:VEVENT", Kind.APPOINTMENT),
        Met("a payment", "SPD*1.0*ACC:DE02120300000000202051*AM:5", Kind.PAYMENT),
        Met("a second factor", "otpauth://totp/desk?secret=AAAA", Kind.LOGIN),
        Met("a boarding pass", "M1WORKER/ONE          EABC1234 BERVIEXX 0123 331Y012A0001", Kind.TICKET),
    ),
    "Codes of the site": (
        Met("a place", "A-01-02", Kind.CODE),
        Met("a place, in Code 39", "]A0A-01-02", Kind.CODE),
        Met("an item", "GLUE-5", Kind.CODE),
        Met("a name with letters of its own", "Müsli A", Kind.CODE),
    ),
}  # fmt: skip
_HEAD = """# Codes

What the program makes of the codes that a warehouse meets, made by `make docs` from one table, which the tests hold
against the code. A worker never has to know of which kind a code is. The symbology wins where a gun tells it (the three
characters from `]` on); else looks decide, with less weight, and a code that the site knows as it stands is that,
whatever it looks like.

A wrong check digit is told and is never a lot, an item or a plate. What stands alone and goes with another code of the
same label, as a lot without its item, is read, and the sentence says that it is half of a label. Where separators may
be lost, a lot that is known decides; otherwise the worker is asked.

What a site prints itself, or a shop's numbers with a weight or a price in them, is taught by `patterns` in the table
`[entry]` of [`config.toml`](../config.toml): `LOC:*` leaves off what stands before a code, `21IIIIIWWWWWC` takes grams
out of a number, which is then known as the item's with a weight of zero, or by its first seven digits.

`·` is a blank; `<GS>`, `<RS>` and `<EOT>` are the signs 29, 30 and 4. The last column is what is said where an item is
asked for and the site does not know the code.
"""


def page() -> str:
    """The page of the docs."""
    return _HEAD + "".join(f"\n## {title}\n\n{_table(rows)}" for title, rows in TABLE.items())


def write_codes() -> None:
    PAGE.write_text(page(), encoding="utf-8")


def reading_of(met: Met) -> Reading:
    found = read(met.code.encode(), YEAR)
    assert isinstance(found, Reading), met
    return found


def sentence(found: Reading) -> str:
    """What is said of it where an item is asked for and nobody knows the code."""
    question = AskGoods(slot="goods", phrase=Phrase("any", "any"), help=Phrase("any", "any"), alone=True)

    def steps(_operator: str) -> Steps:
        yield question
        yield Left()

    script = Script(name="any", title=Phrase("any", "any"), steps=steps, slots=("goods",))
    verdict = interpret(Play(script, "1001", {}), found, Facts(), Moment(_NOW, 0), Limits())
    assert verdict.result is Result.REFUSED, found
    assert verdict.said is not None
    return language("en").said(verdict.said)


def _table(rows: tuple[Met, ...]) -> str:
    lines = ["| met as | code | is | says | told |", "| --- | --- | --- | --- | --- |", *(_row(met) for met in rows)]
    return "\n".join(lines) + "\n"


def _row(met: Met) -> str:
    found = reading_of(met)
    says = ", ".join(_says(found.label)) if found.label else ""
    is_what = found.kind.value.replace("_", " ")
    return f"| {met.what} | `{shown(met.code)}` | {is_what} | {says} | {sentence(found)} |"


def shown(code: str) -> str:
    """A code as a page can hold it."""
    for sign, name in (("\x1d", "<GS>"), ("\x1e", "<RS>"), ("\x04", "<EOT>"), ("|", "\\|")):
        code = code.replace(sign, name)
    return code[:-1] + "·" if code.endswith(" ") else code


def _says(label: Label) -> Iterator[str]:
    for name in ("gtin", "item", "sscc", "lot", "serial", "expires"):
        if value := getattr(label, name):
            yield f"{name} {value}"
    if label.pieces or label.contained:
        yield f"{label.pieces or label.contained} {'pieces' if label.pieces else 'trade items'}"
    if label.measured:
        yield f"{show_quantity(label.measured)} {label.measure}"
