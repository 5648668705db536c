"""One piece: an answer of the service leaves in one packet, and waits for no other."""

import asyncio
import socket
import threading
from typing import Any

import msgspec
import pytest

from sync.central.service.one_piece import JOINED_BYTES_MAX, OnePiece
from sync.central.service.server import bound_socket
from sync.protocol import News
from tests.central.serving import Handheld

_WHOLE = 64 * 1024


def test_an_answer_to_a_device_that_waits_comes_in_one_piece(handheld: Handheld) -> None:
    version = handheld.exchange().cursor
    address, token = handheld.http.base_url, handheld.enrolled.token
    with socket.create_connection((address.host, address.port or 80), timeout=10) as line:
        for _ in range(3):  # the first of a connection is never late
            asked = f"GET /v1/news?after={version}&wait=9 HTTP/1.1\r\nHost: centre\r\nAuthorization: Bearer {token}"
            line.sendall(f"{asked}\r\n\r\n".encode())
            pushing = threading.Thread(target=handheld.push, args=(version + 1,))
            pushing.start()
            head, _, body = line.recv(_WHOLE).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 ")
            assert f"content-length: {len(body)}".encode() in head
            assert body
            version = msgspec.json.decode(body, type=News).version
            pushing.join()


def test_what_is_written_to_a_connection_waits_for_nothing() -> None:
    with (
        bound_socket("127.0.0.1", 0) as listening,
        socket.create_connection(listening.getsockname()[:2]),
        listening.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


class _Written:
    """A transport as far as these tests go."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.pieces.append(data)

    def close(self) -> None:
        self.pieces.append(b"closed")

    def write_eof(self) -> None:
        self.pieces.append(b"ended")

    def is_closing(self) -> bool:
        return False


LARGE = b"*" * (JOINED_BYTES_MAX + 1)


@pytest.mark.parametrize(
    ("written", "end", "pieces"),
    [
        ([b"head", b"", b"body", b""], "", [b"headbody"]),
        ([b"head", LARGE, b"rest"], "", [b"head", LARGE, b"rest"]),
        ([b"head", LARGE[:-1]], "", [b"head" + LARGE[:-1]]),
        ([b"head", b"body"], "close", [b"headbody", b"closed"]),
        ([b"head", b"body"], "write_eof", [b"headbody", b"ended"]),
        ([], "close", [b"closed"]),
    ],
)
def test_one_turn_of_the_loop_is_one_piece(written: list[bytes], end: str, pieces: list[bytes]) -> None:
    transport: Any = _Written()

    async def write() -> None:
        piece = OnePiece(transport)
        for part in written:
            piece.write(part)
        if end:
            getattr(piece, end)()
        assert not piece.is_closing()
        await asyncio.sleep(0)

    asyncio.run(write())
    assert transport.pieces == pieces
