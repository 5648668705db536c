"""Rate limit of the unauthenticated: how often strangers may ask, by their host, and all of them together.

Pure; times are seconds of any one clock.
"""

from ipaddress import IPv6Address, ip_address

from sync.central.service.rates import Rates

HOSTS_AT_ONCE = 20
"""All strangers together may ask as often as so many hosts that ask as often as they may."""
_NAME_LENGTH_MAX = 64
_SUBNET_BITS = 64
"""A host has as many IPv6 addresses as it likes, all of them within its subnet."""


class Strangers:
    """Each host may ask as often as a device; what is refused to it takes nothing from the others."""

    def __init__(self, per_s: float, burst: float) -> None:
        self._hosts = Rates(per_s, burst)
        self._all = Rates(HOSTS_AT_ONCE * per_s, HOSTS_AT_ONCE * burst)

    def wait_s(self, address: str, now_s: float) -> float:
        """Let the host of an address ask: 0 when it may, else how long until it may."""
        return self._hosts.wait_s(host_of(address), now_s) or self._all.wait_s("", now_s)


def host_of(address: str) -> str:
    """Name the host of an address; what is no address is a host of its own name.

    >>> host_of("10.1.2.3"), host_of("::ffff:10.1.2.3"), host_of("2001:db8::1"), host_of("2001:db8::2")
    ('10.1.2.3', '10.1.2.3', '2001:db8::/64', '2001:db8::/64')
    """
    try:
        host = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:_NAME_LENGTH_MAX]
    if not isinstance(host, IPv6Address):
        return str(host)
    if host.ipv4_mapped:
        return str(host.ipv4_mapped)
    return f"{IPv6Address(int(host) >> _SUBNET_BITS << _SUBNET_BITS)}/{_SUBNET_BITS}"
