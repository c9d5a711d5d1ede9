"""The table of all questions that people read is the one that the program has."""

from __future__ import annotations

from pathlib import Path

import scheduler.asking
from scheduler.asking.rules import RULES
from scheduler.patient.events import Event
from scheduler.patient.events.observations import OfMedicine

TABLE = Path(scheduler.asking.__file__).with_name("README.md")


def test_the_table_is_that_of_the_program() -> None:
    rows = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{rule.code}` | {rule.strength.value} | {rule.about} | {', '.join(map(of, rule.kinds))} |" for rule in RULES
    ]


def of(kind: type[Event]) -> str:
    if kind is OfMedicine:
        return "medicine started, changed, stopped"
    return "any event" if kind is Event else str(kind.model_fields["event"].default)
