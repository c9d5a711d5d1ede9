"""Reading the log from the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from scheduler.patient.events import SiteTransferred
from scheduler.patient.log import Log, in_force
from scheduler.store.connecting import Database
from scheduler.store.rows import can_be_kept, log_of_rows, record_of
from scheduler.store.sql.writing import head_of
from scheduler.store.tables import records
from scheduler.store.values import OF_THE_STUDY, Head, Kind, Position, Record, Subject

PAGE = 5000
"""Records that are fetched at a time when all are read."""

_MANY = 500
"""Above so many subjects, one reading of all is quicker than naming each."""

_of = records.c
Enrolled: TypeAlias = "sa.Select[str, str]"
_TRANSFERS = (SiteTransferred.model_fields["event"].default, "corrected")


_LENGTH = sa.select(sa.func.max(_of.event)).where(_of.subject == sa.bindparam("subject"))
_LAST = sa.select(sa.func.max(_of.number)).where(_of.subject == sa.bindparam("subject"))
_NEWEST = [sa.select(sa.func.max(_of.number)).where(_of.kind == kind) for kind in OF_THE_STUDY]
_POSITION = sa.select(*(each.scalar_subquery() for each in (_LENGTH, _LAST, *_NEWEST)))
_OF_THE_STUDY = sa.select(*(each.scalar_subquery() for each in _NEWEST))


class SqlRecords:
    """The log, to be read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def head(self) -> Head:
        """The last record's number and hash."""
        with self._database.looking() as connection:
            return head_of(connection)

    def position(self, subject: str) -> Position | None:
        """How far that subject's log has come."""
        if not can_be_kept(subject):
            return None
        with self._database.looking() as connection:
            row = connection.execute(_POSITION, {"subject": subject}).one()
        return None if row[1] is None else Position(row[0] or 0, row[1], max(number or 0 for number in row[2:]))

    def of_the_study(self) -> int:
        """The number of the last record that can move every patient's dates."""
        with self._database.looking() as connection:
            return max(number or 0 for number in connection.execute(_OF_THE_STUDY).one())

    def subject(self, subject: str) -> Subject | None:
        """One subject."""
        if not can_be_kept(subject):
            return None
        with self._database.reading() as connection:
            # A subject's first record is always the enrolment.
            first = sa.select(_of.subject, _of.body).where(_of.subject == subject).order_by(_of.number).limit(1)
            return next(_subjects(connection, first, _of.subject == subject, sa.true()), None)

    def subjects(self) -> tuple[Subject, ...]:
        """All subjects."""
        with self._database.reading() as connection:
            enrolled = sa.select(_of.subject, _of.body).where(_of.kind == Kind.SUBJECT_ENROLLED)
            return tuple(_subjects(connection, enrolled, _of.subject.is_not(None), _of.kind.in_(_TRANSFERS)))

    def log(self, subject: str) -> Log:
        """The subject's events."""
        if not can_be_kept(subject):
            return Log()
        with self._database.looking() as connection:
            return _logs(connection, _of.subject == subject).get(subject, Log())

    def logs(self, subjects: Iterable[str] | None = None) -> Mapping[str, Log]:
        """The logs of many subjects."""
        wanted = None if subjects is None else frozenset(subjects)
        few = wanted is not None and len(wanted) <= _MANY
        which = _of.subject.in_(wanted) if wanted is not None and few else _of.subject.is_not(None)
        with self._database.looking() as connection:
            found = _logs(connection, which)
        return found if wanted is None else {subject: found.get(subject, Log()) for subject in sorted(wanted)}

    def records(self, *, after: int = 0, subject: str | None = None) -> Iterator[Record]:
        """The records after that number. They are read page by page: what others record meanwhile is seen too."""
        if subject is not None and not can_be_kept(subject):
            return
        which = sa.true() if subject is None else _of.subject == subject
        while True:
            page = sa.select(records).where(which, _of.number > after).order_by(_of.number).limit(PAGE)
            with self._database.looking() as connection:
                rows = connection.execute(page).mappings().all()
            yield from map(record_of, rows)
            if len(rows) < PAGE:
                return
            after = rows[-1]["number"]

    def recorded_by(self, account: str) -> frozenset[str]:
        """The subjects about whom that account recorded something."""
        theirs = sa.select(_of.subject).where(_of.who_id == account, _of.subject.is_not(None)).distinct()
        with self._database.looking() as connection:
            return frozenset(connection.execute(theirs).scalars())


def _subjects(
    connection: Connection, enrolled: Enrolled, which: sa.ColumnElement[bool], transfers: sa.ColumnElement[bool]
) -> Iterator[Subject]:
    """Subjects from their enrolments. ``transfers`` narrows down where a change of site may stand, by what is indexed."""
    ends = sa.select(_of.subject, sa.func.max(_of.event), sa.func.max(_of.number)).where(which).group_by(_of.subject)
    ended = {subject: (length or 0, last) for subject, length, last in connection.execute(ends)}
    now = _transferred(connection, sa.and_(which, transfers))
    for subject, body in sorted(tuple(row) for row in connection.execute(enrolled)):
        said: dict[str, Any] = json.loads(body)
        site = said["site"]
        yield Subject(subject, now.get(subject, site), site, said["protocol"], said["keys"], *ended[subject])


def _transferred(connection: Connection, which: sa.ColumnElement[bool]) -> dict[str, str]:
    """Where patients are by now who changed the site."""
    about = _of.body.contains(f'"{_TRANSFERS[0]}"', autoescape=True)
    moved = connection.scalars(sa.select(_of.subject).distinct().where(which, about, _of.event.is_not(None))).all()
    logs = _logs(connection, _of.subject.in_(moved)) if moved else {}
    places: dict[str, str] = {}
    for subject, log in logs.items():
        transfers = [fact.event for fact in in_force(log) if isinstance(fact.event, SiteTransferred)]
        if transfers:
            places[subject] = transfers[-1].site
    return places


def _logs(connection: Connection, which: sa.ColumnElement[bool]) -> dict[str, Log]:
    events = sa.select(_of.subject, _of.event, _of.body).where(which, _of.event.is_not(None)).order_by(_of.number)
    rows: dict[str, list[tuple[str, int, str]]] = {}
    for subject, event, body in connection.execute(events):
        rows.setdefault(subject, []).append((subject, event, body))
    return {subject: log_of_rows(rows[subject]) for subject in sorted(rows)}
