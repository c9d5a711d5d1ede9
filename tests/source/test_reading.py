"""What a YAML text says, where it says it, and what is wrong with it."""

from __future__ import annotations

import pytest

from scheduler.errors import InvalidText
from scheduler.findings import Place
from scheduler.source.node import Node
from scheduler.source.reading import decode, read_yaml

PROTOCOL = """\
study: REGO-试验
treatments:
  regorafenib:
    when: {1: on first dose, then: '28 days ±3 after the previous cycle'}
  visits: [screening, "c1d8"]
note: |
  first line
  second line
"""


def faults(text: str) -> list[str]:
    """Every finding as an editor would list it."""
    with pytest.raises(InvalidText) as caught:
        read_yaml(text, name="p.yaml")
    return [f"{f.place} {f.code}: {f.message}" for f in caught.value.findings]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("True", "True"),
        ("1:30", "1:30"),
        ("0123", "0123"),
        ("+5", "+5"),
        ("-0", "-0"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("2026-03-02", "2026-03-02"),
        ("2.50", "2.50"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("1234567890123456789", "1234567890123456789"),
        ("1" * 10_000, "1" * 10_000),
        ("'42'", "42"),
        ('"true"', "true"),
        ("true", True),
        ("false", False),
        ("", None),
        ("~", None),
        ("null", None),
        ("0", 0),
        ("-2", -2),
        ("42", 42),
        ("123456789012345678", 123456789012345678),
    ],
)
def test_a_value_stays_as_it_was_written_unless_it_is_plainly_something_else(written: str, meant: object) -> None:
    value = read_yaml(f"key: {written}\n", name="p.yaml").at("key").value
    assert (value, type(value)) == (meant, type(meant))


def test_keys_are_always_text() -> None:
    assert read_yaml("{1: a, true: b, ~: c, 2026-01-01: d, NO: e}", name="p.yaml").value == {
        "1": "a",
        "true": "b",
        "~": "c",
        "2026-01-01": "d",
        "NO": "e",
    }


def test_a_byte_order_mark_at_the_beginning_is_skipped() -> None:
    node = read_yaml(decode(b"\xef\xbb\xbfstudy: X\n", name="p.yaml"), name="p.yaml")
    assert (node.value, node.key_place("study")) == ({"study": "X"}, Place("p.yaml", 1, 1))


class TestPlaces:
    @pytest.fixture
    def protocol(self) -> Node:
        return read_yaml(PROTOCOL, name="p.yaml")

    @pytest.mark.parametrize(
        ("path", "line", "column"),
        [
            (("study",), 1, 8),
            (("treatments",), 3, 3),
            (("treatments", "regorafenib", "when"), 4, 11),
            (("treatments", "regorafenib", "when", "1"), 4, 15),
            (("treatments", "regorafenib", "when", "then"), 4, 36),
            (("treatments", "visits", 1), 5, 23),
            ((), 1, 1),
        ],
    )
    def test_of_a_value(self, protocol: Node, path: tuple[str | int, ...], line: int, column: int) -> None:
        assert protocol.place(*path) == Place("p.yaml", line, column)

    @pytest.mark.parametrize(
        ("path", "line", "column"),
        [
            (("treatments",), 2, 1),
            (("treatments", "regorafenib", "when", "then"), 4, 30),
            (("treatments", "visits", 0), 5, 12),
            ((), 1, 1),
        ],
    )
    def test_of_a_key(self, protocol: Node, path: tuple[str | int, ...], line: int, column: int) -> None:
        assert protocol.key_place(*path) == Place("p.yaml", line, column)

    def test_of_what_is_not_written_is_the_last_key_on_the_way(self, protocol: Node) -> None:
        assert protocol.place("treatments", "regorafenib", "open", "clinic") == Place("p.yaml", 3, 3)
        assert protocol.key_place("treatments", "visits", 7) == Place("p.yaml", 5, 3)
        assert protocol.place("sources") == Place("p.yaml", 1, 1)

    def test_inside_a_sentence_is_the_character_itself(self, protocol: Node) -> None:
        plain = ("treatments", "regorafenib", "when", "1")
        assert protocol.place_in(plain, 3) == Place("p.yaml", 4, 18)
        quoted = ("treatments", "regorafenib", "when", "then")
        assert protocol.place_in(quoted, 8) == Place("p.yaml", 4, 45)
        assert PROTOCOL.splitlines()[3][44] == "±"

    def test_after_characters_of_any_script_counts_characters(self) -> None:
        node = read_yaml("{试验😀: 'é😀x', b: y}", name="p.yaml")
        assert node.place_in(("试验😀",), 2) == Place("p.yaml", 1, 10)
        assert node.key_place("b") == Place("p.yaml", 1, 14)

    def test_inside_text_over_several_lines_is_only_where_it_begins(self, protocol: Node) -> None:
        assert protocol.place_in(("note",), 11) == Place("p.yaml", 6, 7)

    def test_inside_text_with_an_escape_is_only_where_it_begins(self) -> None:
        node = read_yaml("a: \"x\\ty\"\nb: 'it''s'\n", name="p.yaml")
        assert node.place_in(("a",), 2) == Place("p.yaml", 1, 4)
        assert node.place_in(("b",), 3) == Place("p.yaml", 2, 4)


ONE_FAULT = {
    "": "p.yaml:1:1 empty-file: there is nothing in this file",
    "# nothing yet\n": "p.yaml:1:1 empty-file: there is nothing in this file",
    "---\n": "p.yaml:1:1 empty-file: there is nothing in this file",
    "a: 1\nb: 2\na: 3\n": "p.yaml:3:1 duplicate-key: the key 'a' stands here again",
    "a: [1, 2\nb: 3\n": "p.yaml:1:4 yaml-syntax: the list that begins here with '[' is not closed",
    "a: {b: 1\nc: 3\n": "p.yaml:1:4 yaml-syntax: the keys that begin here with '{' are not closed",
    "a: 'x\n": "p.yaml:1:4 yaml-syntax: the quote that begins here is not closed",
    "a:\n\tb: 1\n": "p.yaml:2:1 yaml-syntax: a tab stands where only spaces may stand",
    "a: b\n\tc: d\n": "p.yaml:2:1 yaml-syntax: a tab stands where only spaces may stand",
    "a: @x\n": "p.yaml:1:4 yaml-syntax: text cannot begin with '@'",
    "a: b: c\n": "p.yaml:1:5 yaml-syntax: a colon cannot stand here",
    "a: x\nb\nc: d\n": "p.yaml:2:1 yaml-syntax: this line has no colon",
    "a:\n  b: 1\n c: 2\n": "p.yaml:3:2 yaml-syntax: this does not fit what stands before it",
    "- a\nb: c\n": "p.yaml:2:1 yaml-syntax: this line does not belong to the list above it",
    'a: "x\\q"\n': "p.yaml:1:6 yaml-syntax: this backslash means nothing",
    'a: "\\ud800"\n': "p.yaml:1:7 yaml-syntax: this escape is not a character",
    "a: - b\n": "p.yaml:1:4 yaml-syntax: a list cannot begin here",
    "a: *\n": "p.yaml:1:4 yaml-syntax: text cannot begin with '*' or '&'",
    "a: |x\n": "p.yaml:1:4 yaml-syntax: after '|' or '>' the text begins on the next line",
    "a: ]\n": "p.yaml:1:4 yaml-syntax: a key or a value is expected here",
    "x: *a\n": "p.yaml:1:4 yaml-alias: the alias *a is not allowed",
    "x: &a 1\n": "p.yaml:1:4 yaml-alias: the anchor &a is not allowed",
    "*a : 1\n": "p.yaml:1:1 yaml-alias: the alias *a is not allowed",
    "a: {<<: {b: 1}}\n": "p.yaml:1:5 yaml-merge: merging with '<<' is not allowed",
    "a: !!python/object:os.system ls\n": (
        "p.yaml:1:4 yaml-tag: the tag 'tag:yaml.org,2002:python/object:os.system' is not allowed"
    ),
    "a: ! b\n": "p.yaml:1:4 yaml-tag: the tag '!' is not allowed",
    "a: 1\n---\nb: 2\n": "p.yaml:2:1 yaml-documents: a second document begins here",
    "%YAML 1.1\n---\na: 1\n": "p.yaml:1:1 yaml-directive: a line cannot begin with '%'",
    "? [a, b]\n: 1\n": "p.yaml:1:3 yaml-key: a list or a mapping cannot be a key",
    "?\n: 1\n": "p.yaml:1:2 yaml-key: there is no key before the colon",
    "试验: x\x07\n": "p.yaml:1:6 bad-character: the character U+0007 is not allowed",
    "a: 1\r\nb: \x00\r\n": "p.yaml:2:4 bad-character: the character U+0000 is not allowed",
    "a: 1\rb: \x00\r": "p.yaml:2:4 bad-character: the character U+0000 is not allowed",
    "a: \ud800\n": "p.yaml:1:4 bad-character: the character U+D800 is not allowed",
    "a: x\u202ey\n": "p.yaml:1:5 bad-character: the character U+202E is not allowed",
    "a: x\u2028y\n": "p.yaml:1:5 bad-character: the character U+2028 is not allowed",
    "a: \ufeffx\n": "p.yaml:1:4 bad-character: the character U+FEFF is not allowed",
    'a: "\\0"\n': "p.yaml:1:4 bad-character: the character U+0000 is not allowed",
    '{"\\e": 1}\n': "p.yaml:1:2 bad-character: the character U+001B is not allowed",
}


@pytest.mark.parametrize(("text", "fault"), ONE_FAULT.items(), ids=map(ascii, ONE_FAULT))
def test_a_fault_is_shown_at_its_place(text: str, fault: str) -> None:
    assert faults(text) == [fault]


def test_all_faults_are_shown_at_once_in_the_order_of_reading() -> None:
    text = "a: *x\nb: &y !t 1\na: 2\nc: \x01\nd: {<<: 1, ? : 2}\ne: [1\n"
    assert faults(text) == [
        "p.yaml:1:4 yaml-alias: the alias *x is not allowed",
        "p.yaml:2:4 yaml-alias: the anchor &y is not allowed",
        "p.yaml:2:4 yaml-tag: the tag '!t' is not allowed",
        "p.yaml:3:1 duplicate-key: the key 'a' stands here again",
        "p.yaml:4:4 bad-character: the character U+0001 is not allowed",
        "p.yaml:5:5 yaml-merge: merging with '<<' is not allowed",
        "p.yaml:5:14 yaml-key: there is no key before the colon",
        "p.yaml:6:4 yaml-syntax: the list that begins here with '[' is not closed",
    ]


def test_a_repeated_key_says_where_it_stood_first() -> None:
    with pytest.raises(InvalidText) as caught:
        read_yaml("arms:\n  control: 1\n  control: 2\n", name="p.yaml")
    assert [f.hint for f in caught.value.findings] == ["it is already in line 2: keep one"]


def test_a_long_key_is_shown_short_and_without_what_would_upset_a_terminal() -> None:
    key = "k\\t" + "x" * 70
    assert faults(f'{{"{key}": 1, "{key}": 2}}') == [
        "p.yaml:1:82 duplicate-key: the key 'k\\t" + "x" * 57 + "…' stands here again"
    ]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"study: caf\xe9\n", "p.yaml:1:11 not-utf-8: the byte 0xE9 is not UTF-8 text"),
        ("试验: 1\n名: ".encode() + b"\xff\n", "p.yaml:2:4 not-utf-8: the byte 0xFF is not UTF-8 text"),
        ("study: X\n".encode("utf-16"), "p.yaml:1:1 not-utf-8: the byte 0xFF is not UTF-8 text"),
        (b"a: \xed\xa0\x80\n", "p.yaml:1:4 not-utf-8: the byte 0xED is not UTF-8 text"),
        (b"a" * 2_000_001, "p.yaml:1:1 too-large: the text is larger than 2 MB"),
    ],
)
def test_bytes_that_are_no_text_are_shown_at_their_place(data: bytes, fault: str) -> None:
    with pytest.raises(InvalidText) as caught:
        decode(data, name="p.yaml")
    assert [f"{f.place} {f.code}: {f.message}" for f in caught.value.findings] == [fault]


def test_bytes_become_their_text() -> None:
    assert decode("study: 试验 ±3\n".encode(), name="p.yaml") == "study: 试验 ±3\n"
