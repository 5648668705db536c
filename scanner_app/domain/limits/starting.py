"""Starting limits: what a worker may adjust before somebody else must accept it, at a site that has no limits yet."""

from scanner_app.domain.limits.limit import Limit, Per
from scanner_app.domain.people import Role
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.reasons import ADJUST

STARTING = (
    Limit("adjust-one", ADJUST, Role.WORKER.value, per=Per.EVENT, case_value=50 * SCALE),
    Limit("adjust-day", ADJUST, Role.WORKER.value, per=Per.DAY, case_value=200 * SCALE),
)
"""By value: goods of which nobody knows what they cost wait. From then on its limits are the site's own."""
