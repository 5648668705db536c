"""A PostgreSQL of our own: any that is here will do, what it holds outlives it, and it never outlives its starter."""

import os
import select
import shutil
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest

from scanner_app.errors import CentralError
from scanner_app.showcase import cluster as cluster_module
from scanner_app.showcase.cluster import QUICK, Cluster
from tests.central.databases import address


def _said(cluster: Cluster, statement: bytes) -> list[tuple[object, ...]]:
    with closing(psycopg.connect(address(cluster.url()), autocommit=True)) as connection:
        done = connection.execute(statement)
        return done.fetchall() if done.description else []


def test_what_was_committed_outlives_the_server() -> None:
    with Cluster(settings=QUICK) as cluster:
        _said(cluster, b"CREATE TABLE t AS SELECT 1 AS n")
        cluster.stop()
        cluster.start()
        _said(cluster, b"INSERT INTO t VALUES (2)")
        cluster.crash()
        cluster.start()
        assert _said(cluster, b"SELECT n FROM t ORDER BY n") == [(1,), (2,)]


@pytest.mark.parametrize("is_open", [True, False])
def test_the_wheel_will_do_where_nothing_is_installed(monkeypatch: pytest.MonkeyPatch, is_open: bool) -> None:
    """Also where the server's user may not enter the folder of the wheel, as below the home of root."""
    monkeypatch.setattr(cluster_module, "_may_enter", lambda _place: is_open)
    monkeypatch.setattr(cluster_module, "_of_debian", list)
    monkeypatch.setattr(cluster_module, "_on_path", list)
    with Cluster(settings=QUICK) as cluster:
        assert _said(cluster, b"SELECT 1") == [(1,)]


def test_a_server_that_cannot_start_says_why() -> None:
    with (
        pytest.raises(CentralError, match="nonsense"),
        Cluster(settings={"shared_buffers": "nonsense"}),
    ):
        pass


_START = """import sys
from scanner_app.showcase.cluster import QUICK, Cluster
with Cluster(settings=QUICK) as cluster:
    print(cluster.pid, cluster.folder, flush=True)
    sys.stdin.read()
"""


def test_the_server_ends_with_a_starter_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as starter:
        assert starter.stdout is not None
        pid, folder = starter.stdout.readline().decode().split()
        server = os.pidfd_open(int(pid))
        starter.kill()
    assert _ends(server)
    shutil.rmtree(folder)


def _ends(server: int) -> bool:
    """Wait until a process that is no child of ours has ended."""
    ended = select.select([server], [], [], 20)[0]
    os.close(server)
    return bool(ended)
