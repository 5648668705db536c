"""The map of the house, drawn from the code: rooms as boxes, imports as arrows; and an index of what stands in each.

A room is a folder, or a file that stands beside folders. An arrow that follows from others is left out: who rests on a
room rests on all that it rests on.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from grimp import ImportGraph, build_graph

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"
INDEX = ROOT / "docs" / "rooms.md"
PACKAGES = ("scanner_app", "screens", "sync", "devices")
FLOORS = {
    "program": ("scanner_app", "screens", "devices", "sync.device", "sync.central", "sync.protocol"),
    "workflows": ("scanner_app.workflows",),
    "centre": ("sync.central",),
}
"""Each drawing by its name. Of a floor with one folder the rooms in it are drawn; the rooms of ``scanner_app`` stand on
one floor with the other packages, which it wires together and which rest on its lower rooms."""
_MAIN = "scanner_app.__main__"
_HEAD = """# Every room

Each folder of the program with what it is, and each file with its first line; made from the code by `make docs`. Look
here for a word. How the rooms rest on each other is in [the architecture](architecture.md#the-house).
"""
Arrows = set[tuple[str, str]]


def drawings() -> dict[str, str]:
    """Each drawing by its name, as Markdown."""
    graph = build_graph(*PACKAGES)
    return {name: f"```mermaid\n{_chart(graph, folders)}```" for name, folders in FLOORS.items()}


def redrawn(page: str) -> str:
    """The page with every part between ``<!-- NAME -->`` and ``<!-- /NAME -->`` made anew."""
    for name, text in drawings().items():
        part = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->", re.DOTALL)
        page = part.sub(lambda _match, name=name, text=text: f"<!-- {name} -->\n{text}\n<!-- /{name} -->", page)
    return page


def _chart(graph: ImportGraph, folders: tuple[str, ...]) -> str:
    rooms = sorted(_rooms(graph, folders))
    lines = ["flowchart TD"]
    lines += [
        f'    {_box(room)}["{room.removeprefix("scanner_app.").removeprefix("sync.central.")}"]' for room in rooms
    ]
    lines += [f"    {_box(above)} --> {_box(below)}" for above, below in sorted(without_detours(_arrows(graph, rooms)))]
    return "\n".join(lines) + "\n"


def _label(room: str) -> str:
    """A room's name without that of the floor it stands on."""
    for floor in ("scanner_app.workflows.", "scanner_app.", "sync.central."):
        room = room.removeprefix(floor)
    return room


def _box(room: str) -> str:
    return room.replace(".", "_")


def _rooms(graph: ImportGraph, folders: tuple[str, ...]) -> Iterator[str]:
    yield from graph.find_children(folders[0]) - {_MAIN}
    yield from folders[1:]


def _arrows(graph: ImportGraph, rooms: Iterable[str]) -> Arrows:
    """Which room imports which, whatever file of the one whatever file of the other."""
    room_of = {module: room for room in rooms for module in {room, *graph.find_descendants(room)}}
    return {
        (room, room_of[imported])
        for module, room in room_of.items()
        for imported in graph.find_modules_directly_imported_by(module)
        if imported in room_of and room_of[imported] != room
    }


def without_detours(arrows: Arrows) -> Arrows:
    """The arrows that no longer way stands for.

    >>> sorted(without_detours({("a", "b"), ("b", "c"), ("a", "c")}))
    [('a', 'b'), ('b', 'c')]
    """
    return {(above, below) for above, below in arrows if not _leads(arrows - {(above, below)}, above, below)}


def _leads(arrows: Arrows, start: str, end: str) -> bool:
    reached, edge = {start}, {start}
    while edge:
        edge = {below for above, below in arrows if above in edge} - reached
        reached |= edge
    return end in reached


def index() -> str:
    """The page of every room: what it is, and its files with their first lines."""
    return _HEAD + "\n".join(line for folder in sorted(_folders()) for line in _room(folder))


def _room(folder: Path) -> Iterator[str]:
    yield f"\n## `{folder.relative_to(ROOT).as_posix()}`\n\n{_first_line(folder / '__init__.py')}\n"
    files = [path for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]
    if files:
        yield "| file | what it is |\n| --- | --- |"
        yield from (f"| `{path.name}` | {_first_line(path)} |" for path in files)


def _folders() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (path.parent for path in (ROOT / package).rglob("__init__.py"))


def _first_line(path: Path) -> str:
    """What a room or a file is, in the words of its first line."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0].replace("|", "\\|")


def write_map() -> None:
    """Draw the map into the page on the architecture, and write the page of every room."""
    PAGE.write_text(redrawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    INDEX.write_text(index(), encoding="utf-8")
