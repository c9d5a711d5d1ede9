"""What would change nothing: a move to the version that holds, a level of no ladder, a plan for a dose that was given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.asking.candidate import Candidate, Told
from scheduler.calendar.deviations.urgent_reports import urgent_reports
from scheduler.calendar.entries.entry import Calendar
from scheduler.findings import OR, nearest_known
from scheduler.patient.branches import answer_of
from scheduler.patient.dose_rules.facts.names import attribute_key
from scheduler.patient.dose_rules.facts.yes_or_no import yes_or_no
from scheduler.patient.events import (
    Attribute,
    DateOfBirth,
    Dispensed,
    DoseChanged,
    FirstDosePlanned,
    Joined,
    Left,
    Lost,
    LostToFollowUp,
    MovedToVersion,
    Reported,
    Resumed,
    Reviewed,
    SiteTransferred,
)
from scheduler.patient.log import Fact
from scheduler.patient.sites import site_of
from scheduler.protocol.plan.dosing.bands import Measure
from scheduler.protocol.plan.only_if import AskedFact, PairIs
from scheduler.protocol.plan.rules import AttributeIs
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import DATE_OF_BIRTH, Named
from scheduler.protocol.plan.times.timing import Timing
from scheduler.protocol.plan.values import ValueIs
from scheduler.said import Code, Quoted, Said, listed, said


def moved_to_same_version(candidate: Candidate) -> Iterator[Told]:
    """A move to the version of the protocol that the patient is under."""
    event = candidate.event
    if isinstance(event, MovedToVersion) and candidate.chart.version_on(event.on).version == event.version:
        what = said(
            "the patient is under version {version} on {on} already",
            version=Code(f"{event.version}"),
            on=Code(f"{event.on}"),
        )
        hint = said(
            "name the version that the patient goes on under; where the day of the move was wrong, correct that record"
        )
        yield Told(what, "version", hint)


def lost_already(candidate: Candidate) -> Iterator[Told]:
    """The loss of a patient whom nobody has reached since the last time."""
    event = candidate.event
    if not isinstance(event, LostToFollowUp):
        return
    for hold in candidate.course.away:
        if hold.start <= event.on.toordinal() and (hold.end is None or event.on.toordinal() < hold.end):
            what = said(
                "the patient is lost to follow-up since {on} and was not reached since",
                on=Code(f"{hold.opened.event.on}"),
            )
            hint = said(
                "record 'contacted' when the patient is reached, or correct event {number}",
                number=Code(f"{hold.opened.number}"),
            )
            yield Told(what, "event", hint, events=hold.opened.numbers)


def no_units(candidate: Candidate) -> Iterator[Told]:
    """Nothing handed out, or nothing lost. An empty bottle that is brought back is counted as 0."""
    event = candidate.event
    if isinstance(event, Dispensed | Lost) and event.quantity == 0:
        what = said("no units were handed out") if isinstance(event, Dispensed) else said("no units were lost")
        yield Told(what, "quantity", said("write how many, or record nothing"))


def planned_after_it_was_given(candidate: Candidate) -> Iterator[Told]:
    """A plan for the first dose, made on a day after the patient had it. One of an earlier day may be recorded late."""
    event, given, first = candidate.event, candidate.course.first_dose, candidate.course.first_day
    if isinstance(event, FirstDosePlanned) and given is not None and first is not None and event.on.toordinal() > first:
        what = said(
            "the first dose was given by then: event {number}, {day}",
            number=Code(f"{given.number}"),
            day=Code(f"{date.fromordinal(first)}"),
        )
        hint = said("correct that record where it is wrong; the next dose is put off with 'delayed' or booked")
        yield Told(what, "on", hint, events=given.numbers)


def level_without_ladder(candidate: Candidate) -> Iterator[Told]:
    """A dose level of a treatment for which the protocol has no levels: its doses would stay as they are."""
    event = candidate.event
    if not isinstance(event, DoseChanged | Resumed) or event.level is None:
        return
    # To resume at level 0 is to resume at the dose that there is.
    is_same = isinstance(event, Resumed) and event.level == 0
    line = candidate.treatment(event.treatment)
    is_judged = line is not None and (candidate.chart.arm_is_known or line.before_randomisation)
    if is_judged and line is not None and line.ladder is None and not is_same:
        what = said(
            "the protocol has no dose levels of {treatment}, so level {level} changes no dose",
            treatment=Code(f"{event.treatment}"),
            level=Code(f"{event.level}"),
        )
        yield Told(what, "level", said("record what was given with its 'amount', or hold or discontinue the treatment"))


def nothing_to_review(candidate: Candidate) -> Iterator[Told]:
    """A look at a record that asked for none."""
    event = candidate.event
    if isinstance(event, Reviewed) and _told(candidate.calendar) == _told(candidate.calendar_after):
        what = said("event {number} is not among what waits to be looked at", number=Code(f"{event.number}"))
        yield Told(what, "number", said("the worklist says which events ask to be looked at"))


def nothing_to_report(candidate: Candidate) -> Iterator[Told]:
    """A report to the sponsor of what needs none within 24 hours, or was reported already."""
    event = candidate.event
    if not isinstance(event, Reported):
        return
    number = Code(f"{event.number}")
    zone_on = site_of(candidate.site, candidate.course).zone_on
    reports = urgent_reports(candidate.calendar, candidate.course, zone_on)
    due = [each for each in reports if event.number in each.events]
    if not due:
        what = said(
            "event {number} is no serious event, no pregnancy and no overdose: no report of it is due", number=number
        )
        hint = said("look at the number; where the event is serious, correct that record first")
        yield Told(what, "number", hint)
    for report in due:
        if report.reported is not None:
            day = Code(f"{report.reported.event.on}")
            what = said("event {number} was reported to the sponsor on {day}", number=number, day=day)
            hint = said("look at the number; what was found out since belongs into the event itself, by correction")
            yield Told(what, "number", hint, events=report.reported.numbers)


def no_such_site(candidate: Candidate) -> Iterator[Told]:
    """A transfer to a site that the study does not have: nobody knows its open days. Asked where the sites are known."""
    event, site = candidate.event, candidate.site
    known = tuple(each.name for each in (site, *site.others))
    if isinstance(event, SiteTransferred) and site.others and event.site not in known:
        what = said("there is no site '{site}' in the study", site=Quoted(event.site))
        yield Told(what, "site", nearest_known(event.site, known))


def _told(calendar: Calendar) -> tuple[object, ...]:
    return calendar.findings, calendar.entries, calendar.pending, calendar.proposals


def in_the_group_already(candidate: Candidate) -> Iterator[Told]:
    """Joining a group that the patient belongs to, or leaving one to which the patient does not belong."""
    event = candidate.event
    if not isinstance(event, Joined | Left):
        return
    day = event.on.toordinal()
    stays = candidate.course.groups.get(event.group, [])
    belongs = any(stay.start <= day and (stay.end is None or day < stay.end) for stay in stays)
    if belongs is isinstance(event, Joined):
        named = {"group": Code(event.group), "day": Code(f"{event.on}")}
        what = (
            said("the patient belongs to the group {group} on {day}", **named)
            if belongs
            else said("the patient does not belong to the group {group} on {day}", **named)
        )
        yield Told(what, "group", said("look at the day"))


def fact_that_says_nothing(candidate: Candidate) -> Iterator[Told]:
    """A fact that treatments or visits hang on, in words that are no answer, or almost one of the protocol's."""
    event = candidate.event
    if not isinstance(event, Attribute):
        return
    facts = [fact for plan in candidate.plans() for fact in plan.asked_facts]
    asked = [fact for fact in facts if attribute_key(fact.name) == attribute_key(event.name)]
    if not asked:
        yield from _neither_yes_nor_no(candidate, event)
        return
    known = [
        str(fact.asked.value) for fact in asked if isinstance(fact.asked, AttributeIs) and fact.asked.value is not True
    ]
    answer = str(event.value)
    if attribute_key(event.name) == "sex":
        # "male" is near to "female", and is an answer; a letter alone is none that the protocol's word can be compared with.
        near = None if answer.casefold() in _SEXES else said("write {sexes}", sexes=listed(*map(Code, _SEXES), how=OR))
    else:
        near = nearest_known(answer, known) if answer.casefold() not in map(str.casefold, known) else None
    told = Fact(event, (candidate.number,))
    # What is compared with the baseline says so by being a number: whatever it is compared with.
    if near is not None or any(answer_of(fact, told, told if fact.is_change else None) is None for fact in asked):
        what = said(
            "'{answer}' does not say whether: {fact}", answer=Quoted(answer), fact=Quoted(f"{asked[0].words}", "en")
        )
        yield Told(what, "value", near or _answer_to(asked[0]))


def _neither_yes_nor_no(candidate: Candidate, event: Attribute) -> Iterator[Told]:
    """A fact that dose rules ask for. They read every other word as no, and a tumour in the liver that is there as none."""
    rules = (rule for plan in candidate.plans() for rule in plan.rules)
    asking = ((rule, each) for rule in rules for each in rule.conditions if isinstance(each, AttributeIs))
    named = next((rule for rule, each in asking if attribute_key(each.name) == attribute_key(event.name)), None)
    if named is not None and yes_or_no(event.value) is None:
        what = said("'{answer}' does not say whether: {fact}", answer=Quoted(str(event.value)), fact=Quoted(event.name))
        yield Told(what, "value", said("write true or false"), named.clause)


_SEXES = ("female", "male")


def _answer_to(fact: AskedFact) -> Said:
    if isinstance(fact.asked, PairIs):
        return said("write both numbers, such as {example}", example=Code(f"140/90 {fact.asked.unit}"))
    if isinstance(fact.asked, ValueIs):
        unit = fact.asked.unit
        return said("write a number in {unit}", unit=Code(unit)) if unit else said("write a number")
    if fact.asked.value is True:
        return said("write true or false")
    return said("write a word, such as {word}", word=Code(str(fact.asked.value)))


def birth_that_nothing_counts_from(candidate: Candidate) -> Iterator[Told]:
    """A date of birth in a study that times nothing by age: it says who somebody is, and serves for nothing."""
    if isinstance(candidate.event, DateOfBirth) and not any(goes_by_age(plan) for plan in candidate.plans()):
        what = said("nothing in this study is timed or dosed by age: a date of birth says who somebody is")
        yield Told(what, "born", said("leave it out"))


def goes_by_age(plan: Plan) -> bool:
    """True where a day or a dose goes by the patient's age."""
    timings = [timing for line in (*plan.timelines.values(), *plan.dates.values()) for timing in _timings(line)]
    edges = [edge for timing in timings for edge in (*timing.not_before, *timing.not_after)]
    edges += [limit.edge for timing in timings for limit in timing.until]
    edges += [limit.edge for line in plan.timelines.values() for limit in line.limits_by_date]
    moments = [*(timing.moment for timing in timings), *(edge.moment for edge in edges)]
    bands = (band.measure for line in plan.treatments() for give in line.gives for band in give.calculation.bands)
    return Named(DATE_OF_BIRTH) in moments or Measure.AGE in bands


def _timings(line: Timeline) -> Iterator[Timing]:
    yield from (*line.numbered.values(), *line.pieces, *line.by_part)
    yield from (timing for timing in (line.then, line.last) if timing is not None)
