"""Gettext catalogues: compiled from the ``.po`` that translators write into the ``.mo`` that the program reads.

``make`` does it, and the build of a wheel, which has nothing of the program but this file: so it imports nothing of it.
"""

from pathlib import Path

from polib import pofile

FOLDER = Path(__file__).parent


def sources() -> tuple[Path, ...]:
    """The catalogues as translators write them, one a language."""
    return tuple(sorted(FOLDER.glob("*.po")))


def compiled(source: Path) -> bytes:
    """A catalogue as gettext reads it, the same for the same source."""
    return bytes(pofile(source.read_text(encoding="utf-8")).to_binary())


def compile_catalogues(folder: Path = FOLDER) -> tuple[Path, ...]:
    """Write every compiled catalogue into ``folder``; one that is right already is left alone, so it may be read-only.

    Each is put in place at once: a program that runs reads the old one or the new one.
    """
    paths = tuple(folder / f"{source.stem}.mo" for source in sources())
    for source, path in zip(sources(), paths, strict=True):
        content = compiled(source)
        if not path.exists() or path.read_bytes() != content:
            part = path.with_suffix(".part")
            part.write_bytes(content)
            part.replace(path)
    return paths


if __name__ == "__main__":
    compile_catalogues()
