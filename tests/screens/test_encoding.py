"""When ASCII is written, and what stands there for a character that is none: as many cells as it had."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from scanner_app.languages.language import LANGUAGES, language
from scanner_app.workflows import library
from scanner_app.workflows.phrases.book import all_phrases
from screens.charset.encoding import ASCII, AUTO, UTF_8, encoding_for, forget_coercion
from screens.charset.plain import NAME, plain


@pytest.mark.parametrize(
    ("environ", "encoding"),
    [
        ({}, UTF_8),
        ({"LANG": ""}, UTF_8),
        ({"LANG": "C.UTF-8"}, UTF_8),
        ({"LANG": "de_DE.utf8"}, UTF_8),
        ({"LC_CTYPE": "UTF-8"}, UTF_8),
        ({"LANG": "de_DE.UTF-8@euro"}, UTF_8),
        ({"LANG": "nowhere"}, UTF_8),
        ({"LANG": "C"}, ASCII),
        ({"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, ASCII),
        ({"LC_CTYPE": "de_DE.ISO-8859-1", "LANG": "de_DE.UTF-8"}, ASCII),
        ({"LC_ALL": "", "LC_CTYPE": "", "LANG": "en_US.ISO8859-15"}, ASCII),
        ({"LANG": "de_DE"}, ASCII),
        ({"LANG": "de_DE@euro"}, ASCII),
        ({"LANG": "ja_JP.eucJP"}, ASCII),
    ],
    ids=str,
)
def test_the_locale_says_what_the_terminal_reads(environ: dict[str, str], encoding: str) -> None:
    assert encoding_for(AUTO, environ) == encoding
    for configured in (UTF_8, ASCII):
        assert encoding_for(configured, environ) == configured


@pytest.mark.parametrize(
    ("before", "given", "after"),
    [
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, b"LANG=C\0", {"LANG": "C"}),
        ({"LC_CTYPE": "C.UTF-8"}, b"LC_CTYPE=C.UTF-8\0", {"LC_CTYPE": "C.UTF-8"}),
        ({"LC_CTYPE": "de_DE.UTF-8"}, b"", {"LC_CTYPE": "de_DE.UTF-8"}),
    ],
    ids=["pythons own", "given", "another"],
)
def test_what_python_puts_in_by_itself_says_nothing(
    tmp_path: Path, before: dict[str, str], given: bytes, after: dict[str, str]
) -> None:
    (tmp_path / "environ").write_bytes(given)
    forget_coercion(before, tmp_path / "environ")
    assert before == after


def characters() -> Iterator[str]:
    codes = (*range(0x80, 0x3200), *range(0x3200, 0x20000, 29))
    return (chr(code) for code in codes if not 0xD800 <= code < 0xE000)


def test_every_character_keeps_its_cells() -> None:
    assert [character for character in characters() if len(plain(character)) != cell_len(character)] == []
    assert all(plain(character).isascii() for character in characters())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Größe, Stück: 2×", "Grose, Stuck: 2x"),
        ("où déjà ñandú «Œuvre»", 'ou deja nandu "Ouvre"'),
        ("─│ — … “quoted” it’s", '-| - . "quoted" it\'s'),
        ("箱 ＡＢ", "?? A B "),
        ("e\u0301 \ufffd ½ ﬁ Ж", "e ? ? ? ?"),
    ],
)
def test_what_stands_for_what(text: str, shown: str) -> None:
    assert text.encode(NAME).decode("ascii") == shown


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sentence_of_ours_loses_a_letter(code: str) -> None:
    """Of letters and signs that our languages use, each has a likeness."""
    library.load()
    spoken = language(code)
    for phrase in all_phrases():
        words = spoken.words(phrase)
        assert plain(words).count("?") == words.count("?") + words.count("¿"), words
