"""What should not come and does, of readers on serial lines and how they are configured, each with its tests.

The first tests of a line show what the reader does, the others what is said of it and where it is mended.
"""

from collections.abc import Callable

import pytest

from tests import test_reader_settings as settings
from tests.devices import test_finding as finding
from tests.devices import test_serial_reader as serial
from tests.domain.capture import test_framed as framed
from tests.program import test_doctor_of_readers as doctor
from tests.session import test_status as status
from tests.session.entering import test_faulty as faulty

_Shown = tuple[Callable[..., None], ...]
_REFUSED = settings.test_a_wrong_reader_is_refused_in_one_sentence
_TOLD = faulty.test_every_fault_is_a_mistake_that_waits_to_be_acknowledged
LINES: dict[str, _Shown] = {
    "a missing port": (
        serial.test_a_port_that_cannot_be_opened_says_why,
        status.test_every_reader_has_a_line_and_those_that_do_not_read_come_first,
        doctor.test_one_that_is_not_there_is_told_with_those_that_are,
    ),
    "a missing driver": (
        finding.test_one_that_is_plugged_in_may_have_no_driver,
        serial.test_one_without_a_driver_and_a_modem_are_refused,
        doctor.test_one_without_a_driver,
    ),
    "no permission": (
        serial.test_a_port_of_somebody_else_is_not_allowed,
        doctor.test_one_that_may_not_be_opened_is_told_with_the_rule_to_copy,
    ),
    "a port that another program has": (
        serial.test_nobody_else_opens_the_port,
        doctor.test_who_has_it_open_is_told,
        doctor.test_a_program_that_looks_for_modems_is_named_with_what_stops_it,
    ),
    "another speed": (serial.test_noise_is_told_as_another_speed_until_a_whole_code_comes, _TOLD),
    "a gun without a suffix": (serial.test_a_scanner_without_a_suffix_is_told, framed.test_what_comes_of_it, _TOLD),
    "a modem at the port": (
        finding.test_a_modem_is_known_by_its_driver_or_its_own_words,
        serial.test_one_without_a_driver_and_a_modem_are_refused,
        doctor.test_a_modem,
    ),
    "two alike without serials": (
        finding.test_two_alike_are_refused_and_their_serials_or_interfaces_tell_them_apart,
        serial.test_neither_of_two_alike_is_read_until_one_is_gone,
        doctor.test_two_alike,
    ),
    "a prefix of the wrong length": (framed.test_what_comes_of_it, _TOLD, _REFUSED),
    "two readers of one name": (_REFUSED,),
    "a profile that does not exist": (_REFUSED,),
    "a scan that was cut by unplugging": (serial.test_half_a_scan_is_told_and_what_comes_after_it_is_whole, _TOLD),
    "a parity or framing error": (serial.test_a_spoilt_byte_is_told_and_the_next_scan_is_whole, _TOLD),
    "bytes that the port lost": (serial.test_bytes_that_the_port_lost_are_told, _TOLD),
    "a scan longer than any code": (framed.test_what_comes_of_it, _TOLD),
}
"""Each line of what must not go unsaid, and the tests that show its sentence and its effect."""


@pytest.mark.parametrize("line", LINES)
def test_each_line_is_shown(line: str) -> None:
    assert LINES[line]
    assert all(one.__name__.startswith("test_") for one in LINES[line])
