"""What the server's page of one patient shows, worked out before any template: the same for every reader, so it is made once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from scheduler.calendar.comparing.change import Change
from scheduler.calendar.comparing.consequences import decision_on
from scheduler.calendar.comparing.whatif import compare
from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.proposal import Proposal, State
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.clocks_in_words import baseline_in_words, clock_in_words
from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.calendar.tumour.tumour_response import tumour_response_of
from scheduler.exports.pages.patient import Line, Parts, parts_of
from scheduler.folder.printing.closed import closed_days
from scheduler.languages import Language
from scheduler.patient.dose_rules.so_far.options import Option
from scheduler.patient.events import Corrected, Event, Struck
from scheduler.patient.log import Log, families
from scheduler.said import SEMICOLONS, Listed, Said, listed, said
from scheduler.views.chart.drugs import DrugChart, drugs_of
from scheduler.views.chart.episodes import Episodes, episodes_of
from scheduler.views.chart.naming import Names, change_in_names, named, names_of
from scheduler.views.pharmacy.pill_counts import pill_counts
from scheduler.views.reasons import reasons_of
from scheduler.web.patients import Shown

_LOOKED_BACK = timedelta(days=3)
_LOOKED_AHEAD = timedelta(days=42)
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a proposal, with what it would change on the calendar."""

    option: Option
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal with its options and the words of the events that it rests on."""

    proposal: Proposal
    choices: tuple[Choice, ...]
    because: Listed

    @property
    def counted(self) -> tuple[Said, ...]:
        """The daily totals of a medicine that called for it, and the first day above; the baseline of a value."""
        totals = clock_in_words(self.proposal.clock) if self.proposal.clock is not None else ()
        return (*totals, *map(baseline_in_words, self.proposal.baselines))


@dataclass(frozen=True, slots=True)
class Sheets:
    """The table of dates in three: what is over, what is near, and what is further ahead or has no date."""

    earlier: tuple[Line, ...]
    around: tuple[Line, ...]
    later: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the log in words.

    ``stands``: it is in force. ``by`` are those that corrected or struck it, ``about`` is the one that it corrects or strikes.
    """

    number: int
    event: Event
    words: Said
    stands: bool
    by: tuple[int, ...]
    about: int | None

    @property
    def time(self) -> str | None:
        """The time of day at which it happened; None where the time is that of an appointment, which the words tell."""
        return None if "at" in self.event.kind.sentence.names else self.event.at

    @property
    def can_be_changed(self) -> bool:
        """True when it can be corrected or struck: it says something, and that is in force."""
        return self.stands and not isinstance(self.event, Struck)


def calendar_parts(shown: Shown, today: date, language: Language) -> Parts:
    """The calendar as the page shows it on a day, in a language."""
    calendar, names = calendar_on(shown.patient.calendar, today), names_of(shown.patient)
    say = reasons_of(calendar)
    return parts_of(
        calendar,
        lambda because: tuple(named(each, names) for each in say(because)),
        closed_days(shown.site),
        today,
        language=language,
    )


def sheets_around(lines: tuple[Line, ...], today: date) -> Sheets:
    """The lines from three days back to six weeks ahead, four at most, and those before and after."""
    first, last = today - _LOOKED_BACK, today + _LOOKED_AHEAD
    earlier: list[Line] = []
    around: list[Line] = []
    later: list[Line] = []
    for line in lines:
        begin, end = line.of.date, line.of.until or line.of.date
        if end is not None and end < first:
            earlier.append(line)
        elif begin is not None and begin <= last and len(around) < _MOST_LINES:
            around.append(line)
        else:
            later.append(line)
    return Sheets(tuple(earlier), tuple(around), tuple(later))


def proposals_of(shown: Shown, today: date) -> tuple[Proposed, ...]:
    """The proposals that stand on a day: the open ones with what each option would change, then the decided ones."""
    found = sorted(proposals_on(shown.patient.calendar, today), key=lambda each: (not each.is_open, not each.leads))
    return tuple(_proposed(shown, each, today) for each in found if each.state is not State.CONTINUE)


def proposals_in_names(shown: Shown, today: date) -> tuple[Proposed, ...]:
    """The same as people say it, for a page."""
    names = names_of(shown.patient)
    return tuple(_proposed_in_names(each, names) for each in proposals_of(shown, today))


def _proposed_in_names(proposed: Proposed, names: Names) -> Proposed:
    choices = tuple(
        replace(choice, changes=tuple(change_in_names(each, names) for each in choice.changes))
        for choice in proposed.choices
    )
    return replace(proposed, choices=choices, because=named(proposed.because, names))


def _proposed(shown: Shown, proposal: Proposal, today: date) -> Proposed:
    because = tuple(
        said("event {number}: {what}", number=number, what=what_happened(record.event))
        for number in proposal.events
        if (record := shown.log.record(number)) is not None
    )
    options = proposal.options if proposal.is_open else ()
    return Proposed(
        proposal,
        tuple(Choice(each, changes_by(shown, proposal, each, today)) for each in options),
        listed(*because, how=SEMICOLONS),
    )


def changes_by(shown: Shown, proposal: Proposal, option: Option, today: date) -> tuple[Change, ...]:
    """What would change if that option were decided today."""
    decision = decision_on(shown.log, proposal, option, max(today, proposal.raised))
    longer = shown.log.append_unchecked(decision)
    after = calendar_of(shown.version, shown.site, longer, subject=shown.subject.subject)
    return compare(shown.version, shown.patient.calendar, after).changes


def history_of(shown: Shown) -> tuple[Told, ...]:
    """All events of the log in words, the newest first."""
    stands: dict[int, bool] = {}
    by: dict[int, tuple[int, ...]] = {}
    for family in families(shown.log):
        struck = family.struck()
        latest = family.latest().number
        for record in (family.first, *family.amendments):
            is_text = not isinstance(record.event, Struck)
            stands[record.number] = record.number not in struck and (not is_text or record.number == latest)
            by[record.number] = tuple(
                other.number
                for other in family.amendments
                if other.number != record.number and _about(other.event) == record.number
            )
        if family.first.number in struck:
            stands |= {
                record.number: False
                for record in (family.first, *family.amendments)
                if isinstance(record.event, Corrected)
            }
    return tuple(
        Told(
            record.number,
            record.event,
            what_happened(record.event),
            stands.get(record.number, True),
            by.get(record.number, ()),
            _about(record.event),
        )
        for record in reversed(shown.log.records)
    )


def history_in_names(shown: Shown) -> tuple[Told, ...]:
    """The same as people say it: entries, treatments and proposals by their names, adverse events with their terms."""
    names = names_of(shown.patient)
    return tuple(replace(told, words=event_in_names(shown, told.event, names)) for told in history_of(shown))


def event_in_names(shown: Shown, event: Event, names: Names | None = None) -> Said:
    """An event of the patient as people say it, recorded or not yet."""
    return named(_in_words(shown.log, event), names_of(shown.patient) if names is None else names)


def drug_charts(shown: Shown, today: date) -> tuple[DrugChart, ...]:
    """Each treatment of the patient as of a day."""
    exposure = exposure_of(shown.version, shown.site, shown.log, today, subject=shown.subject.subject)
    counts = pill_counts(shown.version, shown.site, shown.log, today)
    return drugs_of(shown.patient, exposure, counts, today)


def episodes(shown: Shown, names: Names, today: date) -> Episodes:
    """The patient's adverse events, holds, response and periods as of a day."""
    response = tumour_response_of(shown.version, shown.site, shown.log, subject=shown.subject.subject)
    return episodes_of(shown.patient, response, names, today)


def _in_words(log: Log, event: Event) -> Said:
    return what_happened(event, (record.event for record in log.records))


def _about(event: Event) -> int | None:
    return event.number if isinstance(event, Corrected | Struck) else None
