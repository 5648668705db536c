"""Terms: each limit of the service can be set in the configuration, under the same name and with the same default."""

import msgspec

from scanner_app.config import Central
from sync.central.service.terms import USUAL, Terms


def test_the_configuration_has_the_same_limits_with_the_same_defaults() -> None:
    assert set(Terms.__struct_fields__) < set(Central.__struct_fields__)
    assert msgspec.convert(Central(), Terms, from_attributes=True) == USUAL
