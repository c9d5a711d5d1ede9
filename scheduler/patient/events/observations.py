"""What was seen in the patient: adverse events, measurements, medicines, attributes, response and progression."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from scheduler.patient.events.fields import Count, DoseText, Event, Grade, Quantity, Text, Texts, check_word
from scheduler.vocabulary import laboratory_named
from scheduler.written import IsoDate, fault

ASSESSMENTS = {
    "RECIST 1.1": ("CR", "PR", "SD", "PD", "non-CR/non-PD", "NE"),
    "iRECIST": ("iCR", "iPR", "iSD", "iUPD", "iCPD", "non-iCR/non-iUPD", "NE"),
}
"""What can be found by each set of criteria. Eur J Cancer 2009;45:228 and Lancet Oncol 2017;18:e143."""


class AdverseEvent(Event):
    """An adverse event, with the number that it keeps for its whole course."""

    event: Literal["adverse event"] = "adverse event"
    ae: Count
    term: Text
    grade: Grade
    onset: IsoDate | None = None
    serious: bool = False
    related: Texts = ()


class OfAdverseEvent(Event):
    """An event about an adverse event that is recorded already, by its number."""

    ae: Count


class Regraded(OfAdverseEvent):
    """An adverse event has another grade from this day on."""

    event: Literal["regraded"] = "regraded"
    grade: Grade


class Resolved(OfAdverseEvent):
    """An adverse event is over."""

    event: Literal["resolved"] = "resolved"


class Measured(Event):
    """A measurement, such as a laboratory value; ``upper_limit`` is the upper limit of normal in the same unit.

    ``unit`` is left out only for a test that has none, such as INR.
    """

    event: Literal["measured"] = "measured"
    test: Text
    value: Quantity
    unit: Text = ""
    upper_limit: Quantity | None = None

    @model_validator(mode="after")
    def _has_a_unit(self) -> Measured:
        test = laboratory_named(self.test)
        if not self.unit and (test is None or test.unit):
            unit = test.unit if test is not None else "U/L"
            raise fault("no-unit", f"{self.test[:60]} {self.value:f} has no unit", hint=f"write 'unit', such as {unit}")
        return self

    @property
    def amount(self) -> str:
        """The value with its unit: "62 U/L"."""
        return f"{self.value:f} {self.unit}".rstrip()


class MedicineStarted(Event):
    """The patient began to take a medicine that is not a treatment of the study; ``dose`` is the amount of a day."""

    event: Literal["medicine started"] = "medicine started"
    name: Text
    dose: DoseText | None = None


class MedicineChanged(Event):
    """The patient takes another dose of such a medicine from this day on."""

    event: Literal["medicine changed"] = "medicine changed"
    name: Text
    dose: DoseText | None = None


class MedicineStopped(Event):
    """The patient no longer takes such a medicine."""

    event: Literal["medicine stopped"] = "medicine stopped"
    name: Text
    dose: DoseText | None = None


class Attribute(Event):
    """Something about the patient that rules ask for, such as a liver tumour at baseline; the last one of a name holds."""

    event: Literal["attribute"] = "attribute"
    name: Text
    value: bool | Quantity | Text = Field(union_mode="left_to_right")


class Response(Event):
    """The tumour was assessed by criteria such as RECIST 1.1 or iRECIST, on the day of the scan."""

    event: Literal["response"] = "response"
    criteria: Text
    assessment: Text
    entry: Text | None = None

    @model_validator(mode="after")
    def _known_assessment(self) -> Response:
        if self.criteria in ASSESSMENTS:
            check_word(self.assessment, ASSESSMENTS[self.criteria], f"an assessment of {self.criteria}")
        elif self.criteria.casefold().lstrip("i").startswith("recist"):
            check_word(self.criteria, tuple(ASSESSMENTS), "a known set of criteria")
        return self


class Progressed(Event):
    """The disease progressed."""

    event: Literal["progressed"] = "progressed"


class NewAnticancerTherapy(Event):
    """The patient began another treatment against the cancer."""

    event: Literal["new anticancer therapy"] = "new anticancer therapy"


class Pregnancy(Event):
    """The patient is pregnant."""

    event: Literal["pregnancy"] = "pregnancy"


class Surgery(Event):
    """The patient had an operation."""

    event: Literal["surgery"] = "surgery"
