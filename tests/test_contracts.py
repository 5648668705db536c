"""The import contracts: the tree keeps them all, and each one catches the import it is there to forbid."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
PACKAGES: list[str] = SETTINGS["root_packages"]
CONTRACTS: dict[str, dict[str, Any]] = {contract["id"]: contract for contract in SETTINGS["contracts"]}

PLANTED = [
    ("layers", "scanner_app/domain", "scanner_app.store"),
    ("layers", "scanner_app/workflows", "scanner_app.session"),
    ("layers", "scanner_app/store", "scanner_app.session"),
    ("layers", "scanner_app/session", "sync"),
    ("layers", "sync", "devices"),
    ("layers", "devices", "screens"),
    ("layers", "screens", "scanner_app.app"),
    ("layers", "scanner_app/demo", "scanner_app.app"),
    ("pure", "scanner_app/domain", "time"),
    ("pure", "scanner_app/domain", "os"),
    ("pure", "scanner_app/workflows", "random"),
    ("pure", "scanner_app/workflows", "sqlite3"),
    ("pure", "sync/device/machine.py", "random"),
    ("workflows", "scanner_app/workflows", "scanner_app.config"),
    ("processes", "scanner_app/workflows/move", "scanner_app.workflows.plates.build"),
    ("processes", "scanner_app/workflows/parts", "scanner_app.workflows.move.move"),
    ("processes", "scanner_app/workflows/engine", "scanner_app.workflows.parts.stock"),
    ("processes", "scanner_app/workflows/questions", "scanner_app.workflows.engine.script"),
    ("processes", "scanner_app/workflows/lookups", "scanner_app.workflows.questions.answers"),
    ("processes", "scanner_app/workflows/phrases", "scanner_app.workflows.lookups.look"),
    ("processes", "scanner_app/workflows/shift", "scanner_app.workflows.menu"),
    ("facts", "scanner_app/domain/events", "sync.protocol"),
    ("facts", "scanner_app/domain/events", "scanner_app.store.journal"),
    ("facts", "scanner_app/domain/events", "datetime"),
    ("session", "scanner_app/session/view", "scanner_app.session.session"),
    ("session", "scanner_app/session/session.py", "scanner_app.session.desk"),
    ("session", "scanner_app/session/lock.py", "scanner_app.session.desk"),
    ("session", "scanner_app/session/desk.py", "scanner_app.session.worker"),
    ("session", "scanner_app/session/entries", "scanner_app.session.desk"),
    ("views", "scanner_app/session/view", "scanner_app.store.log"),
    ("rescue", "scanner_app/store/file.py", "scanner_app.store.rescue.mend"),
    ("rescue", "scanner_app/session", "scanner_app.store.rescue.backup"),
    ("rescue", "scanner_app/store/lookups", "scanner_app.store.rescue.salvage"),
    ("memory", "scanner_app/store", "scanner_app.workflows.phrases.notices"),
    ("memory", "scanner_app/store/rescue", "scanner_app.workflows.move.phrases"),
    ("screens", "screens", "sqlite3"),
    ("screens", "screens", "scanner_app.store"),
    ("screens", "screens", "sync.protocol"),
    ("screens", "screens", "devices"),
    ("centre", "sync/central", "scanner_app.store"),
    ("centre", "sync/central", "scanner_app.config"),
    ("centre", "sync/central", "sync.device.client"),
    ("rooms", "sync/central/database", "sync.central.events.sender"),
    ("rooms", "sync/central/events", "sync.central.book.counters"),
    ("rooms", "sync/central/book", "sync.central.intake.annulments"),
    ("rooms", "sync/central/counting", "sync.central.intake.apply"),
    ("rooms", "sync/central/counting", "sync.central.audit.laws"),
    ("rooms", "sync/central/sites", "sync.central.intake.apply"),
    ("rooms", "sync/central/sites", "sync.central.audit.laws"),
    ("rooms", "sync/central/intake", "sync.central.exchange.feed"),
    ("rooms", "sync/central/connectors", "sync.central.imports.run"),
    ("rooms", "sync/central/imports", "sync.central.exchange.feed"),
    ("rooms", "sync/central/exports", "sync.central.service.service"),
    ("ends", "sync/device", "sync.central.service.service"),
    ("ends", "sync/central", "sync.device.client"),
    ("machine", "sync/device/machine.py", "scanner_app.config"),
    ("machine", "sync/device/happenings.py", "scanner_app.session.view.view"),
    ("machine", "sync/device/failure.py", "screens"),
    ("demo", "scanner_app/demo", "scanner_app.store"),
    ("demo", "scanner_app/demo", "time"),
    ("textual", "scanner_app/session", "textual"),
    ("textual", "devices", "textual"),
    ("service", "scanner_app/store", "sqlalchemy"),
    ("service", "sync", "uvicorn"),
    ("service", "scanner_app", "starlette"),
    ("service", "sync", "alembic"),
    ("cache", "sync/central", "sqlite_utils"),
    ("workbooks", "scanner_app", "python_calamine"),
    ("workbooks", "screens", "xlsxwriter"),
    ("catalogues", "scanner_app/session", "polib"),
    ("commands", "scanner_app/session", "click"),
]


def lint(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the linter as ``make check`` does; it reads the tree it stands in, and nothing is cached."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo", *options]
    environ = {**os.environ, "COLUMNS": "250"}
    return subprocess.run(command, cwd=tree, env=environ, capture_output=True, text=True, check=False)


def modules_in(package: str) -> set[str]:
    """Name the modules and packages right below a package."""
    found = (ROOT / package.replace(".", "/")).iterdir()
    files = [path for path in found if path.suffix == ".py" or (path / "__init__.py").exists()]
    return {f"{package}.{path.stem}" for path in files} - {f"{package}.__init__"}


def planted(number: int, place: str) -> Path:
    """Where a planted import stands: in a new file of its own if the place is a folder, else at the end of the file."""
    return Path(place) if place.endswith(".py") else Path(place, f"planted_{number}.py")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each contract that a copy of the tree breaks, in which everything is planted at once."""
    copy = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for number, (_contract, place, imported) in enumerate(PLANTED):
        with (copy / planted(number, place)).open("a", encoding="utf-8") as file:
            file.write(f"import {imported}\n")
    done = lint(copy)
    assert done.returncode == 1
    told = done.stdout.partition("Broken contracts")[2]
    sections = [part.strip() for part in re.split(r"\n([^\n]+)\n-{3,}\n", told)]
    return dict(zip(sections[1::2], sections[2::2], strict=True))


def test_the_tree_keeps_every_contract() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(CONTRACTS)} kept, 0 broken" in done.stdout


@pytest.mark.parametrize(("number", "contract", "place", "imported"), [(n, *row) for n, row in enumerate(PLANTED)])
def test_a_planted_import_is_caught(
    number: int, contract: str, place: str, imported: str, broken: dict[str, str]
) -> None:
    """A place is a folder, in which a file is planted, or a file, at whose end a line is."""
    importer = ".".join(planted(number, place).with_suffix("").parts)
    assert f"{importer} -> {imported}" in broken[CONTRACTS[contract]["name"]]


def test_every_contract_is_a_sentence_with_a_planted_violation() -> None:
    assert {contract for contract, _, _ in PLANTED} == set(CONTRACTS)
    assert all(len(contract["name"].split()) > 5 for contract in CONTRACTS.values())


def test_every_module_of_ours_has_its_layer() -> None:
    layered = {name.strip() for layer in CONTRACTS["layers"]["layers"] for name in layer.split("|")}
    assert layered == modules_in("scanner_app") | set(PACKAGES) - {"scanner_app"}


def test_the_central_store_is_kept_from_every_module_it_may_not_know() -> None:
    ours = modules_in("scanner_app") | modules_in("sync") | set(PACKAGES)
    allowed = {
        "scanner_app.domain",
        "scanner_app.errors",
        "sync.protocol",
        "scanner_app.ownership",
        "sync.credentials",
        "sync.central",
        "scanner_app",
        "sync",
    }
    assert set(CONTRACTS["centre"]["forbidden_modules"]) == ours - allowed
