"""Day forms: how other programs write a day, as a column map says it; which number is the month is never guessed."""

import re
from datetime import date

_PARTS = {"DD": r"(?P<day>\d{1,2})", "MM": r"(?P<month>\d{1,2})", "YYYY": r"(?P<year>\d{4})"}
_NAMES = re.compile("DD|MM|YYYY")
_FORM = re.compile(r"(DD|MM|YYYY)[-/. ]?(DD|MM|YYYY)[-/. ]?(DD|MM|YYYY)")


def is_day_form(form: str) -> bool:
    """Say whether a text tells how days are written.

    >>> is_day_form("DD/MM/YYYY"), is_day_form("YYYYMMDD"), is_day_form("DD.MM."), is_day_form("DD/DD/YYYY")
    (True, True, False, False)
    """
    match = _FORM.fullmatch(form)
    return match is not None and len(set(match.groups())) == len(_PARTS)


def read_day(text: str, form: str) -> date | None:
    """Read a day that is written in a form, or return nothing; a time behind it, as at midnight, is passed over.

    >>> read_day("31/01/2025", "DD/MM/YYYY"), read_day("01/31/2025", "DD/MM/YYYY")
    (datetime.date(2025, 1, 31), None)
    """
    pattern = _NAMES.sub(lambda part: _PARTS[part[0]], form.replace(".", r"\."))
    match = re.fullmatch(pattern + "(?: 00?:00(?::00)?)?", text, re.ASCII)
    try:
        return date(*(int(match[name]) for name in ("year", "month", "day"))) if match else None
    except ValueError:
        return None
