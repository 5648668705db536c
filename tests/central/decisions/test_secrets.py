"""PINs at the centre: looked at only over safe connections, and stored, logged and shown nowhere."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest
from starlette.requests import Request

from scanner_app.domain.desk.asks import DeskRequest, RenameDevice
from scanner_app.domain.desk.replies import Done, Refused, Why
from sync.central.database.store import CentralStore
from sync.central.exchange.threads import now_us
from sync.central.service.safe import is_safe
from sync.central.sites.administration import invite
from tests.central.databases import ON_SQLITE
from tests.central.decisions.orders import PIN, new_id, ordered, people, supervisor
from tests.central.serving import Handheld
from tests.central.warehouse import SITE

SECRETS = {"right": "quite-a-secret", "wrong": "no-such-secret", "broken": "half-a-secret"}
"""Words and not digits: those might stand anywhere."""


@contextmanager
def logging_centre(url: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """Run the service as it is run, with its log in a file; give its address and that file."""
    config, log = folder / "config.toml", folder / "log"
    config.write_text(f'[central]\ndatabase = "{url}"\n', encoding="utf-8")
    command = [sys.executable, "-m", "scanner_app", "--config", str(config), "central", "serve", "--port", "0"]
    root = Path(__file__).parents[3]
    with (
        log.open("w") as told,
        subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=told, text=True, env=os.environ) as centre,
    ):
        assert centre.stdout is not None
        try:
            yield centre.stdout.readline().removeprefix("Serving on ").strip(), log
        finally:
            centre.terminate()
            centre.wait(20)


@ON_SQLITE
def test_no_pin_is_stored_or_logged_or_shown(store: CentralStore, warehouse_url: str, tmp_path: Path) -> None:
    people(store, supervisor("boss", SECRETS["right"]))
    with logging_centre(warehouse_url, tmp_path) as (address, log):
        desk = Handheld(address, invite(store, SITE, now_us()), "desk")
        order = RenameDevice(id=new_id(), device=desk.enrolled.device, name="bay 7")
        assert ordered(desk, order, pin=SECRETS["wrong"]) == Refused(why=Why.WRONG_PIN)
        assert isinstance(ordered(desk, order, pin=SECRETS["right"]), Done)
        whole = msgspec.json.encode(DeskRequest(protocol=2, operator="boss", ask=order, pin=SECRETS["broken"]))
        bodies = (whole[:-1], whole.replace(b'"pin":', b'"protocol":'), whole.replace(b'"boss"', b'["boss"]'))
        for body in bodies:
            assert desk.http.post("/v1/desk", content=body, headers=desk.headers).status_code in (400, 422)
        with closing(sqlite3.connect(warehouse_url)) as file:
            file.execute("ALTER TABLE orders RENAME TO gone")
        fails = whole.replace(SECRETS["broken"].encode(), SECRETS["right"].encode())
        assert desk.http.post("/v1/desk", content=fails, headers=desk.headers).status_code in (500, 503)
        shown = desk.http.get("/metrics").text
        desk.http.close()
    files = [path.read_bytes() for path in Path(warehouse_url).parent.iterdir()]
    assert log.read_text().count("\n") > len(bodies)
    for secret in SECRETS.values():
        assert secret not in shown
        assert secret not in log.read_text()
        assert not any(secret.encode() in content for content in files)


def test_a_request_shows_no_pin() -> None:
    order = RenameDevice(id="o", device="d", name="n")
    asked = DeskRequest(protocol=2, operator="boss", ask=order, pin=SECRETS["right"])
    assert SECRETS["right"] not in f"{asked} {asked!r}"
    assert "boss" in repr(asked)


LOCAL = ("127.0.0.1", 5)


@pytest.mark.parametrize(
    ("scheme", "client", "headers", "safe"),
    [
        ("http", LOCAL, {}, True),
        ("http", ("127.8.8.8", 5), {}, True),
        ("http", ("::1", 5), {}, True),
        ("http", ("::ffff:127.0.0.1", 5), {}, True),
        ("https", ("10.0.0.7", 5), {"x-forwarded-proto": "https"}, True),
        ("http", ("10.0.0.7", 5), {}, False),
        ("http", ("10.0.0.7", 5), {"x-forwarded-proto": "https"}, False),
        ("http", ("2001:db8::1", 5), {}, False),
        ("http", ("localhost", 5), {}, False),
        ("http", None, {}, False),
        ("http", LOCAL, {"x-forwarded-for": "10.0.0.7"}, False),
        ("http", LOCAL, {"x-forwarded-proto": "http"}, False),
        ("http", LOCAL, {"via": "1.1 proxy"}, False),
        ("http", LOCAL, {"forwarded": "for=10.0.0.7"}, False),
    ],
)
def test_only_https_and_the_same_machine_are_safe(
    scheme: str, client: tuple[str, int] | None, headers: dict[str, str], safe: bool
) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    request = Request(
        {"type": "http", "scheme": scheme, "client": client, "headers": raw, "path": "/", "method": "POST"}
    )
    assert is_safe(request) is safe


@ON_SQLITE
def test_what_a_proxy_of_this_machine_says_decides(store: CentralStore, handheld: Handheld) -> None:
    people(store, supervisor("boss"))
    order = RenameDevice(id=new_id(), device=handheld.enrolled.device, name="bay 7")
    device = dict(handheld.headers)
    handheld.headers = {**device, "X-Forwarded-For": "10.0.0.7"}
    assert ordered(handheld, order, pin=PIN) == Refused(why=Why.NOT_SAFE)
    handheld.headers = {**device, "X-Forwarded-For": "10.0.0.7", "X-Forwarded-Proto": "http"}
    assert ordered(handheld, order, pin="wrong") == Refused(why=Why.NOT_SAFE)
    handheld.headers = {**device, "X-Forwarded-For": "10.0.0.7", "X-Forwarded-Proto": "https"}
    assert isinstance(ordered(handheld, order, pin=PIN), Done)
