"""Brings the catalogues in step with the phrase book: ``make languages``.

A new sentence comes without words, a changed one keeps its old words marked *fuzzy*, one that nobody says goes away.
"""

from importlib import import_module
from pkgutil import walk_packages

from polib import POEntry, POFile, pofile

from scanner_app import workflows
from scanner_app.languages.catalogue import FOLDER, compile_catalogues
from scanner_app.languages.language import LANGUAGES, SOURCE
from scanner_app.workflows.phrases.book import Phrase, all_phrases

_PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}
_PLURAL = "nplurals=2; plural=(n != 1);"
_WIDTH = 120


def book() -> tuple[Phrase, ...]:
    """Every sentence of the program, whichever process has it, by its key."""
    for module in walk_packages(workflows.__path__, f"{workflows.__name__}."):
        import_module(module.name)
    return tuple(sorted(all_phrases(), key=lambda phrase: phrase.key))


def catalogue(code: str) -> POFile:
    """The catalogue of a language as it is, or an empty one."""
    path = FOLDER / f"{code}.po"
    return pofile(path.read_text(encoding="utf-8"), wrapwidth=_WIDTH) if path.exists() else POFile(wrapwidth=_WIDTH)


def updated(old: POFile, code: str) -> POFile:
    """The phrase book with the words of an older catalogue."""
    known = {entry.msgctxt: entry for entry in old if not entry.obsolete}
    new = POFile(wrapwidth=_WIDTH)
    new.metadata = {
        "Language": code,
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": _PLURALS.get(code, _PLURAL),
    }
    new.extend(_entry(phrase, known.get(phrase.key)) for phrase in book())
    return new


def _entry(phrase: Phrase, old: POEntry | None) -> POEntry:
    entry = POEntry(msgctxt=phrase.key, msgid=phrase.text)
    if phrase.many:
        entry.msgid_plural = phrase.many
        entry.msgstr_plural = dict(enumerate(("", "")))
    if old is None:
        return entry
    if phrase.many:
        entry.msgstr_plural = old.msgstr_plural or dict(enumerate((old.msgstr, old.msgstr)))
    else:
        entry.msgstr = old.msgstr or old.msgstr_plural.get(0, "")
    has_words = bool(entry.msgstr or any(entry.msgstr_plural.values()))
    if has_words and ("fuzzy" in old.flags or (old.msgid, old.msgid_plural) != (phrase.text, phrase.many)):
        entry.flags.append("fuzzy")
    return entry


def main() -> None:
    """Write every catalogue anew, and compile it."""
    for code in LANGUAGES:
        if code != SOURCE:
            text = str(updated(catalogue(code), code))
            (FOLDER / f"{code}.po").write_text(text.rstrip("\n") + "\n", encoding="utf-8")
    compile_catalogues()


if __name__ == "__main__":
    main()
