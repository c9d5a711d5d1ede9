"""An empty file for each kind of event, with its columns and what each of them means."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.folder.rows.records import DATES, ENROLLED, EVENT, NOT_IN_A_FILE, SITE, SUBJECT
from scheduler.patient.events import FACTS, Event
from scheduler.patient.events.kind import FIELD, EventKind, asked, in_one_line, sort_of
from scheduler.said import ONE_OF, Code, Said, listed, said, said_as, text_of
from scheduler.views.table import Table

_ASIDE = tuple(name for name in Event.model_fields if name not in NOT_IN_A_FILE and name != "on")
_HOW = {
    "date": text_of(Code("YYYY-MM-DD")),
    "time": text_of(Code("HH:MM")),
    "whole": text_of(said("a whole number")),
    "number": text_of(said("a number")),
    "flag": text_of(said("yes or nothing")),
    "list": text_of(said("several with a semicolon between them")),
}
_NEEDED = text_of(said_as("a column", "needed"))


def template_of(word: str) -> tuple[Table, Table] | None:
    """The list to fill in and the meaning of its columns, for the kind of event of that word or for ``enrolled``.

    None where there is no such kind.
    """
    columns = tuple(_of_enrolment() if word == ENROLLED else _of_kind(FACTS[word]) if word in FACTS else ())
    if not columns:
        return None
    names = tuple(name for name, *_ in columns)
    return Table(word, names, ()), Table("columns", ("column", "needed", "how", "meaning"), columns)


Column = tuple[str, str, str, str]


def _of_enrolment() -> Iterator[Column]:
    number = said("The patient's number in the study, such as EXP-007; never a name or initials.")
    yield SUBJECT, _NEEDED, "", text_of(number)
    yield SITE, _NEEDED, "", text_of(said("The site at which the patient comes in, by its name in the study."))
    for name in DATES:
        yield name, "", _HOW["date"], text_of(_of_event(FACTS[name]))
        if name == "randomised":
            yield "arm", text_of(said("with 'randomised'")), "", _meaning(FACTS[name], "arm")
    yield "confirmed", text_of(said("where it is asked")), "", _meaning(FACTS["consented"], "confirmed")
    yield "note", "", "", _meaning(FACTS["consented"], "note")


def _of_kind(kind: EventKind) -> Iterator[Column]:
    yield SUBJECT, _NEEDED, "", text_of(said("The patient's number in the study."))
    meaning = said("{word} in every row. {meaning}", word=Code(kind.word), meaning=_of_event(kind))
    yield EVENT, _NEEDED, kind.word, text_of(meaning)
    own = [name for name in kind.fields if name not in _ASIDE and name not in NOT_IN_A_FILE and name != "on"]
    for name in ("on", *own, *_ASIDE):
        info = kind.fields[name]
        choices = tuple(Code(word) for word in sorted(kind.choices.get(name, ())))
        how = text_of(listed(*choices, how=ONE_OF)) if choices else _HOW.get(sort_of(info), _hint(kind, name))
        yield name, _NEEDED if info.is_required() else "", how, _meaning(kind, name)


def _of_event(kind: EventKind) -> Said:
    return Said(kind.meaning, (), None, "event meaning")


def _hint(kind: EventKind, name: str) -> str:
    hint = asked(kind.fields[name]).hint
    return text_of(Said(hint, (), None, "hint")) if hint else ""


def _meaning(kind: EventKind, name: str) -> str:
    return text_of(Said(in_one_line(kind.meaning_of(name)), (), None, FIELD))
