"""The look-up of a new id for an order: by it the centre does the order once, however often it is sent."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look


class OrderId(Struct, frozen=True, tag="order_id"):
    id: str


class NewOrder(Look, frozen=True, tag="new_order"):
    """Look up an id that nothing else has: it is in the log with the script, so that a restart orders the same."""

    def examples(self) -> Examples:
        return (("", OrderId("0198c000-0000-7000-8000-00000000000f")),)
