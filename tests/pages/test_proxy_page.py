"""The proxy of the page on running the centre: a real nginx with its file before a real service, as devices ask."""

import os
import re
import shutil
import ssl
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError

import pytest

from scanner_app.config import Sync
from scanner_app.domain.desk.asks import DeskRequest, RenameDevice
from scanner_app.domain.desk.replies import Done, Refused, Reply, Why
from sync.device import wire
from sync.device.client import Client, enrol, trouble_at
from sync.protocol import EnrolAnswer, EnrolRequest
from tests.central.decisions.orders import PIN, new_id, people, supervisor
from tests.central.warehouse import fill
from tests.pages.frames import ROOT
from tests.sync.handheld import until
from tests.torture.tools.service import Service
from tests.torture.tools.site import free_port

FILE = (ROOT / "docs/deploy/nginx.conf").read_text(encoding="utf-8")
NGINX = shutil.which("nginx", path=f"/usr/sbin:/sbin:/usr/bin:/bin:{os.environ['PATH']}")
OPENSSL = shutil.which("openssl")
OWN = """daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    {temporary}
    include {folder}/site.conf;
}}
"""
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")

pytestmark = pytest.mark.skipif(NGINX is None or OPENSSL is None, reason="nginx and openssl are needed")


def certificate(folder: Path) -> Path:
    """As the page tells it, for the name by which devices ask for it here."""
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=centre"
    names = [
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        f"{folder}/centre.key",
        "-out",
        f"{folder}/centre.crt",
    ]
    subprocess.run([str(OPENSSL), *words.split(), *names], check=True, capture_output=True)
    return folder / "centre.crt"


def proxy(folder: Path, upstream: int, *, scheme: str = "https") -> "tuple[subprocess.Popen[bytes], str]":
    """nginx with the file of the page, but for its ports and where its certificate is."""
    port = free_port()
    told = FILE.replace("127.0.0.1:8480", f"127.0.0.1:{upstream}").replace("/etc/nginx/tls", str(folder))
    told = told.replace("listen 443 ssl", f"listen 127.0.0.1:{port}{' ssl' if scheme == 'https' else ''}")
    assert told.count(f"127.0.0.1:{port}") == 1
    (folder / "site.conf").write_text(told)
    temporary = "\n    ".join(f"{name}_temp_path {folder}/{name};" for name in _TEMPORARY)
    (folder / "nginx.conf").write_text(OWN.format(folder=folder, temporary=temporary))
    command = [str(NGINX), "-p", str(folder), "-c", f"{folder}/nginx.conf", "-g", f"error_log {folder}/error.log;"]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL), f"{scheme}://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("centre")
    fill(f"sqlite:///{folder}/central.db", folder / "sheets")
    service = Service(folder)
    service.start()
    yield service
    service.stop()


@pytest.fixture(params=["https", "http"])
def address(
    request: pytest.FixtureRequest, tmp_path: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path)))
    wire._trust.cache_clear()
    process, address = proxy(tmp_path, service.port, scheme=request.param)
    try:
        until(lambda: trouble_at(address) == "", "the proxy passes on")
        yield address
    finally:
        process.terminate()
        process.wait(10)
        wire._trust.cache_clear()


def enrolled(service: Service, address: str) -> EnrolAnswer:
    return enrol(address, EnrolRequest(code=service.invite(), name="gun"), Sync())


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, context=ssl._create_unverified_context(), timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def renamed(client: Client, device: str) -> Reply:
    order = RenameDevice(id=new_id(), device=device, name="bay 7")
    return client.desk(DeskRequest(protocol=2, operator="boss", ask=order, pin=PIN))


def test_devices_pass_the_proxy_and_an_order_only_where_its_pin_is_safe(service: Service, address: str) -> None:
    with closing(service.store()) as store:
        people(store, supervisor("boss"))
    device = enrolled(service, address)
    client = Client(address, device.token, Sync())
    try:
        assert client.news(0, 0) > 0
        reply = renamed(client, device.device)
    finally:
        client.close()
    if address.startswith("https"):
        assert isinstance(reply, Done)
    else:
        assert reply == Refused(why=Why.NOT_SAFE)


@pytest.mark.parametrize("address", ["https"], indirect=True)
def test_nothing_else_is_to_be_had_from_outside(service: Service, address: str) -> None:
    for path in ("/metrics", "/ready", "/health", "/"):
        assert status_of(f"{address}{path}") == 404, path
    assert status_of(f"{service.url}/ready") == 200
    assert status_of(f"{address}/v1/news") == 401
    assert re.search(r"location / \{\n\s+return 404;", FILE)
