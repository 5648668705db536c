"""Frames of the docs: each with its page, its language and its lines; and the commands of ours that stand in them."""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")] + sorted((ROOT / "docs").rglob("*.md"))
UNITS = sorted((ROOT / "docs").rglob("*.service"))
_FRAME = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`((?:scanner|central) [^`]+)`")
_CALLED = re.compile(r'^(scanner\b.*)|/bin/(scanner\b[^"#]*)')
_HERE = re.compile(r"<<'END'\n.*?^END$", re.DOTALL | re.MULTILINE)


class Frame(NamedTuple):
    """``name`` is the page, seen from the root of the project, and its first line; two where that is ``[[table]]``."""

    page: str
    language: str
    text: str

    @property
    def name(self) -> str:
        lines = self.text.splitlines()
        first = " ".join(lines[: 2 if lines[0].startswith("[[") else 1])
        return f"{self.page}: {first.partition('#')[0].strip()}"


@cache
def frames() -> tuple[Frame, ...]:
    """Every frame in which something stands to be typed or to be written into a file."""
    found = [
        Frame(page.relative_to(ROOT).as_posix(), language, text)
        for page in PAGES
        for language, text in _FRAME.findall(page.read_text(encoding="utf-8"))
    ]
    return tuple(frame for frame in found if frame.language != "mermaid")


def frame(page: str, first: str) -> Frame:
    """The frame of a page whose first line begins so."""
    (found,) = [one for one in frames() if one.page == page and one.text.startswith(first)]
    return found


def words(line: str) -> list[str]:
    """A command as the program is given it: without its name, what is in brackets as if it were typed."""
    plain = re.sub(r"\[(-[^\]]*)\]", r"\1", line).replace("...", "").partition("\\|")[0].partition(" < ")[0]
    return shlex.split(re.sub(r"(\w+)(?:\|\w+)+", r"\1", plain), comments=True)[1:]


def commands(text: str) -> Iterator[list[str]]:
    """Each line of a frame that calls the program, as its words."""
    for line in _HERE.sub("", text).splitlines():
        if called := _CALLED.search(line):
            yield words(called[1] or called[2])


def inline() -> set[str]:
    """Every command of ours that stands in the running text of a page; drills name some that nobody kept."""
    texts = (_FRAME.sub("", page.read_text(encoding="utf-8")).partition("\n## Drills\n")[0] for page in PAGES)
    return {found for text in texts for found in _INLINE.findall(text)}
