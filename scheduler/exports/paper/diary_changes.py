"""What changed in a diary, in sentences: a patient who has the old sheet reads what is now otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.exports.paper.dates_in_words import day_in_words, span_in_words
from scheduler.exports.paper.doses_in_words import taken_in_words
from scheduler.exports.paper.patient_words import PatientWord as Word
from scheduler.exports.paper.patient_words import printed
from scheduler.languages import Language
from scheduler.said import Code, said_of
from scheduler.views.agenda.diary import DiaryVisit
from scheduler.views.agenda.diary_changes import DiaryChanges, VisitChange
from scheduler.vocabulary.dosage_forms import DosageForm


def changes_in_words(changes: DiaryChanges, form: DosageForm, language: Language) -> Iterator[str]:
    """A sentence for each visit that changed, then one for each stretch of days whose tablets did."""
    for change in changes.visits:
        yield _visit(change, language)
    for run in changes.tablets:
        yield printed(
            Word.CHANGE_TABLETS,
            language,
            days=Code(span_in_words(run.first, run.last, language)),
            now=Code(taken_in_words(run.now, form, language)),
            before=Code(taken_in_words(run.before, form, language)),
        )


def _visit(change: VisitChange, language: Language) -> str:
    before, now = change.before, change.now
    if now is None:
        assert before is not None
        return printed(Word.CHANGE_GONE, language, what=said_of(before.summary), before=_when(before, language))
    if before is None:
        return printed(Word.CHANGE_NEW, language, what=said_of(now.summary), now=_when(now, language))
    if _when(before, language) == _when(now, language):
        return printed(Word.CHANGE_OTHER, language, what=said_of(now.summary), now=_when(now, language))
    return printed(
        Word.CHANGE_MOVED, language, what=said_of(now.summary), now=_when(now, language), before=_when(before, language)
    )


def _when(visit: DiaryVisit, language: Language) -> Code:
    day = day_in_words(visit.day, language)
    return Code(f"{day} {visit.time.isoformat('minutes')}" if visit.time else day)
