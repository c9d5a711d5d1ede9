"""What people write about a site in ``site.yaml``, as models.

    site: Shanghai
    zone: Asia/Shanghai
    public holidays: CN
    lasts: {infusion: 90 minutes}
    resources:
      infusion: {chairs: 4, hours: 08:00-17:00}
      radiotherapy:
        make-up days: not worked
        closed:
          - {days: 2026-07-06..2026-07-08, because: linac service}

A site's own ``closed`` and ``open`` days hold for all its resources; a resource's own beat them.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator

from scheduler.names import Called
from scheduler.site.capacity import Hours
from scheduler.site.open_days import ANY_DAY
from scheduler.site.phrases import Days, read_days, read_hours, read_weekdays
from scheduler.site.zone import read_zone
from scheduler.written import IsoDate, Length, Written, fault

_DATES = r"^\d{4}-\d{2}-\d{2}(\s*\.\.\s*\d{4}-\d{2}-\d{2})?$"

_HOURS = r"^\d{2}:\d{2}\s*-\s*\d{2}:\d{2}$"

MOST_LISTED = 200
MOST_RESOURCES = 50
"""What one list, and one site, may hold at most: more than any hospital needs, few enough for any text to be read quickly."""

Line = Annotated[str, Field(min_length=1, max_length=200)]
Zone = Annotated[str, BeforeValidator(read_zone), WithJsonSchema({"type": "string", "examples": ["Asia/Shanghai"]})]
DaysText = Annotated[Days, BeforeValidator(read_days), WithJsonSchema({"type": "string", "pattern": _DATES})]
Weekdays = Annotated[
    frozenset[int],
    BeforeValidator(read_weekdays),
    WithJsonSchema({"type": "string", "examples": ["Monday to Friday", "Tuesday, Thursday", "every day", "none"]}),
]


HoursText = Annotated[Hours, BeforeValidator(read_hours), WithJsonSchema({"type": "string", "pattern": _HOURS})]
AtMost = Annotated[int, Field(ge=1, le=999)]


class ExceptionalText(Written):
    """Days that are closed, or open, whatever the week says; a date or range alone is enough."""

    days: DaysText
    """A date, or a range such as 2026-07-01..2026-07-05."""
    because: Line | None = None
    """Why, for whoever asks why a visit was moved."""

    @model_validator(mode="before")
    @classmethod
    def _days_alone(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"days": value}


class HabitsText(Written):
    """What a site and each of its resources can say: when they work."""

    weekdays: Weekdays | None = None
    """Days of the week, such as Monday to Friday."""
    makeup_days: Literal["worked", "not worked"] | None = Field(default=None, alias="make-up days")
    """Weekend days that the government declares working days in exchange for a day off."""
    closed: tuple[ExceptionalText, ...] = Field(default=(), max_length=MOST_LISTED)
    """Closed on these days, beside what the week and the public holidays say."""
    open: tuple[ExceptionalText, ...] = Field(default=(), max_length=MOST_LISTED)
    """Open on these days, whatever the week and the public holidays say."""
    hours: HoursText | None = None
    """From when to when it works on its open days, local time, such as 08:00-17:00; it moves no date."""

    @model_validator(mode="after")
    def _ever_open(self) -> HabitsText:
        if self.weekdays == frozenset() and not self.open:
            raise fault("never-open", "there is no open day", hint="give the days on which it is open, under 'open'")
        return self


class ResourceText(HabitsText):
    """One resource; what it does not say is as at the site."""

    title: Called | None = None
    """What patients and staff call it: {en: Infusion unit, zh: 输液室}; its own name where this is left out."""

    public_holidays: Literal["closed", "open"] = Field(default="closed", alias="public holidays")
    """Whether it closes on public holidays."""
    chairs: AtMost | None = None
    """How many patients at the same time: chairs, rooms, machines. More are shown as an overload; it moves no date."""
    patients_a_day: AtMost | None = Field(default=None, alias="patients a day")
    """How many patients on one day. More are shown as an overload; it moves no date."""


class ContactText(Written):
    """Whom a patient can call, with what the paper says in each language."""

    title: Called | None = None
    """Who it is: {en: Study nurse, zh: 研究护士}; the key where this is left out."""
    call: Called
    """The number, and when it is answered: {en: "000 0000 0001, day and night", zh: "000 0000 0001，昼夜"}."""


AnyContact: TypeAlias = Annotated[
    Annotated[Line, Tag("one")] | Annotated[ContactText, Tag("in full")],
    Discriminator(lambda value: "in full" if isinstance(value, dict | ContactText) else "one"),
]


def _not_any_day(name: str) -> str:
    if name == ANY_DAY.resource:
        raise fault("reserved-name", f"'{name}' is always open", hint="give the resource another name")
    return name


ResourceName = Annotated[Line, AfterValidator(_not_any_day)]


class SiteText(HabitsText):
    """A whole ``site.yaml``."""

    site: Called
    """The site's name; where it has one for each language, the English one is what other files and accounts say."""
    zone: Zone
    """The IANA time zone, such as Asia/Shanghai."""
    country: Annotated[str, Field(pattern="^[A-Z]{3}$", examples=["CHN"])] | None = None
    """The country where it is, by its three letters of ISO 3166, such as CHN or DEU; data sets for analysis ask for it."""
    public_holidays: Line | None = Field(default=None, alias="public holidays")
    """The country whose public holidays count, such as CN, or a part of it, such as DE-BY; without it none count."""
    resources: dict[ResourceName, ResourceText | None] = Field(default={}, max_length=MOST_RESOURCES)
    """Clinic, infusion, radiotherapy, imaging, pharmacy or any other that a protocol names; a name alone is as the site."""
    lasts: dict[Line, Length] = Field(default={}, max_length=MOST_LISTED)
    """How long a visit takes: by the name of a treatment or visit, else by its kind (oral, infusion, injection, fraction, scan,
    visit, contact, laboratory). An activity's own time, by its words in the protocol, comes on top."""
    approved: dict[Line, IsoDate] = Field(default={}, max_length=MOST_LISTED)
    """The day from which each protocol version may be used here: "1.1": 2026-05-01."""
    who_to_call: dict[Line, AnyContact] = Field(default={}, alias="who to call", max_length=20)
    """Whom a patient can call, and the number; it is printed on the patient's paper."""
    certified: tuple[Literal["zh", "de", "fr", "es", "ja"], ...] = Field(default=(), alias="certified languages")
    """The languages whose patients' words somebody here has checked and approved: [zh]. English needs none."""
