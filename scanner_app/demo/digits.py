"""Numbers with check digits: GTIN-13, GTIN-14 and SSCC-18, under the GS1 prefix kept for demonstrations (952)."""

PREFIX = "952"
"""GS1 prefix for demonstrations and examples: no real product carries it."""


def check_digit(digits: str) -> str:
    """Return the GS1 check digit: weights 3 and 1 from the right, filled up to a multiple of ten.

    >>> check_digit("400638133393")
    '1'
    """
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def gtin13(number: int) -> str:
    """Return the EAN-13 of a number of up to nine digits."""
    body = f"{PREFIX}{number:09d}"
    return body + check_digit(body)


def gtin14(indicator: int, gtin: str) -> str:
    """Return the GTIN-14 of a package of GTIN-13 ``gtin``; the indicator (1 to 8) tells the packages apart."""
    body = f"{indicator}{gtin[:12]}"
    return body + check_digit(body)


def sscc(number: int) -> str:
    """Return the SSCC-18 of a load unit with a number of up to twelve digits."""
    body = f"3{PREFIX}1{number:012d}"
    return body + check_digit(body)
