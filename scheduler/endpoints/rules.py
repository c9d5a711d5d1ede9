"""By which rules end points are counted: what the protocol says, and where it is silent, what is assumed and after whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.calendar.tumour.best_response import CONFIRMED_AFTER, LEAST_STABLE
from scheduler.endpoints.patient.missed_scans import has_scheduled_scans
from scheduler.endpoints.patient.observed import ADVERSE_EVENTS, OVERALL_SURVIVAL, PROGRESSION_FREE, RESPONSE
from scheduler.endpoints.patient.responded import must_be_confirmed
from scheduler.patient.cut_log import NO_CUT_OFF, CutOff
from scheduler.protocol.plan.study import Period, Plan, StudyVersion
from scheduler.said import Code, Quoted, Said, said

_FDA = "FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics, 2018, example table A"
_RECIST = "RECIST 1.1: Eur J Cancer 2009;45:228"
_IRECIST = "iRECIST: Lancet Oncol 2017;18:e143"


@dataclass(frozen=True, slots=True)
class UsedRule:
    """One rule, and what it is about. ``assumed``: the protocol does not say it; ``source`` is whose rule it is then."""

    about: Said
    rule: Said
    assumed: bool
    source: Quoted | None = None


def rules_of(version: StudyVersion, cut_off: CutOff = NO_CUT_OFF) -> tuple[UsedRule, ...]:
    """The rules of a study, in the order of telling; the data cut-off first, where there is one."""
    return (
        *_at_cut_off(cut_off),
        *_times(version),
        *_of_survival(),
        *_of_progression(version),
        *_of_response(version),
        *_of_totals(),
    )


def _at_cut_off(cut_off: CutOff) -> Iterator[UsedRule]:
    if cut_off.happened is not None:
        rule = said(
            "Data cut-off {day}: what happened after that day does not count. Who was seen alive only after it is censored on "
            "the last day before. What was corrected or struck afterwards about a day before it counts as it stands now.",
            day=cut_off.happened,
        )
        yield UsedRule(said("all end points"), rule, True)
    if cut_off.recorded is not None:
        rule = said(
            "As recorded by the end of {day} (UTC): what was recorded, corrected or struck later does not count.",
            day=cut_off.recorded,
        )
        yield UsedRule(said("all end points"), rule, True)


def _times(version: StudyVersion) -> Iterator[UsedRule]:
    """From when to when is counted, by arm where that differs."""
    names = {
        OVERALL_SURVIVAL: said("overall survival"),
        PROGRESSION_FREE: said("progression-free survival"),
        RESPONSE: said("response"),
        ADVERSE_EVENTS: said("adverse events"),
    }
    for collects, about in names.items():
        found = {arm: _period(plan, collects) for arm, plan in version.arms.items()}
        sentences = dict.fromkeys(_sentences(period) for period in found.values() if period is not None)
        if not sentences and collects == ADVERSE_EVENTS:
            yield UsedRule(
                about, said("The protocol names no time in which they are collected: none is counted."), True
            )
        elif not sentences:
            rule = said(
                "Counted from randomisation, where nobody is randomised from the first dose, and without an end: the protocol "
                "has no period that collects it."
            )
            yield UsedRule(about, rule, True)
        for arm in [arm for arm, period in found.items() if period is None] if sentences else ():
            rule = said(
                "In the arm {arm} the protocol has no period that collects it: counted from randomisation, where nobody is "
                "randomised from the first dose, and without an end.",
                arm=Code(arm),
            )
            if collects == ADVERSE_EVENTS:
                rule = said("In the arm {arm} the protocol names no time in which they are collected.", arm=Code(arm))
            yield UsedRule(about, rule, True)
        for start, end in sentences:
            arms = [arm for arm, period in found.items() if period is not None and _sentences(period) == (start, end)]
            values = {"start": Quoted(start, "en"), "end": Quoted(end, "en")}
            if len(arms) == len(version.arms):
                yield UsedRule(about, said("Counted from {start} to {end}.", **values), False)
            else:
                for arm in arms:
                    rule = said("Counted in the arm {arm} from {start} to {end}.", arm=Code(arm), **values)
                    yield UsedRule(about, rule, False)


def _period(plan: Plan, collects: str) -> Period | None:
    return next((period for period in plan.periods if period.collects == collects), None)


def _sentences(period: Period) -> tuple[str, str]:
    return period.start.clause.text, period.end.clause.text


def _of_survival() -> Iterator[UsedRule]:
    about = said("overall survival")
    yield UsedRule(
        about,
        said(
            "Without a death, censored on the last day on which the patient was there or told something: a visit, a scan, a "
            "dose, a sample, a measurement, an adverse event, progression, a contact, consent, randomisation, another treatment "
            "of the tumour, surgery, a withdrawal. What was booked, ordered or handed out shows nobody alive."
        ),
        True,
    )


def _of_progression(version: StudyVersion) -> Iterator[UsedRule]:
    about = said("progression-free survival")
    sentences: tuple[tuple[Said, str | None], ...] = (
        (said("Death without progression before it is an event, and ends a response."), _FDA),
        (said("Progression that somebody recorded without an assessment of the tumour counts on its day."), None),
        (said("Without progression or death, censored on the last assessment that could be read."), _FDA),
        (said("Without any assessment after the first day that could be read, censored on the first day."), _FDA),
        (said("Another treatment of the tumour before progression censors on the last assessment before it."), _FDA),
        (
            said(
                "After two or more scheduled scans in a row without an assessment that could be read, progression and death are "
                "not counted: censored on the last assessment before them."
            ),
            _FDA,
        ),
        (
            said(
                "An assessment without a recorded scan counts for the nearest scheduled scan, where it missed that scan's window "
                "by no more days than the window has on that side of its ideal day."
            ),
            None,
        ),
        (said("That a scan before the first day showed where the tumour stood is presumed, and not looked for."), None),
        (
            said(
                "An iUPD that was neither confirmed nor taken back when the patient died or was followed no further is "
                "progression on its day; while it awaits its confirmation, the patient is censored on it."
            ),
            _IRECIST,
        ),
        (
            said(
                "What comes after the time that is counted is censored on the last assessment in it, or where it ends, if a "
                "later one shows no progression."
            ),
            None,
        ),
    )
    for rule, source in sentences:
        yield UsedRule(about, rule, True, Quoted(source, "en") if source else None)
    if not all(has_scheduled_scans(plan) for plan in version.arms.values()):
        yield UsedRule(
            about, said("Where the protocol has no scans on the calendar, none can be seen to be missed."), True
        )


def _of_response(version: StudyVersion) -> Iterator[UsedRule]:
    about = said("response")
    recist = Quoted(_RECIST, "en")
    yield UsedRule(
        about,
        said("Stable disease counts when it is seen {days} days after randomisation or later.", days=LEAST_STABLE),
        True,
        recist,
    )
    if must_be_confirmed(version):
        confirmed = said(
            "A response has to be confirmed {days} days later or more, as the study has one arm.", days=CONFIRMED_AFTER
        )
    else:
        confirmed = said("A response counts as first seen and need not be confirmed, as arms are compared.")
    yield UsedRule(about, confirmed, True, recist)
    yield UsedRule(
        about,
        said(
            "Rates are of all patients whose time has begun: who was never assessed has no response. Beside them stand the rates "
            "of those assessed. Who was assessed by other criteria alone is in no rate by these."
        ),
        True,
    )
    yield UsedRule(
        said("duration of response"),
        said(
            "It runs from the first scan that shows the response and is censored as progression-free survival is, but where the "
            "time ends in which responses are counted."
        ),
        True,
        recist,
    )


def _of_totals() -> Iterator[UsedRule]:
    about = said("all end points")
    yield UsedRule(about, said("Days count the first and the last: end - start + 1. A month is 30.4375 days."), True)
    yield UsedRule(
        about,
        said("Intervals of rates are exact, 95 percent."),
        True,
        Quoted("Clopper and Pearson, Biometrika 1934;26:404", "en"),
    )
    yield UsedRule(
        about,
        said(
            "Survival over time is by Kaplan and Meier, its interval of 95 percent by log(-log) with Greenwood's variance; the "
            "median is the first day with one half or less."
        ),
        True,
        Quoted("lifelines; J Am Stat Assoc 1958;53:457; Biometrics 1982;38:29", "en"),
    )
