"""The examples for running the service: the tools they are for read them, and they agree with the program."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from scanner_app.config import Central
from sync.central.service.addresses import ADDRESSES
from sync.central.service.server import IDLE_S_MAX, SHUTDOWN_S_MAX
from sync.protocol import NEWS_WAIT_S_MAX

DEPLOY = Path(__file__).parent.parent / "docs/deploy"
UNITS = sorted(DEPLOY.glob("scanner-*"))
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def unit(path: Path) -> ConfigParser:
    parsed = ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string(path.read_text(encoding="utf-8"))
    return parsed


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_has_its_sections(path: Path) -> None:
    parsed = unit(path)
    assert parsed["Unit"]["Description"]
    assert parsed[path.suffix.removeprefix(".").capitalize()]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """With a program that is there: the one they name is installed on no machine that runs tests."""
    for path in UNITS:
        told = re.sub(r"ExecStart=.*", "ExecStart=/bin/true", path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_text(re.sub(r"(User|Group)=.*\n", "", told))
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / path.name) for path in UNITS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert not [line for line in done.stderr.splitlines() if "scanner-" in line], done.stderr


@pytest.mark.skipif(shutil.which("nginx") is None, reason="there is no nginx here")
def test_nginx_understands_the_proxy(tmp_path: Path) -> None:
    """Without the certificates, which are the company's."""
    server = re.sub(r"\n\s*ssl_[^\n]*", "", NGINX).replace("443 ssl", "127.0.0.1:8443")
    (tmp_path / "proxy.conf").write_text(server)
    whole = f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{ access_log off; include proxy.conf; }}\n"
    (tmp_path / "nginx.conf").write_text(whole)
    command = [str(shutil.which("nginx")), "-t", "-q", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_the_proxy_agrees_with_the_program() -> None:
    def seconds(name: str) -> int:
        found = re.search(rf"{name}\s+(\d+)s;", NGINX)
        assert found is not None, name
        return int(found[1])

    settings = Central()
    assert f"client_max_body_size {settings.body_mb_max}m;" in NGINX
    assert seconds("client_body_timeout") == settings.request_s_max
    assert seconds("proxy_read_timeout") > NEWS_WAIT_S_MAX
    assert seconds("keepalive_timeout") == IDLE_S_MAX
    assert f"server 127.0.0.1:{settings.port};" in NGINX
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in NGINX
    outside = {address.name for address in ADDRESSES if address.path.startswith("/v1/")}
    assert outside == {"exchange", "news", "enrol", "desk", "postings", "document"}


def test_systemd_waits_longer_than_a_stop_takes() -> None:
    assert int(unit(DEPLOY / "scanner-central.service")["Service"]["TimeoutStopSec"]) > SHUTDOWN_S_MAX


def test_every_example_is_told_of() -> None:
    page = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert all(f"]({path.name})" in page for path in DEPLOY.iterdir() if path.name != "README.md")
