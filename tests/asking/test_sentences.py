"""Each sentence of what is promised of recording names a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| .+ \| (tests/\S+\.py)::(test_\w+) \|$")


def test_the_tests_that_the_sentences_name_are_there() -> None:
    lines = Path(__file__).with_name("sentences.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| sentence |")]
    named = [match.groups() for line in rows if (match := ROW.match(line))]
    assert len(named) == len(rows)
    assert len(named) > 60
    missing = [f"{path}::{name}" for path, name in named if f"\ndef {name}(" not in (ROOT / path).read_text("utf-8")]
    assert missing == []
