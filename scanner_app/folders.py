"""The folders of a user: home, and those of data and settings below it (XDG)."""

import os
from collections.abc import Mapping
from pathlib import Path

from scanner_app.errors import ConfigError

_HOMELESS = (
    "This user has no home folder. Set HOME to one, or say in a config.toml where data_dir is, and name that file."
)


def xdg_folder(variable: str, fallback: str, environ: Mapping[str, str]) -> Path:
    """Return an XDG base folder; a relative value counts as unset, as the XDG specification says.

    Raises:
        ConfigError: it is unset, and there is no home folder to hold it.
    """
    value = environ.get(variable, "")
    return Path(value) if Path(value).is_absolute() else Path(in_home(f"~/{fallback}", environ))


def in_home(text: str, environ: Mapping[str, str]) -> str:
    """A path as somebody wrote it, with a leading ``~`` made their home folder.

    Raises:
        ConfigError: there is none.
    """
    if text != "~" and not text.startswith("~/"):
        return text
    return str(_home_folder(environ) / text[2:])


def _home_folder(environ: Mapping[str, str]) -> Path:
    """``$HOME``; where that is unset, empty or relative, what the system knows of this user."""
    named = Path(environ.get("HOME", ""))
    if named.is_absolute():
        return named
    import pwd

    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError as error:
        raise ConfigError(_HOMELESS) from error
