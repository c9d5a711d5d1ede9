"""Until progression or death: progression-free survival, and from the first response on how long that lasts.

Progression is dated by the scan that shows it, whenever that was read: PD by RECIST 1.1 by its own, an iCPD by the scan of the
iUPD that it confirms. What somebody recorded without an assessment is on its day. An iUPD that is never confirmed nor taken back,
because the patient died or is followed no further, is progression on its day (iRECIST: Seymour et al., Lancet Oncol
2017;18:e143). While it awaits confirmation, the patient is censored there.

What comes after another treatment of the tumour, or after two scheduled scans in a row without an assessment that could be read,
is not counted: the patient is censored on the last assessment that could be read before (FDA, Clinical Trial Endpoints for the
Approval of Cancer Drugs and Biologics, 2018, example table A). Where there is none, it is on the first day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from scheduler.calendar.tumour.best_response import NOT_READ
from scheduler.calendar.tumour.tumour_response import Progression, progressions_by
from scheduler.dates import Day
from scheduler.endpoints.patient.end_point import EITHER, EndPoint, TimeToEvent, Why
from scheduler.endpoints.patient.missed_scans import TOO_MANY, missed_between
from scheduler.endpoints.patient.observed import (
    PROGRESSION_FREE,
    Observed,
    counted_days,
    left,
    no_more_scans,
    not_started,
    on,
)
from scheduler.patient.episodes.assessments import Assessed
from scheduler.patient.events import ASSESSMENTS
from scheduler.patient.log import Fact
from scheduler.said import COMMAS, SPACES, Code, Listed, Said, Value, listed, said


class Happened(NamedTuple):
    """Progression or death: its day, the scan that shows it, and why it counts. ``scan_day`` is its own day without a scan."""

    day: Day
    scan_day: Day
    why: Why
    reason: Said
    facts: tuple[Fact, ...]


def progression_free_survival(known: Observed, criteria: str) -> TimeToEvent:
    """By one set of criteria, or by EITHER of them as the calendar has it."""
    counted = counted_days(known, PROGRESSION_FREE)
    end_point = EndPoint.PROGRESSION_FREE_SURVIVAL
    if counted.first is None:
        return not_started(end_point, criteria, counted)
    others = tuple(dict.fromkeys(each.criteria for each in known.assessments if each.criteria in ASSESSMENTS))
    if criteria != EITHER and others and criteria not in others:
        reason = said(
            "Not counted: nothing was assessed by {criteria}, only by {others}.",
            criteria=Code(criteria),
            others=listed(*map(Code, others)),
        )
        return TimeToEvent.of(end_point, criteria, None, None, Why.OTHER_CRITERIA, reason, ())
    return until_progression(known, end_point, criteria, counted.first, counted.last)


def until_progression(
    known: Observed, end_point: EndPoint, criteria: str, first: Day, horizon: Day | None
) -> TimeToEvent:
    """From a day until progression or death, else censored."""
    return _Following(known, end_point, criteria, first, horizon).found()


class _Following:
    """One patient from a day on, by some criteria."""

    def __init__(self, known: Observed, end_point: EndPoint, criteria: str, first: Day, horizon: Day | None) -> None:
        self.known, self.end_point, self.criteria, self.first, self.horizon = known, end_point, criteria, first, horizon
        self.by: Collection[str] = tuple(ASSESSMENTS) if criteria == EITHER else (criteria,)
        therapy = known.therapy
        self.therapy = therapy if therapy is not None and (horizon is None or therapy.day <= horizon) else None
        self.read = tuple(each for each in known.assessments if self._could_be_read(each))
        self.open_iupd = _open_iupd(self.read)
        self.no_further = no_more_scans(known, self.open_iupd.scan_day) if self.open_iupd is not None else None
        self.happened = min(self._happened(), key=lambda each: (each.day, each.why is Why.DIED), default=None)

    def _could_be_read(self, each: Assessed) -> bool:
        """By these criteria, from the first day on, and not after another treatment of the tumour began."""
        in_time = each.scan_day >= self.first and (self.therapy is None or each.scan_day <= self.therapy.day)
        return in_time and each.criteria in self.by and each.assessment != NOT_READ

    def _happened(self) -> Iterator[Happened]:
        # Where a scan shows it on the day that somebody recorded, the scan is told.
        known = sorted(progressions_by(self.known.ev, self.by), key=lambda each: each.assessed is None)
        found = [each for each in map(_progressed, known) if each.day >= self.first]
        if found:
            yield min(found, key=lambda each: each.day)
        death = self.known.death
        if death is not None and death.day >= self.first:
            reason = said("Died on {day}, without progression before.", day=on(death.day))
            yield Happened(death.day, death.day, Why.DIED, reason, (death,))
        if self.open_iupd is not None and self.no_further is not None:
            day = self.open_iupd.scan_day
            reason = said(
                "Progressed on {day}: the iUPD of that scan was neither confirmed nor taken back before {why}.",
                day=on(day),
                why=self.no_further.said,
            )
            yield Happened(day, day, Why.NEVER_CONFIRMED, reason, (self.open_iupd.fact, self.no_further.fact))

    def found(self) -> TimeToEvent:
        happened, therapy = self.happened, self.therapy
        if therapy is not None and (happened is None or happened.day > therapy.day):
            return self._censored_before_therapy(therapy)
        if happened is None:
            return self._censored_so_far()
        if self.horizon is not None and happened.day > self.horizon:
            return self._censored_at_the_horizon(happened)
        last = self._last_read(happened.scan_day)
        since = last.scan_day if last is not None else self.first
        missed = missed_between(self.known, since, happened.scan_day, self._read_scans(), self._read_alone())
        if len(missed) >= TOO_MANY:
            return self._censored_by_missed_scans(happened, missed, last)
        return self._time(happened.day, True, happened.why, happened.reason, *happened.facts)

    def _read_scans(self) -> frozenset[str]:
        """The scans of which an assessment could be read by these criteria, inside their windows or not."""
        found = (each for each in self.known.assessments if each.criteria in self.by and each.assessment != NOT_READ)
        return frozenset(each.scan for each in found if each.scan is not None)

    def _read_alone(self) -> tuple[Day, ...]:
        """The days of the assessments that could be read and that no recorded scan belongs to."""
        found = (each for each in self.known.assessments if each.criteria in self.by and each.assessment != NOT_READ)
        return tuple(each.scan_day for each in found if each.scan is None)

    def _last_read(self, before: Day) -> Assessed | None:
        """The last assessment before a day that could be read and shows no progression that counts."""
        until = before if self.open_iupd is None else min(before, self.open_iupd.scan_day)
        found = [each for each in self.read if each.scan_day < until]
        return max(found, key=lambda each: (each.scan_day, each.fact.number), default=None)

    def _after_all(self) -> Day:
        return max((each.scan_day for each in self.read), default=self.first) + 1

    def _censored_before_therapy(self, therapy: Fact) -> TimeToEvent:
        last = self._last_read(therapy.day)
        if last is None:
            reason = said(
                "Another treatment of the tumour began on {therapy}, before progression, and no assessment before it could be "
                "read: censored on the first day.",
                therapy=on(therapy.day),
            )
            return self._time(self.first, False, Why.OTHER_THERAPY, reason, therapy)
        reason = said(
            "Another treatment of the tumour began on {therapy}, before progression: censored on {day}, the last "
            "assessment before it that could be read ({assessment} by {criteria}).",
            therapy=on(therapy.day),
            **_told(last),
        )
        return self._time(last.scan_day, False, Why.OTHER_THERAPY, reason, last.fact, therapy)

    def _censored_so_far(self) -> TimeToEvent:
        beyond = self._seen_beyond(None)
        if beyond is not None:
            return beyond
        open_iupd = self.open_iupd
        if open_iupd is not None and (self.horizon is None or open_iupd.scan_day <= self.horizon):
            reason = said(
                "The iUPD of {day} is neither confirmed nor taken back yet: censored on that day. Confirmed, it is progression "
                "of that day.",
                day=on(open_iupd.scan_day),
            )
            return self._time(open_iupd.scan_day, False, Why.AWAITS_CONFIRMATION, reason, open_iupd.fact)
        gone = left(self.known)
        facts = (gone.fact,) if gone is not None else ()
        further = (said("Followed no further: {why}.", why=gone.said),) if gone is not None else ()
        last = self._last_read(self._after_all())
        if last is None:
            none = said(
                "No assessment could be read after the first day, and neither progression nor death is recorded: "
                "censored on the first day."
            )
            return self._time(self.first, False, Why.NO_ASSESSMENT, listed(none, *further, how=SPACES), *facts)
        reason = said(
            "Neither progression nor death so far: censored on {day}, the last assessment that could be read ({assessment} by "
            "{criteria}).",
            **_told(last),
        )
        return self._time(
            last.scan_day, False, Why.LAST_ASSESSMENT, listed(reason, *further, how=SPACES), last.fact, *facts
        )

    def _seen_beyond(self, happened: Happened | None) -> TimeToEvent | None:
        """Censored where the counted time ends, if an assessment after it shows that nothing had happened by then."""
        if self.horizon is None:
            return None
        last = self._last_read(happened.scan_day if happened is not None else self._after_all())
        if last is None or last.scan_day < self.horizon:
            return None
        reason = said(
            "Seen without progression on {day} ({assessment} by {criteria}); counted until {horizon}: censored there.",
            horizon=on(self.horizon),
            **_told(last),
        )
        return self._time(self.horizon, False, Why.HORIZON, reason, last.fact)

    def _censored_at_the_horizon(self, happened: Happened) -> TimeToEvent:
        assert self.horizon is not None
        beyond = self._seen_beyond(happened)
        if beyond is not None:
            return beyond
        last = self._last_read(self.horizon + 1)
        if last is None:
            late = said(
                "That is after {horizon}, until which is counted, and no assessment before it could be read: censored on the "
                "first day.",
                horizon=on(self.horizon),
            )
            return self._time(
                self.first, False, Why.HORIZON, listed(happened.reason, late, how=SPACES), *happened.facts
            )
        late = said(
            "That is after {horizon}, until which is counted: censored on {day}, the last assessment before it that could be "
            "read ({assessment} by {criteria}).",
            horizon=on(self.horizon),
            **_told(last),
        )
        both = listed(happened.reason, late, how=SPACES)
        return self._time(last.scan_day, False, Why.HORIZON, both, last.fact, *happened.facts)

    def _censored_by_missed_scans(
        self, happened: Happened, missed: tuple[str, ...], last: Assessed | None
    ) -> TimeToEvent:
        scans = listed(*map(Code, missed), how=COMMAS)
        if last is None:
            unseen = said(
                "Before that no assessment could be read of {scans}, two or more scheduled scans in a row: censored on the first "
                "day.",
                scans=scans,
            )
            return self._time(
                self.first, False, Why.MISSED_SCANS, listed(happened.reason, unseen, how=SPACES), *happened.facts
            )
        unseen = said(
            "Before that no assessment could be read of {scans}, two or more scheduled scans in a row: censored on {day}, the "
            "last assessment before them that could be read ({assessment} by {criteria}).",
            scans=scans,
            **_told(last),
        )
        both = listed(happened.reason, unseen, how=SPACES)
        return self._time(last.scan_day, False, Why.MISSED_SCANS, both, last.fact, *happened.facts)

    def _time(self, last: Day, event: bool, why: Why, reason: Said | Listed, *facts: Fact) -> TimeToEvent:
        return TimeToEvent.of(self.end_point, self.criteria, (self.first, last), event, why, reason, facts)


def _open_iupd(read: tuple[Assessed, ...]) -> Assessed | None:
    """The iUPD that is neither confirmed nor taken back by the last assessment that could be read."""
    last = next((each for each in reversed(read) if each.criteria == "iRECIST"), None)
    return (last.iupd or last) if last is not None and last.assessment == "iUPD" else None


def _progressed(found: Progression) -> Happened:
    assessed = found.assessed
    if assessed is None:
        reason = said("Progressed on {day}, as recorded without an assessment of the tumour.", day=on(found.day))
        return Happened(found.day, found.day, Why.PROGRESSED, reason, found.facts)
    if assessed.assessment == "iCPD" and assessed.iupd is not None:
        reason = said(
            "Progressed on {day}, the day of the iUPD that the iCPD of {confirmed} confirms.",
            day=on(found.day),
            confirmed=on(assessed.scan_day),
        )
        return Happened(found.day, assessed.iupd.scan_day, Why.PROGRESSED, reason, found.facts)
    reason = said(
        "Progressed on {day}: {assessment} by {criteria}.",
        day=on(assessed.scan_day),
        assessment=Code(assessed.assessment),
        criteria=Code(assessed.criteria),
    )
    return Happened(assessed.scan_day, assessed.scan_day, Why.PROGRESSED, reason, found.facts)


def _told(last: Assessed) -> dict[str, Value]:
    return {"day": on(last.scan_day), "assessment": Code(last.assessment), "criteria": Code(last.criteria)}
