"""What a terminal shows, made from the bytes it is sent; and every byte that no face of ours should ever send."""

import codecs
import re
import unicodedata

from rich.cells import cell_len

_OURS = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H"
    r"|\x1b\[[\d;]*m|(?P<erase>\x1b\[K)"
    r"|\x1b\[\?2026(?P<update>[hl])"
    r"|\x1b\[<u|\x1b\[\?(?:7|25|1004|1049|2004)[hl]|\x1b\[\?20(?:26|48)\$p"
    r"|(?P<bell>\x07)|(?P<carriage>[\r\n])|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
)
_SEQUENCE_MAX = 24
_STEERING = frozenset("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


class Picture:
    """Feed it everything; ``strange`` collects what is not ours, each with what followed it."""

    def __init__(self, width: int, height: int) -> None:
        self._width = width
        self._cells = [[" "] * width for _ in range(height)]
        self._row = self._column = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._rest = ""
        self._is_updating = False
        self.bells = 0
        self.strange: list[str] = []

    @property
    def is_whole(self) -> bool:
        """No update is under way."""
        return not self._is_updating and not self._rest

    @property
    def rows(self) -> list[str]:
        return ["".join(row).rstrip() for row in self._cells]

    def row(self, number: int) -> str:
        return self.rows[number]

    def __str__(self) -> str:
        return "\n".join(self.rows)

    def feed(self, data: bytes) -> None:
        text = self._rest + self._decoder.decode(data)
        self._rest = ""
        position = 0
        while position < len(text):
            found = _OURS.match(text, position)
            if found:
                self._take(found)
                position = found.end()
            elif text[position] == "\x1b" and len(text) - position < _SEQUENCE_MAX:
                self._rest = text[position:]
                return
            else:
                self.strange.append(text[position : position + 20])
                position += 1

    def _take(self, found: re.Match[str]) -> None:
        if found["row"]:
            self._row, self._column = int(found["row"]) - 1, int(found["column"]) - 1
        elif found["erase"]:
            self._put(" " * (self._width - self._column))
        elif found["update"]:
            self._is_updating = found["update"] == "h"
        elif found["bell"]:
            self.bells += 1
        elif found["carriage"]:
            self._move(found["carriage"])
        elif found["text"]:
            self._write(found["text"])

    def _move(self, control: str) -> None:
        if control == "\r":
            self._column = 0
        else:
            self._row += 1

    def _write(self, text: str) -> None:
        if text.isascii():
            self._put(text)
            return
        for character in text:
            if character in _STEERING or unicodedata.category(character) in ("Zl", "Zp", "Cs"):
                self.strange.append(character)
            width = cell_len(character)
            if width:
                self._put(character + "\0" * (width - 1))

    def _put(self, text: str) -> None:
        """Write cells; the second one of a wide character holds nothing."""
        if self._row < len(self._cells):
            room = max(0, self._width - self._column)
            cells = ["" if cell == "\0" else cell for cell in text[:room]]
            self._cells[self._row][self._column : self._column + len(cells)] = cells
        self._column += len(text)
