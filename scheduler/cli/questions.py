"""What is asked before something is recorded, on the screen: each with what the protocol says, and how to answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from scheduler.cli.reader import worded
from scheduler.cli.screen import say
from scheduler.findings import AND
from scheduler.languages import Language
from scheduler.said import Code, Quoted, Said, Value, listed, said, said_as, said_of

if TYPE_CHECKING:
    from scheduler.asking import Question
    from scheduler.asking.question import Words

_COLOURS = {"refused": typer.colors.RED, "asked": typer.colors.YELLOW, "said": typer.colors.CYAN}
_WORDS = {
    "refused": said_as("severity", "error"),
    "asked": said_as("strength", "asked"),
    "said": said_as("severity", "note"),
}


def say_questions(questions: Sequence[Question], language: Language = Language.ENGLISH) -> None:
    """Each question with what the protocol says, the right way, and the reason that was given."""
    several = len({each.index for each in questions}) > 1
    for each in questions:
        strength = each.strength.value
        word = worded(said("{word}:", word=_WORDS[strength]), language)
        what = _value(each.what)
        which = said("event {number}: {message}", number=each.index + 1, message=what) if several else what
        say(f"{typer.style(word, fg=_COLOURS[strength])} {worded(which, language)} [{each.code}]")
        for line in _below(each):
            say(f"  {worded(line, language)}")


def _below(question: Question) -> list[Value]:
    lines: list[Value] = []
    if question.protocol is not None:
        lines.append(said("the protocol says, {clause}", clause=Quoted(question.protocol, "en")))
    if question.hint is not None:
        lines.append(_value(question.hint))
    if question.reason is not None:
        lines.append(said("answered: {reason}", reason=Quoted(question.reason)))
    return lines


def _value(words: Words) -> Value:
    return said_of(words) if isinstance(words, str) else words


def say_how_to_answer(questions: Sequence[Question], language: Language = Language.ENGLISH) -> None:
    """That nothing is recorded, and what lets it stand."""
    say(worded(said("Nothing is recorded."), language))
    fields = list(dict.fromkeys(each.answer for each in questions if each.is_open and each.answer is not None))
    if fields and all(each.answer is not None for each in questions if each.is_open):
        say(worded(_how_to_answer(fields), language))


def _how_to_answer(fields: Sequence[str]) -> Said:
    return said(
        "Put it right; or, where it is as you wrote it, add why to the event: {fields}",
        fields=listed(*(Code(f'{field}: "..."') for field in fields), how=AND),
    )
