"""Numbers with check digits: GTIN-13, GTIN-14 and SSCC-18, under the GS1 prefix kept for demonstrations (952)."""

from scanner_app.domain.check_digit import check_digit

PREFIX = "952"
"""GS1 prefix for demonstrations and examples: no real product carries it."""


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
