"""Wiring: opens the cache, the desk, the work thread, the sync engine, the readers and a face; holds no rule."""

import os
import secrets
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

from scanner_app.config import Config, data_dir
from scanner_app.domain.clock import Stamp
from scanner_app.domain.entry import Entry
from scanner_app.errors import StoreError
from scanner_app.session.context import Settings, Tools
from scanner_app.session.desk import Desk
from scanner_app.session.guard import argon2_verify
from scanner_app.session.worker import WorkThread
from scanner_app.store.store import Store, open_store
from scanner_app.workflows.judge import Limits

SESSION = "main"


def program() -> str:
    """Name and version of this program, as events and exchanges carry it."""
    return f"scanner-app {version('scanner-app')}"


def new_id() -> str:
    """A UUIDv7: made here, before anything is sent."""
    from uuid_utils import uuid7

    return str(uuid7())


def _digits(count: int) -> str:
    return "".join(secrets.choice("0123456789") for _ in range(count))
