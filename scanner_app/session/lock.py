"""The lock of a session: put on when nobody has touched the device for a while, taken off by the same operator's PIN.

It is a script on top of the others, so that it is in the log like them: a restart comes back to it, and what lies under
it stays at its question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner_app.domain.clock import Stamp, perhaps_passed_us
from scanner_app.errors import StoreFullError
from scanner_app.session.greetings import welcome
from scanner_app.store.log import SignedOn
from scanner_app.workflows.engine.script import Said, SignedIn
from scanner_app.workflows.shift import phrases as guard_phrases
from scanner_app.workflows.shift.lock import LOCK

if TYPE_CHECKING:
    from scanner_app.session.desk import Desk


def is_locked(desk: Desk) -> bool:
    return any(opened.play.script is LOCK for opened in desk.stack.opened)


def idle_left_us(desk: Desk, now: Stamp) -> int | None:
    """How long until the session locks; None when it will not, because nobody is at work or it is locked already."""
    limit_us = desk.settings.idle_lock_us
    if not limit_us or not desk.who.operator or desk.touched is None or desk.finished or is_locked(desk):
        return None
    return max(0, limit_us - perhaps_passed_us(desk.touched, now))


def lock_if_idle(desk: Desk, now: Stamp) -> bool:
    """Lock when it is time to, in a transaction; say whether it was."""
    if idle_left_us(desk, now) != 0:
        return False
    try:
        with desk.store.transaction:
            lock(desk)
    except StoreFullError as error:
        desk.store.recover(error)
        with desk.store.transaction:
            desk.restore()
            lock(desk)
    return True


def lock(desk: Desk) -> None:
    """Put the lock over whatever is at work."""
    who = desk.who
    desk.stack.begin(LOCK.name, who.operator, {"name": who.name}, parent=desk.stack.top.number)


def signed_in(desk: Desk, end: SignedIn, wall_us: int) -> None:
    """Somebody has said who they are: at sign-in, or at a lock that is their own or another's."""
    before = desk.who
    desk.stack.end("done")
    if before.operator == end.operator:
        return
    has_open_work = any(opened.play.given for opened in desk.stack.opened)
    desk.sign_on(SignedOn(end.operator, end.name, wall_us))
    if has_open_work:
        desk.home(Said(guard_phrases.PUT_ASIDE.key, "attention", {"name": before.name}), how="set_aside")
    else:
        desk.home(welcome(desk.store, end.operator, end.name))
