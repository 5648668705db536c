"""Every case of counting: the named ones, and those of rules that no named one is about."""

from tests.counting.cases.claims import CLAIMS
from tests.counting.cases.closings import CLOSINGS
from tests.counting.cases.named import FIRST
from tests.counting.cases.named_later import LATER
from tests.counting.cases.recounts import RECOUNTS
from tests.counting.cases.recounts_of_closings import OF_CLOSINGS

EVERY = FIRST | LATER | RECOUNTS | OF_CLOSINGS | CLOSINGS | CLAIMS
