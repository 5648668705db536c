"""Reports of a HID-POS scanner: by whatever descriptor, in one or several, and never one code of two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.readers.hid.chain import Chain
from devices.readers.hid.descriptor import ScanReport, scan_reports
from scanner_app.domain.capture.entry import Fault, Source
from scanner_app.domain.clock import Stamp
from tests.devices.hid.pos import CAPACITY, DESCRIPTOR, LENGTH, REPORT, report, reports

NOW = Stamp(1, 2, "boot")
LENGTH_MAX = 300
CODES = st.binary(min_size=1, max_size=200).filter(lambda code: code == code.strip(b"\r\n\t"))
LAYOUT = scan_reports(DESCRIPTOR)


def chain(layout: tuple[ScanReport, ...] = LAYOUT) -> Chain:
    return Chain(layout, "GUN-1", entry_length_max=LENGTH_MAX)


def told(of: Chain, *sent: bytes) -> list[bytes | Fault]:
    entries = [entry for one in sent for entry in of.feed(one, NOW)]
    assert all((entry.source, entry.reader, entry.stamp) == (Source.HID, "GUN-1", NOW) for entry in entries)
    return [entry.fault or entry.raw for entry in entries]


def test_the_descriptor_says_where_everything_stands() -> None:
    (layout,) = LAYOUT
    assert (layout.number, layout.length, layout.capacity) == (REPORT, LENGTH, CAPACITY)
    assert [span.start // 8 for span in (layout.byte_count, *layout.aim, layout.data)] == [1, 2, 3, 4, 5]
    assert layout.continued is not None
    assert layout.continued.start == 63 * 8


def test_another_descriptor_another_place() -> None:
    """No numbers, 16 bits of length, the flag first and the data behind padding, usages as a range."""
    other = (
        b"\x05\x8c\x09\x02\xa1\x01\x15\x00\x26\xff\x00\x75\x01\x95\x01\x09\xff\x81\x02\x95\x07\x81\x03"
        b"\x05\x01\x09\x3b\x75\x10\x95\x01\x81\x02\x05\x8c\x19\xfb\x29\xfd\x75\x08\x95\x03\x81\x02"
        b"\xa4\x75\x20\x95\x01\x81\x03\xb4\x95\x0a\x09\xfe\x81\x02\xc0"
    )
    (layout,) = scan_reports(other)
    assert (layout.number, layout.length, layout.capacity, layout.data.start) == (None, 20, 10, 80)
    of = chain((layout,))
    first = b"\x01\x0a\x00]C1\0\0\0\0" + b"0123456789"
    assert told(of, first, b"\x00\x02\x00]C1\0\0\0\0" + b"AB--------") == [b"]C10123456789AB"]


@pytest.mark.parametrize(
    "descriptor",
    [
        b"",
        b"\x05",
        b"\x05\x01\x09\x06\xa1\x01\x75\x08\x95\x08\x81\x02\xc0",
        DESCRIPTOR.replace(b"\x05\x01\x09\x3b", b"\x05\x01\x09\x3a"),
        DESCRIPTOR.replace(bytes((0x95, CAPACITY)), b"\x97\xff\xff\xff\xff"),
        b"\xb4" + DESCRIPTOR,
        b"\xa4" * 17 + DESCRIPTOR,
        b"\x05\x8c\x19\x00\x2a\xff\xff",
    ],
)
def test_what_is_no_such_scanner_is_none(descriptor: bytes) -> None:
    assert scan_reports(descriptor) == ()


@given(st.lists(st.tuples(CODES, st.sampled_from([b"]C1", b"]E0", b"", b"\0\0\0", b"C1 "])), max_size=5))
def test_every_code_comes_as_it_was_scanned(codes: list[tuple[bytes, bytes]]) -> None:
    expected = [(aim if aim.startswith(b"]") and not code.startswith(aim) else b"") + code for code, aim in codes]
    assert told(chain(), *(one for code, aim in codes for one in reports(code, aim))) == expected


def test_a_suffix_and_an_aim_identifier_that_stands_in_the_data_too_are_no_data() -> None:
    assert told(chain(), report(b"]C1A-01\r\n"), report(b"\r"), report(b"")) == [b"]C1A-01"]


def test_half_a_chain_is_told_when_nothing_comes_any_more_and_the_next_code_is_whole() -> None:
    of = chain()
    assert told(of, report(b"A" * CAPACITY, continued=True)) == []
    assert of.is_pending
    assert [entry.fault for entry in of.rest(NOW)] == [Fault.LOST]
    assert of.rest(NOW) == []
    assert told(of, report(b"B")) == [b"]C1B"]


def test_half_a_chain_is_cut_when_the_scanner_goes() -> None:
    of = chain()
    told(of, report(b"A" * CAPACITY, continued=True))
    assert [entry.fault for entry in of.cut(NOW)] == [Fault.CUT]
    assert of.cut(NOW) == []
    assert told(of, report(b"B")) == [b"]C1B"]


@pytest.mark.parametrize(
    "broken",
    [
        [report(b"A" * CAPACITY, continued=True), report(b"B", b"]E0")],
        [report(b"A" * CAPACITY, continued=True), report(b"A")[:40]],
        [report(b"A").replace(b"\x02\x01", bytes((2, CAPACITY + 1)))],
    ],
)
def test_what_does_not_fit_together_is_told(broken: list[bytes]) -> None:
    assert told(chain(), *broken, report(b"C")) == [Fault.LOST, b"]C1C"]


def test_what_comes_behind_a_loss_is_told_up_to_the_end_of_a_code() -> None:
    of = chain()
    told(of, report(b"A" * CAPACITY, continued=True))
    of.spoil()
    assert told(of, report(b"B" * CAPACITY, continued=True), report(b"C"), report(b"D")) == [Fault.LOST, b"]C1D"]


def test_a_code_is_bounded() -> None:
    for length, expected in ((LENGTH_MAX - 3, b"]C1" + b"A" * (LENGTH_MAX - 3)), (LENGTH_MAX - 2, Fault.TOO_LONG)):
        assert told(chain(), *reports(b"A" * length)) == [expected]
    of = chain()
    assert told(of, *[report(b"A" * CAPACITY, continued=True)] * 1000) == []
    assert len(of._data) <= LENGTH_MAX + CAPACITY
    assert told(of, report(b"A"), report(b"B")) == [Fault.TOO_LONG, b"]C1B"]


@given(
    codes=st.lists(st.binary(min_size=1, max_size=170).map(lambda code: b"<" + code + b">"), min_size=1, max_size=6),
    data=st.data(),
)
def test_a_run_of_reports_that_was_lost_and_is_known_makes_no_code_of_two(
    codes: list[bytes], data: st.DataObject
) -> None:
    """As the drain tells it: LOST stands exactly where reports are missing."""
    sent = [one for code in codes for one in reports(code)]
    start = data.draw(st.integers(0, len(sent)))
    end = data.draw(st.integers(start, len(sent)))
    of = chain()
    before = told(of, *sent[:start])
    of.spoil()
    behind = [*told(of, *sent[end:]), *(entry.fault for entry in of.rest(NOW))]
    whole = {b"]C1" + code for code in codes}
    assert all(one is Fault.LOST or one in whole for one in [*before, *behind])
    assert behind.count(Fault.LOST) == 1


@given(st.binary(max_size=200), st.lists(st.binary(max_size=80), max_size=20))
def test_any_descriptor_and_any_reports_are_taken(descriptor: bytes, sent: list[bytes]) -> None:
    of = Chain(scan_reports(descriptor), "GUN-1", entry_length_max=LENGTH_MAX)
    for one in sent:
        of.feed(one, NOW)


@given(st.lists(st.tuples(st.integers(0, len(DESCRIPTOR) - 1), st.integers(0, 255)), max_size=4), st.data())
def test_a_descriptor_that_is_nearly_right_is_taken(changes: list[tuple[int, int]], data: st.DataObject) -> None:
    changed = bytearray(DESCRIPTOR)
    for place, byte in changes:
        changed[place] = byte
    of = Chain(scan_reports(bytes(changed)), "GUN-1", entry_length_max=LENGTH_MAX)
    for one in data.draw(st.lists(st.binary(min_size=60, max_size=70).map(lambda body: b"\2" + body), max_size=10)):
        of.feed(one, NOW)
        assert len(of._data) <= LENGTH_MAX + 4096
