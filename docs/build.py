"""Writes what the docs draw from the code: the map, charts of workflows, pictures of screens, the API (`make docs`)."""

import inspect
import re
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from codes import write_codes
from msgspec.structs import replace
from rooms import write_map

from devices.finding.rules import rules
from scanner_app.demo.handout import Handout, make_handout
from scanner_app.demo.scale import SMALL
from scanner_app.demo.warehouse import make_warehouse, rows
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.session.context import Settings, Tools
from scanner_app.session.desk import Desk
from scanner_app.session.session import Session
from scanner_app.session.view.view import Link, StatusLine, View
from scanner_app.store.identity import Enrolment
from scanner_app.store.store import open_store
from scanner_app.workflows.charts.chart import draw
from scanner_app.workflows.charts.graph import graphs_of
from scanner_app.workflows.charts.tables import lookups_table, questions_table
from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.menu import MENU, scripts
from screens.picture import picture
from sync.central.service.openapi import document

DOCS = Path(__file__).parent
SIZES = ((20, 16), (40, 8), (40, 12), (80, 24))
_TIED = "\0"
_INDEXED = "what is asked, and what each answer leads to."
_CHART = re.compile(r"```mermaid\n.*?```", re.DOTALL)
_NOW = Stamp(1_789_000_000_000_000, 1_000_000, "boot")


def write_charts() -> None:
    """Put the chart of each script into its page; a new script gets a page with what it says of itself."""
    for script in SCRIPTS.values():
        page = DOCS / "workflows" / f"{script.name}.md"
        text = page.read_text(encoding="utf-8") if page.exists() else _new_page(script)
        chart = f"```mermaid\n{draw(graphs_of(script))}```"
        page.write_text(_CHART.sub(chart.replace("\\", r"\\\\"), text), encoding="utf-8")


def _new_page(script: Script) -> str:
    about = inspect.getdoc(inspect.getmodule(script.steps)) or ""
    return f"# {script.title.text}\n\n{about}\n\n```mermaid\n```\n"


def write_index() -> None:
    """List the processes in the index, in the order of the menu."""
    page = DOCS / "index.md"
    listed = (SCRIPTS["sign_in"], SCRIPTS["lock"], MENU, *scripts())
    names = (script.title.text.lower().replace(" ", _TIED) for script in listed)
    links = ", ".join(f"[{name}](workflows/{script.name}.md)" for name, script in zip(names, listed, strict=True))
    entry = textwrap.fill(f"- Processes: {links}: {_INDEXED}", 120, subsequent_indent="  ").replace(_TIED, " ")
    ends = r"\s+".join(map(re.escape, _INDEXED.split()))
    text = re.sub(rf"- Processes: .*?{ends}", entry, page.read_text(encoding="utf-8"), flags=re.DOTALL)
    page.write_text(text, encoding="utf-8")


def write_kinds() -> None:
    """Put the tables of questions and look-ups below their headings."""
    page = DOCS / "workflows" / "kinds.md"
    text = page.read_text(encoding="utf-8")
    for heading, table in (("Questions", questions_table()), ("Look-ups", lookups_table())):
        section = f"## {heading}\n\n{table}"
        text = re.sub(rf"## {heading}\n(\n\|.*(\n\|.*)*\n)?", section.replace("\\", r"\\"), text)
    page.write_text(text, encoding="utf-8")


def write_pictures() -> None:
    """Draw what a worker sees at a few moments, at every size."""
    folder = DOCS / "pictures"
    folder.mkdir(exist_ok=True)
    handout = make_handout(make_warehouse(SMALL))
    for name, entries in _moments(handout).items():
        with _desk() as desk:
            for text in entries:
                desk.take([Entry(text.encode(), Source.KEYBOARD, _NOW)])
            for width, height in SIZES:
                drawn = picture(_dressed(desk.view()), width, height)
                (folder / f"{name}-{width}x{height}.svg").write_text(drawn, encoding="utf-8")


def _moments(handout: Handout) -> dict[str, list[str]]:
    worker, lot, plain = handout.operators[0], handout.lots[0], handout.plain[0]
    start = [worker.badge, worker.pin, "1"]
    return {
        "menu": start[:2],
        "target": [*start, lot.place, lot.gs1, "1"],
        "help": [*start, lot.place, ".h"],
        "quantity": [*start, lot.place, lot.gs1],
        "mistake": [*start, plain.place, "4711-0815"],
        "inquiry": [*start, plain.place, ".i", plain.place],
    }


def _dressed(view: View) -> View:
    """With the status of a device that is on line."""
    return replace(view, status=StatusLine(Link.ONLINE, _NOW.wall_us, 2, "Worker 1001"))


@contextmanager
def _desk() -> Iterator[Desk]:
    """A desk at the demo warehouse, in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        with store.transaction:
            store.identity.enrol(Enrolment("demo", 1, "DC1", "", ""))
            store.feed.put(enumerate(rows(SMALL), 1))
        tools = Tools(
            lambda: _NOW,
            lambda: "id",
            lambda _verifier, _secret: True,
            lambda count: "4711"[:count],
            "docs",
            lambda _: "",
        )
        desk = Desk(Session(store, "main", tools, Settings()))
        desk.resume()
        yield desk
        store.close()


def write_rules() -> None:
    """The rules for udev, as ``scanner doctor --rules`` prints them."""
    (DOCS / "deploy" / "70-scanner.rules").write_text(rules(), encoding="utf-8")


def write_document() -> None:
    """Write the API document that the central service serves."""
    (DOCS / "api").mkdir(exist_ok=True)
    (DOCS / "api" / "openapi.json").write_bytes(document())


if __name__ == "__main__":
    write_map()
    write_codes()
    write_charts()
    write_index()
    write_kinds()
    write_document()
    write_rules()
    write_pictures()
