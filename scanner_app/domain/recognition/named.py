"""Codes that say themselves what they are and are nothing that a warehouse books: they are named."""

import re

from scanner_app.domain.recognition.candidate import Kind

_BEGINNINGS: tuple[tuple[str, Kind], ...] = (
    ("WIFI:", Kind.WIFI),
    ("DPP:", Kind.WIFI),
    ("BEGIN:VCARD", Kind.CONTACT),
    ("MECARD:", Kind.CONTACT),
    ("BIZCARD:", Kind.CONTACT),
    ("MAILTO:", Kind.MAIL),
    ("MATMSG:", Kind.MAIL),
    ("SMTP:", Kind.MAIL),
    ("TEL:", Kind.PHONE),
    ("SMS:", Kind.MESSAGE),
    ("SMSTO:", Kind.MESSAGE),
    ("MMSTO:", Kind.MESSAGE),
    ("GEO:", Kind.POSITION),
    ("BEGIN:VEVENT", Kind.APPOINTMENT),
    ("BEGIN:VCALENDAR", Kind.APPOINTMENT),
    ("SPD*", Kind.PAYMENT),
    ("BITCOIN:", Kind.PAYMENT),
    ("UPI:", Kind.PAYMENT),
    ("OTPAUTH:", Kind.LOGIN),
    ("FIDO:", Kind.LOGIN),
    ("HTTP://", Kind.LINK),
    ("HTTPS://", Kind.LINK),
    ("FTP://", Kind.LINK),
    ("WWW.", Kind.LINK),
    ("URLTO:", Kind.LINK),
    ("MARKET://", Kind.LINK),
)
_TICKET = re.compile(r"M\d[A-Z][A-Z /-]{19}E", re.ASCII)
_MERCHANT = re.compile(r"000201(?:01021[12])?\d{2}", re.ASCII)
_MERCHANT_LENGTH_MIN = 40


def named(text: str) -> Kind | None:
    """Which of these a text is; None where it is none.

    >>> named("WIFI:S:office;T:WPA;P:none;;"), named("https://example.org/shop"), named("A-01-02")
    (<Kind.WIFI: 'wifi'>, <Kind.LINK: 'link'>, None)
    """
    head = text[:16].upper()
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if _TICKET.match(text):
        return Kind.TICKET
    return Kind.PAYMENT if len(text) >= _MERCHANT_LENGTH_MIN and _MERCHANT.match(text) else None
