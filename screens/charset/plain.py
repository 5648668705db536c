"""Text in ASCII for terminals that know no UTF-8, as an encoding of the streams: one character for each cell.

So a row keeps its width, whatever stands in it. Letters lose their accents; lines, dashes and quotes become what is
nearest to them; what has no likeness becomes ``?``, once for each cell that it takes.

>>> "Größe 2½ — 箱".encode(NAME)
b'Grose 2? - ??'
"""

import codecs
import unicodedata

NAME = "scanner-ascii"
"""Not ``ascii``: a library that meets that takes it for a mistake and writes UTF-8."""
_LIKE = str.maketrans(
    {
        **dict.fromkeys("─━═╌╍┄┅┈┉‐‑‒–—―−", "-"),
        **dict.fromkeys("│┃║╎╏┆┇┊┋¦", "|"),
        **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬", "+"),
        **dict.fromkeys("‘’‚‛′´ˈʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("•·∙▪●", "*"),
        **dict.fromkeys("█▉▊▋▌▍▎▏▓▒░■", "#"),
        **dict.fromkeys("\u00a0\u2009\u202f", " "),
        **dict(zip("…×÷‹›←→↑↓¿¡", ".x/<><>^v?!", strict=True)),
        **dict(zip("ßẞæÆœŒøØđĐðÐłŁþÞħĦıĸŋŊŧŦ", "sSaAoOoOdDdDlLtThHiknNtT", strict=True)),
        **dict(zip("€£¥¢§©®°µ", "ELYcScrou", strict=True)),
    }
)


def plain(text: str) -> str:
    """The text in ASCII, in as many cells as it had."""
    return text if text.isascii() else "".join(map(_plain, text))


def _plain(character: str) -> str:
    like = character.translate(_LIKE)
    if like.isascii():
        return like
    from screens.cells import width_of  # of a library that only a screen has loaded, and few characters need

    letter, width = _letter(character), width_of(character)
    return letter.ljust(width, "?" if letter == "?" else " ") if width else ""


def _letter(character: str) -> str:
    """The letter or digit that a character is but for its marks and its width; ``ﬁ`` and ``½`` are more than one."""
    parts = unicodedata.normalize("NFKD", character)
    is_one = all(unicodedata.category(mark) == "Mn" for mark in parts[1:])
    return parts[0] if is_one and parts[0].isascii() and parts[0].isalnum() else "?"


def _encode(text: str, _errors: str = "strict") -> tuple[bytes, int]:
    return plain(text).encode("ascii", "replace"), len(text)


def _decode(data: object, errors: str = "strict") -> tuple[str, int]:
    return codecs.ascii_decode(data, errors)  # type: ignore[arg-type]


class _Encoder(codecs.IncrementalEncoder):
    def encode(self, text: str, final: bool = False) -> bytes:  # noqa: ARG002
        return _encode(text)[0]


def register() -> None:
    """Make the encoding known under its name; once is enough, and more often does no harm."""
    codecs.register(lambda name: _INFO if name == NAME.replace("-", "_") else None)


_INFO = codecs.CodecInfo(_encode, _decode, incrementalencoder=_Encoder, name=NAME)
register()
