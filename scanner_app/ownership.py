"""Ownership: who may change what is kept in a folder, by its owner and its mode."""

import os
import pwd
import stat
from pathlib import Path


def danger_in(folder: Path) -> str:
    """Say in a sentence why others than who works with a folder can change what is in it, and what to do; else nothing.

    A folder that is not there yet is in no danger. The administrator of the machine may do everything anyhow.
    """
    try:
        state = folder.stat()
    except OSError:
        return ""
    if state.st_mode & stat.S_IWOTH and not state.st_mode & stat.S_ISVTX:
        return f"everybody on this machine can change what is kept in {folder}. Run: chmod 700 {folder}"
    if os.geteuid() != 0 and state.st_uid not in (0, os.geteuid()):
        return (
            f"{folder} belongs to user {_named(state.st_uid)}, who can change what is kept there. "
            f"Name a folder of your own, or give that one to who works with it: chown {_named(os.geteuid())} {folder}"
        )
    return ""


def doubt_of(folder: Path) -> str:
    """Say in a sentence what is worth to be known of who may look into a folder or change it, if it is in no danger."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return ""
    if mode & stat.S_IWGRP and not mode & stat.S_ISVTX:
        return f"the group of {folder} can change what is kept there; chmod 700 {folder} keeps it to its user"
    return ""


def _named(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
