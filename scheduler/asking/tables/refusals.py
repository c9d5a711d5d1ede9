"""What is refused: it cannot be, and no reason lets it stand."""

from __future__ import annotations

from scheduler.asking.questions import days, from_the_diary, orders, without_effect, words
from scheduler.asking.questions import off_the_plan as plan
from scheduler.asking.questions.words import word
from scheduler.asking.rule import Rule, refused
from scheduler.patient.events import (
    AdverseEvent,
    CycleStarted,
    DateOfBirth,
    DeviationAssessed,
    Dispensed,
    Event,
    FirstDosePlanned,
    Given,
    Joined,
    Left,
    Lost,
    LostToFollowUp,
    Measured,
    MovedToVersion,
    Regraded,
    Reviewed,
    SiteTransferred,
    VisitDone,
)

REFUSALS: tuple[Rule, ...] = (
    refused("in-the-future", "a fact of a day that is still to come", days.in_the_future, Event),
    refused(
        "onset-after-report", "an adverse event that began after its report", days.onset_after_report, AdverseEvent
    ),
    refused("limit-of-zero", "an upper limit of normal of 0 or less", words.limit_of_zero, Measured),
    refused("no-such-grade", "a grade that the term does not have", word("no-such-grade"), AdverseEvent, Regraded),
    refused(
        "no-such-deviation",
        "an assessment of a deviation that is not there",
        orders.no_such_deviation,
        DeviationAssessed,
    ),
    refused(
        "found-before-it-happened",
        "a deviation found or reported before it happened",
        days.found_before_it_happened,
        DeviationAssessed,
    ),
    refused(
        "reported-before-found",
        "a deviation reported before it was found",
        days.reported_before_found,
        DeviationAssessed,
    ),
    refused(
        "same-version", "a move to the version that holds already", without_effect.moved_to_same_version, MovedToVersion
    ),
    refused("lost-already", "the loss of a patient who is lost already", without_effect.lost_already, LostToFollowUp),
    refused(
        "first-dose-given",
        "a plan for a first dose, made after it was given",
        without_effect.planned_after_it_was_given,
        FirstDosePlanned,
    ),
    refused(
        "in-the-group-already",
        "joining a group twice, or leaving it without having joined",
        without_effect.in_the_group_already,
        Joined,
        Left,
    ),
    refused(
        "nothing-by-age",
        "a date of birth in a study that times and doses nothing by age",
        without_effect.birth_that_nothing_counts_from,
        DateOfBirth,
    ),
    refused(
        "no-such-site",
        "a transfer to a site that the study does not have",
        without_effect.no_such_site,
        SiteTransferred,
    ),
    refused("nothing-to-review", "a look at what asks for none", without_effect.nothing_to_review, Reviewed),
    refused(
        "no-such-activity",
        "an activity as not done that the visit does not have",
        plan.not_of_the_visit,
        VisitDone,
        CycleStarted,
        Given,
    ),
    refused("no-such-prompts", "more prompts answered than a day has", from_the_diary.prompts_answered, VisitDone),
    refused("no-units", "no units handed out or lost", without_effect.no_units, Dispensed, Lost),
)
