"""Looking back: deviations, exposure, tumour response, adverse events."""

from __future__ import annotations

from pydantic import Field

from scheduler.calendar.entries.deviation import Deviated
from scheduler.calendar.entries.entry import Status
from scheduler.web.api.shapes.shape import CivilDate, Shape


class Clause(Shape):
    """A sentence of the protocol."""

    line: int
    """Its line."""
    text: str
    """Its words."""


class Deviation(Shape):
    """What was done otherwise than the protocol says."""

    subject: str
    """Whose it is."""
    date: CivilDate | None
    """When."""
    deviation: Deviated
    """What sort it is."""
    entry: str | None
    """The entry of the calendar."""
    treatment_or_visit: str | None
    """The treatment or visit."""
    days_off: int | None
    """Days after the last allowed day, or below 0 before the first."""
    what: str
    """What happened, in words."""
    clause: Clause | None
    """The sentence that it departs from."""
    events: list[int]
    """The events that say so."""
    severity: str | None
    """Minor or major, where the protocol says which."""


class Deviations(Shape):
    """The ledger of deviations."""

    study: str
    """The study."""
    on: CivilDate | None
    """The day that it was looked at."""
    deviations: list[Deviation]
    """Patient by patient, by date."""


class _Figures(Shape):
    unit: str | None
    """The unit of the amounts."""
    delivered: str | None
    """What was received, as text."""
    planned: str | None
    """What was planned, as text."""
    days: int | None
    """The time that it took."""
    planned_days: int | None
    """The time that was planned."""
    relative_dose_intensity: str | None
    """Percent, with one decimal."""
    delay: int | None
    """Days later than planned."""
    delayed_by: list[int]
    """The events behind the delay."""
    level: int | None
    """The dose level."""
    reduced_by: list[int]
    """The events behind the reduction."""
    days_dosed: int
    """Days with a dose."""
    presumed: int
    """Those of them that nobody reported."""
    held: int
    """Days on hold."""
    not_taken: int
    extra: int
    double: int
    """Days that were left out."""


class ExposureLine(_Figures):
    """One cycle, dose or fraction."""

    treatment: str
    """The treatment."""
    drug: str
    """The drug."""
    entry: str
    """The entry of the calendar."""
    n: int
    """Its number."""
    start: CivilDate
    """When it started."""
    status: Status
    """Where it stands."""
    running: bool
    """Its dosing days are not over yet."""


class ExposureTotal(_Figures):
    """All of one drug together."""

    treatment: str
    """The treatment."""
    drug: str
    """The drug."""
    given: int
    """How many were given."""
    unrecorded: int
    """How many have no record."""
    total_dose_percent: str | None
    """Delivered of planned, in percent."""


class PillCount(Shape):
    """What became of the units of one cycle."""

    treatment: str
    """The treatment."""
    cycle: int | None
    """The cycle."""
    dispensed: int | None
    """Handed out."""
    returned: int | None
    """Brought back."""
    lost: int | None
    """Reported as lost."""
    taken: int | None
    """Taken, once the return is counted."""
    missing: int | None
    """What nobody can explain."""
    expected: int | None
    """What the dosing days asked for."""
    compliance: str | None
    """Taken of expected, in percent."""
    out_of_bounds: bool
    """Outside of what is allowed."""
    events: list[int]
    """The events that say so."""


class Exposure(Shape):
    """What one patient received beside what was planned."""

    study: str
    """The study."""
    subject: str | None
    """Whose it is."""
    until: CivilDate
    """The last day that counts."""
    lines: list[ExposureLine]
    """Each cycle, dose or fraction."""
    totals: list[ExposureTotal]
    """Each drug."""
    counts: list[PillCount]
    """Pill counts."""


class Progression(Shape):
    """When the disease progressed."""

    date: CivilDate | None
    """The day, null while it has not."""
    events: list[int]
    """The events that say so."""


class Duration(Shape):
    """How long a response lasted."""

    from_: CivilDate = Field(alias="from")
    """Since when."""
    to: CivilDate | None
    """Until when."""
    days: int | None
    """How many days."""
    ongoing: bool | None
    """It still lasts."""


class BestResponse(Shape):
    """The response so far by one set of criteria."""

    criteria: str
    """RECIST 1.1 or iRECIST."""
    best: str | None
    """The best one."""
    best_scan: CivilDate | None
    """The day of its scan."""
    confirmed: bool | None
    """A later scan confirmed it."""
    best_if_confirmed: str | None
    """What it is where it has to be confirmed."""
    objective_response: bool | None
    """It counts as a response."""
    disease_control: bool | None
    """It counts as control of the disease."""
    duration: Duration | None
    """How long it lasted."""
    progression: CivilDate | None
    """Progression by these criteria."""
    events: list[int]
    """The events that say so."""


class Assessment(Shape):
    """One assessment of the tumour."""

    date: CivilDate
    """When it was recorded for."""
    criteria: str
    """RECIST 1.1 or iRECIST."""
    assessment: str
    """What was found."""
    scan: str | None
    """The scan that it was read from."""
    scan_date: CivilDate
    """The day of that scan."""
    iupd: int | None
    """The event of the unconfirmed progression that it follows."""
    takes_back_iupd: bool
    """It takes that progression back."""
    event: int
    """Its event."""


class TumourResponse(Shape):
    """One patient's tumour response so far."""

    study: str
    """The study."""
    subject: str | None
    """Whose it is."""
    progression: Progression
    """Progression."""
    died: CivilDate | None
    """Death."""
    responses: list[BestResponse]
    """By each set of criteria."""
    assessments: list[Assessment]
    """Every assessment."""


class AdverseEventCourse(Shape):
    """One adverse event over its course."""

    subject: str
    """Whose it is."""
    ae: int
    """Its number."""
    term: str
    """The term of CTCAE."""
    recorded_term: str
    """The term as it was recorded."""
    onset: CivilDate | None
    """When it began."""
    end: CivilDate | None
    """When it was over."""
    worst_grade: int
    """The worst grade, 1 to 5."""
    worst_grade_in_period: int | None
    """The worst grade inside the time in which the study collects adverse events."""
    grade_now: int | None
    """The grade now; null when it is over."""
    serious: bool | None
    """It is serious."""
    related: list[str]
    """The treatments that it may come from."""
    in_period: bool | None
    """It falls into the time in which the study collects adverse events."""
    events: list[int]
    """The events that say so."""


class AdverseEventCount(Shape):
    """How many patients had a term."""

    period: str
    """Inside or outside the time of collection."""
    term: str
    """The term."""
    patients_by_worst_grade: dict[str, int]
    """Patients by worst grade, "1" to "5"."""
    patients: int
    """Patients together."""
    events: int
    """Adverse events together."""


class AdverseEvents(Shape):
    """The adverse events of all patients."""

    study: str
    """The study."""
    adverse_events: list[AdverseEventCourse]
    """Each of them."""
    summary: list[AdverseEventCount]
    """By term."""
