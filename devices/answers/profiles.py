"""The profiles by their names in the configuration. One that is not here gets no bytes."""

from devices.answers.profile import Profile
from devices.ssi import ACK, BEEP, ERROR, ONE_HIGH, SCAN_ENABLE, TWO_HIGH, packet

_CIPHERLAB_BEEP = b"#@////\r"
_SSI_ACK = packet(ACK)

PROFILES = {
    # Host acknowledgement: each string ends with its comma; the gun is locked until one comes, ten seconds at most.
    "honeywell": Profile(b"\x1b7,", b"\x1b5\x1b5,", b"\x1b8,", free=b"\x1b1,", patience_s=10.0),
    # What is lit stays lit until the next answer: red behind bad and attention.
    "datalogic_powerscan": Profile(b"\x1b[9q\x1b[3q", b"\x1b[8q\x1b[3q", b"\x1b[8q\x1b[4q", free=b"\x1b[9q"),
    # The same sequence is the green spot on the goods here.
    "datalogic_gryphon": Profile(b"\x1b[8q\x1b[3q", b"\x1b[9q\x1b[3q", b"\x1b[9q\x1b[4q", free=b"\x1b[9q"),
    # Behind "not on file" some read nothing until they are enabled. R is never sent: it deafens for half a minute.
    "magellan": Profile(b"B", b"\x07", b"FE", free=b"E"),
    # Acknowledged in any case: without it the gun would send the same again. The beep says how it was.
    "zebra_ssi": Profile(
        _SSI_ACK + packet(BEEP, bytes((ONE_HIGH,))),
        _SSI_ACK + packet(BEEP, bytes((TWO_HIGH,))),
        _SSI_ACK + packet(BEEP, bytes((ERROR,))),
        free=packet(SCAN_ENABLE),
        patience_s=2.0,
        again=_SSI_ACK,
    ),
    "cipherlab": Profile(b"E" + _CIPHERLAB_BEEP, b"E" + _CIPHERLAB_BEEP * 2, b"E" + _CIPHERLAB_BEEP * 3, free=b"E"),
    "ack_nak": Profile(b"\x06", b"\x06", b"\x15", patience_s=2.0),
    "bel": Profile(b"\x07", b"\x07\x07", b"\x07\x07\x07"),
}  # fmt: skip
