"""Safe connections: a PIN is looked at only where nobody between could read it, over https or on the same machine.

The service itself speaks http. That somebody asked by https is what a trusted proxy says (``X-Forwarded-Proto``); who
is trusted is told to the service (``FORWARDED_ALLOW_IPS``, else ``127.0.0.1``), and what others say is not heard.
"""

from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

_PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
"""What tells that a request of this machine comes from another one."""


def is_safe(request: Request) -> bool:
    """Say whether a secret may have come with a request."""
    if request.scope["scheme"] == "https":
        return True
    return _is_loopback(request.client.host if request.client else "") and not any(
        name in request.headers for name in _PASSED_ON
    )


def _is_loopback(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
