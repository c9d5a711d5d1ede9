"""What was seen in the patient: adverse events, measurements, medicines, attributes, response and progression."""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from scheduler.patient.events.fields import (
    ChangedGrade,
    Count,
    DoseText,
    EntryId,
    Event,
    Grade,
    Quantity,
    Text,
    Texts,
    check_word,
)
from scheduler.patient.events.kind import About, Asked, Authority, Group, Vocabulary
from scheduler.said import Code, Quoted, said
from scheduler.source.ambiguous import without_zeros
from scheduler.vocabulary import laboratory_named, two_numbers_of
from scheduler.written import IsoDate, fault

ASSESSMENTS = {
    "RECIST 1.1": ("CR", "PR", "SD", "PD", "non-CR/non-PD", "NE"),
    "iRECIST": ("iCR", "iPR", "iSD", "iUPD", "iCPD", "non-iCR/non-iUPD", "NE"),
}
"""What can be found by each set of criteria. Eur J Cancer 2009;45:228 and Lancet Oncol 2017;18:e143."""


Route = Literal[
    "oral",
    "intravenous",
    "intramuscular",
    "subcutaneous",
    "inhalation",
    "nasal",
    "topical",
    "ophthalmic",
    "otic",
    "rectal",
    "intra-articular",
]
"""How a medicine is given, in words of CDISC's terminology of routes (C66729)."""

SYSTEMIC = ("oral", "intravenous", "intramuscular", "subcutaneous")
"""The routes by which a medicine acts in the whole body."""

_EXACT = Context(prec=28)


class OfAdverseEvent(Event, about=About.ADVERSE_EVENT):
    """An event about an adverse event that is recorded already, by its number."""

    ae: Annotated[Count, Asked(label="Adverse event", words=Vocabulary.ADVERSE_EVENT)]
    """The adverse event, by the number that it was recorded under."""


class AdverseEvent(
    Event,
    about=About.ADVERSE_EVENT,
    label="New adverse event",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="adverse event {ae}, {term}, has grade {grade}[, since {began}][serious:, serious][, related to {related}]",
):
    """An adverse event, with the number that it keeps for its whole course."""

    event: Literal["adverse event"] = "adverse event"
    ae: Annotated[Count, Asked(label="Its number from now on")]
    """The number that it keeps for its whole course, counted from 1 for each patient."""
    term: Annotated[Text, Asked(label="Term (CTCAE)", words=Vocabulary.TERM)]
    """What it is called, as a term of CTCAE v5.0 where there is one."""
    grade: Grade
    """The grade by CTCAE v5.0, from 1 (mild) to 5 (death)."""
    onset: Annotated[IsoDate | None, Asked(hint="where it began before the date above")] = None
    """The day on which it began, where that is before the day of this record: YYYY-MM-DD."""
    serious: bool = False
    """It is a serious adverse event: fatal, life-threatening, in hospital, disabling, or otherwise important (ICH E2A)."""
    related: Annotated[Texts, Asked(label="Related to", words=Vocabulary.TREATMENT)] = ()
    """The treatments to which the investigator holds it related, by their names in the protocol."""

    @property
    def began(self) -> date | None:
        """The day on which it began, where that is another than the day of this record."""
        return None if self.onset == self.on else self.onset


class Regraded(
    OfAdverseEvent,
    label="Grade of an adverse event changed",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="adverse event {ae}[, {term},] now has grade {grade}[serious:, and is serious]",
):
    """An adverse event has another grade from this day on."""

    event: Literal["regraded"] = "regraded"
    grade: ChangedGrade
    """The grade by CTCAE v5.0 from this day on, from 1 (mild) to 5 (death); 0 where it is over, as 'resolved' says."""
    serious: bool = False
    """It has become a serious adverse event with this day: fatal, life-threatening, in hospital, disabling (ICH E2A)."""


class Resolved(
    OfAdverseEvent,
    label="Adverse event over",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="adverse event {ae}[, {term},] is over",
):
    """An adverse event is over."""

    event: Literal["resolved"] = "resolved"


class Measured(
    Event,
    about=About.PATIENT,
    label="Laboratory value or measurement",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="{test} is {amount}[, with an upper limit of {limit}]",
):
    """A measurement, such as a laboratory value; ``upper_limit`` is the upper limit of normal in the same unit.

    ``unit`` is left out only for a test that has none, such as INR. A value beyond what the laboratory can measure is written as
    it reports it: "<5". A blood pressure is one measurement of two numbers: "165/95".
    """

    event: Literal["measured"] = "measured"
    test: Annotated[Text, Asked(words=Vocabulary.TEST)]
    """What was measured, such as ALT, bilirubin or blood pressure, by the protocol's word for it."""
    value: Quantity
    """The value, a number in the unit below."""
    unit: Annotated[Text, Asked(hint="none for a test without one, such as INR")] = ""
    """The unit of the value, such as U/L."""
    upper_limit: Annotated[Quantity | None, Asked(label="Upper limit of normal", hint="in the same unit")] = None
    """The laboratory's upper limit of normal on that day, in the same unit."""
    second: Annotated[Quantity | None, Asked(label="Second number", hint="of a blood pressure: 95 of 165/95")] = None
    """The second number of a measurement that has two: of a blood pressure of 165/95 mmHg the diastolic one, 95."""
    beyond: Annotated[Literal["<", ">"] | None, Asked(label="Beyond what can be measured")] = None
    """"<" where the value is less than the one above, which is the least that can be measured; ">" where it is more."""

    @model_validator(mode="before")
    @classmethod
    def _with_its_sign(cls, written: Any) -> Any:
        """A value as laboratories report it, "<5" or "> 1000", is the number and on which side of it."""
        value = written.get("value") if isinstance(written, dict) and written.get("beyond") is None else None
        if isinstance(value, str) and value[:1] in ("<", ">"):
            return {**written, "value": value[1:].strip(), "beyond": value[0]}
        first, slash, second = value.partition("/") if isinstance(value, str) else ("", "", "")
        if slash and written.get("second") is None:
            return {**written, "value": first.strip(), "second": second.strip()}
        return written

    @model_validator(mode="after")
    def _has_its_numbers(self) -> Measured:
        if self.second is not None and two_numbers_of(self.test) is None:
            numbers = Code(f"{self.value:f}/{self.second:f}")
            message = said("{test} {numbers} has two numbers", test=Quoted(self.test[:60]), numbers=numbers)
            hint = said("a blood pressure alone has two: write one number, or test: blood pressure")
            raise fault("two-numbers", message, hint=hint)
        return self

    @model_validator(mode="after")
    def _has_a_unit(self) -> Measured:
        test = laboratory_named(self.test)
        if not self.unit and (test is None or test.unit) and self.beyond != "<":
            unit = test.unit if test is not None else "mmHg" if two_numbers_of(self.test) else "U/L"
            message = said("{test} {amount} has no unit", test=Quoted(self.test[:60]), amount=self.value)
            raise fault("no-unit", message, hint=said("write 'unit', such as {unit}", unit=Code(unit)))
        return self

    @property
    def amount(self) -> str:
        """The value with its unit: "62 U/L", "<5 U/L", "165/95 mmHg"."""
        second = f"/{self.second:f}" if self.second is not None else ""
        return f"{self.beyond or ''}{self.value:f}{second} {self.unit}".rstrip()

    @property
    def readings(self) -> tuple[tuple[str, Decimal], ...]:
        """The tests that it gives a value of, each with the value as it compares; none for one number of two."""
        tests = two_numbers_of(self.test)
        if tests is None:
            return ((self.test, self.compared),)
        return () if self.second is None else ((tests[0], self.value), (tests[1], self.second))

    @property
    def compared(self) -> Decimal:
        """The value as it compares with others: "<5" is less than 5, and more than any other number that is."""
        if self.beyond is None:
            return self.value
        return _EXACT.next_minus(self.value) if self.beyond == "<" else _EXACT.next_plus(self.value)

    @property
    def limit(self) -> str | None:
        """The upper limit of normal with its unit."""
        return None if self.upper_limit is None else f"{self.upper_limit:f} {self.unit}".rstrip()


class OfMedicine(Event, about=About.MEDICINE):
    """An event about a medicine that is not a treatment of the study."""

    name: Annotated[Text, Asked(words=Vocabulary.MEDICINE)]
    """The medicine, by its generic name or another listed one; rules read both."""
    dose: DoseText | None = None
    """The amount of a whole day, with its unit, such as 10 mg; with a route, the amount by that route."""
    route: Annotated[Route | None, Asked(hint="what acts in one place only is in no daily total")] = None
    """How it is given, such as oral or topical; where nobody says, it counts as acting in the whole body."""

    @property
    def is_local(self) -> bool:
        """True where it acts in one place: a cream, an inhaler, an injection into a joint."""
        return self.route is not None and self.route not in SYSTEMIC

    @property
    def daily_dose(self) -> str | None:
        """The amount of a day, without the words for a day, and without zeros that make 1.0 mg be read as 10."""
        return None if self.dose is None else without_zeros(self.dose.removesuffix("/day").removesuffix("/d"))


class MedicineStarted(
    OfMedicine,
    label="Other medicine started",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="{name} is started[, {daily_dose} a day][, {route}]",
):
    """The patient began to take a medicine that is not a treatment of the study; ``dose`` is the amount of a day."""

    event: Literal["medicine started"] = "medicine started"


class MedicineChanged(
    OfMedicine,
    label="Other medicine changed",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="{name} is changed[, {daily_dose} a day][, {route}]",
):
    """The patient takes another dose of such a medicine from this day on."""

    event: Literal["medicine changed"] = "medicine changed"


class MedicineStopped(
    OfMedicine,
    label="Other medicine stopped",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="{name} is stopped[, {daily_dose} a day][, {route}]",
):
    """The patient no longer takes such a medicine."""

    event: Literal["medicine stopped"] = "medicine stopped"


class Attribute(
    Event,
    about=About.PATIENT,
    label="Fact about the patient",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="{name}: {value}",
):
    """Something about the patient that rules ask for, such as a liver tumour at baseline; the last one of a name holds."""

    event: Literal["attribute"] = "attribute"
    name: Text
    """What is said of the patient, by the protocol's word for it: liver tumour, weight."""
    value: bool | Quantity | Text = Field(union_mode="left_to_right")
    """Yes or no (true, false), a number in the unit that the protocol gives it, or words."""


class Response(
    Event,
    about=About.PATIENT,
    label="Tumour assessed",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="the response is {assessment} by {criteria}",
):
    """The tumour was assessed by criteria such as RECIST 1.1 or iRECIST, on the day of the scan."""

    event: Literal["response"] = "response"
    criteria: Annotated[Text, Asked(words=Vocabulary.CRITERIA)]
    """The criteria: RECIST 1.1, iRECIST, or others by their name."""
    assessment: Annotated[Text, Asked(words=Vocabulary.ASSESSMENT)]
    """What was found, in the criteria's own words: CR, PR, SD, PD; iUPD, iCPD; NE where it could not be evaluated."""
    entry: EntryId | None = None
    """The scan that was assessed, by its id on the calendar, such as imaging.2; without it, the scan of that day."""

    @model_validator(mode="after")
    def _known_assessment(self) -> Response:
        if self.criteria in ASSESSMENTS:
            check_word(
                self.assessment,
                ASSESSMENTS[self.criteria],
                said("an assessment of {criteria}", criteria=Code(self.criteria)),
            )
        elif self.criteria.casefold().lstrip("i").startswith("recist"):
            check_word(self.criteria, tuple(ASSESSMENTS), said("a known set of criteria"))
        return self


class Progressed(
    Event,
    about=About.PATIENT,
    label="Disease progressed",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="the disease has progressed",
    sets=("progression",),
):
    """The disease progressed."""

    event: Literal["progressed"] = "progressed"


class NewAnticancerTherapy(
    Event,
    about=About.PATIENT,
    label="New anticancer therapy",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="another treatment against the cancer is begun",
    sets=("new anticancer therapy",),
):
    """The patient began another treatment against the cancer."""

    event: Literal["new anticancer therapy"] = "new anticancer therapy"


class Pregnancy(
    Event,
    about=About.PATIENT,
    label="Pregnancy",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="a pregnancy[ of the {whose}]",
):
    """The patient, or the patient's partner, is pregnant."""

    event: Literal["pregnancy"] = "pregnancy"
    whose: Annotated[Literal["subject", "partner"], Asked(hint="subject, or partner", sort="text")] = "subject"
    """Who is pregnant: the "subject", which asks for a decision on all study treatment, or the "partner", which stops nothing."""
