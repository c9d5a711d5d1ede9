"""What holds for every text: what was written is what is read, and every place points at the text it says."""

from __future__ import annotations

from collections.abc import Callable

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.errors import InvalidText
from scheduler.findings import Finding
from scheduler.source.node import Data, Node
from scheduler.source.reading import decode, read_yaml
from tests.laws.examples import examples

# Everything but what the reader refuses on purpose: control characters, hidden line breaks and changes of direction.
CHARACTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters="\ufeff\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
) | st.sampled_from("\n\t'\":#-±{}[],&*!|>%@` 试0")
TEXT = st.text(CHARACTERS, max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(-(10**18) + 1, 10**18 - 1) | TEXT
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=20
)


class Quoting(yaml.SafeDumper):
    """Writes all text in quotes: what stays plain is a number, true, false or null, as in the language."""


def _quoted_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


Quoting.add_representer(str, _quoted_text)


def written(data: Data, *, flow: bool, width: int = 80) -> str:
    return str(yaml.dump(data, Dumper=Quoting, allow_unicode=True, default_flow_style=flow, width=width))


@given(DATA.filter(lambda data: data is not None), st.booleans(), st.integers(20, 200))
def test_what_was_written_is_what_is_read(data: Data, flow: bool, width: int) -> None:
    assert read_yaml(written(data, flow=flow, width=width), name="t").value == data


WORDS = st.text(st.sampled_from("abcxyz 试±é"), min_size=1, max_size=12).map(lambda word: f"w{word}w")
DOCUMENTS = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=20
)


@given(DOCUMENTS, st.booleans(), st.sampled_from(["'", '"', ""]))
def test_every_place_points_at_the_text_it_says(data: Data, flow: bool, quote: str) -> None:
    dumped: str = yaml.safe_dump(
        data, allow_unicode=True, default_flow_style=flow, width=10**6, default_style=quote or None
    )
    lines = dumped.split("\n")
    node = read_yaml(dumped, name="t")

    def text_at(line: int, column: int) -> str:
        return lines[line - 1][column - 1 :]

    def look_at(node: Node) -> None:
        for key, (line, column) in node.keys.items():
            assert text_at(line, column).lstrip("? ").lstrip(quote).startswith(key)
        for child in node.children.values():
            if isinstance(child.value, str):
                assert text_at(child.line, child.column).startswith(quote + child.value)
                middle = len(child.value) // 2
                place = child.place_in((), middle)
                assert text_at(place.line, place.column).startswith(child.value[middle:])
            look_at(child)

    look_at(node)


def faults(read: Callable[[], object]) -> list[Finding]:
    try:
        read()
    except InvalidText as invalid:
        return list(invalid.findings)
    return []


@settings(max_examples=examples(500), deadline=None)
@given(st.text(st.sampled_from("ab:-[]{},'\"#&*!|>?%@`\\ \n\t\r\0~<0x1\ufeff试\ud800"), max_size=40))
def test_any_text_is_data_or_findings_with_a_place_in_it(text: str) -> None:
    for finding in faults(lambda: read_yaml(text, name="t")):
        assert finding.place is not None
        assert 1 <= finding.place.line <= len(text.splitlines()) + 1
        assert finding.hint or finding.code == "empty-file"


@given(st.binary(max_size=30))
def test_any_bytes_are_text_or_a_finding(data: bytes) -> None:
    found = [finding.code for finding in faults(lambda: decode(data, name="t"))]
    assert found == ([] if data.decode("utf-8", "ignore").encode() == data else ["not-utf-8"])
