"""Letters that every reader can show: what people wrote, without the characters that steer a terminal, a file or a line."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]",
)


def showable(text: str) -> str:
    """The text with control characters, lone surrogates and reversals of direction as a visible replacement mark.

    An escape character repaints a terminal, a NUL ends a file early, a right-to-left override makes "1.0 mg" look like another
    dose. The mark shows that something was there. Tab and line ends stay.
    """
    # Looking for any of them takes ten times as long, and a page has thousands of texts: none of them is printable.
    return text if text.isprintable() else _UNSHOWABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The same on a single line, for a cell or a sheet's name."""
    return " ".join(showable(text).split())


def width_of(text: str) -> int:
    """How many Latin letters are as wide: a Chinese one is as wide as two."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
