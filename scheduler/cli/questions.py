"""What is asked before something is recorded, on the screen: each with what the protocol says, and how to answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from scheduler.cli.screen import say

if TYPE_CHECKING:
    from scheduler.asking import Question

_COLOURS = {"error": typer.colors.RED, "asked": typer.colors.YELLOW, "note": typer.colors.CYAN}
_WORDS = {"refused": "error", "asked": "asked", "said": "note"}


def say_questions(questions: Sequence[Question]) -> None:
    """Each question with what the protocol says, the right way, and the reason that was given."""
    several = len({each.index for each in questions}) > 1
    for each in questions:
        word = _WORDS[each.strength.value]
        which = f"event {each.index + 1}: " if several else ""
        say(f"{typer.style(f'{word}:', fg=_COLOURS[word])} {which}{each.what} [{each.code}]")
        if each.protocol is not None:
            say(f"  the protocol says, {each.protocol}")
        if each.hint is not None:
            say(f"  {each.hint}")
        if each.reason is not None:
            say(f"  answered: {each.reason}")


def say_how_to_answer(questions: Sequence[Question]) -> None:
    """That nothing is recorded, and what lets it stand."""
    say("Nothing is recorded.")
    fields = list(dict.fromkeys(each.answer for each in questions if each.is_open and each.answer is not None))
    if fields and all(each.answer is not None for each in questions if each.is_open):
        added = " and ".join(f'{field}: "..."' for field in fields)
        say(f"Put it right; or, where it is as you wrote it, add why to the event: {added}")
