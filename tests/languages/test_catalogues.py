"""Every sentence in every language: there, with the same blanks, in the field's words, and short enough for the gun."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from string import Formatter
from zipfile import ZipFile

import pytest
from polib import POEntry

from scanner_app.config import Config, Loaded
from scanner_app.doctor.check import Check, Finding
from scanner_app.doctor.examination import examine
from scanner_app.languages import language as language_module
from scanner_app.languages.catalogue import FOLDER, compile_catalogues, compiled, sources
from scanner_app.languages.language import ENGLISH, LANGUAGES, SOURCE, language
from scanner_app.languages.update import book, catalogue, updated
from scanner_app.workflows.phrases.book import Phrase
from screens.cells import wrapped
from tests.extent import extent

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "languages.md"
WIDTH, ROWS = 20, 2
INVARIANT = {"depuis", "más", "sans"}
TRANSLATED = [code for code in LANGUAGES if code != SOURCE]
LONGEST = {
    "name": "Worker 1001",
    "reader": "GUN-DOCK-12",
    "host": "DE",
    "gun": "US",
    "who": "1001",
    "by": "Worker 1001",
    "why": "name_reserved",
    "value": "-1,204.50",
    "up": "88.00",
    "down": "-1,292.50",
    "kind": "serial_twice",
    "time": "2026-11-24 13:40",
    "place": "A-01-02-03",
    "quantity": "1200 EA",
    "known": "1200 EA",
    "short": "1012308 EA",
    "goods": "24 EA 100001 A-01-02",
    "stock": "1200 EA 100001",
    "unit": "EA",
    "what": "A-01-02-03",
    "digits": "4711",
    "decimals": "3",
    "count": "12",
    "state": "rejected",
    "limit": "1,204.5",
    "reason": "epoch_unknown",
    "age": "59m",
    "wait": "30 min",
    "device": "truck 07",
    "text": "",
    "plate": "340123450000000017",
    "status": "QUARANTINE",
    "units": "EA, CS, PAL",
    "number": "100001",
    "open": "120",
    "late": "12",
    "left": "1204",
    "places": "9999",
    "counted": "9999",
    "code": "A-01-02-03",
    "wanted": "Scan place or item.",
    "serial": "S-100001",
    "done": "35",
    "right": "35",
    "this": "A-100001",
    "that": "A-100001",
    "item": "A-100001",
    "says": "2026-12-31",
    "booked": "2026-12-31",
    "sum": "1200 EA",
    "all": "1200 EA",
    "line": "1200",
    "other": "A-01-02-03",
    "at": "13:40",
    "part": "1,204",
    "whole": "12,345",
    "off": "-1,204.50",
    "book": "573,000.00",
}
"""How long what fills a blank may be on a bad day; what is longer still is cut by the face, with a mark."""
BLANK = re.compile(r"\{\w+\}")
ROOM = {"key": 12, "title": 9, "label": 9, "corner": 5, "chrome": 20}
"""Cells for what shares its row with something else."""


def entries(code: str) -> list[POEntry]:
    return [entry for entry in catalogue(code) if entry.msgid]


def texts(entry: POEntry) -> list[str]:
    return [*entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]


def blanks(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def too_long(key: str, text: str) -> bool:
    kind = key.partition(".")[0]
    filled = text.format_map(LONGEST)
    if key in ("chrome.unfinished", "chrome.legend"):
        return False
    if kind in ROOM:
        return len(filled) > ROOM[kind]
    if kind == "hint":
        return any(len(part) > WIDTH for part in filled.split("  "))
    rows = wrapped(filled, WIDTH, 99)
    return len(rows) > ROWS or any(len(word) > WIDTH for word in filled.split())


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_has_words(code: str) -> None:
    found = {entry.msgctxt: entry for entry in entries(code)}
    assert found.keys() ^ {phrase.key for phrase in book()} == set(), "run: make languages"
    assert [key for key, entry in found.items() if not all(texts(entry))] == []
    assert [key for key, entry in found.items() if "fuzzy" in entry.flags] == []
    assert str(updated(catalogue(code), code)) == str(catalogue(code)), "run: make languages"


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_same_is_filled_in(code: str) -> None:
    for entry in entries(code):
        for text in texts(entry):
            assert blanks(text) == blanks(entry.msgid), (entry.msgctxt, text)


@pytest.mark.parametrize("code", TRANSLATED)
def test_keys_and_typed_forms_are_named_alike(code: str) -> None:
    for entry in entries(code):
        named = re.findall(r"\bF\d+\b|(?<= )\.[a-z]\b", entry.msgid)
        for text in texts(entry):
            assert re.findall(r"\bF\d+\b|(?<= )\.[a-z]\b", text) == named, (entry.msgctxt, text)


def test_english_fits_the_gun() -> None:
    for phrase in book():
        for text in filter(None, (phrase.text, phrase.many)):
            assert not too_long(phrase.key, text), (phrase.key, text)


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_fits_the_gun(code: str) -> None:
    long = [(entry.msgctxt, text) for entry in entries(code) for text in texts(entry) if too_long(entry.msgctxt, text)]
    assert long == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_mistakes_can_be_told_apart(code: str) -> None:
    said: dict[str, str] = {}
    for phrase in book():
        if phrase.key.startswith("bad."):
            assert said.setdefault(language(code).words(phrase, LONGEST), phrase.key) == phrase.key


def test_a_number_rules_the_words() -> None:
    phrase = Phrase("x", "{count} scan", "{count} scans")
    assert [ENGLISH.words(phrase, {"count": count}) for count in ("0", "1", "2")] == ["0 scans", "1 scan", "2 scans"]


def test_french_says_none_in_the_singular() -> None:
    phrase = next(phrase for phrase in book() if phrase.key == "attention.set_aside")
    none, one, two = (language("fr").words(phrase, {"count": count}) for count in "012")
    assert none.replace("0", "1") == one
    assert two.replace("2", "1") != one


@pytest.mark.parametrize("code", ["es", "fr"])
def test_one_is_not_told_in_the_plural(code: str) -> None:
    """Where no number rules the words, none behind it has an ending of many; more than one is done in a lesson."""
    told = {one.msgctxt: one.msgstr for one in catalogue(code) if "{count}" in one.msgid and not one.msgid_plural}
    many = {key for key, text in told.items() if {*re.findall(r"\{count\} (\w+s)\b", text)} - INVARIANT}
    assert many <= {"train.right"}


def test_a_sentence_that_is_gone_reads_as_its_key() -> None:
    assert language("de").words(Phrase("bad.gone", "bad.gone")) == "bad.gone"


@pytest.mark.parametrize(
    ("asked", "spoken"), [("de", "de"), ("de-AT", "de"), ("FR_ca", "fr"), ("", "es"), ("xx", "es"), ("../de", "es")]
)
def test_a_language_nobody_translated_is_the_devices(asked: str, spoken: str) -> None:
    assert language(asked, "es").code == spoken


def glossary() -> dict[str, dict[str, list[str]]]:
    """The table of ``docs/languages.md``: language, English word, what it may begin with."""
    rows = [line.strip("|").split("|") for line in DOCS.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    found: dict[str, dict[str, list[str]]] = {code: {} for code in TRANSLATED}
    for row in rows[1:]:
        english, *others = (cell.strip() for cell in row)
        for code, words in zip(TRANSLATED, others, strict=True):
            found[code][english] = [word.strip() for word in words.split(",")]
    return found


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_thing_has_one_name(code: str) -> None:
    strange = [
        (entry.msgctxt, word, text)
        for entry in entries(code)
        for word, stems in glossary()[code].items()
        if re.search(rf"\b{word}s?\b", BLANK.sub("", entry.msgid.lower()))
        for text in texts(entry)
        if not any(re.search(rf"(?<!\w){re.escape(stem)}", text.lower()) for stem in stems)
    ]
    assert strange == []


def test_there_is_a_catalogue_for_each_language() -> None:
    assert [source.stem for source in sources()] == sorted(TRANSLATED)


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.stem)
def test_what_is_read_is_what_translators_wrote(source: Path) -> None:
    assert source.with_suffix(".mo").read_bytes() == compiled(source), "run: make languages"


def test_a_catalogue_that_is_right_already_is_left_alone(tmp_path: Path) -> None:
    (german, *others) = compile_catalogues(tmp_path)
    others[0].write_bytes(b"of yesterday")
    before = german.stat().st_mtime_ns
    compile_catalogues(tmp_path)
    assert german.stat().st_mtime_ns == before
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".mo"] * len(TRANSLATED)
    assert others[0].read_bytes() == compiled(FOLDER / f"{others[0].stem}.po")


def test_a_catalogue_that_was_not_built_keeps_nobody_from_working(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language_module, "_FOLDER", tmp_path)
    assert language_module._read("de").words(book()[0]) == ENGLISH.words(book()[0])


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_damaged_catalogue_keeps_nobody_from_working_and_the_doctor_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """Cut anywhere, or with any byte of its head changed: gettext trips over it in half a dozen ways."""
    whole = compiled(FOLDER / f"{code}.po")
    monkeypatch.setattr(language_module, "_FOLDER", tmp_path)
    cut = [whole[:size] for size in (0, 3, 10, 28, 60, 400, len(whole) // 2, len(whole) - 1)]
    bent = [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(0, 40, 3)]
    troubles = set()
    for content in (*cut, *bent):
        (tmp_path / f"{code}.mo").write_bytes(content)
        assert language_module._read(code).words(book()[0])
        troubles.add(language_module.catalogue_trouble(code))
    (tmp_path / f"{code}.mo").write_bytes(cut[2])
    (told,) = [check for check in examine(Loaded(Config(), None), {}) if check.name == "languages"]
    assert told.finding is Finding.NOTE
    assert f"{code} (damaged: " in told.sentence
    assert len(troubles - {""}) > 2


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_sentence_with_a_changed_byte_is_said_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """Each mark of a blank, and what stands before it, becomes something else: gettext reads it, a pattern may not."""
    whole = compiled(FOLDER / f"{code}.po")
    marks = [at + by for at, byte in enumerate(whole) if byte in b"{}" for by in (-1, 0)]
    phrases = [phrase for phrase in book() if "{" in phrase.text]
    said = [ENGLISH.words(phrase) for phrase in phrases]
    known = {words for phrase, words in zip(phrases, said, strict=True) if language(code).words(phrase) != words}
    monkeypatch.setattr(language_module, "_FOLDER", tmp_path)
    in_english = 0
    for number, at in enumerate(marks[:: extent(9, 1)]):
        spoilt = b"[!.:{}\x00"[number % 7 : number % 7 + 1]
        (tmp_path / f"{code}.mo").write_bytes(whole[:at] + spoilt + whole[at + 1 :])
        spoken = language_module._read(code)
        in_english += len(known & {spoken.words(phrase) for phrase in phrases})
    assert in_english > len(marks) / extent(9, 1) / 4


def test_the_doctor_says_which_languages_cannot_be_spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> Check:
        return next(check for check in examine(Loaded(Config(), None), {}) if check.name == "languages")

    assert told() == Check("languages", Finding.GOOD, "en, de, es, fr")
    monkeypatch.setattr(language_module, "_FOLDER", tmp_path)
    (tmp_path / "es.mo").write_bytes(compiled(FOLDER / "es.po"))
    assert told().finding is Finding.NOTE
    assert told().sentence.startswith("English is spoken instead of de (not compiled), fr (not compiled).")


def test_a_wheel_holds_the_catalogues_compiled_and_the_tree_is_left_as_it_is(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(ROOT / "scanner_app", tree / "scanner_app", ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", ".gitignore"):
        shutil.copy(ROOT / name, tree)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=tree, check=True, capture_output=True, timeout=100)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        for source in sources():
            assert archive.read(f"scanner_app/languages/{source.stem}.mo") == compiled(source)
    assert list(tree.rglob("*.mo")) == []
