"""Addresses: where to listen or connect, and who may send."""

import socket
from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address, ip_network

Peer = str
"""An address as the system tells it, without its port."""


def parted(address: str) -> tuple[str, int]:
    """Host and port; an IPv6 address stands in brackets.

    >>> parted("[::1]:9100"), parted("scanner.example:23")
    (('::1', 9100), ('scanner.example', 23))
    """
    host, _colon, port = address.rpartition(":")
    return host.removeprefix("[").removesuffix("]"), int(port)


def is_allowed(peer: Peer, allow: Sequence[str]) -> bool:
    """Whether somebody may send: those who are listed, or else who is on this machine."""
    address = ip_address(peer.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if not allow:
        return address.is_loopback
    return any(address in ip_network(one, strict=False) for one in allow)


def listening(address: str, backlog: int) -> socket.socket:
    """A socket that waits for connections there.

    Raises:
        OSError: others have the address, or it is none of this machine's.
    """
    host, port = parted(address)
    family, *_rest, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listener = socket.create_server(where[:2], family=family, backlog=backlog)
    listener.setblocking(False)
    return listener


def connected(address: str, timeout_s: float) -> socket.socket:
    """A connection to a scanner.

    Raises:
        OSError: nobody is there.
    """
    return socket.create_connection(parted(address), timeout=timeout_s)
