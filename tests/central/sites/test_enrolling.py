"""Enrolment at the centre: what a device is, what it is called, and which codes and tokens are good where."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from scanner_app.errors import CentralError
from sync.central.database.store import CentralStore
from sync.central.database.tables import codes, devices
from sync.central.sites.administration import invite, read_token, revoke_device
from sync.central.sites.devices import EPOCH_AHEAD_MS_MAX, hashed, reminded, renewed, senders_of
from sync.central.sites.enrolling import Enrolled, EnrolmentAsked, NotEnrolled, enrolled
from sync.central.sites.read_tokens import reader_of
from sync.credentials import credential, secret_of, site_of
from tests.central.warehouse import NOW_US, SITE

NOW_MS = NOW_US // 1_000


def enrol(store: CentralStore, code: str, name: str, **about: Any) -> Enrolled | NotEnrolled:
    return store.write(lambda connection: enrolled(connection, EnrolmentAsked(code=code, name=name, **about), NOW_US))


def good(store: CentralStore, name: str, **about: Any) -> Enrolled:
    made = enrol(store, invite(store, SITE, NOW_US), name, **about)
    assert isinstance(made, Enrolled)
    return made


def is_known(store: CentralStore, token: str) -> bool:
    return store.read(lambda connection: token in senders_of(connection, [token]))


def test_a_taken_name_throws_nobody_out_and_the_code_is_good_further_on(store: CentralStore) -> None:
    first, code = good(store, "localhost"), invite(store, SITE, NOW_US)
    assert enrol(store, code, "localhost") is NotEnrolled.NAME_TAKEN
    assert is_known(store, first.token)
    second = enrol(store, code, "localhost 2")
    assert isinstance(second, Enrolled)
    assert second.device != first.device
    assert enrol(store, code, "localhost 3") is NotEnrolled.WRONG_CODE


def test_an_invitation_of_a_device_is_for_that_one_whatever_it_is_called_now(store: CentralStore) -> None:
    first, other = good(store, "bay 1"), good(store, "bay 2")
    for called in ("bay 1", first.device):
        again = enrol(store, invite(store, SITE, NOW_US, again=called), "localhost")
        assert isinstance(again, Enrolled)
        assert (again.device, again.name) == (first.device, "bay 1")
    renamed = enrol(store, invite(store, SITE, NOW_US, again="bay 1"), "dock", is_named=True)
    taken = enrol(store, invite(store, SITE, NOW_US, again="dock"), "bay 2", is_named=True)
    assert [one.name for one in (renamed, taken) if isinstance(one, Enrolled)] == ["dock", "dock"]
    assert not is_known(store, first.token)
    assert is_known(store, other.token)
    with pytest.raises(CentralError, match="no device bay 9"):
        invite(store, SITE, NOW_US, again="bay 9")


def test_whoever_has_the_token_of_a_device_is_that_device(store: CentralStore) -> None:
    first = good(store, "bay 1")
    again = good(store, "bay 1", held=first.token)
    assert again.device == first.device
    assert enrol(store, invite(store, SITE, NOW_US), "bay 1", held=first.token) is NotEnrolled.NAME_TAKEN, "it is void"


def test_a_revoked_device_does_not_come_back_by_a_code_for_a_new_one(store: CentralStore) -> None:
    first = good(store, "bay 1")
    revoke_device(store, SITE, first.device)
    assert enrol(store, invite(store, SITE, NOW_US), "bay 1", held=first.token) is NotEnrolled.NAME_TAKEN
    assert good(store, "bay 2", held=first.token, known=first.device).device != first.device
    assert isinstance(enrol(store, invite(store, SITE, NOW_US, again="bay 1"), "bay 1"), Enrolled)


def test_a_name_of_a_device_is_no_proof_of_being_it(store: CentralStore) -> None:
    first = good(store, "bay 1")
    assert good(store, "bay 2", known=first.device).device != first.device


def test_codes_and_tokens_of_the_version_before_are_good_further_on(store: CentralStore) -> None:
    first = good(store, "bay 1")
    with store.writing() as connection:
        connection.execute(update(devices).values(token_hash=hashed("an-old-token")))
        code = {"code_hash": hashed("NRGV3JMVZFLD"), "expires_us": NOW_US + 1, "used_us": 0}
        connection.execute(insert(codes).values(site=SITE, **code))
    assert is_known(store, "an-old-token")
    assert enrol(store, "NRGV-3JMV-ZFLD", "bay 1") is NotEnrolled.NAME_TAKEN
    again = enrol(store, "nrgv-3jmv-zfld", "bay 1", held="an-old-token")
    assert isinstance(again, Enrolled)
    assert again.device == first.device


def test_a_credential_is_good_at_its_site_only(store: CentralStore) -> None:
    token = good(store, "bay 1").token
    reads = read_token(store, SITE, "erp", NOW_US)
    code = invite(store, SITE, NOW_US)
    assert {site_of(one) for one in (token, reads, code)} == {SITE}
    strange = {one: credential("W9", secret_of(one)) for one in (token, reads, code)}
    assert not is_known(store, strange[token])
    assert store.read(lambda connection: reader_of(connection, strange[reads])) is None
    assert enrol(store, strange[code], "bay 2") is NotEnrolled.WRONG_CODE


@given(site=st.text(min_size=1).filter(lambda text: "\0" not in text and text.isprintable()))
def test_every_site_can_be_named(site: str) -> None:
    made = credential(site, "secret")
    assert (site_of(made), secret_of(made), made.isascii()) == (site, "secret", True)


@given(text=st.text())
def test_whatever_is_said_to_be_a_credential_names_a_site_that_can_be_asked_for(text: str) -> None:
    site = site_of(text)
    assert site is None or "\0" not in site


Epoch = Callable[[CentralStore, Enrolled, int], int]


def _renewed(store: CentralStore, device: Enrolled, epoch: int) -> int:
    with store.writing() as connection:
        connection.execute(update(devices).values(epoch=epoch))
        sender = senders_of(connection, [device.token])[device.token]
        return renewed(connection, sender, NOW_US)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (1, NOW_MS),
        (NOW_MS - 1, NOW_MS),
        (NOW_MS, NOW_MS + 1),
        (NOW_MS + EPOCH_AHEAD_MS_MAX, NOW_MS + EPOCH_AHEAD_MS_MAX + 1),
        (NOW_MS + EPOCH_AHEAD_MS_MAX + 1, NOW_MS),
        (2**62 - 1, NOW_MS),
    ],
)
def test_an_epoch_is_given_and_never_runs_away(store: CentralStore, before: int, after: int) -> None:
    assert _renewed(store, good(store, "bay 1"), before) == after


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        (NOW_MS, NOW_MS),
        (NOW_MS + EPOCH_AHEAD_MS_MAX, NOW_MS + EPOCH_AHEAD_MS_MAX),
        (NOW_MS + EPOCH_AHEAD_MS_MAX + 1, 1),
        (2**62 - 1, 1),
    ],
)
def test_a_device_reminds_a_store_of_no_epoch_that_cannot_have_been_given(
    store: CentralStore, said: int, believed: int
) -> None:
    device = good(store, "bay 1")
    with store.writing() as connection:
        sender = senders_of(connection, [device.token])[device.token]
        assert reminded(connection, sender, said, NOW_US).epoch == believed
        assert connection.execute(select(devices.c.epoch)).scalar_one() == believed
