"""DS: milestones of a subject, and ends of treatment and of the study."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.said import Quoted, said
from scheduler.standards.sdtm.codelists import END_REASONS
from scheduler.standards.sdtm_in.reading import Read, Subject, Written, assumed, carried, event, no_day, plainly, wrong
from scheduler.standards.sdtm_in.records import Record
from scheduler.vocabulary.end_reasons import end_reason
from scheduler.vocabulary.looking_up import Known, Synonym

TREATMENT, STUDY, SINGLE = "STUDY TREATMENT", "STUDY PARTICIPATION", "SINGLE TREATMENT"
_REASONS = {term: words for words, term in END_REASONS.items()}


def ends_of(subject: Subject, last_dose: date | None) -> Iterator[Read]:
    """What each record says. ``last_dose`` is the last day of EX: whether a dose of the day of an end was taken."""
    for record in subject.records.get("DS", ()):
        category = record.text("DSCAT")
        day = record.day("DSSTDTC")
        if category not in ("PROTOCOL MILESTONE", "DISPOSITION EVENT"):
            decoded = Quoted(record.text("DSDECOD"))
            yield carried(
                record,
                said("{category}: {term} has no event here", category=Quoted(category), term=decoded)
                if category
                else said("a record without DSCAT: {term} has no event here", term=decoded),
            )
        elif day is None:
            yield carried(record, no_day(record, "DSSTDTC"))
        elif category == "PROTOCOL MILESTONE":
            yield _milestone(record, day, subject)
        else:
            yield _end(record, day, last_dose)


def _milestone(record: Record, day: date, subject: Subject) -> Read:
    decoded, at = record.text("DSDECOD"), record.time("DSSTDTC")
    if decoded == "INFORMED CONSENT OBTAINED":
        return plainly(record, event(day, "consented", at))
    if decoded == "RANDOMIZED" and subject.arm is None:
        return wrong(record, said("the subject was randomised, and DM names no arm of the protocol"))
    if decoded == "RANDOMIZED":
        return plainly(record, event(day, "randomised", at, arm=subject.arm))
    return carried(record, said("the milestone {term} has no event here", term=Quoted(decoded)))


def _end(record: Record, day: date, last_dose: date | None) -> Read:
    decoded, of, at = record.text("DSDECOD"), record.text("DSSCAT"), record.time("DSSTDTC")
    term = record.text("DSTERM")
    if of not in ("", TREATMENT, STUDY):
        return carried(record, said("an end of {what} does not say of which treatment", what=Quoted(of)))
    if decoded == "SCREEN FAILURE":
        return plainly(record, event(day, "screen failed", at, reason=_more(term, decoded)))
    if decoded == "DEATH" and of != TREATMENT:
        return plainly(record, event(day, "died", at))
    if decoded == "LOST TO FOLLOW-UP" and of != TREATMENT:
        return plainly(record, event(day, "lost to follow-up", at))
    if decoded == "WITHDRAWAL BY SUBJECT" and of:
        withdrawn: Written = event(day, "withdrew", at, reason=_more(term, decoded))
        return plainly(record, {**withdrawn, "from": "treatment" if of == TREATMENT else "all"})
    if of == STUDY:
        return carried(
            record, said("the study is over for the subject, {term}: no date hangs on that", term=Quoted(decoded))
        )
    taken = True if last_dose is not None and last_dose >= day else None
    ended = event(
        day, "end of treatment", at, reason=_reason(decoded, term), note=_more(term, decoded), today_taken=taken
    )
    if of == TREATMENT:
        return plainly(record, ended)
    return assumed(
        record, said("DSSCAT does not say what ended: it is read as the end of treatment, and visits go on"), ended
    )


def _reason(decoded: str, term: str) -> str:
    """In our words for it; what the list does not have is named behind "other"."""
    words = _REASONS.get(decoded, decoded.casefold())
    read = end_reason(words)
    if isinstance(read, Known | Synonym) and read.name != "other":
        return read.name
    return f"other: {term or decoded}"


def _more(term: str, decoded: str) -> str | None:
    return term if term.casefold() != decoded.casefold() and term else None
