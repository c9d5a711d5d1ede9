"""The stories of `scenarios/` told through the API: enrolled, recorded, and the calendar is what the command line shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from scheduler.cli.app import app
from scheduler.folder.reading.case import read_case
from scheduler.patient.events import dump_event
from scheduler.patient.log import Log
from scheduler.source.reading import read_yaml
from scheduler.store.values import Enrolment
from tests.scenario_runner import SCENARIOS
from tests.web.api.programs import Program, program
from tests.web.people import PASSWORD, SETTING_UP, Place

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]  # its lines are those of other tests of the API

EXAMPLES = Path(__file__).parents[3] / "examples" / "rego-tori-rt" / "patients"
STORIES = (
    "bookings/void-because-radiotherapy-moved",
    "corrections/hold-struck",
    "corrections/start-date-corrected",
    "delays/cycle-moves-what-hangs-on-it",
    "death/in-a-cycle",
    "worked/control-hold-and-reduce",
)


def shown(path: Path, until: str) -> Any:
    """What the command line shows."""
    answer = CliRunner().invoke(app, ["show", str(path), "--until", until, "--format", "json"])
    return json.loads(answer.stdout)


def tell(doctor: Program, subject: str, log: Log) -> None:
    """Record the events one by one, each order with its signature."""
    for record in log.records:
        event = dump_event(record.event)
        looked = doctor.send(f"/api/subjects/{subject}/preview", {"events": [event]}).json()
        signature = {"password": PASSWORD} if looked["signs"] else {}
        answer = doctor.records(subject, event, **signature)
        assert answer.status_code == 201, answer.text


def without(subject: str, calendar: Any) -> Any:
    return json.loads(json.dumps(calendar).replace(subject, "the patient"))


@pytest.mark.parametrize("story", STORIES)
def test_story_gives_the_calendar_of_the_command_line(story: str, place: Place) -> None:
    path = SCENARIOS / f"{story}.yaml"
    doctor, case = program(place, "investigator"), read_case(path)
    said: Any = read_yaml(path.read_text("utf-8"), name=path.name).value
    # A story says its open days itself, which only a case file can: the log is what goes through the API.
    days = {key: said[key] for key in ("closed", "open") if key in said}
    place.store.enrol(Enrolment("TOLD-1", "Shanghai", case.version.digest, days), SETTING_UP)
    tell(doctor, "TOLD-1", case.log)
    calendar = doctor.reads(f"/api/subjects/TOLD-1/calendar?until={case.until}")
    expected = shown(path, str(case.until)) | {"subject": "TOLD-1"}
    assert calendar == expected


@pytest.mark.parametrize("subject", ["EXP-003", "CTL-002"])
@pytest.mark.slow
def test_patient_told_again_from_enrolment_on(subject: str, place: Place) -> None:
    doctor, path = program(place, "investigator"), EXAMPLES / f"{subject}.yaml"
    assert doctor.send("/api/subjects", {"subject": "AGAIN-1", "site": "Shanghai"}).status_code == 201
    tell(doctor, "AGAIN-1", read_case(path).log)
    calendar = doctor.reads("/api/subjects/AGAIN-1/calendar?until=2026-08-31")
    assert without("AGAIN-1", calendar) == without(subject, shown(path, "2026-08-31"))
