"""Rules by which something was looked at for a date and is no reason of it, so that no person has to look at each anew.

A reason is what could have made the entry another one (`Because`). So an event is none when the entry stays as it is without it,
and without what makes no sense any more then, such as the end of that hold. Randomisation cannot be taken out: it is none when
the entry stays as it is on a randomisation of the day before. Of the doses of a treatment only the last counts.
"""

from __future__ import annotations

from datetime import timedelta

from scheduler.calendar.entries.entry import Calendar, Entry, Kind, Status
from scheduler.findings import Severity
from scheduler.folder.reading.case import Case
from scheduler.patient.appending import review
from scheduler.patient.events import Randomised
from scheduler.patient.log import Log, Record
from tests.laws.told import cited_entries, facts_of


def contradicting(case: Case, log: Log) -> set[int]:
    """The events of which nothing can be made in this log, by their numbers."""
    return {number for each in review(case.version, log) if each.severity is Severity.ERROR for number in each.events}


class Otherwise:
    """The calendars of a patient with one event taken out or moved, each made once."""

    def __init__(self, case: Case, calendar: Calendar) -> None:
        self.case, self.calendar = case, calendar
        self.made: dict[int, Calendar | None] = {}

    def is_no_reason(self, entry: Entry, what: int | str) -> bool:
        """True of what is looked at for an entry and changes nothing by itself."""
        if isinstance(what, str):
            return entry.status is Status.CANCELLED or self._has_a_later_one(entry, what)
        other = self._without(what)
        same = other.by_id.get(entry.id) if other is not None else None
        return same is not None and facts_of(same) == facts_of(entry)

    def _without(self, number: int) -> Calendar | None:
        """The calendar without that event and what contradicts itself then; None where that is the whole log."""
        if number not in self.made:
            log = self._otherwise(number)
            while log.records and (wrong := contradicting(self.case, log)):
                log = log.without(max(wrong))
            self.made[number] = self.case.calendar_with(log) if log.records else None
        return self.made[number]

    def _otherwise(self, number: int) -> Log:
        record = self.case.log.record(number)
        if record is None or not isinstance(record.event, Randomised):
            return self.case.log.without(number)
        earlier = record.event.model_copy(update={"on": record.event.on - timedelta(days=1)})
        return Log(tuple(Record(number, earlier) if each == record else each for each in self.case.log.records))

    def _has_a_later_one(self, entry: Entry, what: str) -> bool:
        """Of another treatment's doses a later one is cited, or of its own, which come by cycles, a later cycle."""
        read = self.calendar.by_id[what]
        cited = [
            self.calendar.by_id[each] for each in cited_entries(self.calendar, entry) if each in self.calendar.by_id
        ]
        later = [each for each in cited if each.n > read.n and each.timeline != entry.timeline]
        if read.timeline == entry.timeline:
            return any(each.kind is Kind.CYCLE for each in later)
        return any(each.timeline == read.timeline for each in later)
