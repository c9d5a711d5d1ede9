"""What is asked before something is recorded, as JSON: the public form for other programs, keys and their order included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from scheduler.asking import Question

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None


def questions_in_keys(questions: Iterable[Question]) -> list[Json]:
    """Each question with what the protocol says and the right way; ``answer`` is the field of the event that takes the reason."""
    return [
        {
            "strength": each.strength.value,
            "code": each.code,
            "what": each.what,
            "protocol": each.protocol,
            "hint": each.hint,
            "path": each.path,
            "answer": each.answer,
            "reason": each.reason,
            "open": each.is_open,
            "events": list(each.events),
        }
        for each in questions
    ]
