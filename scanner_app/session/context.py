"""The context of a session: the clock, chance and settings that it is given from outside."""

from collections.abc import Callable

from msgspec import Struct

from scanner_app.domain.clock import Stamp
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.questions.limits import Limits


class Tools(Struct, frozen=True):
    """The impure things, as functions, so that tests can give others.

    ``new_id`` makes a UUIDv7; ``verify(verifier, secret)`` says whether a PIN is right; ``digits(n)`` draws n digits,
    ``hash(secret)`` makes the verifier of a new PIN.
    """

    stamp: Callable[[], Stamp]
    new_id: Callable[[], str]
    verify: Callable[[str, bytes], bool]
    digits: Callable[[int], str]
    program: str
    hash: Callable[[bytes], str]


class Settings(Struct, frozen=True):
    """Bounds of a session, what the site asks of its workers beyond the bare answers, and how it speaks.

    ``confirm_delay_us`` is how long a question must be shown before a repetition confirms; ``language`` is spoken while
    nobody is signed in, and to operators whose own is not there. ``idle_lock_us`` is how long nobody need touch the
    device before it locks; 0: it never does. ``scans_have_aim`` says that what comes from the keyboard without an AIM
    identifier was typed. ``again_one_more``: behind a booked move the same label moves one more.
    ``told_roles`` are told what the book has where they count. ``same_as`` pairs readers: one, and the other it equals.
    ``separators`` is what stands for GS, by the name of a reader; that of the terminal is empty.
    ``patterns`` are those of the site's codes.
    """

    limits: Limits = Limits()
    confirm_delay_us: int = 300_000
    entries_per_script_max: int = 500
    policies: Policies = Policies()
    language: str = "en"
    idle_lock_us: int = 900_000_000
    scans_have_aim: bool = False
    again_one_more: bool = False
    told_roles: frozenset[str] = frozenset()
    same_as: tuple[tuple[str, str], ...] = ()
    separators: tuple[tuple[str, bytes], ...] = ()
    patterns: tuple[str, ...] = ()
