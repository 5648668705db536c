"""Every command has a key, a typed form and a printed code; nothing else is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.workflows.engine.commands import Command, barcodes, command_of

_TYPED = [".h", ".m", ".b", ".u", ".c", ".i", ".n", ".k", ".o", ".q", ".s", ".a"]
_FORMS = [(f"F{number}", typed) for number, typed in enumerate(_TYPED, 1)]
_FORMS.insert(7, ("PageUp", ".l"))


def entry(raw: str | bytes = b"", key: str = "") -> Entry:
    return Entry(raw.encode() if isinstance(raw, str) else raw, Source.KEYBOARD, Stamp(0, 0, "b"), key)


@pytest.mark.parametrize(("command", "forms"), zip(Command, _FORMS, strict=True))
def test_three_forms_of_each_command(command: Command, forms: tuple[str, str]) -> None:
    key, typed = forms
    code = barcodes()[command.value]
    for said in (
        entry(key=key),
        entry(typed),
        entry(typed.upper()),
        entry(code),
        entry(code.lower()),
        entry("]C0" + code),
    ):
        assert command_of(said) is command


@given(st.binary(max_size=12))
def test_nothing_else_is_a_command(raw: bytes) -> None:
    known = {typed.encode() for _, typed in _FORMS} | {code.encode() for code in barcodes().values()}
    plain = raw[3:] if raw[:1] == b"]" and len(raw) > 3 else raw
    if plain.lower() not in {word.lower() for word in known}:
        assert command_of(entry(raw)) is None
