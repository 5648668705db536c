"""The API document: served, written down, true to the code, and complete in its troubles."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from sync.central.exchange.troubles import RETRY_AFTER_S, TROUBLES
from sync.central.service.addresses import ADDRESSES
from sync.central.service.openapi import DEVICE_DOES, document
from sync.device.failure import Failure, failure_of
from tests.central.serving import Handheld

ROOT = Path(__file__).parents[3]
_SAYS = {Failure.REJECTED: "smaller batch", Failure.REFUSED: "keeps every event", Failure.RETRY: "again|alone"}


def test_the_document_in_the_docs_is_the_one_that_is_served(handheld: Handheld) -> None:
    assert handheld.http.get("/v1/openapi.json").content == document()
    written = (ROOT / "docs/api/openapi.json").read_bytes()
    assert written == document(), "run 'make docs'"


def test_every_address_is_in_the_document_with_all_it_may_answer() -> None:
    paths: dict[str, Any] = msgspec.json.decode(document())["paths"]
    for address in ADDRESSES:
        responses = paths[address.path][address.method.lower()]["responses"]
        told = "\n".join(answer["description"] for answer in responses.values())
        assert all(f"`{word}`: {TROUBLES[word].sentence}" in told for word in address.troubles)


def test_every_trouble_is_told_by_some_address_or_belongs_to_none() -> None:
    told = {word for address in ADDRESSES for word in address.troubles}
    assert set(TROUBLES) - told == {"not_found", "wrong_method", "broken"}


def test_every_status_that_an_address_answers_says_what_a_device_does() -> None:
    told = {TROUBLES[word].status for address in ADDRESSES for word in (*address.troubles, "broken")}
    assert told == set(DEVICE_DOES)
    assert set(RETRY_AFTER_S) == {status for status, said in DEVICE_DOES.items() if "Retry-After" in said}


@pytest.mark.parametrize("status", sorted(DEVICE_DOES))
def test_the_document_says_what_a_device_really_does(status: int) -> None:
    said = DEVICE_DOES[status]
    assert any(words in said for words in _SAYS[failure_of(status)].split("|")), said


def test_every_reference_of_the_document_leads_somewhere() -> None:
    whole = msgspec.json.decode(document())
    schemas = whole["components"]["schemas"]
    found = list(_references(whole))
    assert found
    assert all(reference.removeprefix("#/components/schemas/") in schemas for reference in found)


def _references(part: object) -> Any:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _references(one)
