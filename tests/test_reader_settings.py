"""``[[reader]]`` in config.toml: documented, and refused in one sentence with its number, setting and bounds."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from scanner_app.config import Config, Serial, load
from scanner_app.errors import ConfigError
from scanner_app.reader_settings import (
    FRAME_BYTES_MAX,
    KINDS,
    PROFILES,
    READERS_MAX,
    ReaderSettings,
    by_old_table,
    frame_bytes,
    written_anew,
)

ROOT = Path(__file__).parent.parent
DOCUMENTED = (ROOT / "config.toml").read_text(encoding="utf-8")
BLOCK = "\n".join(re.findall(r"^#(\[\[reader\]\]|[a-z_]+ = .*)$", DOCUMENTED, re.MULTILINE))
FIRST = "[[reader]] 1 (GUN-1)"
NAMES = "1 to 20 capitals, digits and -, such as GUN-1"
FRAMES = 'names such as "STX" or "CR LF", or text with \\\\x1d for a byte; 8 bytes at most'
APART = "told apart: neither may stand in the other, nor an end (CR, LF, Tab) begin"
ALIKE = "tell them apart by path, serial or interface, or leave one out"
KINDRED = '"serial", "hid_keyboard", "hid_pos", "tcp_listen" or "tcp_connect"'
PROFILED = ", ".join(f'"{name}"' for name in PROFILES[:-1]) + ' or "bel"'
NET = '[[reader]]\nname = "NET"\nkind = "tcp_listen"\n'
GUN = '[[reader]]\nname = "GUN-1"\npath = "/dev/gun"\n'


def refusal(folder: Path, text: str) -> str:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(None, {}, folder)
    return str(caught.value)


def loaded(folder: Path, text: str) -> Config:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return load(None, {}, folder).config


def test_the_documented_block_holds_every_setting_at_its_default() -> None:
    (table,) = tomllib.loads(BLOCK)["reader"]
    assert list(table) == [field.name for field in fields(ReaderSettings)]
    assert ReaderSettings(**(table | {"allow": ()})) == ReaderSettings("GUN-1")


@pytest.mark.parametrize("name", ReaderSettings.__struct_fields__)
def test_every_setting_has_a_comment_with_its_range(name: str) -> None:
    lines = DOCUMENTED.splitlines()
    comment = lines[next(i for i, line in enumerate(lines) if line.startswith(f"#{name} = ")) - 1]
    assert comment.startswith("# ")
    (field,) = (field for field in fields(ReaderSettings) if field.name == name)
    bounds = [mark for mark in getattr(field.type, "__metadata__", ()) if mark.ge is not None]
    assert all(f" {mark.ge:g} to {mark.le:g}" in comment for mark in bounds)


def test_readers_come_in_their_order_and_the_old_table_is_the_first(tmp_path: Path) -> None:
    text = '[serial]\nport = "/dev/old"\nbaud_rate = 300\n' + GUN + GUN.replace("1", "2").replace("gun", "gun2")
    config = loaded(tmp_path, text)
    old = ReaderSettings("SERIAL", path="/dev/old", speed=300)
    assert [reader.name for reader in config.all_readers] == ["SERIAL", "GUN-1", "GUN-2"]
    assert config.all_readers[0] == old
    assert Config().all_readers == ()
    assert Config(serial=Serial("/dev/old", 300)).all_readers == by_old_table("/dev/old", 300) == (old,)
    assert written_anew(old) == '[[reader]] name = "SERIAL"; kind = "serial"; path = "/dev/old"; speed = 300'


@pytest.mark.parametrize(
    ("situation", "text", "sentence"),
    [
        ("no list", "reader = 3", '"reader" is a list of tables; begin each with [[reader]].'),
        ("one table", '[reader]\nname = "GUN-1"', '"reader" is a list of tables; begin each with [[reader]].'),
        ("no name", '[[reader]]\npath = "x"', f"[[reader]] 1 has no name; give it one of {NAMES}."),
        ("a strange name", GUN.replace("GUN-1", "gun 1"), f"[[reader]] 1 name must be {NAMES}."),
        ("a name that is too long", GUN.replace("GUN-1", "G" * 21), f"[[reader]] 1 name must be {NAMES}."),
        (
            "the second is wrong",
            GUN + '[[reader]]\nname = "GUN-2"\nspeed = 1\npath = "y"',
            "[[reader]] 2 speed must be a whole number from 300 to 921,600.",
        ),
        (
            "digits for GS",
            GUN + 'gs_as = "029"',
            '[[reader]] 1 gs_as must be a sign or a text such as "^", or "ALT+029".',
        ),
        ("a misspelt setting", GUN + 'party = "even"', '[[reader]] 1 has no setting "party"; did you mean "parity"?'),
        ("a kind that does not exist", GUN + 'kind = "usb"', f"[[reader]] 1 kind must be {KINDRED}."),
        (
            "a setting of another kind",
            GUN + 'layout = "de"',
            f"{FIRST} layout is a setting of hid_keyboard, and this reader is serial: leave it out.",
        ),
        (
            "nothing to find it by",
            '[[reader]]\nname = "GUN-1"',
            f"{FIRST} needs a path, or vendor, product, serial or interface of the device.",
        ),
        ("no address", NET, "[[reader]] 1 (NET) needs an address, such as 127.0.0.1:9100."),
        ("a strange number", GUN + 'vendor = "C2E"', "[[reader]] 1 vendor must be 4 hexadecimal digits, such as 0c2e."),
        ("a prefix that is none", GUN + 'prefix = "a\\\\q"', f"{FIRST} prefix must be {FRAMES}."),
        ("a prefix of the wrong length", GUN + 'prefix = "123456789"', f"{FIRST} prefix must be {FRAMES}."),
        ("a prefix that ends", GUN + 'prefix = "TAB"', f"{FIRST} prefix and suffix must be {APART}."),
        (
            "a prefix in the suffix",
            GUN + 'prefix = "STX"\nsuffix = "STX ETX"',
            f"{FIRST} prefix and suffix must be {APART}.",
        ),
        ("a profile that does not exist", GUN + 'profile = "acme"', f"[[reader]] 1 profile must be {PROFILED}."),
        (
            "two of one name",
            GUN + GUN.replace("/dev/gun", "/dev/other"),
            "two readers are called GUN-1; give each a name of its own.",
        ),
        (
            "the name of the old table",
            '[serial]\nport = "/dev/old"\n' + GUN.replace("GUN-1", "SERIAL"),
            "two readers are called SERIAL; give each a name of its own.",
        ),
        ("two found alike", GUN + GUN.replace("GUN-1", "GUN-2"), f"GUN-1 and GUN-2 are found alike; {ALIKE}."),
        (
            "paired with nobody",
            GUN + 'same_as = "GUN-9"',
            "GUN-1 has same_as GUN-9; name another reader, one without a same_as.",
        ),
        (
            "paired with itself",
            GUN + 'same_as = "GUN-1"',
            "GUN-1 has same_as GUN-1; name another reader, one without a same_as.",
        ),
        (
            "a port that is none",
            NET + 'address = "127.0.0.1:70000"',
            "[[reader]] 1 (NET) address has port 70000; a port is 1 to 65535.",
        ),
        (
            "allowed who is none",
            NET + 'address = "127.0.0.1:9100"\nallow = ["10.1.2.0/24", "gate"]',
            "[[reader]] 1 (NET) allow has gate; each is an address or a network, such as 10.1.2.3 or 10.1.2.0/24.",
        ),
        (
            "a profile at a scanner that is not answered",
            GUN + 'kind = "hid_pos"\nprofile = "bel"',
            f"{FIRST} profile is a setting of serial and tcp_listen and tcp_connect, "
            "and this reader is hid_pos: leave it out.",
        ),
        (
            "a list of other things",
            NET + 'address = "a:1"\nallow = [3]',
            "[[reader]] 1 allow must be a list, each an address or a network.",
        ),
    ],
)
def test_a_wrong_reader_is_refused_in_one_sentence(tmp_path: Path, situation: str, text: str, sentence: str) -> None:
    assert refusal(tmp_path, text) == f"config.toml: {sentence}"


def test_so_many_readers_and_no_more(tmp_path: Path) -> None:
    tables = [GUN.replace("GUN-1", f"G-{n}").replace("gun", f"gun{n}") for n in range(READERS_MAX + 1)]
    assert len(loaded(tmp_path, "".join(tables[1:])).readers) == READERS_MAX
    assert refusal(tmp_path, "".join(tables)) == "config.toml: there are 17 tables [[reader]]; 16 at most."


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("", b""),
        ("STX", b"\x02"),
        ("ETX CR LF", b"\x03\r\n"),
        ("CRLF", b"\r\n"),
        ("TAB", b"\t"),
        ("GS", b"\x1d"),
        ("#1", b"#1"),
        (r"\x1d\xff", b"\x1d\xff"),
        (r"]C1\x1d", b"]C1\x1d"),
        ("12345678", b"12345678"),
        ("123456789", None),
        ("\\", None),
        (r"\x1", None),
        ("Ω", None),
    ],
)
def test_a_prefix_or_suffix_is_named_or_spelt(text: str, raw: bytes | None) -> None:
    assert frame_bytes(text) == raw


@given(st.text())
def test_any_text_is_a_frame_or_none(text: str) -> None:
    raw = frame_bytes(text)
    assert raw is None or len(raw) <= FRAME_BYTES_MAX


def test_every_kind_can_be_configured(tmp_path: Path) -> None:
    for kind in KINDS:
        found = 'address = "127.0.0.1:9"' if kind.startswith("tcp") else 'vendor = "0c2e"'
        (reader,) = loaded(tmp_path, f'[[reader]]\nname = "R"\nkind = "{kind}"\n{found}').readers
        assert reader.kind == kind
