"""What YAML's parser says about a wrong text, said so that somebody who does not know YAML can put it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import yaml

from scheduler.findings import Place
from scheduler.source.quoting import quoted


class Mark(Protocol):
    """A position as the YAML parser gives it, counted from 0."""

    @property
    def line(self) -> int:
        """The line."""
        ...

    @property
    def column(self) -> int:
        """The column."""
        ...


@dataclass(frozen=True, slots=True)
class _Saying:
    """A phrase in the parser's words, and ours for it. ``from_start`` points at where the broken thing begins."""

    phrase: str
    message: str
    hint: str
    from_start: bool = False


_CLOSE_LIST = "close it with ']'; text with brackets goes in quotes"
_CLOSE_KEYS = "close them with '}'; text with braces goes in quotes"
_NO_FIT = "this does not fit what stands before it"
_ALIGN = "indent the keys of one block alike, and close quotes only at the end"
_QUOTE = "put the text in quotes"
_BLOCK = "after '|' or '>' the text begins on the next line"

# libyaml and the Python parser word the same fault differently: a phrase is what both say, or there are two.
_SAYINGS = (
    _Saying("',' or ']'", "the list that begins here with '[' is not closed", _CLOSE_LIST, from_start=True),
    _Saying("',' or '}'", "the keys that begin here with '{' are not closed", _CLOSE_KEYS, from_start=True),
    _Saying(
        "end of stream", "the quote that begins here is not closed", "close it with the same quote", from_start=True
    ),
    _Saying(
        "mapping values",
        "a colon cannot stand here",
        "put text with a colon in quotes, and indent keys of one block alike",
    ),
    _Saying("could not find expected ':'", "this line has no colon", "write 'key: value'", from_start=True),
    _Saying("unknown escape", "this backslash means nothing", "use single quotes, or write the backslash twice"),
    _Saying("invalid Unicode", "this escape is not a character", "remove it"),
    _Saying("sequence entries", "a list cannot begin here", "begin it with '- ' on the next line, indented"),
    _Saying("alphabetic or numeric", "text cannot begin with '*' or '&'", _QUOTE, from_start=True),
    _Saying("directive", "a line cannot begin with '%'", _QUOTE, from_start=True),
    _Saying(
        "'-' indicator", "this line does not belong to the list above it", "begin it with '- ', or indent it alike"
    ),
    _Saying("comment or line break", _BLOCK, _QUOTE, from_start=True),
    _Saying("chomping or indentation", _BLOCK, _QUOTE, from_start=True),
    _Saying("node content", "a key or a value is expected here", _QUOTE),
    _Saying("expected key", _NO_FIT, _ALIGN),
    _Saying("<block end>", _NO_FIT, _ALIGN),
)
_ELSE = _Saying("", "this is not YAML", _ALIGN)


def in_plain_words(error: Exception, text: str, name: str) -> tuple[Place, str, str]:
    """Where the fault is, what is wrong, and what to do."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Place(name, 1, 1), _ELSE.message, _ELSE.hint
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    here = text[mark.index : mark.index + 1] if mark else ""
    if here == "\t" or "tab character" in problem:
        return _place(mark, name), "a tab stands where only spaces may stand", "indent with spaces"
    if "cannot start any token" in problem:
        return _place(mark, name), f"text cannot begin with {quoted(here)}", "put the text in quotes"
    saying = next((saying for saying in _SAYINGS if saying.phrase in problem), _ELSE)
    start = error.context_mark if saying.from_start and error.context_mark else mark
    return _place(start, name), saying.message, saying.hint


def _place(mark: Mark | None, name: str) -> Place:
    return Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
