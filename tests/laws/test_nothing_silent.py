"""The law: after any accepted event something on the calendar, a list or a finding cites it, or the event was refused.

Nothing recorded is without effect and without a word. History and audit do not count, for they repeat everything.

`SHOWN` says for each kind where it shows. For each kind, patients of several studies get some events of any kind, and then one
of that kind, as somebody may type it: with unknown words, days off the plan, wrong arms and numbers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.asking import Strength, as_if_answered, ask
from scheduler.calendar.engine.evaluation.ended_early import end_of_treatment_line
from scheduler.calendar.entries.entry import Status
from scheduler.errors import Refused
from scheduler.patient.appending import append
from scheduler.patient.events import AnyFact, Corrected, Event, Reported, Reviewed, Struck, enrolment, observations
from scheduler.patient.events.shown import SHOWN, Where
from scheduler.patient.replaying.replay import replay
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.laws.any_events import KINDS_OF_EVENT, Scene, as_event, events_of, scenes
from tests.laws.counted import tried
from tests.laws.examples import examples
from tests.laws.fitting import AFTER
from tests.laws.walks import study
from tests.laws.where_told import what_stands, where_told

pytestmark = pytest.mark.no_cover  # its lines are those of other tests, and watching them takes as long again

PUT_RIGHT = (Corrected, Struck, Reviewed, Reported)
"""What shows where another record stood: the line there is another one, or is gone."""

MAY_ONLY_BE_KNOWN = (
    enrolment.Consented,
    enrolment.Screened,
    enrolment.DateOfBirth,
    enrolment.Joined,
    enrolment.Left,
    enrolment.SiteTransferred,
    observations.Attribute,
    observations.Measured,
    observations.OfMedicine,
)
"""What need not bear on dates or doses: the list of what is known of the patient has it. While treatment
is not over, all else shows beside that list when it is said for the first time."""


def recorded(scene: Scene, event: Event) -> Scene | None:
    """The patient after it, with a reason where one is asked for; None where it is refused."""
    asked = ask(scene.version, scene.site, scene.log, [event], today=max(scene.today, event.on))
    if any(each.strength is Strength.REFUSED for each in asked):
        return None
    (answered,) = as_if_answered([event], asked)
    try:
        log = append(scene.version, scene.log, answered, versions=scene.version.others)
    except Refused:
        return None
    return replace(scene, log=log, today=max(scene.today, event.on))


def places_of(before: Scene, after: Scene, event: Event) -> frozenset[Where]:
    """Where the last event of the log shows, of a correction also by the number of the record that it puts right."""
    number = after.log.length
    found = where_told(after, number)
    if isinstance(event, PUT_RIGHT) and what_stands(before) - what_stands(after):
        found |= {Where.PUTS_RIGHT}
    return found


def is_over(scene: Scene, on: date) -> bool:
    """Nobody treats the patient any more, or can reach them, or the plan has nothing that is still to come by that day."""
    course, found = replay(scene.log), scene.calendar
    is_lost = any(each.end is None for each in course.away)
    to_come = [each for each in found.entries if each.date is None or each.date >= on]
    nothing_left = not to_come and not found.pending
    plan = scene.version.plan(found.arm)
    treatments = {line.name for line in plan.treatments()} if plan is not None else set()
    # A treatment has ended, too, that counts from one that was discontinued.
    left = {each.timeline for each in found.entries if each.status is not Status.CANCELLED}
    left |= {each.id.partition(".")[0] for each in found.pending}
    stopped = bool(treatments) and all(
        end_of_treatment_line(course, name) is not None or name not in left for name in treatments
    )
    is_over = course.ends_of_treatment or course.withdrew or course.death
    return bool(is_lost or is_over or nothing_left or stopped)


def is_said_again(scene: Scene, event: Event) -> bool:
    """Progression, or another therapy, counts from the first time."""
    return any(type(record.event) is type(event) for record in scene.log.records)


TRIES = 3
"""How often somebody tries to record an event of the kind."""


@st.composite
def recordings(draw: st.DrawFn, word: str, seed: int) -> tuple[Scene, Scene, Event] | None:
    """A patient before and after an event of a kind was recorded, and that event; None where it is refused."""
    scene = draw(scenes(seed, KINDS_OF_EVENT[word].kind))
    before = [AFTER[word]] if word in AFTER and draw(st.integers(0, 3)) else []
    for other in draw(st.lists(st.sampled_from(sorted(KINDS_OF_EVENT)), max_size=2)) + before:
        event = as_event(draw(events_of(scene, KINDS_OF_EVENT[other].kind)))
        scene = (recorded(scene, event) if event is not None else None) or scene
    for _ in range(TRIES):
        event = as_event(draw(events_of(scene, KINDS_OF_EVENT[word].kind)))
        after = recorded(scene, event) if event is not None else None
        if event is not None and after is not None:
            return scene, after, event
    return None


@pytest.fixture(scope="session")
def seed_of_patients(request: pytest.FixtureRequest) -> int:
    """Other patients in a fresh run."""
    return request.config.getoption("--fresh") or 0


@pytest.mark.parametrize("word", KINDS_OF_EVENT)
@settings(max_examples=examples(6), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_accepted_event_shows_where_its_kind_says(word: str, seed_of_patients: int, data: st.DataObject) -> None:
    found = data.draw(recordings(word, seed_of_patients))
    if found is not None:
        before, after, event = found
        tried(after.version, after.log)
        places = places_of(before, after, event)
        may_only_be_known = (
            isinstance(event, MAY_ONLY_BE_KNOWN) or is_over(before, event.on) or is_said_again(before, event)
        )
        known = Where.BACKGROUND in places and may_only_be_known
        assert known or places - {Where.BACKGROUND}, f"nothing cites {event!r}"
        assert places <= SHOWN[type(event)], f"the table leaves out {places - SHOWN[type(event)]}"


def test_every_kind_says_where_it_shows() -> None:
    assert SHOWN.keys() == {*get_args(AnyFact), Corrected, Struck}
    assert all(SHOWN.values())


ALL = "2026-02-27 randomised, arm: all"
TABLET = "2026-02-27 randomised, arm: RT\n2026-03-02 cycle started, treatment: tablet, cycle: 1"
STARTED = "2026-02-27 randomised, arm: control\n2026-03-02 cycle started, treatment: regorafenib, cycle: 1"


@pytest.mark.parametrize(
    ("name", "story", "shows"),
    [
        (
            "seed",
            f"{STARTED}\n2026-05-01 progressed\n2026-05-04 treated beyond progression",
            {Where.CALENDAR, Where.FINDINGS},
        ),
        # Nothing waits for progression there, so nothing but the note tells of it.
        ("bioequivalence", f"{TABLET}\n2026-03-09 progressed\n2026-03-10 treated beyond progression", {Where.FINDINGS}),
        # The dose itself is still to come: the sheet around it tells of its sample.
        (
            "bioequivalence",
            f"{TABLET}\n2026-03-08 not sampled, reason: vein, sheet: pk, n: 2, point: -0.5 h",
            {Where.CALENDAR},
        ),
        ("seed", f"{STARTED}\n2026-05-04 treated beyond progression", {Where.FINDINGS}),
        # Recorded although treatment has ended before it began, without an arm.
        (
            "seed",
            "2026-02-28 end of treatment, reason: tired\n2026-03-01 first dose planned, to: 2026-03-11",
            {Where.FINDINGS},
        ),
        ("a-subgroup-only", f"{ALL}\n2026-03-05 joined, group: pk-substudy", {Where.BACKGROUND}),
        (
            "a-subgroup-only",
            f"{ALL}\n2026-03-02 given, treatment: drug, n: 1\n2026-03-02 joined, group: pk-substudy",
            {Where.BACKGROUND, Where.CALENDAR},
        ),
    ],
)
def test_what_the_law_seldom_draws(name: str, story: str, shows: set[Where]) -> None:
    log = told(story)
    scene = Scene(study(name), EVERY_DAY, log, log.records[-1].event.on)
    assert where_told(scene, log.length) == shows
