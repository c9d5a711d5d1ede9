"""What a patient's way through the study contradicts: arms, randomisation, versions, contact, death."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, nearest_known
from scheduler.patient.chart import Chart
from scheduler.patient.contradictions.say import CORRECT_ONE, refuse, repeats, told
from scheduler.patient.events import (
    Contacted,
    CycleStarted,
    DateOfBirth,
    DeviationAssessed,
    Died,
    EndOfTreatment,
    Event,
    FirstDosePlanned,
    Given,
    Joined,
    Left,
    Lost,
    LostToFollowUp,
    MovedToVersion,
    Randomised,
    Reached,
    Regraded,
    Reported,
    Resolved,
    Resumed,
    Returned,
    Reviewed,
    Taken,
)
from scheduler.patient.log import Fact
from scheduler.said import Code, Said, said
from scheduler.source.quoting import quoted

AFTER_DEATH: tuple[type[Event], ...] = (Returned, Lost, Regraded, Resolved, Died, Reviewed, Reported, DeviationAssessed)
"""What can still be recorded about a patient who has died; corrections and strikes always can."""


def randomised_once(chart: Chart) -> Iterator[Finding]:
    """A patient is randomised once."""
    for first, again in repeats(fact for fact, _ in chart.of(Randomised)):
        message = said("the patient was randomised twice: {first} and {again}", first=told(first), again=told(again))
        yield refuse("randomised-twice", message, CORRECT_ONE, first, again)


def arm_is_in_the_protocol(chart: Chart) -> Iterator[Finding]:
    """The arm is one of the version that the patient was under."""
    for fact, event in chart.of(Randomised):
        arms = chart.version_on(event.on).arms
        if event.arm not in arms:
            message = said("{arm} is not an arm of this study", arm=Code(quoted(event.arm)))
            yield refuse("unknown-arm", message, nearest_known(event.arm, arms), fact)


def milestones_are_in_the_study(chart: Chart) -> Iterator[Finding]:
    """A milestone is a date that the protocol names, and it is reached once."""
    reached: dict[str, list[Fact]] = {}
    for fact, event in chart.of(Reached):
        reached.setdefault(event.milestone, []).append(fact)
        known = chart.version_on(event.on).milestones
        if event.milestone not in known:
            message = said("{milestone} is not a date that this study names", milestone=Code(quoted(event.milestone)))
            yield refuse("unknown-milestone", message, nearest_known(event.milestone, known), fact)
    for milestone, facts in reached.items():
        for first, again in repeats(facts):
            message = said(
                "{milestone} was reached twice: {first} and {again}",
                milestone=Code(quoted(milestone)),
                first=told(first),
                again=told(again),
            )
            yield refuse("reached-twice", message, CORRECT_ONE, first, again)


def born_once_and_before(chart: Chart) -> Iterator[Finding]:
    """A patient is born once, on the day of the record or before; no message says the day."""
    born = [fact for fact, _ in chart.of(DateOfBirth)]
    for first, again in repeats(born):
        message = said("the date of birth is recorded twice: {first} and {again}", first=told(first), again=told(again))
        yield refuse("born-twice", message, CORRECT_ONE, first, again)
    for fact, event in chart.of(DateOfBirth):
        if event.born > event.on:
            message = said("the date of birth is later than its record {fact}", fact=told(fact))
            yield refuse("born-later", message, CORRECT_ONE, fact)


def groups_are_in_the_study(chart: Chart) -> Iterator[Finding]:
    """A group that a patient joins or leaves is one of the protocol."""
    named = [(fact, event.group) for fact, event in chart.of(Joined)]
    named += [(fact, event.group) for fact, event in chart.of(Left)]
    for fact, group in named:
        known = chart.version_on(fact.event.on).groups
        if group not in known:
            message = said("the study has no group {group}", group=Code(quoted(group)))
            yield refuse("unknown-group", message, nearest_known(group, known), fact)


def doses_follow_randomisation(chart: Chart) -> Iterator[Finding]:
    """Nothing is given before randomisation, nor without it where there are several arms, but what all get before it.

    It can have happened all the same, where the record of the dose or of the randomisation says why.
    """
    randomised = next((fact for fact, _ in chart.of(Randomised)), None)
    several = len(chart.version_on(next(iter(chart.facts)).event.on).arms) > 1 if chart.facts else False
    for fact, event in chart.of(CycleStarted, Given, Taken):
        line = chart.treatment(event.treatment, event.on)
        if line is not None and line.before_randomisation:
            continue
        if randomised is None and several:
            message = said(
                "{treatment} was given {fact}, but the patient was never randomised",
                treatment=Code(quoted(event.treatment)),
                fact=told(fact),
            )
            yield refuse("not-randomised", message, said("record 'randomised' first, with the arm"), fact)
        elif (
            randomised is not None
            and event.on < randomised.event.on
            and not (event.confirmed or randomised.event.confirmed)
        ):
            message = said(
                "{treatment} was given {fact}, before randomisation {randomised}",
                treatment=Code(quoted(event.treatment)),
                fact=told(fact),
                randomised=told(randomised),
            )
            yield refuse("before-randomisation", message, said("correct the date of one of them"), fact, randomised)


def first_dose_is_planned_after_randomisation(chart: Chart) -> Iterator[Finding]:
    """Nobody plans the first dose for a day before randomisation. What was given since stands for itself."""
    randomised = next((fact for fact, _ in chart.of(Randomised)), None)
    planned = [(fact, event) for fact, event in chart.of(FirstDosePlanned)]
    if randomised is None or not planned or any(chart.of(CycleStarted, Given)):
        return
    fact, event = planned[-1]
    plans = chart.plans_on(event.on)
    if any(
        each.before_randomisation and each.name not in plan.not_first for plan in plans for each in plan.treatments()
    ):
        return
    if event.day < randomised.event.on:
        message = said(
            "{fact} the first dose is planned for {day}, before randomisation {randomised}",
            fact=told(fact),
            day=Code(f"{event.day}"),
            randomised=told(randomised),
        )
        hint = said("plan the first dose anew, or correct the date of randomisation")
        yield refuse("planned-before-randomisation", message, hint, fact, randomised)


def versions_are_in_the_study(chart: Chart) -> Iterator[Finding]:
    """A patient moves to a version that the study has."""
    for fact, event in chart.of(MovedToVersion):
        if event.version not in chart.known:
            message = said("the study has no version {version}", version=Code(quoted(event.version)))
            yield refuse("unknown-version", message, nearest_known(event.version, chart.known), fact)


def treatment_ends_once(chart: Chart) -> Iterator[Finding]:
    """Treatment ends once, unless it was resumed in between."""
    ended = None
    for fact in chart.facts:
        if isinstance(fact.event, Resumed) and fact.event.override is not None:
            ended = None
        elif isinstance(fact.event, EndOfTreatment):
            if ended is not None:
                message = said(
                    "the end of treatment is recorded twice: {ended} and {fact}", ended=told(ended), fact=told(fact)
                )
                yield refuse("ended-twice", message, CORRECT_ONE, ended, fact)
            ended = fact


def death_is_recorded_once(chart: Chart) -> Iterator[Finding]:
    """A patient dies once."""
    for first, again in repeats(fact for fact, _ in chart.of(Died)):
        message = said("the death is recorded twice: {first} and {again}", first=told(first), again=told(again))
        yield refuse("died-twice", message, CORRECT_ONE, first, again)


def nothing_happens_after_death(chart: Chart) -> Iterator[Finding]:
    """After the day of death only returns, losses and the course of adverse events are recorded."""
    died = next((fact for fact, _ in chart.of(Died)), None)
    if died is None:
        return
    for fact in chart.facts:
        if fact.event.on > died.event.on and not isinstance(fact.event, AFTER_DEATH):
            message = said(
                "{event} {fact} is after the patient's death {died}",
                event=said("'{event}'", event=Said(fact.event.event, context="record")),
                fact=told(fact),
                died=told(died),
            )
            yield refuse("after-death", message, said("correct the date of one of them, or strike one"), fact, died)


def contact_follows_loss(chart: Chart) -> Iterator[Finding]:
    """Only a patient who was lost to follow-up is recorded as reached again."""
    lost = next((fact for fact, _ in chart.of(LostToFollowUp)), None)
    for fact, event in chart.of(Contacted):
        if lost is None or event.on < lost.event.on:
            message = said("the patient was reached {fact}, but was not lost to follow-up before", fact=told(fact))
            hint = said("record 'lost to follow-up' first; for a planned contact record 'visit done' with its entry")
            yield refuse("not-lost", message, hint, fact)
