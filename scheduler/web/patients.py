"""The study and its patients as pages need them: computed once, and again only when something was recorded.

A calendar is a function of the protocol, the site and the log, so what was computed for a log of that length is right for as long
as the study's texts stand. Several processes each keep their own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Event, Lock
from typing import TypeAlias, TypeVar, cast

from scheduler.errors import InvalidText, StoreUnavailable
from scheduler.folder.reading.many import kept_calendars, many_calendars
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from scheduler.store.interface import Store
from scheduler.store.study import Study, study_of
from scheduler.store.values import OF_THE_STUDY, Head, Subject
from scheduler.views.patients import Patient, patient_of
from scheduler.web.weighing import Scale, weight_of

T = TypeVar("T")
Key: TypeAlias = tuple[int, str, str | None, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """One patient with all that a page asks of: the log that it was computed from, and what was computed."""

    subject: Subject
    version: StudyVersion
    others: tuple[StudyVersion, ...]
    site: Site
    log: Log
    patient: Patient
    key: Key


@dataclass(frozen=True, slots=True)
class Following:
    """What a page needs of each patient beside the calendar: the name under which it is kept by `Patients.once`, and the work."""

    name: Callable[[Shown], Hashable]
    work: Callable[[Shown], object]


class Patients:
    """Reads the store, computes, and remembers: those who were asked for last, so many or so much of the memory at most."""

    def __init__(
        self,
        store: Store,
        most: int = 5000,
        megabytes: int = 1024,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._seconds = seconds
        self.most = most
        self._octets = megabytes * 1_000_000
        self._scale = Scale()
        self._lines = self._makings = 0
        self._lock = Lock()
        self._study: Study | None = None
        self._seen = -1
        self._generation = 0
        self._subjects: tuple[Head, tuple[Subject, ...]] | None = None
        self._known: dict[str, Shown] = {}
        self._made: dict[str, tuple[Key, dict[Hashable, object]]] = {}

    def study(self) -> Study:
        """The study as it stands now: read again only when a version or a site was added."""
        return self._as_it_stands()[0]

    def subjects(self) -> tuple[Subject, ...]:
        """All patients, in the order of their numbers: read again only when something was recorded."""
        # The head is looked at first: what is recorded between the two looks makes the next one read again.
        head, known = self._store.head(), self._subjects
        if known is None or known[0] != head:
            known = self._subjects = (head, self._store.subjects())
        return known[1]

    def _as_it_stands(self) -> tuple[Study, int]:
        """The study, and the number of its texts: what is computed from older texts must never pass for newer."""
        head = self._store.head().number
        with self._lock:
            if self._study is not None and head == self._seen:
                return self._study, self._generation
            newer = self._store.records(after=self._seen) if self._study is not None else ()
            if self._study is None or any(record.kind in OF_THE_STUDY for record in newer):
                self._study = self._read()
                self._generation += 1
            self._seen = head
            return self._study, self._generation

    def _read(self) -> Study:
        source = self._store.study()
        if source is None:
            raise LookupError("the database holds no study")
        return study_of(source)

    def shown(self, subject: Subject) -> Shown:
        """One patient, computed when the log is longer than the one remembered."""
        study, generation = self._as_it_stands()
        known = self._recalled(subject.subject)
        if known is not None and known.key == _key(subject, generation):
            return known
        log = self._store.log(subject.subject)
        while log.length != subject.length:
            # Something was recorded between the two looks: the row says the site that goes with the log.
            subject = self._store.subject(subject.subject) or subject
            log = self._store.log(subject.subject)
        return self._compute(study, generation, subject, log)

    def some(self, subjects: Iterable[Subject], seconds: float, *also: Following) -> tuple[list[Shown], int]:
        """As many of these patients as can be had in that time, in their order, and how many are still to be computed.

        What is remembered costs nothing. ``also`` is what else must be worked out of a patient who is to count. The time is
        looked at after each patient, and one more than before is told each time, so that asking again comes to an end. Where more
        are asked for than can be remembered, all are computed, however long it takes: those that came first would be forgotten
        when somebody asks again.
        """
        study, generation = self._as_it_stands()
        wanted = tuple({each.subject: each for each in subjects}.values())
        found = {each.subject: self._remembered(each, generation) for each in wanted}
        missing = [each.subject for each in wanted if found[each.subject] is None]
        logs = self._logs(missing)
        end = self._seconds() + seconds
        ready: list[Shown] = []
        worked = False
        with kept_calendars() if len(missing) > _BATCH else many_calendars():
            for each in wanted:
                shown = found[each.subject]
                if shown is None or not all(self.has(shown, one.name(shown)) for one in also):
                    if worked and self._seconds() >= end and self._remembers(len(wanted)):
                        continue
                    worked = True
                    shown = shown or self._compute(study, generation, each, logs(each.subject))
                    for one in also:
                        one.work(shown)
                ready.append(shown)
        return ready, len(wanted) - len(ready)

    def _logs(self, wanted: Sequence[str]) -> Callable[[str], Log]:
        """What gives the log of each of these, asked for in their order; so many are read at a time."""
        read: dict[str, Log] = {}
        places = {name: place for place, name in enumerate(wanted)}

        def log_of(name: str) -> Log:
            if name not in read:
                read.clear()
                read.update(self._store.logs(wanted[places[name] : places[name] + _BATCH]))
            return read.get(name, Log())

        return log_of

    def at_hand(self, subjects: Iterable[Subject]) -> tuple[Shown, ...] | None:
        """All of these patients, where nothing has to be computed for it; else None."""
        _, generation = self._as_it_stands()
        found = [self._remembered(each, generation) for each in subjects]
        return tuple(shown for shown in found if shown is not None) if all(found) else None

    def _remembers(self, number: int) -> bool:
        """True when so many patients can be remembered at a time, as far as is known."""
        with self._lock:
            each = self._scale.of(self._lines) / max(1, len(self._known))
        return number <= self.most and number * each <= self._octets

    def once(self, shown: Shown, name: Hashable, make: Callable[[], T]) -> T:
        """What follows from a patient's calendar, made once and kept as long as the calendar is the same."""
        number = shown.subject.subject
        with self._lock:
            key, made = self._made.get(number, _NOTHING)
            if key != shown.key or len(made) > _MOST_MADE:
                made = {}
                if number in self._known:
                    self._made[number] = (shown.key, made)
            if name in made:
                return cast(T, made[name])
        value = make()
        with self._lock:
            made[name] = value
            self._makings += 1
            # Where all patients are computed already, only what follows from them makes the server grow.
            known = self._known.get(number) if self._makings % _MAKINGS == 0 else None
        if known is not None:
            self._weigh(known, made)
            self._forget()
        return value

    def has(self, shown: Shown, name: Hashable) -> bool:
        """True when `once` has made that already."""
        with self._lock:
            key, made = self._made.get(shown.subject.subject, _NOTHING)
            return key == shown.key and name in made

    def warm_up(self, stop: Event) -> None:
        """Compute all patients, until told to stop, so that the first who asks does not wait."""
        with suppress(StoreUnavailable, InvalidText, LookupError):
            while not stop.is_set() and self.some(self._first(), _WARMED_UP_FOR)[1]:
                pass

    def _first(self) -> tuple[Subject, ...]:
        """As many as can be remembered."""
        some = self.subjects()[: self.most]
        while some and not self._remembers(len(some)):
            some = some[: len(some) * 9 // 10]
        return some

    def _remembered(self, subject: Subject, generation: int) -> Shown | None:
        """What was computed for that log, or for a longer one since the subject was read."""
        known = self._recalled(subject.subject)
        if known is None or known.key[3] != generation:
            return None
        return known if known.key == _key(subject, generation) or known.log.length > subject.length else None

    def _compute(self, study: Study, generation: int, subject: Subject, log: Log) -> Shown:
        # The log may be longer than the subject's row, which was read before it.
        subject = replace(subject, length=log.length)
        version = study.version(subject.protocol)
        site = study.site_of(subject, log)
        patient = patient_of(version, site, log, subject=subject.subject)
        found = Shown(subject, version, study.others(subject.protocol), site, log, patient, _key(subject, generation))
        self._remember(found)
        return found

    def _recalled(self, subject: str) -> Shown | None:
        """What is remembered of that patient, who is now the last to be forgotten."""
        with self._lock:
            known = self._known.pop(subject, None)
            if known is not None:
                self._known[subject] = known
            return known

    def _remember(self, shown: Shown) -> None:
        """Remember a patient, and forget whoever was asked for the longest ago where that is one too many."""
        number = shown.subject.subject
        with self._lock:
            before = self._known.pop(number, None)
            self._known[number] = shown
            self._lines += lines_of(shown) - (0 if before is None else lines_of(before))
            # Whoever was remembered for long has all that follows from a calendar beside it, and is weighed with it.
            oldest = next(iter(self._known)) if self._scale.wants_one() else None
            weighed = None if oldest is None else (self._known[oldest], self._made.get(oldest))
        if weighed is not None:
            self._weigh(*weighed)
        self._forget()

    def _forget(self) -> None:
        """Forget whoever was asked for the longest ago, as long as it is too much."""
        with self._lock:
            while len(self._known) > 1 and self._is_full():
                forgotten = next(iter(self._known))
                self._lines -= lines_of(self._known.pop(forgotten))
                self._made.pop(forgotten, None)

    def _is_full(self) -> bool:
        return len(self._known) > self.most or self._scale.of(self._lines) > self._octets

    def _weigh(self, shown: Shown, made: object) -> None:
        with self._lock:
            things = [shown.patient, shown.log, made]
            octets = weight_of(things, [shown.version, shown.others, shown.site, self._study])
            self._scale.weighed(octets, lines_of(shown))


def lines_of(shown: Shown) -> int:
    """How long a calendar and its log are: by that it weighs. An empty one weighs as much as a few lines."""
    return _OF_AN_EMPTY_ONE + len(shown.patient.calendar.entries) + shown.log.length


def _key(subject: Subject, generation: int) -> Key:
    return (subject.length, subject.protocol, subject.site, generation)


_NOTHING: tuple[Key | None, dict[Hashable, object]] = (None, {})
_OF_AN_EMPTY_ONE = 5
"""Lines. Without them a first patient of one line would say that each line of the others weighs six times what it does."""
_BATCH = 25
"""Logs that are read at a time."""
_WARMED_UP_FOR = 0.5
"""Seconds of computing before the server looks whether it is to stop."""
_MAKINGS = 64
"""Of what follows from calendars, every which one has its patient weighed."""
_MOST_MADE = 24
