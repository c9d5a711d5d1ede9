"""How a patient enters the study, where and under which version they are in it, and how they leave."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scheduler.patient.events.fields import Event, Text


class Consented(Event):
    """The patient agreed to take part, or agreed again after an amendment."""

    event: Literal["consented"] = "consented"


class Screened(Event):
    """Screening is complete and the patient is eligible."""

    event: Literal["screened"] = "screened"


class ScreenFailed(Event):
    """The patient is not eligible."""

    event: Literal["screen failed"] = "screen failed"


class Randomised(Event):
    """The patient was allocated to an arm."""

    event: Literal["randomised"] = "randomised"
    arm: Text


class Reached(Event):
    """A date that the study names was reached: the cells were collected, the baby was born."""

    event: Literal["reached"] = "reached"
    milestone: Text


class Joined(Event):
    """The patient became part of a group, such as a cohort or a substudy."""

    event: Literal["joined"] = "joined"
    group: Text


class Left(Event):
    """The patient is no longer part of a group."""

    event: Literal["left"] = "left"
    group: Text


class MovedToVersion(Event):
    """The patient goes on under another version of the protocol."""

    event: Literal["moved to version"] = "moved to version"
    version: Text


class SiteTransferred(Event):
    """The patient goes on at another site."""

    event: Literal["site transferred"] = "site transferred"
    site: Text


class Withdrew(Event):
    """The patient withdrew from treatment, from visits, or from all of the study."""

    event: Literal["withdrew"] = "withdrew"
    from_: Literal["treatment", "visits", "all"] = Field(alias="from")


class LostToFollowUp(Event):
    """Nobody can reach the patient."""

    event: Literal["lost to follow-up"] = "lost to follow-up"


class Contacted(Event):
    """A patient who was lost to follow-up was reached."""

    event: Literal["contacted"] = "contacted"


class Died(Event):
    """The patient died on this day."""

    event: Literal["died"] = "died"
