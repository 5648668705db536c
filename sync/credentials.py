"""Credentials (bearer secrets): tokens and enrolment codes, which name the site that they are for. Pure.

``W1.secret``: the site, a point, what nobody can guess. A site whose name holds anything but plain letters, digits,
``-`` and ``_`` is spelt in base64url behind a ``~``. One without a point was given by an older program, and names none.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

_POINT, _SPELT = ".", "~"
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")


def credential(site: str, secret: str) -> str:
    """Put a ``secret``, which holds no point, behind its site.

    >>> credential("W1", "abc"), credential("Nord 1", "abc")
    ('W1.abc', '~Tm9yZCAx.abc')
    """
    label = site if _PLAIN.fullmatch(site) else _SPELT + urlsafe_b64encode(site.encode()).decode().rstrip("=")
    return f"{label}{_POINT}{secret}"


def site_of(credential: str) -> str | None:
    """The site that a credential names; None when it names none, and empty when no site has such a name.

    >>> site_of("W1.abc"), site_of("~Tm9yZCAx.abc"), site_of("abc"), site_of("~A.abc")
    ('W1', 'Nord 1', None, '')
    """
    label, point, _ = credential.partition(_POINT)
    if not point:
        return None
    if not label.startswith(_SPELT):
        return label if _PLAIN.fullmatch(label) else ""
    try:
        spelt = label.removeprefix(_SPELT)
        site = urlsafe_b64decode(spelt + "=" * (-len(spelt) % 4)).decode()
    except ValueError:
        return ""
    return "" if "\0" in site else site


def secret_of(credential: str) -> str:
    """What stands behind the site, or all of it."""
    return credential.rpartition(_POINT)[2]
