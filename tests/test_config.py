"""The configuration file: found where it should be, equal to the code, and refused in one clear sentence."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

from scanner_app.config import (
    Config,
    Device,
    EntryLimits,
    Floor,
    Guard,
    Loaded,
    central_url,
    data_dir,
    load,
    settings,
)
from scanner_app.errors import ConfigError
from scanner_app.outfit import session_settings
from scanner_app.session.context import Settings
from sync import protocol

ROOT = Path(__file__).parent.parent
SETTINGS = [(table, field.name) for table, field in settings()]


def refusal(tmp_path: Path, text: str) -> str:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(None, {}, tmp_path)
    return str(caught.value)


def loaded(tmp_path: Path, text: str, environ: dict[str, str] | None = None) -> Loaded:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    return load(None, environ or {}, tmp_path)


def test_the_documented_file_holds_every_default_and_nothing_else() -> None:
    documented = tomllib.loads((ROOT / "config.toml").read_text(encoding="utf-8"))
    assert documented | {"reader": []} == msgspec.json.decode(msgspec.json.encode(Config()))
    assert load(ROOT / "config.toml", {}, ROOT).config == Config()


@pytest.mark.parametrize(("table", "name"), SETTINGS)
def test_every_setting_has_a_comment_with_its_range(table: str, name: str) -> None:
    section = (ROOT / "config.toml").read_text(encoding="utf-8").split(f"[{table}]\n")[1].split("\n[")[0]
    lines = section.splitlines()
    comment = lines[next(i for i, line in enumerate(lines) if line.startswith(f"{name} = ")) - 1]
    assert comment.startswith("# ")
    field = next(field for home, field in settings() if (home, field.name) == (table, name))
    bounds = [mark for mark in getattr(field.type, "__metadata__", ()) if mark.ge is not None]
    assert all(f" {mark.ge:g} to {mark.le:g}" in comment for mark in bounds)


@pytest.mark.parametrize(
    ("situation", "text", "sentence"),
    [
        (
            "a misspelt setting",
            "[sync]\nretri_delay_max = 5",
            'config.toml: [sync] has no setting "retri_delay_max"; did you mean "retry_delay_s_max"?',
        ),
        ("a misspelt table", "[devise]", 'config.toml: there is no table "devise"; did you mean "device"?'),
        (
            "a setting outside its table",
            "baud_rate = 9600",
            'config.toml: there is no table "baud_rate"; it belongs in [serial].',
        ),
        (
            "nothing near",
            "[serial]\nzzz = 1",
            'config.toml: [serial] has no setting "zzz"; known are port, baud_rate.',
        ),
        (
            "a value instead of a table",
            "sync = 3",
            'config.toml: "sync" is a table; write it as [sync] with its settings below.',
        ),
        (
            "text for a number",
            '[sync]\ninterval_s = "often"',
            "config.toml: [sync] interval_s must be a whole number from 1 to 3,600.",
        ),
        (
            "true for a number",
            "[sync]\ninterval_s = true",
            "config.toml: [sync] interval_s must be a whole number from 1 to 3,600.",
        ),
        (
            "a number out of range",
            "[central]\nport = 70000",
            "config.toml: [central] port must be a whole number from 0 to 65,535.",
        ),
        (
            "not a number",
            "[replay]\nrate_per_s = nan",
            "config.toml: [replay] rate_per_s must be a number from 0.1 to 10,000.",
        ),
        ("a number for a switch", "[device]\nbell = 1", "config.toml: [device] bell must be true or false."),
        (
            "an address of another kind",
            '[sync]\nurl = "ftp://x"',
            "config.toml: [sync] url must be a http:// or https:// address.",
        ),
        (
            "pauses the wrong way round",
            "[sync]\nretry_delay_s_min = 10\nretry_delay_s_max = 1",
            "config.toml: [sync] retry_delay_s_min is greater than retry_delay_s_max.",
        ),
        (
            "news held longer than anybody waits",
            "[sync]\nnews_wait_s = 50\nanswer_timeout_s = 50",
            "config.toml: [sync] news_wait_s must be less than answer_timeout_s.",
        ),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(tmp_path: Path, situation: str, text: str, sentence: str) -> None:
    assert refusal(tmp_path, text) == sentence


def test_a_file_that_is_no_toml_says_where(tmp_path: Path) -> None:
    assert refusal(tmp_path, "[sync\n").startswith("config.toml: this is not TOML: ")
    (tmp_path / "config.toml").write_bytes(b'[device]\nname = "\xff"\n')
    with pytest.raises(ConfigError, match=r"^config\.toml: this is not UTF-8 text \(byte 17\)\.$"):
        load(None, {}, tmp_path)


def test_whole_numbers_serve_as_decimal_ones(tmp_path: Path) -> None:
    assert loaded(tmp_path, "[replay]\nrate_per_s = 5").config.replay.rate_per_s == 5.0


def test_the_nearest_of_the_four_places_wins(tmp_path: Path) -> None:
    places = {name: tmp_path / name for name in ("named.toml", "variable.toml", "work/config.toml")}
    places["home"] = tmp_path / "xdg/scanner/config.toml"
    for name, place in places.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f'[device]\nname = "{name}"\n', encoding="utf-8")
    environ = {"SCANNER_CONFIG": str(places["variable.toml"]), "XDG_CONFIG_HOME": str(tmp_path / "xdg")}
    work = tmp_path / "work"

    assert load(places["named.toml"], environ, work).config.device.name == "named.toml"
    assert load(None, environ, work).config.device.name == "variable.toml"
    del environ["SCANNER_CONFIG"]
    assert load(None, environ, work) == (
        Config(device=Config().device.__class__(name="work/config.toml")),
        work / "config.toml",
    )
    places["work/config.toml"].unlink()
    assert load(None, environ, work).path == places["home"]
    places["home"].unlink()
    assert load(None, environ, work) == (Config(), None)


def test_without_an_xdg_folder_the_home_folder_is_searched(tmp_path: Path) -> None:
    place = tmp_path / ".config/scanner/config.toml"
    place.parent.mkdir(parents=True)
    place.write_text("", encoding="utf-8")
    assert load(None, {"HOME": str(tmp_path), "XDG_CONFIG_HOME": "relative"}, tmp_path / "work").path == place


def test_a_file_that_was_asked_for_has_to_exist(tmp_path: Path) -> None:
    for path, environ in ((Path("missing.toml"), {}), (None, {"SCANNER_CONFIG": "missing.toml"})):
        with pytest.raises(ConfigError, match=r"^missing\.toml: there is no such file"):
            load(path, environ, tmp_path)


def test_paths_start_at_the_folder_of_the_file(tmp_path: Path) -> None:
    text = '[device]\ndata_dir = "data"\n[replay]\nfile = "~/scans"\n[central]\ndatabase = "sqlite:///book.db"\n'
    config = loaded(tmp_path, text, {"HOME": "/home/worker"}).config
    assert data_dir(config, {}) == tmp_path / "data"
    assert config.replay.file == "/home/worker/scans"
    assert central_url(config, {}) == f"sqlite:///{tmp_path / 'book.db'}"


@pytest.mark.parametrize("url", ["sqlite:////var/lib/book.db", "sqlite:///", "postgresql+psycopg://centre/book"])
def test_other_databases_are_taken_as_they_are(tmp_path: Path, url: str) -> None:
    assert central_url(loaded(tmp_path, f'[central]\ndatabase = "{url}"').config, {}) == url


def test_without_a_setting_data_goes_to_the_xdg_folder() -> None:
    assert data_dir(Config(), {"XDG_DATA_HOME": "/data"}) == Path("/data/scanner")
    assert data_dir(Config(), {"HOME": "/home/worker"}) == Path("/home/worker/.local/share/scanner")
    assert central_url(Config(), {"XDG_DATA_HOME": "/data"}) == "sqlite:////data/scanner/central.db"


def test_the_bounds_agree_with_the_wire() -> None:
    top = {
        (table, field.name): field.type.__metadata__[0].le
        for table, field in settings()
        if table == "sync" and field.name != "url"
    }
    assert top["sync", "push_batch_max"] == protocol.EVENTS_MAX
    assert top["sync", "pull_rows_max"] == protocol.ROWS_MAX
    assert top["sync", "news_wait_s"] == protocol.NEWS_WAIT_S_MAX


def test_importing_and_loading_defaults_needs_no_parser() -> None:
    """It lies on the way to the first prompt; the TOML parser and the guesser of names come only when needed."""
    program = (
        "import sys, pathlib, scanner_app.config as c; c.load(None, {}, pathlib.Path('/nonexistent')); "
        "print([name for name in ('tomllib', 'difflib', 'datetime', 'inspect') if name in sys.modules])"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environ)
    assert "tomllib" not in done.stdout
    assert "difflib" not in done.stdout


@pytest.mark.parametrize(
    "config",
    [
        Config(entry=EntryLimits(quantity_digits_max=4)),
        Config(entry=EntryLimits(confirm_delay_ms=100)),
        Config(entry=EntryLimits(entries_per_script_max=99)),
        Config(entry=EntryLimits(scans_have_aim=True)),
        Config(entry=EntryLimits(typed_codes="reason")),
        Config(floor=Floor(check_digits="typed")),
        Config(floor=Floor(zero_check=False)),
        Config(floor=Floor(piece_by_piece=True)),
        Config(guard=Guard(idle_lock_s=1)),
        Config(device=Device(language="de")),
    ],
)
def test_what_is_set_for_the_floor_reaches_its_sessions(config: Config) -> None:
    assert session_settings(config) != session_settings(Config())
    assert session_settings(Config()) == Settings()


def test_a_file_of_somebody_else_in_the_working_folder_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[sync]\nurl = "https://thief.example"\n', encoding="utf-8")
    assert load(None, {}, tmp_path).config.sync.url
    if os.geteuid() != 0:
        pytest.skip("only root can give a file to somebody else")
    os.chown(path, 65_534, -1)
    with pytest.raises(ConfigError, match="belongs to another user and is not taken"):
        load(None, {}, tmp_path)
    assert load(path, {}, tmp_path).config.sync.url
