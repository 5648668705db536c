"""An adjustment that waits at the desk, as the centre tells of it."""

from scanner_app.domain.desk.case import Case, CaseKind, Leaf, Opened
from scanner_app.domain.quantity import SCALE

CASE = Case(
    kind=CaseKind.ADJUSTMENT, id="e7", version="v1", place="A-01-01", item="100001", name="Glue", quantity=-40 * SCALE,
    unit="EA", value=620 * SCALE, operator="1001", person="1001", status="AVAILABLE", reasons=("over_limit",),
)  # fmt: skip
LEAVES = (
    Leaf(name="kind", text="adjusted"), Leaf(name="owner", text="OWN"), Leaf(name="reason", text="damaged"),
    Leaf(name="note", text="fell down"), Leaf(name="over", text="event:value:500000000"),
    Leaf(name="twice", text="1003"),
)  # fmt: skip
OPENED = Opened(case=CASE, device_name="Handheld 1", words=("accept", "reject"), leaves=LEAVES)
