"""The line of a HID keyboard: whatever is lost of it is told, and nothing of it stands in the next code."""

from hypothesis import given, settings
from hypothesis import strategies as st

from devices.readers.hid.drain import EVENT, SETTLE_US
from devices.readers.hid.keyboard_line import KeyboardLine, held_keys
from devices.readers.hid.keys import LEFT_ALT, LEFT_SHIFT
from scanner_app.domain.capture.entry import Fault, Source
from scanner_app.domain.capture.framed import Frame, Framer
from scanner_app.domain.capture.layouts import DE, US, Layout
from scanner_app.domain.clock import Stamp
from tests.devices.hid.keyboard import LATER_US, edges, events, scan, state

NOW = Stamp(1, 2, "boot")
LENGTH_MAX = 100
EDGE = 3 * EVENT.size


def line(layout: Layout = US, frame: Frame | None = None) -> KeyboardLine:
    of = KeyboardLine(layout, Framer(frame or Frame(), Source.HID, "GUN-1", entry_length_max=LENGTH_MAX))
    of.opened(state(), 0)
    return of


def told(of: KeyboardLine, *sent: bytes) -> list[bytes | Fault]:
    return [entry.fault or entry.raw for one in sent for entry in of.feed(one, NOW)]


def rest(of: KeyboardLine) -> list[Fault]:
    return [entry.fault for entry in of.rest(NOW)]


def test_codes_come_between_prefix_and_suffix_as_of_any_reader() -> None:
    assert told(line(), scan("A-01"), scan("b#2")) == [b"A-01", b"b#2"]
    assert told(line(DE, Frame(b"#", b"\r")), scan("#ß", DE), scan("x", DE)) == ["ß".encode(), Fault.UNFRAMED]
    assert told(line(), scan("A" * LENGTH_MAX), scan("A" * (LENGTH_MAX + 1))) == [b"A" * LENGTH_MAX, Fault.TOO_LONG]


def test_a_key_without_a_meaning_is_told_with_its_code_and_the_next_is_whole() -> None:
    unknown = events(edges((LEFT_ALT, 30)))
    assert told(line(), events(edges((30,))), unknown, scan("b"), scan("C")) == [Fault.LOST, b"C"]


def test_what_was_held_at_the_grab_is_no_sign_and_the_code_with_it_is_lost() -> None:
    of = line()
    of.opened(state(30, LEFT_SHIFT), 0)
    assert told(of, events([(30, 0)]), scan("1"), events([(LEFT_SHIFT, 0)]), scan("2")) == [Fault.LOST, b"2"]
    of.opened(state(30), 0)
    assert told(of, events([(30, 2), (30, 2), (30, 0)])) == []
    assert rest(of) == [Fault.LOST]
    assert told(of, scan("2")) == [b"2"]


def test_what_comes_right_behind_the_grab_may_be_the_rest_of_a_code() -> None:
    for behind_us, expected in ((SETTLE_US - 1, Fault.LOST), (SETTLE_US, b"1")):
        of = line()
        of.opened(state(), 1_000_000)
        assert told(of, events([*edges((2,)), *edges((28,))], 1_000_000 + behind_us), scan("2")) == [expected, b"2"]


def test_capslock_that_shines_at_the_grab_counts() -> None:
    of = line()
    of.opened(state(caps=True), 0)
    assert told(of, scan("Ab1")) == [b"aB1"]


def test_half_a_code_is_cut_when_the_scanner_goes_also_when_only_digits_behind_alt_have_come() -> None:
    for begun in (events(edges((30,))), events([(LEFT_ALT, 1), *edges((79,))])):
        of = line()
        assert told(of, begun) == []
        assert [entry.fault for entry in of.cut(NOW)] == [Fault.CUT]
        of.opened(state(), 0)
        assert told(of, scan("A-02")) == [b"A-02"]


def test_an_accent_without_an_end_is_told() -> None:
    of = line(DE)
    assert told(of, events(edges((41,)))) == []
    assert rest(of) == [Fault.LOST]
    assert told(of, scan("e", DE)) == [b"e"]


@settings(max_examples=60)
@given(
    codes=st.lists(st.text("AbC-12$", max_size=12).map(lambda code: f"<{code}>"), min_size=1, max_size=5),
    data=st.data(),
)
def test_events_that_were_lost_anywhere_are_told_and_make_no_code_of_two(codes: list[str], data: st.DataObject) -> None:
    """As the drain tells it: LOST stands where they are missing, with the keys that are held behind them."""
    sent = b"".join(map(scan, codes))
    start = data.draw(st.integers(0, len(sent) // EDGE))
    end = data.draw(st.integers(start, len(sent) // EDGE))
    of = line()
    before = told(of, sent[: start * EDGE])
    of.lost(state(*held_behind(sent[: end * EDGE])))
    behind = [*told(of, sent[end * EDGE :]), *rest(of)]
    assert all(one is Fault.LOST or one in {code.encode() for code in codes} for one in [*before, *behind])
    assert behind.count(Fault.LOST) == 1


def held_behind(sent: bytes) -> set[int]:
    held: set[int] = set()
    for _seconds, _micros, kind, code, value in EVENT.iter_unpack(sent):
        if kind == 1:
            (held.add if value else held.discard)(code)
    return held


@given(st.binary(max_size=EVENT.size * 12), st.binary(max_size=100))
def test_any_bytes_are_taken(data: bytes, of_state: bytes) -> None:
    of = line()
    of.feed(data, NOW)
    of.lost(of_state)
    of.opened(of_state, LATER_US)
    assert held_keys(state(1, 200)) == {1, 200}
