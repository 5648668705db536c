"""What holds of any bytes behind any symbology: they are read or not, and what is wrong says nothing of goods."""

from datetime import date

from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.check_digit import is_gtin
from scanner_app.domain.recognition.label import DOUBTFUL, Why

SYMBOLOGIES = (b"", *(b"]" + mark for mark in b"C1 d2 Q3 e0 E0 E3 E4 C0 A0 Q1 d1 I1 L2".split()))
_YEAR = 2027


def obey_codes(shape: int, data: bytes) -> None:
    found = read(SYMBOLOGIES[shape % len(SYMBOLOGIES)] + data, _YEAR)
    if not isinstance(found, Reading):
        return
    assert found.text
    assert all(found.codes)
    if found.why not in DOUBTFUL | {Why.NOTHING}:
        assert (found.label, found.ways) == (None, ())
    for label in (found.label, *found.ways):
        if label is not None:
            assert not label.gtin or is_gtin(label.gtin)
            assert not label.expires or date.fromisoformat(label.expires)
            assert min(label.pieces, label.contained, label.measured) >= 0
