"""Adding to the log in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from scheduler.errors import Conflict, UnknownSubject
from scheduler.patient.events import Event
from scheduler.source.node import Data
from scheduler.store.chain import Draft, draft_of, utc
from scheduler.store.sql.answers import answered, keep_answer, refuse_again
from scheduler.store.sql.records import SqlRecords
from scheduler.store.sql.study import known_source
from scheduler.store.sql.writing import ENGINE, Chain, refused
from scheduler.store.tables import records
from scheduler.store.values import Act, Addition, Answered, Enrolment, Kind, NewSubject, Once, Part, Record

LONGEST_SUBJECT = 64


class SqlAdding(SqlRecords):
    """The log, to be added to."""

    def append_unchecked(
        self, subject: str, additions: Sequence[Addition], *, seen: int, act: Act, once: Once | None = None
    ) -> tuple[Record, ...]:
        """Append events to a subject's log whatever they say."""
        return self.append_together_unchecked([Part(subject, tuple(additions), seen)], act=act, once=once)

    def append_together_unchecked(
        self, parts: Sequence[Part], *, act: Act, once: Once | None = None
    ) -> tuple[Record, ...]:
        """Append to the logs of several subjects in one act, whatever the events say."""
        with self._database.writing() as connection:
            refuse_again(connection, once, act.at)
            drafts: list[Draft] = []
            for part in parts:
                drafts += _following(connection, part, act)
            recorded = Chain(connection).add(drafts)
            keep_answer(connection, once, recorded, act.at)
            return recorded

    def enrol(
        self, enrolment: Enrolment, act: Act, additions: Sequence[Addition] = (), *, once: Once | None = None
    ) -> tuple[Record, ...]:
        """Take a patient into the study with the first events."""
        with self._database.writing() as connection:
            refuse_again(connection, once, act.at)
            chain = Chain(connection)
            enrolled = enrol(connection, chain, enrolment, act)
            recorded = (enrolled, *chain.add(_drafts(enrolment.subject, additions, 0, act)))
            keep_answer(connection, once, recorded, act.at)
            return recorded

    def import_unchecked(
        self,
        file: Mapping[str, Data],
        subjects: Sequence[NewSubject],
        parts: Sequence[Part],
        *,
        act: Act,
        once: Once | None = None,
    ) -> tuple[Record, ...]:
        """Record a file, the patients that it enrols and the events that it has, in one act."""
        with self._database.writing() as connection:
            refuse_again(connection, once, act.at)
            chain = Chain(connection)
            recorded = [chain.note(Kind.FILE_IMPORTED, file, act)]
            for new in subjects:
                recorded.append(enrol(connection, chain, new.enrolment, act))
                recorded += chain.add(_drafts(new.enrolment.subject, new.events, 0, act))
            for part in parts:
                recorded += chain.add(_following(connection, part, act))
            keep_answer(connection, once, recorded, act.at)
            return tuple(recorded)

    def note(
        self,
        kind: str,
        body: Mapping[str, Data],
        act: Act,
        *,
        subject: str | None = None,
        once: Once | None = None,
    ) -> Record:
        """Record an act that is no event of a patient."""
        with self._database.writing() as connection:
            refuse_again(connection, once, act.at)
            if subject is not None:
                _length(connection, subject)
            record = Chain(connection).note(kind, body, act, subject=subject)
            keep_answer(connection, once, [record], act.at)
            return record

    def answered(self, account: str, key: str, now: datetime) -> Answered | None:
        """What was answered to the request of that key."""
        with self._database.looking() as connection:
            return answered(connection, account, key, now)


def enrol(connection: Connection, chain: Chain, enrolment: Enrolment, act: Act) -> Record:
    """Take a patient in, inside a writer's transaction."""
    subject = enrolment.subject
    if not subject.strip() or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        message = "this cannot be a patient's number"
        raise refused("bad-subject", message, f"write up to {LONGEST_SUBJECT} letters, digits and signs")
    if _is_there(connection, subject):
        raise refused("duplicate-subject", f"there is a patient {subject} already", "choose another number")
    protocols, sites = known_source(connection)
    if enrolment.protocol not in protocols:
        raise refused("unknown-version", "this version of the protocol is not in the study", "add the protocol first")
    if enrolment.site is not None and enrolment.site not in sites:
        raise refused("unknown-site", f"there is no site {enrolment.site} in the study", "add the site first")
    body: dict[str, Data] = {"site": enrolment.site, "protocol": enrolment.protocol, "keys": enrolment.keys}
    return chain.note(Kind.SUBJECT_ENROLLED, body, act, subject=subject, protocol=enrolment.protocol)


def _is_there(connection: Connection, subject: str) -> bool:
    there = sa.select(records.c.number).where(records.c.subject == subject).limit(1)
    return connection.scalar(there) is not None


def _length(connection: Connection, subject: str) -> int:
    """The number of the last event."""
    length = connection.scalar(sa.select(sa.func.max(records.c.event)).where(records.c.subject == subject))
    if length is None and not _is_there(connection, subject):
        raise UnknownSubject(f"there is no patient {subject} in the study")
    return length or 0


def _following(connection: Connection, part: Part, act: Act) -> list[Draft]:
    """What a part appends to the log as it was seen. Raises Conflict where it is longer by now."""
    length = _length(connection, part.subject)
    if length != part.seen:
        raise Conflict(part.subject, part.seen, length)
    return _drafts(part.subject, part.additions, length, act)


def _drafts(subject: str, additions: Sequence[Addition], length: int, act: Act) -> list[Draft]:
    """What follows in a log of that length."""
    return [
        draft_of(_stamped(each.event, act), number, subject, act, ENGINE, each.protocol)
        for number, each in enumerate(additions, length + 1)
    ]


def _stamped(event: Event, act: Act) -> Event:
    """When it was recorded is when this program recorded it, whatever the event says."""
    return event.model_copy(update={"recorded": utc(act.at)})
