"""Readers as configured: a ``[[reader]]`` each, what it is called, how it is found, framed and answered.

What no single setting shows is checked here, too: names that are used twice, a setting of another kind, a reader that
nothing tells apart. Each fault is one sentence with the table, its number, the setting and what is allowed.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import asdict

from scanner_app.config_tables import Hint, table_of
from scanner_app.errors import ConfigError

READERS_MAX = 16
FRAME_BYTES_MAX = 8
OLD_NAME = "SERIAL"
"""What the reader of the table ``[serial]`` is called."""
KINDS = ("serial", "hid_keyboard", "hid_pos", "tcp_listen", "tcp_connect")
PROFILES = (
    "none", "honeywell", "datalogic_powerscan", "datalogic_gryphon", "magellan", "zebra_ssi", "cipherlab", "ack_nak",
    "bel",
)  # fmt: skip
"""How readers may be answered; what each means stands with the answers."""
SILENT = PROFILES[0]


def _one_of(*words: str) -> Meta:
    told = ", ".join(f'"{word}"' for word in words[:-1])
    return Meta(pattern=f"^({'|'.join(words)})$", description=f'{told} or "{words[-1]}"')


def _hex(digits: int) -> Meta:
    return Meta(
        pattern=rf"^([0-9a-f]{{{digits}}})?$", description=f"{digits} hexadecimal digits, such as {'0c2e'[:digits]}"
    )


Text = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$", description="text of up to 200 characters")]
Name = Annotated[str, Meta(pattern=r"^[A-Z0-9-]{1,20}$", description="1 to 20 capitals, digits and -, such as GUN-1")]
NameOrNone = Annotated[str, Meta(pattern=r"^[A-Z0-9-]{0,20}$", description="the name of another reader")]
Address = Annotated[
    str, Meta(max_length=200, pattern=r"^(\S+:\d{1,5})?$", description="an address and a port, such as 127.0.0.1:9100")
]
ALT_029 = "ALT+029"
"""The name of what a keyboard sends for GS where it types signs by their numbers: Alt with each digit."""
Separator = Annotated[
    str,
    Meta(
        max_length=8,
        pattern=r"^$|^[!-~]*[^A-Za-z0-9\s][!-~]*$",
        description=f'a sign or a text such as "^", or "{ALT_029}"',
    ),
]
Peer = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^\S+$", description="an address or a network")]


class ReaderSettings(Struct, frozen=True):
    """One reader. ``prefix`` and ``suffix`` are names of control characters, or text with ``\\x1d`` for bytes."""

    name: Name
    kind: Annotated[str, _one_of(*KINDS)] = "serial"
    path: Text = ""
    vendor: Annotated[str, _hex(4)] = ""
    product: Annotated[str, _hex(4)] = ""
    serial: Text = ""
    interface: Annotated[str, _hex(2)] = ""
    prefix: Text = ""
    suffix: Text = ""
    profile: Annotated[str, _one_of(*PROFILES)] = SILENT
    same_as: NameOrNone = ""
    speed: Annotated[int, Meta(ge=300, le=921_600)] = 9_600
    bits: Annotated[int, Meta(ge=7, le=8)] = 8
    stop_bits: Annotated[int, Meta(ge=1, le=2)] = 1
    parity: Annotated[str, _one_of("none", "even", "odd", "mark", "space")] = "none"
    flow: Annotated[str, _one_of("none", "rts_cts", "xon_xoff")] = "none"
    layout: Annotated[str, _one_of("us", "de", "fr")] = "us"
    address: Address = ""
    allow: tuple[Peer, ...] = ()
    gs_as: Separator = ""

    @property
    def is_found(self) -> bool:
        """Whether anything tells which device it is."""
        return bool(self.path or self.vendor or self.product or self.serial or self.interface)

    @property
    def mark(self) -> tuple[str, ...]:
        """What two readers must not have in common."""
        return (self.path, self.vendor, self.product, self.serial, self.interface, self.address)


_DEVICES = ("path", "vendor", "product", "serial", "interface")
_FRAMED = ("prefix", "suffix")
_SIGNS = ("gs_as",)
_LINE = ("speed", "bits", "stop_bits", "parity", "flow")
_OWN: dict[str, tuple[str, ...]] = {
    "serial": (*_DEVICES, *_FRAMED, *_LINE, *_SIGNS, "profile"),
    "hid_keyboard": (*_DEVICES, *_FRAMED, *_SIGNS, "layout"),
    "hid_pos": (*_DEVICES, *_SIGNS),
    "tcp_listen": ("address", "allow", *_FRAMED, *_SIGNS, "profile"),
    "tcp_connect": ("address", *_FRAMED, *_SIGNS, "profile"),
}
_OF_ALL = ("name", "kind", "same_as")
CONTROLS = (
    "NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI "
    "DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US"
)
"""The names of the control characters, from 0 on."""
_NAMED = {name: byte for byte, name in enumerate(CONTROLS.split())}
_ESCAPE = re.compile(r"\\x([0-9a-fA-F]{2})")


def frame_bytes(text: str) -> bytes | None:
    """The bytes of a prefix or a suffix; None where it is none.

    >>> frame_bytes("STX"), frame_bytes("CR LF"), frame_bytes("CRLF"), frame_bytes("#1"), frame_bytes("\\\\x1d")
    (b'\\x02', b'\\r\\n', b'\\r\\n', b'#1', b'\\x1d')
    """
    parts = [_frame_part(part) for part in text.split()]
    whole = b"".join(part for part in parts if part is not None)
    return None if None in parts or len(whole) > FRAME_BYTES_MAX else whole


def _frame_part(part: str) -> bytes | None:
    if part == "CRLF":
        return b"\r\n"
    if part in _NAMED:
        return bytes((_NAMED[part],))
    text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), part)
    is_plain = "\\" not in _ESCAPE.sub("", part) and all(ord(letter) < 0x100 for letter in text)
    return text.encode("latin-1") if is_plain else None


def separator_bytes(text: str) -> bytes:
    """The bytes that stand for GS.

    >>> separator_bytes("^"), separator_bytes("ALT+029")
    (b'^', b'\\x1b0\\x1b2\\x1b9')
    """
    if text != ALT_029:
        return text.encode()
    return b"".join(b"\x1b" + digit.encode() for digit in ALT_029.removeprefix("ALT+"))


def readers_of(tables: Any, shown: str, hint: Hint) -> tuple[ReaderSettings, ...]:
    """The readers of a file, in its order.

    Raises:
        ConfigError: with the first that is wrong.
    """
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(f'{shown}: "reader" is a list of tables; begin each with [[reader]].')
    if len(tables) > READERS_MAX:
        raise ConfigError(f"{shown}: there are {len(tables)} tables [[reader]]; {READERS_MAX} at most.")
    return tuple(_reader_of(table, number, shown, hint) for number, table in enumerate(tables, 1))


def _reader_of(table: dict[str, Any], number: int, shown: str, hint: Hint) -> ReaderSettings:
    label = f"[[reader]] {number}"
    if "name" not in table:
        raise ConfigError(f"{shown}: {label} has no name; give it one of {_allowed_name()}.")
    reader: ReaderSettings = table_of(ReaderSettings, label, table, shown, hint)
    fault = _of_another_kind(reader, table) or _not_framed(reader) or _not_found(reader) or _not_of_the_network(reader)
    if fault:
        raise ConfigError(f"{shown}: {label} ({reader.name}) {fault}")
    return reader


def _allowed_name() -> str:
    return "1 to 20 capitals, digits and -, such as GUN-1"


def _of_another_kind(reader: ReaderSettings, table: Mapping[str, object]) -> str:
    own = _OWN[reader.kind]
    strange = next((key for key in table if key not in own and key not in _OF_ALL), "")
    if not strange:
        return ""
    kinds = " and ".join(kind for kind in KINDS if strange in _OWN[kind])
    return f"{strange} is a setting of {kinds}, and this reader is {reader.kind}: leave it out."


def _not_framed(reader: ReaderSettings) -> str:
    wrong = next((name for name in _FRAMED if frame_bytes(getattr(reader, name)) is None), "")
    if not wrong and _is_same(*(frame_bytes(getattr(reader, name)) or b"" for name in _FRAMED)):
        return "prefix and suffix must be told apart: neither may stand in the other, nor an end (CR, LF, Tab) begin."
    allowed = f'names such as "STX" or "CR LF", or text with \\\\x1d for a byte; {FRAME_BYTES_MAX} bytes at most'
    return f"{wrong} must be {allowed}." if wrong else ""


def _is_same(prefix: bytes, suffix: bytes) -> bool:
    """Whether what begins a code would end it, too."""
    ends = (suffix,) if suffix else (b"\r", b"\n", b"\t")
    return bool(prefix) and any(end in prefix or prefix in end for end in ends)


def _not_found(reader: ReaderSettings) -> str:
    if "address" in _OWN[reader.kind]:
        return "" if reader.address else "needs an address, such as 127.0.0.1:9100."
    return "" if reader.is_found else "needs a path, or vendor, product, serial or interface of the device."


def _not_of_the_network(reader: ReaderSettings) -> str:
    if not reader.address:
        return ""
    port = int(reader.address.rpartition(":")[2])
    if not 0 < port <= 65_535:
        return f"address has port {port}; a port is 1 to 65535."
    from ipaddress import ip_network  # for whoever has such a reader

    for peer in reader.allow:
        try:
            ip_network(peer, strict=False)
        except ValueError:
            return f"allow has {peer}; each is an address or a network, such as 10.1.2.3 or 10.1.2.0/24."
    return ""


def check_together(readers: Sequence[ReaderSettings], shown: str) -> None:
    """Check what no reader shows alone.

    Raises:
        ConfigError: two have one name or are found alike, or one is paired with none.
    """
    for place, reader in enumerate(readers):
        before = readers[:place]
        if any(other.name == reader.name for other in before):
            raise ConfigError(f"{shown}: two readers are called {reader.name}; give each a name of its own.")
        if twin := next((other for other in before if other.mark == reader.mark), None):
            told = f"{twin.name} and {reader.name} are found alike"
            raise ConfigError(f"{shown}: {told}; tell them apart by path, serial or interface, or leave one out.")
    pairs = {reader.name: reader.same_as for reader in readers}
    for name, other in pairs.items():
        if other and (other == name or pairs.get(other) != ""):
            raise ConfigError(f"{shown}: {name} has same_as {other}; name another reader, one without a same_as.")


def by_old_table(port: str, baud_rate: int) -> tuple[ReaderSettings, ...]:
    """The reader of the table ``[serial]``, where there is one."""
    return (ReaderSettings(OLD_NAME, path=port, speed=baud_rate),) if port else ()


def written_anew(reader: ReaderSettings) -> str:
    """A reader as a table of the configuration, for whoever copies it."""
    plain = asdict(ReaderSettings(reader.name))
    changed = {name: value for name, value in asdict(reader).items() if value != plain[name]}
    rows = (f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}" for name, value in changed.items())
    return "; ".join((f'[[reader]] name = "{reader.name}"', f'kind = "{reader.kind}"', *rows))
