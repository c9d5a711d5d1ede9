"""Whom a command speaks to: in which language, and how a message, a change or a list is said in it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import Languages, PatientLanguages
from scheduler.languages import Language
from scheduler.said import Value, in_english, said

if TYPE_CHECKING:
    from scheduler.calendar.comparing.change import Change
    from scheduler.protocol.plan.study import StudyVersion
    from scheduler.site.site import Site
    from scheduler.views.chart.naming import Names

ASKED = "scheduler: the language that was asked for"
"""Where the command's language is kept, for what is said when it fails."""


def _kept(context: typer.Context, asked: Languages | None) -> Languages | None:
    context.meta[ASKED] = asked
    return asked


LanguageOfWords = Annotated[
    Languages | None,
    typer.Option(
        "--language", callback=_kept, help="In which language; else as LANG says. JSON and files are in English."
    ),
]
NO_DAY = " " * len("YYYY-MM-DD")
"""Where a line has no day to begin with."""
_SET_BY = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a terminal's language is set; the first that says anything goes."""


def reader_of(asked: Languages | PatientLanguages | None) -> Language:
    """The language that was asked for, else the terminal's, where it has all words; else English."""
    if asked is not None:
        return Language(asked).of_staff
    said_there = next((value for name in _SET_BY if (value := os.environ.get(name))), "")
    code = re.split("[_.@]", said_there)[0].lower()
    return Language(code).of_staff if code in set(Language) else Language.ENGLISH


def names_for(versions: Iterable[StudyVersion], sites: Iterable[Site]) -> Callable[[], Names]:
    """What lists of a study call what has an id there, worked out when somebody reads it."""

    def names() -> Names:
        from scheduler.views.chart.naming import names_in_study

        return names_in_study(versions, sites)

    return names


def worded(message: Value, language: Language) -> str:
    """The message in that language."""
    if language is Language.ENGLISH:
        return in_english(message)
    from scheduler.words.saying import say

    return say(message, language)


def name_for(subject: str | None, language: Language) -> str:
    """A patient's number; one without is the only one."""
    return subject or worded(said("the patient"), language)


def change_line(change: Change, language: Language) -> str:
    """A change with the day that it bears on, without the end of the line."""
    return f"{change.on or NO_DAY}  {worded(change.sentence, language)}"
