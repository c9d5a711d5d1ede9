"""How a patient enters the study, where and under which version they are in it, and how they leave."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scheduler.patient.events.fields import Event, Text
from scheduler.patient.events.kind import About, Asked, Authority, Group, Vocabulary
from scheduler.said import Text as Words
from scheduler.said import said_as, text_of
from scheduler.written import IsoDate


class OfPatient(Event, about=About.PATIENT):
    """An event about the patient as a whole."""


class Consented(
    OfPatient,
    label="Consent, or consent again",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="the patient has consented",
    sets=("consent",),
):
    """The patient agreed to take part, or agreed again after an amendment."""

    event: Literal["consented"] = "consented"


class Screened(
    OfPatient,
    label="Screening complete, eligible",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="screening is complete and the patient is eligible",
    sets=("screening",),
):
    """Screening is complete and the patient is eligible."""

    event: Literal["screened"] = "screened"


class ScreenFailed(
    OfPatient,
    label="Not eligible",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="the patient is not eligible",
):
    """The patient is not eligible."""

    event: Literal["screen failed"] = "screen failed"


class Randomised(
    OfPatient,
    label="Randomised",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="randomised to the arm {arm}",
    sets=("randomisation",),
):
    """The patient was allocated to an arm."""

    event: Literal["randomised"] = "randomised"
    arm: Annotated[Text, Asked(words=Vocabulary.ARM)]
    """The arm, by its name in the protocol."""


class Reached(
    OfPatient,
    label="A date of the study was reached",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="{milestone} is reached",
):
    """A date that the study names was reached: the cells were collected, the baby was born."""

    event: Literal["reached"] = "reached"
    milestone: Text
    """What was reached, by its name under the protocol's 'dates'."""

    @property
    def dates(self) -> tuple[str, ...]:
        """The milestone itself."""
        return (self.milestone,)


class DateOfBirth(
    OfPatient,
    label="Date of birth",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="the date of birth is recorded",
    sets=("date of birth",),
):
    """When the patient was born, for what is timed by age. It stands in this record alone: nothing else says the day."""

    event: Literal["date of birth"] = "date of birth"
    born: Annotated[IsoDate, Asked(label="Born on", hint="only where the protocol times something by age")]
    """The day of birth; 'on' is the day on which it was learned."""


class Joined(
    OfPatient,
    label="Joined a group",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="joined the group {group}",
):
    """The patient became part of a group, such as a cohort or a substudy."""

    event: Literal["joined"] = "joined"
    group: Text
    """The group, by its name in the protocol; the day of joining is the first day in it."""


class Left(
    OfPatient,
    label="Left a group",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="left the group {group}",
):
    """The patient is no longer part of a group."""

    event: Literal["left"] = "left"
    group: Text
    """The group, by its name in the protocol; the day of leaving is the first day outside it."""


class MovedToVersion(
    OfPatient,
    label="Moved to another protocol version",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="moved to protocol version {version}",
):
    """The patient goes on under another version of the protocol."""

    event: Literal["moved to version"] = "moved to version"
    version: Annotated[Text, Asked(words=Vocabulary.VERSION)]
    """The version under which the patient goes on, as its protocol names it: '2.0'."""


class SiteTransferred(
    OfPatient,
    label="Transferred to another site",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="transferred to the site {site}",
):
    """The patient goes on at another site."""

    event: Literal["site transferred"] = "site transferred"
    site: Annotated[Text, Asked(words=Vocabulary.SITE)]
    """The site at which the patient goes on, by its name in the study."""


_WITHDRAWN_FROM = {
    "treatment": said_as("what a patient withdrew from", "treatment"),
    "visits": said_as("what a patient withdrew from", "visits"),
    "all": said_as("what a patient withdrew from", "all of the study"),
}


class Withdrew(
    OfPatient,
    label="Withdrew",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="withdrew from {withdrawn_from}",
):
    """The patient withdrew from treatment, from visits, or from all of the study."""

    event: Literal["withdrew"] = "withdrew"
    from_: Literal["treatment", "visits", "all"] = Field(alias="from")
    """What the patient no longer takes part in: treatment (follow-up goes on), visits, or all of the study."""

    @property
    def withdrawn_from(self) -> Words:
        """In a reader's words."""
        return text_of(_WITHDRAWN_FROM[self.from_])


class LostToFollowUp(
    OfPatient,
    label="Lost to follow-up",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="the patient cannot be reached",
):
    """Nobody can reach the patient."""

    event: Literal["lost to follow-up"] = "lost to follow-up"


class Contacted(
    OfPatient,
    label="Reached again",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="the patient is reached again",
):
    """A patient who was lost to follow-up was reached."""

    event: Literal["contacted"] = "contacted"


class Died(
    OfPatient,
    label="Died",
    group=Group.STUDY,
    authority=Authority.FACT,
    sentence="the patient died",
    sets=("death",),
):
    """The patient died on this day."""

    event: Literal["died"] = "died"
