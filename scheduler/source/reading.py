"""YAML text to plain data with places, in one pass, whatever the text holds.

Only the part of YAML that people read without surprise is taken: mappings, lists and scalars. ``NO``, ``1:30``, ``0123``,
``2.50`` and ``2026-03-02`` stay text; aliases, tags, merge keys, repeated keys and second documents are findings. Refusing
aliases is also what keeps a small text from growing into gigabytes. Nothing here trusts the text: it may come from anybody.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator
from typing import NoReturn

import yaml

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.source.node import Data, Node, Step
from scheduler.source.quoting import quoted
from scheduler.source.syntax import in_plain_words

MAX_SIZE = 2_000_000
"""Characters (and bytes) of the largest text that is read."""
MAX_VALUES = 200_000
"""How many values a text may have: a file of a few characters each would need gigabytes as a few long ones do not."""
MAX_DEPTH = 64
"""How many lists and mappings may stand inside each other. libyaml's own composer dies of a few ten thousand."""
MAX_FINDINGS = 100
"""After so many findings the rest of the text is not read."""

_LOADER: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_WORDS: dict[str, Data] = {"": None, "~": None, "null": None, "true": True, "false": False}
# Control characters, other line breaks than editors count, byte order marks inside, directions that show a text otherwise
# than it is read, surrogates and non-characters.
_BAD_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


# A file of many %TAG lines would take libyaml minutes.
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)


def decode(data: bytes, *, name: str) -> str:
    """The text of a file. Raises InvalidText, with the place of the first wrong byte, when it is not UTF-8 or too large."""
    _refuse_too_large(len(data), name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place_of(data[: error.start].decode("utf-8"), error.start, name)
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8 text"
        raise InvalidText([_error("not-utf-8", message, "save the file with the encoding UTF-8", place)]) from None


def read_yaml(text: str, *, name: str) -> Node:
    """The data of a YAML text, with the place of every value and key.

    ``name`` is the file's name in the findings. Raises InvalidText with all findings at once. After a fault of YAML's own
    syntax the rest of the text cannot be read, so what is wrong further down shows when that is put right.
    """
    _refuse_too_large(len(text), name)
    text = text.removeprefix("\ufeff")
    reader = _Reader(text, name)
    root = None
    with contextlib.suppress(_StopReading):
        root = reader.document()
    if reader.findings:
        raise InvalidText(reader.findings)
    if root is None:
        raise InvalidText([_error("empty-file", "there is nothing in this file", None, Place(name, 1, 1))])
    return root


class _StopReading(Exception):
    """What follows cannot be read, or is not worth reading."""


class _Reader:
    """Takes the events of one text and collects what is wrong with it."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        # A stand-in of the same width keeps all places right, so the rest of the text is checked too.
        self.clean = _BAD_CHARACTER.sub("\ufffd", text)
        self.name = name
        self.findings: list[Finding] = []
        self.events: Iterator[yaml.Event] = iter(())
        self.values = 0

    def document(self) -> Node | None:
        """The whole text. None when it has nothing in it."""
        for bad in itertools.islice(_BAD_CHARACTER.finditer(self.text), MAX_FINDINGS + 1):
            self.find_character(bad.group(), _place_of(self.text, bad.start(), self.name))
        if directive := _DIRECTIVE.search(self.text):
            place = _place_of(self.text, directive.start(), self.name)
            self.add(_error("yaml-directive", "a line cannot begin with '%'", "remove it, or indent it", place))
            raise _StopReading
        self.events = yaml.parse(self.clean, Loader=_LOADER)
        self.next()
        if isinstance(self.next(), yaml.StreamEndEvent):
            return None
        root = self.node(self.next(), 0)
        self.next()
        after = self.next()
        if isinstance(after, yaml.DocumentStartEvent):
            hint = "one file holds one document: remove the line '---' or '...'"
            self.find("yaml-documents", "a second document begins here", hint, after)
        return None if root.value is None else root

    def next(self) -> yaml.Event:
        try:
            return next(self.events)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            if (event := _too_deep(self.clean, error)) is not None:
                self.find_too_deep(event)
            # The Python parser, which stands in where there is no libyaml, lets ValueError out for "\UFFFFFFFF".
            place, message, hint = in_plain_words(error, self.text, self.name)
            self.findings.append(_error("yaml-syntax", message, hint, place))
            raise _StopReading from None

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.refuse_anchor_and_tag(event)
        self.values += 1
        if self.values > MAX_VALUES:
            self.find("too-large", f"there are more than {MAX_VALUES:,} values", "split it into several files", event)
            raise _StopReading
        line, column = _position(event)
        if isinstance(event, yaml.ScalarEvent):
            letters = self.letters(event, line, column)
            # Plain style is "" from libyaml and None from the Python parser.
            value = event.value if event.style else _plain_value(event.value)
            return Node(value, self.name, line, column, letters=letters)
        if isinstance(event, yaml.AliasEvent):
            return Node(None, self.name, line, column)
        if depth == MAX_DEPTH:
            self.find_too_deep(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items = self.items(depth + 1)
            return Node([item.value for item in items.values()], self.name, line, column, children=items)
        keys, values = self.pairs(depth + 1)
        data: dict[str, Data] = {str(key): child.value for key, child in values.items()}
        return Node(data, self.name, line, column, keys, values)

    def letters(self, event: yaml.ScalarEvent, line: int, column: int) -> int | None:
        """The column where the text begins, when it stands in the file letter by letter; else its escapes are checked."""
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        quotes = 2 if event.style else 0
        # An escape or a fold is longer in the file than what it stands for.
        if start.line == end.line and end.index - start.index == len(event.value) + quotes:
            return column + quotes // 2
        if bad := _BAD_CHARACTER.search(event.value):
            self.find_character(bad.group(), Place(self.name, line, column))
        return None

    def items(self, depth: int) -> dict[Step, Node]:
        items: dict[Step, Node] = {}
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            items[len(items)] = self.node(event, depth)
        return items

    def pairs(self, depth: int) -> tuple[dict[str, tuple[int, int]], dict[Step, Node]]:
        keys: dict[str, tuple[int, int]] = {}
        values: dict[Step, Node] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key = self.key(event, keys, depth)
            value = self.node(self.next(), depth)
            if key is not None:
                keys[key] = _position(event)
                values[key] = value
        return keys, values

    def key(self, event: yaml.Event, before: dict[str, tuple[int, int]], depth: int) -> str | None:
        """The key's text, or None when this key cannot be used; then there is a finding."""
        if not isinstance(event, yaml.ScalarEvent):
            self.node(event, depth)
            if not isinstance(event, yaml.AliasEvent):
                self.find("yaml-key", "a list or a mapping cannot be a key", "a key is text, before the colon", event)
            return None
        self.refuse_anchor_and_tag(event)
        self.letters(event, *_position(event))
        key: str = event.value
        if key == "" and not event.style:
            self.find("yaml-key", "there is no key before the colon", "write the key, or put the text in quotes", event)
        elif key == "<<" and not event.style:
            self.find("yaml-merge", "merging with '<<' is not allowed", "write the keys out in full", event)
        elif key in before:
            line = before[key][0]
            message = f"the key {quoted(key)} stands here again"
            self.find("duplicate-key", message, f"it is already in line {line}: keep one", event)
        else:
            return key
        return None

    def refuse_anchor_and_tag(self, event: yaml.Event) -> None:
        anchor: str = getattr(event, "anchor", None) or ""
        if isinstance(event, yaml.AliasEvent):
            hint = "write it out again; text that begins with '*' goes in quotes"
            self.find("yaml-alias", f"the alias *{quoted(anchor)[1:-1]} is not allowed", hint, event)
        elif anchor:
            hint = "remove it; text that begins with '&' goes in quotes"
            self.find("yaml-alias", f"the anchor &{quoted(anchor)[1:-1]} is not allowed", hint, event)
        tag = getattr(event, "tag", None)
        if tag is not None:
            hint = "remove it; text that begins with '!' goes in quotes"
            self.find("yaml-tag", f"the tag {quoted(tag)} is not allowed", hint, event)

    def find_too_deep(self, event: yaml.Event) -> NoReturn:
        self.find("yaml-depth", f"lists and keys are nested more than {MAX_DEPTH} deep", "write it flatter", event)
        raise _StopReading

    def find_character(self, character: str, place: Place) -> None:
        message = f"the character U+{ord(character):04X} is not allowed"
        self.add(_error("bad-character", message, "remove it; it cannot be seen in most editors", place))

    def find(self, code: str, message: str, hint: str, event: yaml.Event) -> None:
        self.add(_error(code, message, hint, Place(self.name, *_position(event))))

    def add(self, finding: Finding) -> None:
        if len(self.findings) == MAX_FINDINGS:
            message = f"there are more than {MAX_FINDINGS} faults; the rest of the text was not read"
            self.findings.append(
                _error("too-many", message, "put the first ones right, then look again", finding.place)
            )
            raise _StopReading
        self.findings.append(finding)


def _too_deep(text: str, error: Exception) -> yaml.Event | None:
    """The first list or keys inside too many others, if the parser refused the text before it told of them.

    It scans a line ahead of what it tells, and newer libyaml has a limit of its own there. What stands before that place is
    told of when it is read by itself.
    """
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return None
    depth = 0
    with contextlib.suppress(yaml.YAMLError, ValueError, OverflowError):
        for event in yaml.parse(text[: error.problem_mark.index], Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                return event
    return None


def _plain_value(text: str) -> Data:
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text


def _position(event: yaml.Event) -> tuple[int, int]:
    start = event.start_mark
    assert start is not None  # only events that a program makes itself have no marks
    return start.line + 1, start.column + 1


def _place_of(text: str, index: int, name: str) -> Place:
    before = text[:index]
    line = before.count("\n") + before.count("\r") - before.count("\r\n") + 1
    return Place(name, line, len(before) - max(before.rfind("\n"), before.rfind("\r")))


def _refuse_too_large(size: int, name: str) -> None:
    if size > MAX_SIZE:
        message = f"the text is larger than {MAX_SIZE // 1_000_000} MB"
        raise InvalidText([_error("too-large", message, "split it into several files", Place(name, 1, 1))])


def _error(code: str, message: str, hint: str | None, place: Place | None) -> Finding:
    return Finding(code, Severity.ERROR, message, hint, place)
