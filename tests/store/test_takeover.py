"""Who may take a cache over from whom, and that nobody is ended by mistake."""

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from scanner_app.errors import StoreBusyError, StoreError
from scanner_app.store import takeover
from scanner_app.store.file import CACHE_NAME, open_cache
from scanner_app.store.owner import LOCK_NAME, Owner, holder_of, note, open_lock, own, release
from scanner_app.store.process import birth_of, held
from scanner_app.store.takeover import CLAIM_NAME, Hindrance, Takeover, is_claimed
from tests.screens.terminals import PATIENCE_S, ROOT
from tests.store.holders import DEAF, holding

NOBODY = 65_534
QUICK = ((0.3, signal.SIGHUP), (0.3, signal.SIGTERM), (5.0, signal.SIGKILL))


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def newcomer(told: list[str]) -> Takeover:
    return Takeover(lambda: told.append("closing it there"))


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeover, "_WAYS", QUICK)


def refused(newcomer: Takeover, folder: Path) -> StoreBusyError:
    with pytest.raises(StoreBusyError) as refusal:
        newcomer.own(folder)
    return refusal.value


@pytest.mark.parametrize(
    ("deaf_to", "ended_by"),
    [((), signal.SIGHUP), ((signal.SIGHUP,), signal.SIGTERM), (DEAF, signal.SIGKILL)],
    ids=["asked", "told", "killed"],
)
@pytest.mark.usefixtures("hurry")
def test_a_screen_is_asked_then_told_then_killed(
    tmp_path: Path, newcomer: Takeover, told: list[str], deaf_to: tuple[int, ...], ended_by: int
) -> None:
    with holding(tmp_path, "run", deaf_to=deaf_to) as old:
        release(newcomer.own(tmp_path))
        assert old.wait(PATIENCE_S) == -ended_by
    assert newcomer.has_ended_one
    assert len(told) <= 1
    assert not is_claimed(tmp_path)


def test_one_that_stands_still_is_woken_to_end_in_good_order(tmp_path: Path, newcomer: Takeover) -> None:
    with holding(tmp_path, "line") as old:
        old.send_signal(signal.SIGSTOP)
        release(newcomer.own(tmp_path))
        assert old.wait(PATIENCE_S) == -signal.SIGHUP


@pytest.mark.parametrize("screen", [""], ids=["opening, mending, a pipe or another command"])
def test_other_work_is_left_alone(tmp_path: Path, newcomer: Takeover, screen: str) -> None:
    with holding(tmp_path, screen) as old:
        refusal = refused(newcomer, tmp_path)
        assert refusal.why == Hindrance.OTHER_WORK
        assert str(refusal) == f"The cache is in use by process {old.pid}."
        assert old.poll() is None


def test_a_program_before_this_one_is_left_alone(tmp_path: Path, newcomer: Takeover) -> None:
    with holding(tmp_path, "run") as old:
        (tmp_path / LOCK_NAME).write_text(str(old.pid))
        assert refused(newcomer, tmp_path).why == Hindrance.OTHER_WORK
        assert old.poll() is None


def test_a_number_that_was_given_again_is_nobodys_death(tmp_path: Path, newcomer: Takeover) -> None:
    """The lock is held from elsewhere, and its note names the number of a process that has nothing to do with it."""
    with holding(tmp_path, "run") as old, holding(tmp_path, "run", name="other") as innocent:
        wrong = Owner(innocent.pid, birth_of(old.pid), "run")
        (tmp_path / LOCK_NAME).write_bytes(msgspec.json.encode(wrong))
        assert refused(newcomer, tmp_path).why == Hindrance.OTHER_WORK
        assert innocent.poll() is None
        assert old.poll() is None


def test_of_two_at_once_one_wins_and_the_other_hears_it(tmp_path: Path, newcomer: Takeover) -> None:
    with holding(tmp_path, "run") as old, holding(tmp_path, "", name=CLAIM_NAME) as first:
        assert is_claimed(tmp_path)
        refusal = refused(newcomer, tmp_path)
        assert (refusal.why, str(first.pid) in str(refusal)) == (Hindrance.OTHER_SCREEN, True)
        assert old.poll() is None


def test_who_was_quicker_is_not_waited_for(tmp_path: Path) -> None:
    """The old screen ends, and before this one looks, another new one has its cache: which is left alone, at once."""
    with holding(tmp_path, "run", deaf_to=DEAF) as old, holding(tmp_path, "run", name="other") as quicker:
        note_of_it = msgspec.json.encode(Owner(quicker.pid, birth_of(quicker.pid), ""))

        def is_told() -> None:
            (tmp_path / LOCK_NAME).write_bytes(note_of_it)

        refusal = refused(Takeover(is_told), tmp_path)
        assert (refusal.why, str(quicker.pid) in str(refusal)) == (Hindrance.OTHER_SCREEN, True)
        assert (old.poll(), quicker.poll()) == (None, None)


def test_a_takeover_that_is_killed_in_the_middle_is_begun_anew_by_the_next(tmp_path: Path, newcomer: Takeover) -> None:
    code = "from pathlib import Path; from scanner_app.store.takeover import Takeover; "
    code += f"Takeover(lambda: print('asked', flush=True)).own(Path({str(tmp_path)!r}))"
    with holding(tmp_path, "run", deaf_to=(signal.SIGHUP,)) as old:
        killed = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert killed.stdout is not None
        with closing(killed.stdout):
            assert killed.stdout.readline() == "asked\n"
            assert is_claimed(tmp_path)
            killed.kill()
            killed.wait()
        assert not is_claimed(tmp_path)
        old.terminate()
        old.wait()
    release(newcomer.own(tmp_path))
    assert not newcomer.has_ended_one


def test_who_only_finds_it_free_has_ended_nobody(tmp_path: Path, newcomer: Takeover, told: list[str]) -> None:
    release(newcomer.own(tmp_path))
    assert (newcomer.has_ended_one, told) == (False, [])


def _try_as_nobody(folder: Path, answers: "multiprocessing.SimpleQueue[str]") -> None:
    os.seteuid(NOBODY)
    try:
        Takeover(lambda: None).own(folder)
    except StoreBusyError as error:
        answers.put(error.why)
    except StoreError as error:
        answers.put(str(error))


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user may enter and write in."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o777)
        yield Path(name)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")
@pytest.mark.parametrize(
    ("mode", "answer"),
    [(0o666, str(Hindrance.OTHER_USER)), (0o600, "belongs to user root. Sign in to this computer as root")],
    ids=["shared", "private"],
)
def test_another_user_is_refused_in_a_sentence(public: Path, mode: int, answer: str) -> None:
    with holding(public, "run") as old:
        for name in (LOCK_NAME, CLAIM_NAME):
            (public / name).touch()
            (public / name).chmod(mode)
        fork = multiprocessing.get_context("fork")
        answers: multiprocessing.SimpleQueue[str] = fork.SimpleQueue()
        child = fork.Process(target=_try_as_nobody, args=(public, answers))
        child.start()
        assert answer in answers.get()
        child.join(PATIENCE_S)
        assert old.poll() is None


def test_the_note_goes_with_the_lock(tmp_path: Path) -> None:
    file = open_cache(tmp_path)
    file.at_work("run")
    assert holder_of(tmp_path / LOCK_NAME) == Owner(os.getpid(), birth_of(os.getpid()), "run")
    file.close()
    assert holder_of(tmp_path / LOCK_NAME) is None
    assert (tmp_path / CACHE_NAME).exists()


def test_a_later_note_replaces_a_longer_one(tmp_path: Path) -> None:
    lock = own(tmp_path)
    note(lock, "a very long name of a screen")
    note(lock, "run")
    told = holder_of(tmp_path / LOCK_NAME)
    assert told is not None
    assert told.screen == "run"
    release(lock)


def test_a_process_is_told_apart_from_the_next_of_its_number(tmp_path: Path) -> None:
    with holding(tmp_path, "run") as old:
        birth = birth_of(old.pid)
        assert birth
        assert birth != birth_of(os.getpid()).rsplit(" ", 1)[0]
        with held(old.pid, birth_of(os.getpid()) + "0") as process:
            assert process is None
        with held(old.pid, birth) as process:
            assert process is not None
            process.tell(signal.SIGKILL)
            assert process.has_ended(PATIENCE_S)
            process.tell(signal.SIGKILL)
    assert birth_of(old.pid) == ""
    assert open_lock(tmp_path / LOCK_NAME) > 0


def test_a_lock_that_a_cleaner_has_removed_lets_no_second_program_in(tmp_path: Path) -> None:
    first = open_cache(tmp_path)
    (tmp_path / LOCK_NAME).unlink()
    with pytest.raises(StoreBusyError, match="in use by another process"):
        open_cache(tmp_path)
    first.close()
    open_cache(tmp_path).close()
