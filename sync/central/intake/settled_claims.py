"""Settled claims: the ids that events of a batch claim count; what had one of them without trust makes way."""

from sqlalchemy import Connection

from sync.central.events.stored import Stored, forget_quarantined, set_aside, stored_events
from sync.central.intake.claims import Claims
from sync.central.words.kept_words import move_words


def settled(connection: Connection, site: str, claims: Claims, stored: dict[str, Stored]) -> Claims:
    """Let claims count; ``stored`` is then what the store has under their keys, but for what is replaced."""
    if keys := claims.asides.union(claims.set_aside.values()):
        stored |= stored_events(connection, site, keys)
    set_aside(connection, site, {name: key for name, key in claims.set_aside.items() if key not in stored})
    forget_quarantined(connection, site, claims.replaced | {*claims.set_aside})
    move_words(connection, site, claims.set_aside)
    for name, key in claims.set_aside.items():
        stored[key] = stored.pop(name)
    for name in claims.replaced:
        del stored[name]
    return claims
