"""The lock of a session: put on when nobody has touched the device for a while, taken off by the same operator's PIN.

It is a script on top of the others, so that it is in the log like them: a restart comes back to it, and what lies under
it stays at its question.
"""

from scanner_app.domain.clock import Stamp, perhaps_passed_us
from scanner_app.errors import StoreFullError
from scanner_app.session.greetings import welcome
from scanner_app.session.session import Session
from scanner_app.session.unfinished import set_aside
from scanner_app.store.log import AtWork
from scanner_app.workflows.engine.script import SignedIn
from scanner_app.workflows.phrases.said import Said, then
from scanner_app.workflows.shift import phrases as shift_phrases


def idle_left_us(session: Session, now: Stamp) -> int | None:
    """How long until the session locks; None when it will not, because nobody is at work or it is locked already."""
    limit_us = session.settings.idle_lock_us
    if not limit_us or not session.who.operator or session.touched is None or session.finished or session.is_locked:
        return None
    return max(0, limit_us - perhaps_passed_us(session.touched, now))


def lock_if_idle(session: Session, now: Stamp) -> bool:
    """Lock when it is time to, in a transaction; say whether it was."""
    if idle_left_us(session, now) != 0:
        return False
    try:
        with session.store.transaction:
            session.lock()
    except StoreFullError as error:
        session.store.recover(error)
        with session.store.transaction:
            session.restore()
            session.lock()
    return True


def signed_in(session: Session, end: SignedIn, wall_us: int) -> None:
    """Somebody has said who they are: at sign-in, or at a lock that is their own or another's."""
    before = session.who
    session.stack.end("done")
    if before.operator == end.operator:
        return
    unfinished = set_aside(session, wall_us) if before.operator else None
    session.sign_on(AtWork(end.operator, end.name, wall_us))
    said = welcome(session.store, end.operator, end.name)
    if unfinished is not None:
        put_aside = Said(shift_phrases.PUT_ASIDE.key, "attention", {"name": before.name})
        said = then(then(put_aside, unfinished), said)
    session.arrive(said, "set_aside" if unfinished is not None else "left")
