"""Every command of the program, from its tree, and how each is run in the spoilt place."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
from msgspec import Struct

from scanner_app.cli.main import cli
from sync.central.exports.listings import LISTINGS
from tests.central.warehouse import SITE
from tests.doors.secrets import NEW_PIN
from tests.doors.spoilt import EVIL
from tests.forks import Talk

WHERE = SITE + EVIL
EVENT = "5e0d3b1f" + EVIL


class Run(Struct, frozen=True):
    """``statuses`` are how it may end; ``shows`` says that it is there to print a secret, ``draws`` that rich does."""

    arguments: tuple[str, ...]
    talk: Talk = ()
    statuses: frozenset[int] = frozenset({0})
    shows: bool = False
    draws: bool = False
    paints: bool = False


def leaves(command: click.Command = cli, path: str = "") -> Iterator[str]:
    """Every command that does something, by its words."""
    if isinstance(command, click.Group):
        if path and command.invoke_without_command:
            yield path
        for name, inner in command.commands.items():
            yield from leaves(inner, f"{path} {name}".strip())
    else:
        yield path


def run(*arguments: str | Path, talk: Talk = (), ends: int = 0, **more: bool) -> Run:
    return Run(tuple(map(str, arguments)), talk, frozenset({ends}), **more)


Rows = Callable[[Path], list[Run]]
_PIN_TALK = ((b"New PIN", NEW_PIN.encode() + b"\n"), (b"Repeat", NEW_PIN.encode() + b"\n"))
NAME = EVIL.replace("\n", "")
"""A file may be called so."""

ROWS: dict[str, Rows] = {
    "run": lambda _at: [run(talk=((b"#0 ", b"B-1001\r"), (b"#1 ", b".s\r"), (b"#2 ", b"")), paints=True)],
    "line": lambda _at: [run(talk=((b"> ", b"B-1001\n"), (b"> ", b".s\n"), (b"> ", b"")))],
    "enrol": lambda _at: [run("http://127.0.0.1:1/" + EVIL, EVIL, ends=1), run(EVIL, "code", ends=1)],
    "moved": lambda _at: [run(EVIL, ends=1)],
    "sync": lambda _at: [run(ends=1)],
    "log": lambda _at: [run(), run("--json")],
    "typed": lambda _at: [run("--hours", "8000"), run("--hours", EVIL, ends=2)],
    "backup": lambda at: [run(at / f"b{NAME}")],
    "restore": lambda at: [run(at / f"r{NAME}", ends=1), run(at / "nowhere" / NAME, ends=1)],
    "doctor": lambda _at: [run(ends=0)],
    "demo": lambda at: [run("--scale", EVIL, "--no-ui", "--dir", at / f"d{NAME}", ends=1)],
    "train": lambda at: [run("--sheet", at / f"s{NAME}")],
    "central init": lambda _at: [run()],
    "central serve": lambda _at: [
        run("--port", "0", "--until-eof", talk=((b"Serving on", b"\x04"),)), run("--host", EVIL, ends=1),
    ],
    "central invite": lambda _at: [
        run("--site", WHERE, shows=True), run("--site", EVIL, ends=1), run("--site", WHERE, "--for", EVIL, ends=1),
    ],
    "central token": lambda _at: [
        run("--site", WHERE, "--reads", EVIL, shows=True), run("--site", WHERE, "--reads", EVIL, "--withdraw"),
    ],
    "central status": lambda _at: [run()],
    "central backup": lambda at: [run(at / f"cb{NAME}")],
    "central restore": lambda at: [run(at / f"r{NAME}", ends=1), run("--is-done")],
    "central verify": lambda _at: [run(ends=1)],
    "central import": lambda at: [
        run(at / "sheets", "--column", f"items:{EVIL}=item", ends=1, draws=True),
        run(at / "sheets", "--site", EVIL, ends=1, draws=True),
        run(at / f"r{NAME}", ends=1, draws=True),
    ],
    "central export": lambda _at: [
        *(run(what, "--format", "csv") for what in LISTINGS), run("stock", "--format", "jsonl"),
        run("operators", "--with-pins", shows=True), run(EVIL, ends=2),
    ],
    "central calendar show": lambda _at: [run("--site", WHERE)],
    "central calendar set": lambda _at: [run("--site", WHERE, "--working", EVIL, ends=1)],
    "central calendar holiday": lambda _at: [run("--site", WHERE, EVIL, ends=2)],
    "central calendar close": lambda _at: [run("--site", WHERE, "--month", EVIL, ends=1)],
    "central calendar reopen": lambda _at: [run("--site", WHERE, "--month", EVIL, ends=1)],
    "central devices": lambda _at: [run(), run("--json")],
    "central devices revoke": lambda _at: [run("bay" + EVIL, "--reason", EVIL), run(EVIL, ends=1)],
    "central devices admit": lambda _at: [run("bay" + EVIL)],
    "central devices rename": lambda _at: [run("bay" + EVIL, "bay 2"), run("bay 2", EVIL, ends=1)],
    "central people": lambda _at: [run(), run("--json")],
    "central people pin": lambda _at: [run("w1" + EVIL, talk=_PIN_TALK), run(EVIL, talk=_PIN_TALK, ends=1)],
    "central people retire": lambda _at: [run("w1" + EVIL, "--reason", EVIL), run(EVIL, ends=1)],
    "central events": lambda _at: [run(), run("--json"), run("--person", EVIL)],
    "central events show": lambda _at: [run("{held}"), run("{held}", "--json"), run(EVIL, ends=1)],
    "central events seen": lambda _at: [run(EVIL, ends=1)],
    "central events release": lambda _at: [run("{held}", ends=1)],
    "central events void": lambda _at: [run("{held}", "--note", EVIL, ends=1)],
    "central events identify": lambda _at: [
        run("{held}", "--code", EVIL, "--item", EVIL, ends=1), run(EVIL, "--code", "X", "--item", "100001", ends=1),
    ],
    "central events accept": lambda _at: [run(EVIL, "--reason", EVIL, ends=1)],
    "central events reject": lambda _at: [run(EVIL, "--note", EVIL, ends=1)],
    "central events recount": lambda _at: [run(EVIL, ends=1)],
    "central events withdraw": lambda _at: [run(EVIL, ends=1)],
    "central events count": lambda _at: [run(EVIL, ends=1), run("{held}", ends=1)],
    "central events let-in": lambda _at: [run(EVIL, "--reason", EVIL, ends=1)],
    "central tasks ask": lambda _at: [
        run("A" + EVIL), run(EVIL, ends=1), run("--item", EVIL, ends=1), run("A" + EVIL, "--not-by", EVIL),
        run("A" + EVIL, "--due", EVIL, ends=2),
    ],
    "central tasks plan": lambda _at: [run(), run("--seed", EVIL, "--json"), run("--site", EVIL, ends=1)],
    "central tasks": lambda _at: [
        run(), run("--json"), run("--site", EVIL, ends=1), run("--zone", EVIL, "--plan", EVIL),
    ],
    "central stocktake begin": lambda _at: [
        run("spring"), run("year" + EVIL, ends=1), run("year", "--zones", EVIL, ends=1),
    ],
    "central stocktake show": lambda _at: [run(), run("--json"), run(EVIL, ends=1)],
    "central stocktake close": lambda _at: [
        run("--with-gaps", "--note", EVIL), run(EVIL, ends=1), run("--cut", EVIL, ends=1),
    ],
    "central stocktake": lambda _at: [run(), run("--json"), run("--site", EVIL, ends=1)],
    "central accuracy": lambda _at: [
        run("--site", WHERE), run("--site", WHERE, "--of", EVIL, ends=2), run("--site", EVIL, ends=1),
        run("--site", WHERE, "--period", EVIL, ends=2),
    ],
    "central tokens": lambda _at: [run(), run("--json")],
    "central tokens withdraw": lambda _at: [run("erp" + EVIL), run(EVIL + "2", ends=1)],
}  # fmt: skip
"""How each command is run; ``{held}`` stands for the id of an event that is held."""
