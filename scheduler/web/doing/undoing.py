"""What somebody has just recorded, and taking it back: a strike with a reason, for some minutes, while nothing hangs on it.

What was signed is not taken back by a click, nor what something was recorded after: that is struck in the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from scheduler.patient.events import Event, Struck
from scheduler.said import Said, said
from scheduler.store.values import Record
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import Visit
from scheduler.web.patients import Shown
from scheduler.web.problems import Problem
from scheduler.web.recording.authority import may_stand, meaning_of, standing
from scheduler.web.showing.own_paths import local_path, with_query
from scheduler.web.showing.rendering import address
from scheduler.web.showing.subject_view import event_in_names

MINUTES = 10
"""How long what was recorded can be taken back by one click."""

REASONS: dict[str, Said] = {
    "mistake": said("recorded by mistake"),
    "patient": said("it was another patient"),
    "day": said("it was another day"),
}
"""Why it is taken back, to choose from."""


@dataclass(frozen=True, slots=True)
class JustRecorded:
    """What somebody recorded in one act: for each event the patient and the words; ``undo`` names it where it can be undone."""

    told: tuple[tuple[str, Said], ...]
    undo: str | None


def recorded_path(visit: Visit, subject: str, records: Sequence[Record]) -> str:
    """The page to go to after recording: the one that somebody came from, or the patient's, told what was recorded."""
    own, back = address("subjects", subject), local_path(visit.form.get("back"), "")
    if back.partition("?")[0] in ("", own):
        return with_query(back or own, saved=f"{records[-1].event}")
    return with_query(back, recorded=name_of(records))


def name_of(records: Sequence[Record]) -> str:
    """What an act is called in an address: the numbers of its first and last record."""
    return f"{records[0].number}-{records[-1].number}"


def just_recorded(visit: Visit, subject: str | None = None) -> JustRecorded | None:
    """What the address says was just recorded; None where it says nothing, or it was not recorded by this person just now.

    A patient's page is told the last event's number, every other page the act's name.
    """
    query = visit.request.query_params
    found: tuple[Record, ...] = ()
    if subject is not None and "saved" in query:
        found = _act_of(visit, subject, whole_number(query["saved"]))
    elif "recorded" in query:
        found = records_named(visit, query["recorded"])
    if not found:
        return None
    told = []
    for record in found:
        shown = visit.shown(record.subject or "")
        event = shown.log.record(record.event or 0)
        if event is not None:
            told.append((record.subject or "", event_in_names(shown, event.event)))
    return JustRecorded(tuple(told), name_of(found) if _strikes(visit, found) is not None else None)


def records_named(visit: Visit, name: str) -> tuple[Record, ...]:
    """The events of an act of this person in the last minutes, by its name; nothing where it is anything else."""
    first, last = (whole_number(each) for each in name.partition("-")[::2])
    head = visit.server.store.head().number
    if first is None or last is None or not 0 < first <= last <= head or last - first >= _MOST or head - first > _FAR:
        return ()
    read = visit.server.store.records(after=first - 1)
    return _own_act(visit, tuple(each for each in read if each.number <= last))


_MOST, _FAR = 400, 5000


def _act_of(visit: Visit, subject: str, number: int | None) -> tuple[Record, ...]:
    """The whole act that the event of that number was recorded in."""
    records = tuple(each for each in visit.server.store.records(subject=subject) if each.event is not None)
    last = next((each for each in records if each.event == number), None)
    if last is None:
        return ()
    return _own_act(visit, tuple(each for each in records if each.at == last.at and each.number <= last.number))


def _own_act(visit: Visit, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """The same where it is one act of this person, a few minutes ago, about patients whom the person may see."""
    since = visit.server.clock.now() - timedelta(minutes=MINUTES)
    known = {each.subject for each in visit.subjects()}
    if len({each.at for each in records}) != 1 or records[0].at < since:
        return ()
    own = all(each.who.id == visit.who.account.id and each.event is not None for each in records)
    return records if own and {each.subject for each in records} <= known else ()


def _strikes(visit: Visit, records: Sequence[Record]) -> dict[str, tuple[Shown, list[int]]] | None:
    """For each patient the numbers that are to be struck, the last first; None where one of them cannot be undone."""
    found: dict[str, tuple[Shown, list[int]]] = {}
    for record in reversed(records):
        subject, number = record.subject, record.event
        if subject is None or number is None or record.signed is not None:
            return None
        shown, numbers = found.setdefault(subject, (visit.shown(subject), []))
        # Nothing was recorded after it but what is undone with it.
        if number != shown.log.length - len(numbers) or standing(shown, number) is None:
            return None
        strike = Struck(event="struck", on=record.on or record.at.date(), number=number, reason="undone")
        if not may_stand(visit.who.account.role, shown, strike) or meaning_of(shown, strike) is not None:
            return None
        numbers.append(number)
    return found


def strikes_of(visit: Visit, name: str, reason: str) -> tuple[tuple[Shown, tuple[Event, ...]], ...]:
    """The strikes that undo that act, for each patient; the last event first. Raises Problem where it cannot be undone."""
    found = _strikes(visit, records_named(visit, name))
    if not found:
        raise Problem(409, "not-undone", said("It is not undone"), TOO_LATE)
    return tuple(
        (
            shown,
            tuple(
                Struck(event="struck", on=visit.server.clock.today(shown.site.zone), number=number, reason=reason)
                for number in numbers
            ),
        )
        for shown, numbers in found.values()
    )


TOO_LATE = said(
    "Only what you recorded yourself in the last minutes is undone here, while nothing was recorded after it and nothing of it "
    "was signed. Strike it in the patient's history, with the reason."
)
