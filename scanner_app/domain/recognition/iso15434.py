"""ISO 15434: an envelope of records, each in a format of its own, on two-dimensional labels of industry."""

from scanner_app.domain.recognition import identifiers
from scanner_app.domain.recognition.gs1 import elements as gs1
from scanner_app.domain.recognition.label import Ways, Why
from scanner_app.domain.recognition.separators import EOT, GS, RS
from scanner_app.domain.recognition.substitutes import spelled_out

HEAD = "[)>"
LENGTH_MAX = 700
RECORDS_MAX = 8
_GS1, _INDUSTRY, _AVIATION = "05", "06", "12"


def iso_15434(text: str, year: int) -> Ways | None:
    """What an envelope holds, whose end may be missing and whose separators may come doubled; None where it is none."""
    if not text.startswith(HEAD):
        return None
    if len(text) > LENGTH_MAX:
        return Ways(why=Why.TOO_LONG)
    body = text if GS in text or RS in text else spelled_out(text)
    if GS not in body:
        return Ways(why=Why.NO_SIGNS)
    records = [record.strip(GS) for record in body[len(HEAD) :].replace(EOT, RS).split(RS) if record.strip(GS)]
    if len(records) > RECORDS_MAX:
        return Ways(why=Why.TOO_LONG)
    read = [ways for record in records if (ways := _record(record, year)) is not None]
    return read[0] if read else Ways(why=Why.MALFORMED)


def _record(record: str, year: int) -> Ways | None:
    """What the first record in a format that is known says; None where it is of another."""
    kind, _, data = record.partition(GS)
    if kind == _GS1:
        return gs1.ways_of(data, year, is_parted=True)
    if kind not in (_INDUSTRY, _AVIATION) or not data:
        return None
    said = tuple(identifiers.elements([one for one in data.split(GS) if one], are_words=kind == _AVIATION))
    whole = tuple(one for one in said if one is not None)
    return identifiers.ways_of(whole, year) if whole and len(whole) == len(said) else Ways(why=Why.MALFORMED)
