"""Text from somebody who means harm: a finding, never a crash, a hang or gigabytes of memory."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import yaml

from scheduler.errors import InvalidText
from scheduler.source import reading
from scheduler.source.reading import read_yaml

LAUGHS = "a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))

HOSTILE = {
    "nested lists": ("[" * 100_000, "yaml-depth", 1, 65),
    "nested mappings": ("{" * 100_000, "yaml-depth", 1, 65),
    "nested lists with text": ("[a, " * 100_000, "yaml-depth", 1, 257),
    "nested lists, and a fault": ("[" * 999 + "@", "yaml-depth", 1, 65),
    "nested lists as deep as may be, and a fault": ("[" * 64 + "@", "yaml-syntax", 1, 65),
    "closed lists, and a fault": ("[" + "[]," * 300 + "@", "yaml-syntax", 1, 902),
    "nested keys": ("{a: " * 100_000, "yaml-depth", 1, 257),
    "nested block lists": ("- " * 100_000, "yaml-depth", 1, 129),
    "nested complex keys": ("? " * 100_000, "yaml-depth", 1, 129),
    "nested block mappings": ("".join(f"{' ' * n}a:\n" for n in range(1_500)), "yaml-depth", 65, 65),
    "a billion laughs": (LAUGHS, "yaml-alias", 1, 5),
    "fifty megabytes": ("a" * 50_000_000, "too-large", 1, 1),
    "a million values": ("[" + "a," * 990_000 + "]", "too-large", 1, 400_000),
    "a million keys": ("".join(f"k{n}:\n" for n in range(210_000)), "too-large", 200_000, 9),
    "a million repeated keys": ("{" + "a," * 990_000 + "}", "duplicate-key", 1, 4),
    "only NUL": ("\0" * 2_000_000, "bad-character", 1, 1),
    "many tag directives": ("".join(f"%TAG !a{n}! x:\n" for n in range(80_000)) + "--- a", "yaml-directive", 1, 1),
    "many documents": ("--- a\n" * 300_000, "yaml-documents", 2, 1),
    "many quotes": ("'" * 1_999_999, "yaml-syntax", 1, 1),
    "only tabs": ("\t" * 2_000_000, "yaml-syntax", 1, 1),
    "only spaces": (" " * 2_000_000, "empty-file", 1, 1),
    "only line breaks": ("\n" * 2_000_000, "empty-file", 1, 1),
    "a key of a megabyte": ("k" * 1_000_000 + ": 1", "yaml-syntax", 1, 1_000_001),
}


@pytest.mark.parametrize(("text", "code", "line", "column"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_gets_a_finding(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(InvalidText) as caught:
        read_yaml(text, name="h.yaml")
    first = caught.value.findings[0]
    assert first.place is not None
    assert (first.code, first.place.line, first.place.column) == (code, line, column)


@pytest.mark.benchmark
@pytest.mark.parametrize("text", [case[0] for case in HOSTILE.values()], ids=HOSTILE)
def test_the_finding_comes_within_seconds(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(InvalidText):
        read_yaml(text, name="h.yaml")
    assert time.perf_counter() - start < 10


def test_libyaml_refuses_before_we_do_and_our_finding_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """As newer versions do, whichever is installed: the parser gives up at its own depth before its first event."""

    def gives_up(text: str, Loader: type) -> Iterator[yaml.Event]:
        if len(text) > 1_000:
            mark = yaml.Mark("h.yaml", 1_000, 0, 1_000, None, 0)
            raise yaml.scanner.ScannerError("while increasing flow level", mark, "exceeded maximum nesting depth", mark)
        yield from yaml_parse(text, Loader=Loader)

    yaml_parse = yaml.parse
    monkeypatch.setattr(yaml, "parse", gives_up)
    with pytest.raises(InvalidText) as caught:
        read_yaml("[" * 2_000, name="h.yaml")
    assert [f"{found.place} {found.code}" for found in caught.value.findings] == ["h.yaml:1:65 yaml-depth"]


def test_after_a_hundred_findings_the_rest_is_not_read() -> None:
    with pytest.raises(InvalidText) as caught:
        read_yaml("a: 1\n" * 1_000, name="h.yaml")
    codes = [finding.code for finding in caught.value.findings]
    assert codes == ["duplicate-key"] * 100 + ["too-many"]


def test_as_deep_as_is_allowed_can_be_read() -> None:
    assert read_yaml("[" * 64 + "]" * 64, name="h.yaml").place(*[0] * 63).column == 64


class TestWithoutLibyaml:
    """PyYAML built without libyaml reads with its Python parser: slower, and with other words for the same faults."""

    @pytest.fixture(autouse=True)
    def _python_parser(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "_LOADER", yaml.SafeLoader)

    def test_the_data_and_places_are_the_same(self) -> None:
        node = read_yaml("a: [1, 'x y', 2.50]\nb:\n", name="p.yaml")
        assert node.value == {"a": [1, "x y", "2.50"], "b": None}
        assert str(node.place_in(("a", 1), 2)) == "p.yaml:1:11"

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("[" * 100_000, "p.yaml:1:65 yaml-depth"),
            ("a: [1, 2\nb: 3\n", "p.yaml:1:4 yaml-syntax"),
            ('a: "\\ud800"\n', "p.yaml:1:4 bad-character"),
            ('a: "\\UFFFFFFFF"\n', "p.yaml:1:1 yaml-syntax"),
            ("a: @x\n", "p.yaml:1:4 yaml-syntax"),
            ("a:\n\tb: 1\n", "p.yaml:2:1 yaml-syntax"),
        ],
    )
    def test_a_fault_is_a_finding(self, text: str, fault: str) -> None:
        with pytest.raises(InvalidText) as caught:
            read_yaml(text, name="p.yaml")
        assert [f"{f.place} {f.code}" for f in caught.value.findings] == [fault]
