"""The house: no circle of imports between files, nor between what stands side by side in a folder, and none is full.

An import counts wherever it stands: in a function, and for the type checker alone.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("scanner_app", "screens", "sync", "devices", "tests", "benchmarks")
MODULES_MAX = 24
OPEN: frozenset[str] = frozenset()
"""Circles that are known and still stand: one that goes is to be taken out here, and none is to come."""
Graph = Mapping[str, set[str]]


@cache
def imports() -> Graph:
    """Which module imports which."""
    graph = grimp.build_graph(*PACKAGES, exclude_type_checking_imports=False, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def between_siblings(graph: Graph, folder: str) -> Graph:
    """Which file or folder right in ``folder`` imports which other, itself or by what is in it."""
    depth = folder.count(".") + 1
    siblings: dict[str, set[str]] = {}
    for module, imported in graph.items():
        if module.startswith(f"{folder}."):
            unit = module.split(".")[depth]
            others = {name.split(".")[depth] for name in imported if name.startswith(f"{folder}.")}
            siblings.setdefault(unit, set()).update(others - {unit})
    return siblings


def circles(graph: Graph) -> list[list[str]]:
    """The groups in which each reaches each (Tarjan's strongly connected components), those of one left out."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    groups: list[list[str]] = []

    def visit(node: str) -> None:
        number[node] = lowest[node] = len(number)
        path.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in number:
                visit(other)
                lowest[node] = min(lowest[node], lowest[other])
            elif other in path:
                lowest[node] = min(lowest[node], number[other])
        if lowest[node] == number[node]:
            group = [path.pop()]
            while group[-1] != node:
                group.append(path.pop())
            if len(group) > 1:
                groups.append(sorted(group))

    for node in sorted(graph):
        if node not in number:
            visit(node)
    return groups


def folders(graph: Graph) -> Iterator[str]:
    """Every folder that holds modules, itself or in folders below."""
    names = (module.split(".") for module in graph)
    yield from sorted({".".join(parts[:depth]) for parts in names for depth in range(1, len(parts))})


def circles_of_siblings(graph: Graph) -> set[str]:
    return {
        f"{folder}: {', '.join(group)}"
        for folder in folders(graph)
        for group in circles(between_siblings(graph, folder))
    }


def test_no_files_import_each_other_in_a_circle() -> None:
    assert circles(imports()) == []


def test_no_siblings_of_any_folder_import_each_other_in_a_circle() -> None:
    assert circles_of_siblings(imports()) == OPEN


@pytest.mark.parametrize("package", PACKAGES)
def test_no_folder_is_full(package: str) -> None:
    counted = {folder: len(list(folder.glob("*.py"))) for folder in (ROOT / package).rglob("*") if folder.is_dir()}
    counted[ROOT / package] = len(list((ROOT / package).glob("*.py")))
    full = {str(folder): count for folder, count in counted.items() if count - 1 > MODULES_MAX}
    assert full == {}, "the file that makes a folder a package is not counted"


def test_every_package_is_looked_at() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found == set(PACKAGES)
    assert len(imports()) > 500


PLANTED: list[tuple[Graph, set[str]]] = [
    ({"a.one": {"a.two"}, "a.two": {"a.one"}}, {"a: one, two"}),
    ({"a.one": {"a.b.two"}, "a.b.two": set(), "a.b.three": {"a.one"}}, {"a: b, one"}),
    ({"a.b.one": {"a.c.two"}, "a.c.two": set(), "a.c.three": {"a.d.four"}, "a.d.four": {"a.b.one"}}, {"a: b, c, d"}),
    ({"a.b.c.one": {"a.b.d.two"}, "a.b.d.two": {"a.b.c.three"}, "a.b.c.three": set()}, {"a.b: c, d"}),
    ({"a.one": {"a.two", "a.b.three"}, "a.two": {"a.b.three"}, "a.b.three": set()}, set()),
]


@pytest.mark.parametrize(("graph", "expected"), PLANTED)
def test_a_planted_circle_is_found(graph: Graph, expected: set[str]) -> None:
    assert circles_of_siblings(graph) == expected


def test_an_import_for_the_type_checker_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "planted_house"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "desk.py").write_text("import planted_house.lock\n")
    (package / "lock.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from planted_house.desk import Desk\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    graph = grimp.build_graph("planted_house", exclude_type_checking_imports=False, cache_dir=None)
    found = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert circles(found) == [["planted_house.desk", "planted_house.lock"]]
