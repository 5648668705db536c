"""What arrived of the sheet's codes, judged: what the path does to ends, layouts, capitals, signs and controls."""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from msgspec import Struct

from scanner_app.config import EntryLimits
from scanner_app.doctor.check import Check, Finding
from scanner_app.doctor.path.sheet import CODES, ENDS, GS, MARKS, Kind, Printed
from scanner_app.domain.capture.mangled import PAIRS, Pair
from scanner_app.reader_settings import ALT_029, CONTROLS, separator_bytes

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_NAMES = CONTROLS.split()
_OF_CODES = frozenset((0x04, 0x1C, GS, 0x1E, 0x1F))
"""EOT, FS, GS, RS and US: those that stand in codes of goods (GS1, ISO 15434)."""
_TAKERS = {
    0x01: "GNU screen takes it with the sign behind it: give screen another key, as `escape ^Zz` in .screenrc",
    0x02: "tmux takes it with the sign behind it: `set -g prefix None` in .tmux.conf",
    0x03: "a terminal that is not raw takes it: start scanner without a shell around it",
    0x11: "flow control takes it: `stty -ixon` on the way",
    0x13: "flow control takes it: `stty -ixon` on the way",
    0x1B: "it begins a key: leave it out of codes",
    GS: "telnet takes it (`telnet -E`), or the scanner has no key for it: have it send another sign, and set gs_as",
}
_END_WORDS = {b"\r": "CR", b"\r\n": "CR LF", b"\n": "LF", b"\t": "Tab"}


class Arrived(Struct, frozen=True):
    """One scan taken apart: ``body`` is what is left of it without its identifier and its end.

    ``sent`` is what of that the scanner sends, by the layouts or the CapsLock that explain it.
    """

    code: Printed
    body: str
    sent: str
    aim: str
    end: bytes


def judged(scans: Mapping[int, bytes], entry: EntryLimits) -> Iterator[Check]:
    """What the path does, by the number of each code that was scanned; one that is missing was passed over."""
    layout = _layout(scans)
    is_swapped = _plain(scans).swapcase().endswith(CODES[0].text)
    arrived = {
        code.number: _parted(code, scans[code.number], layout, is_swapped=is_swapped)
        for code in CODES
        if scans.get(code.number)
    }
    for code in CODES:
        if code.number not in arrived:
            yield _bad(f"code {code.number}", f"nothing arrived of {code.kind}. Scan it once more.")
    whole = list(arrived.values())
    if not whole:
        return
    yield _ends(whole)
    yield _identifiers(whole, entry)
    yield _layouts(whole, layout)
    yield from _signs(whole, layout)
    yield from _controls(whole, entry)
    yield from _escape(whole)


def _bad(name: str, sentence: str) -> Check:
    return Check(name, Finding.BAD, sentence)


def _layout(scans: Mapping[int, bytes]) -> Pair | None:
    """The layouts that explain what came of the plain code."""
    text, sent = _plain(scans), CODES[0].text
    if text.endswith(sent):
        return None
    return next((pair for pair in PAIRS if pair.meant(text).endswith(sent)), None)


def _plain(scans: Mapping[int, bytes]) -> str:
    return scans.get(CODES[0].number, b"").rstrip(ENDS).decode("utf-8", "replace")


def _parted(code: Printed, raw: bytes, layout: Pair | None, *, is_swapped: bool) -> Arrived:
    body = raw.rstrip(ENDS)
    text = body.decode("utf-8", "replace")
    meant = layout.meant(text) if layout else text.swapcase() if is_swapped else text
    aim = match[0] if (match := _AIM.match(meant)) and not code.text.startswith(match[0]) else ""
    return Arrived(code, text[len(aim) :], meant[len(aim) :], aim, raw[len(body) :])


def _ends(whole: list[Arrived]) -> Check:
    ends = {one.end for one in whole}
    if ends <= {b""}:
        return _bad("end", "nothing comes behind a code: set CR as suffix of the scanner")
    if len(ends) > 1 or (end := ends.pop()) not in _END_WORDS:
        told = ", ".join(sorted(_told(end.decode()) or "nothing" for end in {one.end for one in whole}))
        return _bad("end", f"codes end in {told}: set CR as suffix of the scanner, and nothing else")
    return Check("end", Finding.GOOD, f"{_END_WORDS[end]} comes behind each code")


def _identifiers(whole: list[Arrived], entry: EntryLimits) -> Check:
    missing = [str(one.code.number) for one in whole if not one.aim]
    if not missing:
        if entry.scans_have_aim:
            return Check("AIM", Finding.GOOD, "each code has its AIM identifier")
        return Check("AIM", Finding.NOTE, "each code has its AIM identifier: set scans_have_aim = true in [entry]")
    if entry.scans_have_aim:
        told = f"code {', '.join(missing)} came without: switch them on at the scanner"
        return _bad("AIM", f"scans_have_aim is set, and {told}; else each scan counts as typed")
    text = "no AIM identifier: switch them on at the scanner, then scans_have_aim = true in [entry]"
    return Check("AIM", Finding.NOTE, f"{text} tells scans from typing")


def _layouts(whole: list[Arrived], layout: Pair | None) -> Check:
    plain = next((one for one in whole if one.code.kind is Kind.PLAIN), None)
    if layout is not None:
        host, gun = layout.host.upper(), layout.gun.upper()
        return _bad("layout", f"the scanner types for {gun} and this keyboard is {host}: set the scanner to {host}")
    if plain is None or plain.body == plain.code.text:
        return Check("layout", Finding.GOOD, "capitals and digits arrive as they are printed")
    if plain.sent == plain.code.text:
        return _bad("capitals", "capitals arrive small: CapsLock is on, or the scanner swaps them; switch that off")
    if plain.body.endswith(plain.code.text):
        before = _told(plain.body.removesuffix(plain.code.text))
        return Check("prefix", Finding.NOTE, f"the scanner sends {before} before each code: switch that off")
    return _bad(
        "layout", f"{plain.code.text} arrived as {_told(plain.body)}: set the scanner to the layout of its host"
    )


def _signs(whole: list[Arrived], layout: Pair | None) -> Iterator[Check]:
    """Signs that came as others; where the layout is wrong that is why, and is told."""
    if layout is not None:
        return
    changed: list[str] = []
    for one in whole:
        if one.code.kind is Kind.SIGNS:
            changed += _changes(one.code.text, one.sent)
    if changed:
        text = f"{', '.join(changed)}: leave these out of codes, or set the scanner to the layout of its host"
        yield _bad("signs", text)
    elif any(one.code.kind is Kind.SIGNS for one in whole):
        yield Check("signs", Finding.GOOD, "every sign arrives")


def _changes(sent: str, came: str) -> Iterator[str]:
    for what, start, end, at, to in SequenceMatcher(None, sent, came, autojunk=False).get_opcodes():
        if what in ("replace", "delete"):
            became = f"becomes {_told(came[at:to])}" if to > at else "is lost"
            yield f"{_told(sent[start:end])} {became}"


def _controls(whole: list[Arrived], entry: EntryLimits) -> Iterator[Check]:
    fates: dict[int, str] = {}
    for one in whole:
        if one.code.kind is Kind.CONTROLS:
            fates |= _fates(one)
    told = [byte for byte, became in fates.items() if became != chr(byte)]
    for byte in told:
        yield _control(byte, fates[byte], entry)
    if fates and not told:
        yield Check("controls", Finding.GOOD, "every control character arrives")
    elif fates:
        whole_ones = ", ".join(_NAMES[byte] for byte in fates if byte not in told) or "none"
        yield Check("controls", Finding.NOTE, f"{whole_ones} arrive as they are")


def _control(byte: int, became: str, entry: EntryLimits) -> Check:
    name = _NAMES[byte]
    if byte == GS and became:
        return _separator(became, entry)
    fate = f"becomes {_told(became)}" if became else "is lost"
    finding = Finding.BAD if byte in _OF_CODES else Finding.NOTE
    why = _TAKERS.get(byte, "no code of goods holds it" if finding is Finding.NOTE else "have the scanner leave it out")
    return Check(name, finding, f"{fate}: {why}")


def _separator(became: str, entry: EntryLimits) -> Check:
    """GS that comes as something else, which the configuration can name."""
    name = ALT_029 if became.encode() == separator_bytes(ALT_029) else became
    if separator_bytes(entry.gs_as) == became.encode():
        return Check("GS", Finding.GOOD, f"becomes {_told(became)}, and is read as GS (gs_as)")
    return _bad("GS", f"becomes {_told(became)}: set gs_as = '{name}' in [entry]")


def _fates(one: Arrived) -> Iterator[tuple[int, str]]:
    """What stands for each control character: itself, or what is between the letters around it."""
    for mark, after, byte in zip(MARKS, MARKS[1:], one.code.controls, strict=False):
        between = re.search(f"{mark}(.*?){after}", one.body, re.DOTALL | re.IGNORECASE)
        became = between[1] if between else ""
        yield byte, chr(byte) if chr(byte) in one.body else became


def _escape(whole: list[Arrived]) -> Iterator[Check]:
    for one in whole:
        if one.code.kind is Kind.ESCAPE and one.sent == one.code.text[1:]:
            text = "ssh takes ~ behind an end: `ssh -e none`, or EscapeChar none in its configuration"
            yield _bad("ssh", f"~~BC arrived as {_told(one.body)}; {text}")


def _told(text: str) -> str:
    """A text with its control characters by name."""
    return "".join(f"<{_NAMES[ord(sign)]}>" if ord(sign) < len(_NAMES) else sign for sign in text)
