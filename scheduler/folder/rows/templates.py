"""An empty file for each kind of event, with its columns and what each of them means."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.folder.rows.records import DATES, ENROLLED, EVENT, NOT_IN_A_FILE, SITE, SUBJECT
from scheduler.patient.events import FACTS, Event
from scheduler.patient.events.kind import EventKind, asked, sort_of
from scheduler.views.table import Table

_ASIDE = tuple(name for name in Event.model_fields if name not in NOT_IN_A_FILE and name != "on")
_HOW = {
    "date": "YYYY-MM-DD",
    "time": "HH:MM",
    "whole": "a whole number",
    "number": "a number",
    "flag": "yes or nothing",
    "list": "several with a semicolon between them",
}


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
    yield SUBJECT, "needed", "", "The patient's number in the study, such as EXP-007; never a name or initials."
    yield SITE, "needed", "", "The site at which the patient comes in, by its name in the study."
    for name in DATES:
        yield name, "", _HOW["date"], FACTS[name].meaning
        if name == "randomised":
            yield "arm", "with 'randomised'", "", _meaning(FACTS[name], "arm")
    yield "confirmed", "where it is asked", "", _meaning(FACTS["consented"], "confirmed")
    yield "note", "", "", _meaning(FACTS["consented"], "note")


def _of_kind(kind: EventKind) -> Iterator[Column]:
    yield SUBJECT, "needed", "", "The patient's number in the study."
    yield EVENT, "needed", kind.word, f"{kind.word} in every row. {kind.meaning}"
    own = [name for name in kind.fields if name not in _ASIDE and name not in NOT_IN_A_FILE and name != "on"]
    for name in ("on", *own, *_ASIDE):
        info = kind.fields[name]
        how = " or ".join(sorted(kind.choices.get(name, ()))) or _HOW.get(sort_of(info), "") or asked(info).hint
        yield name, "needed" if info.is_required() else "", how, _meaning(kind, name)


def _meaning(kind: EventKind, name: str) -> str:
    return " ".join(kind.meaning_of(name).split()).replace("``", "")
