"""The configuration: ``config.toml`` as frozen structs, every setting with its default, unit and range.

Names end in their unit. What the file gets wrong is refused with one sentence that names the file, the table, the
setting and what is allowed; the annotations below are the only place where ranges are written down.
"""

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct, field
from msgspec.structs import FieldInfo, fields, replace

from scanner_app.config_tables import table_of
from scanner_app.errors import ConfigError
from scanner_app.folders import in_home, xdg_folder
from scanner_app.reader_settings import ReaderSettings, Separator, by_old_table, check_together, readers_of

Text = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$", description="text of up to 200 characters")]
Url = Annotated[str, Meta(max_length=200, pattern=r"^(https?://\S+)?$", description="a http:// or https:// address")]
Host = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^\S+$", description="a host name or address")]
TypedCodes = Annotated[str, Meta(pattern=r"^(allowed|reason|refused)$", description='"allowed", "reason" or "refused"')]
ToldRole = Annotated[
    str, Meta(pattern=r"^(worker|counter|supervisor)$", description='"worker", "counter" or "supervisor"')
]
Pattern = Annotated[
    str,
    Meta(
        max_length=41,
        pattern=r"^(\d[IVWLPX]{11}C|\d\d[IVWLPX]{10}C|(?!\*$)[^*\x00-\x1f\x7f]{0,20}\*[^*\x00-\x1f\x7f]{0,20})$",
        description="13 signs as 21IIIIIWWWWWC, or a text with one * for the code",
    ),
]
Patterns = Annotated[tuple[Pattern, ...], Meta(max_length=16, description="at most 16 patterns")]
CheckDigits = Annotated[str, Meta(pattern=r"^(off|typed|always)$", description='"off", "typed" or "always"')]


class Device(Struct, frozen=True):
    """This device: what it is called, where and how long it keeps its data, how it looks and rings."""

    name: Annotated[str, Meta(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$", description="up to 40 characters")] = ""
    data_dir: Text = ""
    language: Annotated[str, Meta(pattern="^(en|de|es|fr)$", description='"en", "de", "es" or "fr"')] = "en"
    contrast: Annotated[str, Meta(pattern="^(normal|high|none)$", description='"normal", "high" or "none"')] = "normal"
    encoding: Annotated[str, Meta(pattern="^(auto|utf-8|ascii)$", description='"auto", "utf-8" or "ascii"')] = "auto"
    bell: bool = True
    bell_good: Annotated[int, Meta(ge=0, le=5)] = 1
    bell_attention: Annotated[int, Meta(ge=0, le=5)] = 2
    bell_bad: Annotated[int, Meta(ge=0, le=5)] = 3
    keep_days: Annotated[int, Meta(ge=0, le=3_650)] = 90
    ballast_mb: Annotated[int, Meta(ge=0, le=1_000)] = 8


class EntryLimits(Struct, frozen=True):
    """Bounds on what a worker enters."""

    length_max: Annotated[int, Meta(ge=50, le=4_000)] = 400
    quantity_digits_max: Annotated[int, Meta(ge=1, le=12)] = 6
    confirm_delay_ms: Annotated[int, Meta(ge=0, le=5_000)] = 300
    entries_per_script_max: Annotated[int, Meta(ge=20, le=10_000)] = 500
    scans_have_aim: bool = False
    typed_codes: TypedCodes = "allowed"
    gs_as: Separator = ""
    patterns: Patterns = ()


class Guard(Struct, frozen=True):
    """Who may work here."""

    idle_lock_s: Annotated[int, Meta(ge=0, le=86_400)] = 900


class Floor(Struct, frozen=True):
    """What the work asks of a worker beyond the bare answers."""

    check_digits: CheckDigits = "off"
    zero_check: bool = True
    piece_by_piece: bool = False
    again_one_more: bool = False
    counts_told: tuple[ToldRole, ...] = ()


class Sync(Struct, frozen=True):
    """The way to the centre; the token is not here but in the device's cache."""

    url: Url = ""
    interval_s: Annotated[int, Meta(ge=1, le=3_600)] = 30
    news_wait_s: Annotated[int, Meta(ge=1, le=50)] = 25
    connect_timeout_s: Annotated[int, Meta(ge=1, le=60)] = 5
    answer_timeout_s: Annotated[int, Meta(ge=5, le=600)] = 60
    retry_delay_s_min: Annotated[float, Meta(ge=0.05, le=60.0)] = 0.5
    retry_delay_s_max: Annotated[float, Meta(ge=0.05, le=3_600.0)] = 60.0
    push_batch_max: Annotated[int, Meta(ge=1, le=1_000)] = 1_000
    pull_rows_max: Annotated[int, Meta(ge=1, le=5_000)] = 5_000
    transaction_rows_max: Annotated[int, Meta(ge=1, le=5_000)] = 100


class Serial(Struct, frozen=True):
    """A scanner on a serial port."""

    port: Text = ""
    baud_rate: Annotated[int, Meta(ge=300, le=921_600)] = 9_600


class Replay(Struct, frozen=True):
    """A file of entries that is played instead of scanning: demos, training, benchmarks."""

    file: Text = ""
    rate_per_s: Annotated[float, Meta(ge=0.1, le=10_000.0)] = 2.0


class Central(Struct, frozen=True):
    """The central store, when this machine serves it."""

    database: Text = ""
    host: Host = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65_535)] = 8_480
    body_mb_max: Annotated[int, Meta(ge=1, le=8)] = 8
    batch_events_max: Annotated[int, Meta(ge=1, le=1_000)] = 1_000
    request_s_max: Annotated[int, Meta(ge=1, le=50)] = 30
    device_requests_per_s_max: Annotated[int, Meta(ge=1, le=10_000)] = 50
    device_requests_burst_max: Annotated[int, Meta(ge=1, le=100_000)] = 250
    device_exchanges_max: Annotated[int, Meta(ge=2, le=1_000)] = 4
    exchanges_mb_max: Annotated[int, Meta(ge=8, le=4_096)] = 32
    exchanges_waiting_max: Annotated[int, Meta(ge=0, le=100_000)] = 500
    connections_max: Annotated[int, Meta(ge=0, le=100_000)] = 0
    compress_kb_min: Annotated[int, Meta(ge=0, le=10_000)] = 16
    log_requests: bool = True


class Config(Struct, frozen=True):
    """All settings, table by table; each ``[[reader]]`` is one of ``readers``."""

    device: Device = Device()
    entry: EntryLimits = EntryLimits()
    guard: Guard = Guard()
    floor: Floor = Floor()
    sync: Sync = Sync()
    serial: Serial = Serial()
    replay: Replay = Replay()
    central: Central = Central()
    readers: tuple[ReaderSettings, ...] = field(default=(), name="reader")

    @property
    def all_readers(self) -> tuple[ReaderSettings, ...]:
        """Every reader, that of the table ``[serial]`` first."""
        return (*by_old_table(self.serial.port, self.serial.baud_rate), *self.readers)


class Loaded(NamedTuple):
    """A configuration and the file it came from, or None when the defaults are all there is."""

    config: Config
    path: Path | None


def load(path: Path | None, environ: Mapping[str, str], cwd: Path) -> Loaded:
    """Find and read the configuration: ``path``, ``$SCANNER_CONFIG``, the working directory, the XDG folder, defaults.

    Paths inside the file come back absolute: relative ones start at the file's folder, ``~`` is the home folder.

    Raises:
        ConfigError: a file that was asked for is missing, or the file found is wrong.
    """
    file = _find(path, environ, cwd)
    if file is None:
        return Loaded(Config(), None)
    shown = str(file.relative_to(cwd)) if file.is_relative_to(cwd) else str(file)
    config = _checked(_parsed(file, shown), shown)
    return Loaded(_anchored(config, file.parent.absolute(), environ), file)


def data_dir(config: Config, environ: Mapping[str, str]) -> Path:
    """Return the device's data folder: the setting (made absolute by ``load``), or ``scanner`` in the XDG one.

    Raises:
        ConfigError: there is a file of that name.
    """
    named = config.device.data_dir
    folder = Path(named) if named else xdg_folder("XDG_DATA_HOME", ".local/share", environ) / "scanner"
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder} is a file, not a folder. Set data_dir in [device] of config.toml to a folder.")
    return folder


def central_url(config: Config, environ: Mapping[str, str]) -> str:
    """Return the database URL of the central store; without a setting, ``central.db`` in the data folder."""
    return config.central.database or f"{_SQLITE}{data_dir(config, environ) / 'central.db'}"


def _find(path: Path | None, environ: Mapping[str, str], cwd: Path) -> Path | None:
    named = path or (Path(environ["SCANNER_CONFIG"]) if environ.get("SCANNER_CONFIG") else None)
    if named is not None:
        wanted = cwd / in_home(str(named), environ)
        if not wanted.is_file():
            raise ConfigError(f"{named}: there is no such file. Name an existing config.toml.")
        return wanted
    here = cwd / "config.toml"
    if here.is_file():
        return _own(here)
    with contextlib.suppress(ConfigError):  # without a home folder there is no file in it
        there = xdg_folder("XDG_CONFIG_HOME", ".config", environ) / "scanner" / "config.toml"
        return there if there.is_file() else None
    return None


def _own(path: Path) -> Path:
    """Take a file that nobody asked for only where the user or the administrator has put it: it names a centre."""
    if path.stat().st_uid not in (os.geteuid(), _ADMINISTRATOR):
        raise ConfigError(
            f"{path} belongs to another user and is not taken. Ask for it with --config, or work elsewhere."
        )
    return path


def _parsed(path: Path, shown: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{shown}: this is not TOML: {error}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{shown}: this is not UTF-8 text (byte {error.start}).") from error
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {error.strerror}.") from error


def _checked(tables: dict[str, Any], shown: str) -> Config:
    known = {field.encode_name: field for field in fields(Config)}
    for name in tables:
        if name not in known:
            raise ConfigError(f'{shown}: there is no table "{name}"{_hint(name, known)}')
    listed = readers_of(tables.pop("reader", []), shown, _hint)
    config = Config(
        **{name: _table(known[name].type, name, value, shown) for name, value in tables.items()}, readers=listed
    )
    check_together(config.all_readers, shown)
    if config.sync.retry_delay_s_min > config.sync.retry_delay_s_max:
        raise ConfigError(f"{shown}: [sync] retry_delay_s_min is greater than retry_delay_s_max.")
    if config.sync.news_wait_s >= config.sync.answer_timeout_s:
        raise ConfigError(f"{shown}: [sync] news_wait_s must be less than answer_timeout_s.")
    return config


def _table(kind: Any, name: str, values: Any, shown: str) -> Any:
    if not isinstance(values, dict):
        raise ConfigError(f'{shown}: "{name}" is a table; write it as [{name}] with its settings below.')
    return table_of(kind, f"[{name}]", values, shown, _hint)


def _hint(name: str, known: Mapping[str, object]) -> str:
    """Return the table where a setting of that name lives, else the nearest known name, else all of them."""
    import difflib

    homes = [table for table, setting in settings() if setting.name == name]
    if homes:
        return f"; it belongs in [{homes[0]}]."
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f'; did you mean "{near[0]}"?' if near else f"; known are {', '.join(known)}."


def settings() -> Iterator[tuple[str, FieldInfo]]:
    """Yield every setting there is, as its table and its field."""
    for table in fields(Config):
        if table.name != "readers":
            for setting in fields(table.type):
                yield table.name, setting


def _anchored(config: Config, folder: Path, environ: Mapping[str, str]) -> Config:
    def absolute(text: str) -> str:
        return str(folder / in_home(text, environ)) if text else ""

    database = config.central.database
    if database.startswith(_SQLITE) and database != _SQLITE:
        database = _SQLITE + absolute(database.removeprefix(_SQLITE))
    return replace(
        config,
        device=replace(config.device, data_dir=absolute(config.device.data_dir)),
        replay=replace(config.replay, file=absolute(config.replay.file)),
        central=replace(config.central, database=database),
    )


_SQLITE = "sqlite:///"
_ADMINISTRATOR = 0
