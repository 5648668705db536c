"""The outfit of a session: its tools, its settings and the manner of its screen, from the configuration."""

import random
from typing import TYPE_CHECKING

from msgspec import convert
from msgspec.structs import replace

from devices.clock import StationClock
from scanner_app.config import Config, Device
from scanner_app.reader_settings import separator_bytes
from scanner_app.session.context import Settings, Tools
from scanner_app.session.guard import argon2_hash, argon2_verify
from scanner_app.version import PROGRAM
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.questions.limits import Limits

if TYPE_CHECKING:
    from screens.manner import Manner

TERMINAL = ""
"""The name of no reader: what comes where the terminal is."""


def tools_of(clock: StationClock) -> Tools:
    return Tools(
        stamp=clock.stamp, new_id=_new_id, verify=argon2_verify, digits=_digits, program=PROGRAM, hash=argon2_hash
    )


def session_settings(config: Config) -> Settings:
    """What a session takes of the configuration by the same name, and what it counts in another unit."""
    entry, delay_us = config.entry, config.entry.confirm_delay_ms * 1000
    return replace(
        convert(entry, Settings, from_attributes=True),
        limits=replace(convert(entry, Limits, from_attributes=True), double_read_us=delay_us),
        policies=convert(config.floor, Policies, from_attributes=True),
        language=config.device.language,
        again_one_more=config.floor.again_one_more,
        told_roles=frozenset(config.floor.counts_told),
        same_as=tuple((reader.name, reader.same_as) for reader in config.all_readers if reader.same_as),
        separators=_separators(config),
        confirm_delay_us=delay_us,
        idle_lock_us=config.guard.idle_lock_s * 1_000_000,
    )


def _separators(config: Config) -> tuple[tuple[str, bytes], ...]:
    """What stands for GS, by the reader that it comes by."""
    told = [(TERMINAL, config.entry.gs_as), *((reader.name, reader.gs_as) for reader in config.all_readers)]
    return tuple((name, separator_bytes(text)) for name, text in told if text)


def manner_of(device: Device) -> "Manner":
    from screens.manner import SILENT, Contrast, Manner

    loud = Manner(device.bell_good, device.bell_attention, device.bell_bad) if device.bell else SILENT
    return replace(loud, contrast=Contrast(device.contrast))


def _new_id() -> str:
    """A UUIDv7: made here, before anything is sent."""
    from uuid_utils import uuid7

    return str(uuid7())


def _digits(count: int) -> str:
    return "".join(random.SystemRandom().choices("0123456789", k=count))
