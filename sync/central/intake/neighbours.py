"""Neighbours: what a device pushed before an event, which happened before it. Pure.

A device numbers its events as they happen, and settles their instants so that none is before the one before it. What is
dated long before its neighbour was dated by a clock that is wrong, or by hand.
"""

from sync.central.events.decode import Arrival
from sync.central.events.sender import Newest, Sender


def newest_of(arrival: Arrival, sender: Sender, received_us: int) -> Newest:
    """The newest event of a sender once it has pushed ``arrival``; one that has not happened yet counts as of now."""
    envelope = arrival.envelope
    number = (envelope.epoch, envelope.sequence)
    if arrival.fact is None or envelope.device != sender.device or number <= sender.newest[:2]:
        return sender.newest
    return Newest(*number, min(max(0, arrival.span_us[1]), received_us))


def neighbour_us(arrival: Arrival, newest: Newest) -> int:
    """When the newest event happened, where it is one before ``arrival``; 0 where nothing is known of such a one."""
    is_before = newest.epoch == arrival.envelope.epoch and newest.sequence < arrival.envelope.sequence
    return newest.us if is_before else 0
