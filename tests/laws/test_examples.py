"""What a law tries hangs on nothing but the law: not on what other tests imported before it."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws.examples import examples


def tried_by_a_law() -> list[tuple[int, str]]:
    tried: list[tuple[int, str]] = []

    @settings(max_examples=examples(500), derandomize=True)
    @given(st.integers(), st.text())
    def law(number: int, word: str) -> None:
        tried.append((number, word))

    law()
    return tried


def test_a_module_imported_meanwhile_changes_no_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tried_by_a_law()
    module = tmp_path / "holds_new_constants.py"
    module.write_text("".join(f"N{n} = {1_000_003 * n}\nW{n} = 'dose {n}'\n" for n in range(60)))
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module(module.stem)
    assert tried_by_a_law() == before
