"""The schemas for editors are current, and never underline what the readers accept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scheduler.errors import InvalidText
from scheduler.protocol.parse import parse_protocol
from scheduler.source.reading import read_yaml
from tests.protocol.schema_reading import complaints
from tests.schemas import EXAMPLES, as_text, schemas

ROOT = Path(__file__).parents[2]
SCHEMAS = schemas()
PROTOCOLS = [*EXAMPLES.rglob("protocol*.yaml"), *(ROOT / "tests" / "faulty" / "protocols").glob("*.yaml")]
CASES = [*(ROOT / "tests" / "scenarios").rglob("*.yaml"), *EXAMPLES.glob("*/patients/*.yaml")]
SITES = [*EXAMPLES.rglob("site*.yaml")]


def data(path: Path) -> Any:
    return read_yaml(path.read_text("utf-8"), name=path.name).value


def underlined(path: Path, schema: str) -> list[str]:
    return list(complaints(data(path), SCHEMAS[schema], SCHEMAS[schema]))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_current(name: str) -> None:
    written = (EXAMPLES / name).read_text("utf-8")
    assert written == as_text(SCHEMAS[name]), "run: python -m tests.schemas"


def reads(path: Path) -> bool:
    try:
        parse_protocol(path.read_text("utf-8"), name=path.name)
    except InvalidText:
        return False
    return True


@pytest.mark.parametrize("path", PROTOCOLS, ids=lambda path: path.stem)
def test_protocol_that_can_be_read_is_not_underlined(path: Path) -> None:
    assert not reads(path) or underlined(path, "protocol.schema.json") == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_is_not_underlined(path: Path) -> None:
    assert underlined(path, "case.schema.json") == []


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_site_is_not_underlined(path: Path) -> None:
    assert underlined(path, "site.schema.json") == []


def test_a_key_that_nobody_knows_is_underlined() -> None:
    text = data(ROOT / "tests" / "faulty" / "protocols" / "key-misspelt.yaml")
    assert list(complaints(text, SCHEMAS["protocol.schema.json"], SCHEMAS["protocol.schema.json"])) == [
        ".treatments.drug.if_closed is not known"
    ]


def test_every_key_says_what_it_is_for() -> None:
    definitions = {"": SCHEMAS["protocol.schema.json"], **SCHEMAS["protocol.schema.json"]["$defs"]}
    silent = [
        f"{name}.{key}"
        for name, schema in definitions.items()
        for key, each in schema.get("properties", {}).items()
        if "description" not in each and "$ref" not in each
    ]
    assert silent == []


@pytest.mark.parametrize("path", [*EXAMPLES.rglob("protocol*.yaml")], ids=lambda path: path.parent.name)
def test_first_line_of_a_protocol_names_its_schema(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.partition("=")[2]).resolve() == EXAMPLES / "protocol.schema.json"
