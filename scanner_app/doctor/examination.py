"""The examination of this device: program, cache, enrolment, centre, readers, terminal, one check after the other."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from scanner_app.config import Config, Loaded, data_dir
from scanner_app.doctor.check import Check, Finding
from scanner_app.doctor.readers import readers
from scanner_app.domain.catalog import NO_LIMIT
from scanner_app.domain.people import Right, may
from scanner_app.errors import ConfigError, ScannerError, StoreError
from scanner_app.languages.language import LANGUAGES, catalogue_trouble
from scanner_app.ownership import danger_in, doubt_of
from scanner_app.store import schema
from scanner_app.store.damage import noted_damage
from scanner_app.store.file import CACHE_NAME, open_reader
from scanner_app.store.log import SET_ASIDE
from scanner_app.store.owner import LOCK_NAME, holder_of
from scanner_app.version import PROGRAM
from screens.charset.encoding import ASCII, UTF_8, encoding_for, locale_of

_WAL_RESET_FIXED = (3, 51, 3)
_FREE_BYTES_MIN = 200 * 1024 * 1024
_ROWS, _COLUMNS = 8, 20


def examine(loaded: Loaded, environ: Mapping[str, str]) -> Iterator[Check]:
    """Look at everything, one check after the other; nothing is changed."""
    yield Check("program", Finding.GOOD, f"{PROGRAM}, Python {sys.version.split()[0]}")
    yield Check("config", Finding.GOOD, str(loaded.path) if loaded.path else "no file: every setting at its default")
    yield _languages()
    yield _sqlite()
    yield from _data(loaded.config, environ)
    yield from readers(loaded.config, _at_work(loaded.config, environ))
    yield _terminal(environ)
    yield _encoding(loaded.config.device.encoding, environ)


def _data(config: Config, environ: Mapping[str, str]) -> Iterator[Check]:
    """What the folder of the device holds."""
    try:
        folder = data_dir(config, environ)
    except ConfigError as error:
        yield Check("disk", Finding.BAD, str(error))
        return
    yield _space(folder)
    yield from _owner(folder)
    yield from _cache(folder)
    yield _centre(config, folder)


def _at_work(config: Config, environ: Mapping[str, str]) -> int:
    """The process that works on the cache of this device; 0 where none does."""
    try:
        owner = holder_of(data_dir(config, environ) / LOCK_NAME)
    except ConfigError:
        return 0
    return owner.pid if owner else 0


def _languages() -> Check:
    """English is spoken in the place of each that cannot be: the shift goes on."""
    trouble = {code: why for code in LANGUAGES if (why := catalogue_trouble(code))}
    if not trouble:
        return Check("languages", Finding.GOOD, ", ".join(LANGUAGES))
    told = ", ".join(f"{code} ({why})" for code, why in trouble.items())
    text = f"English is spoken instead of {told}. Run make, or install the program again."
    return Check("languages", Finding.NOTE, text)


def _sqlite() -> Check:
    version = f"SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info >= _WAL_RESET_FIXED:
        return Check("sqlite", Finding.GOOD, version)
    return Check("sqlite", Finding.NOTE, f"{version} has the WAL-reset bug; one writer a cache, as here, avoids it")


def _space(folder: Path) -> Check:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        return Check(
            "disk", Finding.BAD, f"nothing can be written in {there}. Set data_dir in [device] of config.toml."
        )
    free = shutil.disk_usage(there).free
    text = f"{free // 1024**2} MB free in {there}"
    if free < _FREE_BYTES_MIN:
        return Check("disk", Finding.BAD, f"{text}. Make room: without it nothing can be recorded.")
    return Check("disk", Finding.GOOD, text)


def _owner(folder: Path) -> Iterator[Check]:
    if danger := danger_in(folder):
        yield Check("folder", Finding.BAD, f"{danger}.")
    elif doubt := doubt_of(folder):
        yield Check("folder", Finding.NOTE, f"{doubt}.")


def _cache(folder: Path) -> Iterator[Check]:
    if not (folder / CACHE_NAME).exists():
        yield Check("cache", Finding.NOTE, f"none in {folder} yet; the first start makes it")
        return
    if (note := noted_damage(folder)) is not None:
        yield Check("cache", Finding.BAD, f"found damaged at work: {note.reason}")
    for kept in sorted([*folder.glob("damaged-*"), *folder.glob("replaced-*")]):
        yield Check("cache", Finding.NOTE, f"{kept} holds a cache that was set aside; delete it when it is not needed")
    if (owner := holder_of(folder / LOCK_NAME)) is not None:
        yield Check("cache", Finding.GOOD, f"in use by {owner.told}")
    try:
        reader = open_reader(folder)
        yield from opened_cache(reader)
        reader.close()
    except (ScannerError, sqlite3.Error) as error:
        yield Check("cache", Finding.BAD, f"{folder / CACHE_NAME} cannot be read: {error}")


def opened_cache(reader: sqlite3.Connection) -> Iterator[Check]:
    version = reader.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.VERSION:
        yield Check("cache", Finding.BAD, f"written by a newer program (schema {version}). Install that one again.")
        return
    damage = reader.execute("PRAGMA quick_check").fetchone()[0]
    if damage != "ok":
        yield Check("cache", Finding.BAD, f"damaged: {damage}. Start scanner run: it keeps the file, saves the rest.")
        return
    counts = [reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("entry", "outbox", "stock")]
    yield Check("cache", Finding.GOOD, f"{counts[0]} entries, {counts[1]} events waiting, {counts[2]} stock rows")
    if aside := reader.execute("SELECT value FROM meta WHERE name = ?", (SET_ASIDE,)).fetchone():
        scripts, *trace = filter(None, aside[0].split("\n"))
        broke = f" ({', '.join(trace[-2:])})" if trace else ""
        text = f"a start could not go on with {scripts}{broke}: it was set aside, not booked"
        yield Check("cache", Finding.NOTE, text)
    if reader.execute("SELECT 1 FROM meta WHERE name = 'enrolment'").fetchone() is None:
        yield Check("enrolment", Finding.BAD, "not enrolled. Get a code from the centre, then: scanner enrol URL CODE")
    if version == schema.VERSION:
        yield from unbounded_counts(reader)


def unbounded_counts(reader: sqlite3.Connection) -> Iterator[Check]:
    """What the site, as it is pulled, leaves open about counts."""
    site = reader.execute("SELECT recount_value_max FROM site LIMIT 1").fetchone()
    if site is not None and site[0] == NO_LIMIT:
        text = "a recount that agrees stands whatever it is worth; the site's recount_value_max would bound that"
        yield Check("counting", Finding.NOTE, text)
    rows = reader.execute("SELECT operator, person, roles FROM operator").fetchall()
    persons = {person or operator for operator, person, roles in rows if may(tuple(roles.split()), Right.DECIDE)}
    if len(persons) == 1:
        text = (
            f"only {persons.pop()} may decide: nobody accepts what that person counts. Import one more, set a tolerance"
        )
        yield Check("counting", Finding.NOTE, f"{text}, or have it counted again")


def _centre(config: Config, folder: Path) -> Check:
    from scanner_app.enrolment import enrolment_of
    from sync.device.client import trouble_at

    try:
        enrolment = enrolment_of(folder)
    except StoreError:
        enrolment = None
    url = config.sync.url or (enrolment.url if enrolment else "")
    if not url:
        return Check("centre", Finding.NOTE, "no address yet; it comes with the enrolment")
    if trouble := trouble_at(url):
        return Check("centre", Finding.NOTE, f"{url}: {trouble} Work goes on and is sent later.")
    return Check("centre", Finding.GOOD, f"{url} answers")


def _terminal(environ: Mapping[str, str]) -> Check:
    kind = environ.get("TERM", "")
    if not sys.stdout.isatty():
        return Check("terminal", Finding.NOTE, "output is not a terminal; use: scanner line")
    if kind in ("", "dumb"):
        return Check("terminal", Finding.NOTE, "a dumb terminal; use: scanner line")
    size = shutil.get_terminal_size()
    if size.columns < _COLUMNS or size.lines < _ROWS:
        return Check("terminal", Finding.BAD, f"{size.columns}x{size.lines} is too small; 20x16 or 40x8 at least")
    return Check("terminal", Finding.GOOD, f"{kind}, {size.columns}x{size.lines}")


def _encoding(wanted: str, environ: Mapping[str, str]) -> Check:
    if encoding_for(wanted, environ) == UTF_8:
        return Check("encoding", Finding.GOOD, "UTF-8")
    if wanted == ASCII:
        return Check("encoding", Finding.GOOD, "ASCII, as configured; letters lose their accents")
    text = (
        f"ASCII, as {locale_of(environ)} is not UTF-8: letters lose their accents. If the terminal shows UTF-8, "
        "give it such a locale (LANG=C.UTF-8), or set encoding in [device] of config.toml."
    )
    return Check("encoding", Finding.NOTE, text)
