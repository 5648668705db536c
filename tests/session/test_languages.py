"""An operator reads their own language; the device speaks its own while nobody is there."""

import subprocess
import sys
from pathlib import Path

from scanner_app.session.context import Settings
from tests.warehouse import Floor

ROOT = Path(__file__).parents[2]


def test_a_german_operator_works_in_german(floor: Floor) -> None:
    assert floor.say("B-1003").prompt == "Type your PIN, Worker 1003."
    assert floor.say("135790").message == "Willkommen, Worker 1003."
    view = floor.say("1", "A-01-01", "100001")
    assert view.title == "Umlagern"
    assert view.prompt == "Wie viele EA?"
    assert [line.label for line in view.lines] == ["Von", "Artikel", "Hier"]
    assert floor.say("NONSENSE", ".k").message == "Weiter."
    assert floor.say(".u").message == "Zurückgenommen: 100001 Plain pen."


def test_the_language_survives_a_restart_and_ends_with_the_shift(floor: Floor) -> None:
    floor.sign_in("B-1003")
    assert floor.restart().title == "Menü"
    assert floor.say(".o").prompt == "Scan your badge."


def test_the_device_speaks_its_own_language_at_sign_in(tmp_path: Path) -> None:
    floor = Floor(tmp_path, settings=Settings(language="fr"))
    assert floor.desk.view().prompt == "Scannez votre badge."
    assert floor.sign_in("B-1001").title == "Menu"
    assert floor.desk.view().prompt == "What do you want to do?"
    assert floor.say(".o").message == "Session fermée."
    floor.close()


def test_english_loads_no_catalogue() -> None:
    program = (
        "import sys, scanner_app.session.desk; from scanner_app.languages.language import language; language('en');"
        "print([name for name in ('polib', 'gettext', 'importlib.resources') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"
