"""Kinds of cases: the registry of their sources. A new kind of case is a file beside this one, and a line here."""

from sync.central.decisions.sources.adjustments import ADJUSTMENTS
from sync.central.decisions.sources.case_source import CaseSource
from sync.central.decisions.sources.claims import CLAIMS
from sync.central.decisions.sources.exceptions import EXCEPTIONS
from sync.central.decisions.sources.held import HELD
from sync.central.decisions.sources.missing_plates import MISSING_PLATES
from sync.central.decisions.sources.named_codes import NAMED_CODES
from sync.central.decisions.sources.negative import NEGATIVE
from sync.central.decisions.sources.quarantined import QUARANTINED
from sync.central.decisions.sources.serial_twice import SERIAL_TWICE
from sync.central.decisions.sources.unknown_lines import UNKNOWN_LINES

SOURCES: tuple[CaseSource, ...] = (
    EXCEPTIONS,
    HELD,
    QUARANTINED,
    NEGATIVE,
    SERIAL_TWICE,
    CLAIMS,
    ADJUSTMENTS,
    MISSING_PLATES,
    UNKNOWN_LINES,
    NAMED_CODES,
)
BY_KIND: dict[str, CaseSource] = {source.kind.value: source for source in SOURCES}
