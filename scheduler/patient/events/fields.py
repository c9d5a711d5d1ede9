"""The kinds of value that an event can hold, and what all events have in common."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints

from scheduler.findings import did_you_mean
from scheduler.written import IsoDate, Number, Written, fault

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?Z")
_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})? {0,3}([A-Za-zµμ%][A-Za-z0-9µμ/%·^]{0,19})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_HOW_TO_WRITE_A_DOSE = "write the amount and its unit, such as 80 mg"


def parse_amount(text: str) -> tuple[Decimal, str]:
    """An amount with its unit: "80 mg" is 80 and mg. Raises ValueError, with a hint, for anything else."""
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise fault("not-a-dose", f"'{text[:60]}' is not an amount with a unit", hint=_HOW_TO_WRITE_A_DOSE)
    whole, decimals, unit = found.groups()
    return Decimal(whole + (decimals or "")), unit


def _dose(text: str) -> str:
    parse_amount(text)
    return text


def _plain(text: str) -> str:
    if not text.strip():
        raise fault("empty-text", "there is nothing written here", hint="write it, or remove the key")
    if found := _CONTROL.search(text):
        raise fault("bad-character", f"the character U+{ord(found.group()):04X} is not allowed", hint="remove it")
    return text


def _time(text: str) -> str:
    if not _TIME.fullmatch(text):
        hint = "write hours and minutes of the site's clock, such as '08:30'"
        raise fault("not-a-time", f"'{text[:60]}' is not a time of day", hint=hint)
    return text


def _moment(value: object) -> datetime:
    if isinstance(value, datetime) and value.utcoffset() is not None:
        return value.astimezone(UTC)
    hint = "write it in UTC with a Z at the end, such as 2026-03-02T08:15:00Z"
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise fault("not-a-moment", "expected a date and time in UTC", hint=hint)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise fault("not-a-moment", f"there is no moment {value}", hint=hint) from None


def _moment_text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _plain_number(number: Decimal) -> str:
    return f"{number:f}"


def _grade(grade: int) -> int:
    if not 1 <= grade <= 5:
        raise fault("unknown-grade", f"CTCAE has no grade {grade}", hint="grades are 1 to 5; 'resolved' ends an event")
    return grade


def check_word(word: str, known: tuple[str, ...], what: str) -> None:
    """Raises a fault that shows the nearest known word when this one is not known."""
    if word not in known:
        raise fault("not-one-of", f"'{word[:60]}' is not {what}", hint=did_you_mean(word, known))


Text = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_plain)]
"""Any words; not nothing, and no characters that cannot be seen."""

Texts = Annotated[tuple[Text, ...], BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value)]
"""A list of words."""

DoseText = Annotated[str, AfterValidator(_dose)]
"""An amount with its unit, such as "80 mg"; `parse_amount` takes it apart."""

LocalTime = Annotated[str, AfterValidator(_time)]
"""A time of day at the site, "HH:MM"."""

UtcTime = Annotated[datetime, BeforeValidator(_moment), PlainSerializer(_moment_text, when_used="json")]
"""A moment in UTC: 2026-03-02T08:15:00Z."""

Quantity = Annotated[Number, PlainSerializer(_plain_number, when_used="json")]
"""An exact number, written out in plain digits."""

Count = Annotated[int, Field(ge=1, le=9999)]
"""A number of an occurrence or of an event: 1, 2, 3. No patient comes to five digits; a slip of the hand does."""

Grade = Annotated[int, AfterValidator(_grade)]
"""A grade of CTCAE, 1 to 5."""


class Event(Written):
    """Something that happened to one patient, or that somebody decided. Events are never changed: a correction is an event.

    ``event`` is the word that it goes by in a case file. ``on`` is the site's civil date on which it happened, ``at`` the
    local time. ``recorded`` is when it was written down, in UTC. ``override`` is the reason why an order that the
    protocol forbids stands all the same; ``confirmed`` why a strange fact is no slip of the hand.
    """

    model_config = ConfigDict(use_attribute_docstrings=False, defer_build=True)

    event: str
    on: IsoDate
    at: LocalTime | None = None
    recorded: UtcTime | None = None
    by: Text | None = None
    reason: Text | None = None
    note: Text | None = None
    override: Text | None = None
    confirmed: Text | None = None

    @property
    def recorded_at(self) -> datetime:
        """When it was written down; where nobody says, the start of its day in UTC."""
        return self.recorded or datetime(self.on.year, self.on.month, self.on.day, tzinfo=UTC)


class OfTreatment(Event):
    """An event about one treatment."""

    treatment: Text


class OfEntry(Event):
    """An event about one entry of the calendar, by its id."""

    entry: Text
