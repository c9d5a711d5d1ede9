"""What is printed of a study and its patients: each sheet with its imprint, and with what changed since an earlier print."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.exports.paper.activities import activities_as_pdf
from scheduler.exports.paper.calendar import calendar_as_pdf
from scheduler.exports.paper.diary import diary_as_pdf
from scheduler.exports.paper.dispensing import dispensing_as_pdf
from scheduler.exports.paper.sheets import sheets_as_pdf
from scheduler.folder.feeds import tablet_sizes
from scheduler.folder.printing.earlier_prints import log_before
from scheduler.folder.printing.imprints import imprint_of_case, imprint_of_study
from scheduler.languages import Language
from scheduler.views.agenda.diary import Diary, patient_diary
from scheduler.views.agenda.diary_changes import changes_of_diary
from scheduler.views.coordinator.schedule_of_activities import activity_schedule
from scheduler.views.imprint import Imprint
from scheduler.views.pharmacy.dispensing_line import DispensingList
from scheduler.views.reader.audience import Detail
from scheduler.views.reasons import reasons_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.calendar.entries.dose_sheet import DoseSheet
    from scheduler.calendar.entries.entry import Calendar
    from scheduler.folder.reading.contents import Case, StudyFolder
    from scheduler.patient.log import Log
    from scheduler.protocol.plan.study import StudyVersion


def printed_diary(
    case: Case,
    first: date,
    last: date,
    detail: str = Detail.NEUTRAL,
    language: str = Language.ENGLISH,
    since: datetime | None = None,
) -> bytes:
    """The diary of one patient as PDF, with whom to call at the site.

    ``since`` (with its zone) is when the sheet was printed that the patient has: what was recorded from then on and changes the
    diary is marked. Raises ValueError for a period that no diary has; InvalidText where something cannot be printed.
    """

    def diary_with(log: Log) -> Diary:
        calendar = calendar_on(case.calendar_with(log, last), None, orders_by=first)
        sizes = tablet_sizes(case.version, calendar)
        return patient_diary(calendar, first, last, Detail(detail), Language(language), sizes)

    now = diary_with(case.log)
    changes = None if since is None else changes_of_diary(diary_with(log_before(case.log, since)), now)
    imprint = imprint_of_case(case, since)
    if now.study is None:
        # The digest is of all that is recorded: two patients' logs could be told apart by what this sheet must not tell.
        imprint = Imprint(None, imprint.version, imprint.events, imprint.recorded, since=imprint.since)
    return diary_as_pdf(
        now, imprint, case.site.contacts, changes, case.site.titles, certified=case.site.certifies(language)
    )


def printed_calendar(case: Case, calendar: Calendar, language: str = Language.ENGLISH) -> bytes:
    """One patient's calendar as PDF, with the reasons."""
    return calendar_as_pdf(calendar, reasons_of(calendar), imprint_of_case(case), Language(language))


def printed_sheets(
    case: Case, calendar: Calendar, sheets: Sequence[DoseSheet], language: str = Language.ENGLISH
) -> bytes:
    """Sheets of time points as PDF, to be filled in."""
    return sheets_as_pdf(calendar, sheets, imprint_of_case(case), Language(language))


def printed_dispensing(
    study: StudyFolder, listed: DispensingList, language: str = Language.ENGLISH, since: datetime | None = None
) -> bytes:
    """The pharmacy's list as PDF."""
    return dispensing_as_pdf(listed, imprint_of_study(study, since), Language(language))


def printed_activities(version: StudyVersion, arm: str, language: str = Language.ENGLISH) -> bytes:
    """The schedule of activities of one arm as PDF, with the assumptions that it rests on."""
    schedule = activity_schedule(version.arms[arm])
    imprint = Imprint(version.study, version.version, None, head=version.digest)
    return activities_as_pdf(schedule, imprint, version.assumptions.values(), Language(language))
