"""Who may do what, and what a PIN looks like."""

import pytest

from scanner_app.domain.people import RIGHTS, Operator, Right, Role, is_pin, may, may_annul


@pytest.mark.parametrize(
    ("text", "looks_like_one"),
    [("12345", False), ("123456", True), ("1234567", False), ("12345a", False), ("١٢٣٤٥٦", False), ("12345²", False)],
)
def test_a_pin_is_six_plain_digits(text: str, looks_like_one: bool) -> None:
    assert is_pin(text) is looks_like_one


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.WORKER, {Right.MOVE, Right.INQUIRE, Right.COUNT, Right.ADJUST}),
        (Role.COUNTER, {Right.INQUIRE, Right.COUNT}),
        (Role.SUPERVISOR, {Right.MOVE, Right.INQUIRE, Right.COUNT, Right.ADJUST, Right.HOLD, Right.DECIDE}),
    ],
)
def test_what_a_role_may_do(role: Role, rights: set[Right]) -> None:
    assert {right for right in Right if may((role,), right)} == rights


def test_every_role_has_its_rights_and_two_roles_have_both() -> None:
    assert RIGHTS.keys() == set(Role)
    both = Operator("1", "One", "B-1", "", (Role.WORKER, Role.COUNTER))
    assert {right for right in Right if both.may(right)} == {Right.MOVE, Right.INQUIRE, Right.COUNT, Right.ADJUST}
    assert not any(may((), right) for right in Right)


@pytest.mark.parametrize(
    ("author", "may_decide", "is_allowed"),
    [("7", False, True), ("7", True, True), ("8", False, False), ("8", True, True)],
)
def test_everybody_annuls_their_own_events_and_others_who_may_decide(
    author: str, may_decide: bool, is_allowed: bool
) -> None:
    assert may_annul("7", author, may_decide=may_decide) is is_allowed
