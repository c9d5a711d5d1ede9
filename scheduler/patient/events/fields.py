"""The kinds of value that an event can hold, and what all events have in common."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticUndefined

from scheduler.findings import nearest_known
from scheduler.patient.events.kind import About, Asked, EventKind, Vocabulary, described
from scheduler.said import Code, Quoted, Value, said
from scheduler.source.ambiguous import plain_amounts, which
from scheduler.written import IsoDate, Number, Written, fault

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?Z")
_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})? {0,3}([A-Za-zµμ%][A-Za-z0-9µμ/%·^]{0,19})")
_AUC = re.compile(r"AUC ((?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,6})?)")
_POWER = re.compile(r"(?<![\w.,])([0-9]{1,4}(?:\.[0-9]{1,6})?) ?[x×*] ?10\^?([0-9]{1,2})(?= ?[A-Za-z])")
_PART = re.compile(r"([0-9.,]+ ?[^\s0-9]+) +(\S.*)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_HOW_TO_WRITE_A_DOSE = said("write the amount and its unit, such as 80 mg")


def parse_amount(text: str) -> tuple[Decimal, str]:
    """An amount with its unit: "80 mg" is 80 and mg, "AUC 5" 5 and AUC. Raises ValueError, with a hint, for anything else."""
    read = _AMOUNT.fullmatch(_AUC.sub(r"\1 AUC", _POWER.sub(_in_full, text)))
    if not read:
        readings = plain_amounts(text)
        hint = said("write {reading}", reading=Code(which(readings))) if readings else _HOW_TO_WRITE_A_DOSE
        raise fault("not-a-dose", said("'{text}' is not an amount with a unit", text=Quoted(text[:60])), hint=hint)
    whole, decimals, unit = read.groups()
    return Decimal(whole + (decimals or "")), unit


def amount_in_short(text: str) -> str:
    """An amount as others are told apart from it: "20 mg", however it was written. Raises what `parse_amount` raises."""
    amount, unit = parse_amount(text)
    return f"{amount.normalize():f} {unit}"


def _in_full(match: re.Match[str]) -> str:
    """2 x 10^8 with all its digits."""
    return f"{Decimal(match[1]).scaleb(int(match[2])).normalize():f}"


def parse_part(text: str) -> tuple[Decimal, str, str]:
    """An amount of one drug or course: "5 Gy low-dose" is 5, Gy and low-dose. Raises ValueError for anything else."""
    found = _PART.fullmatch(text)
    if not found:
        message = said("'{text}' is not an amount of a drug or course", text=Quoted(text[:60]))
        raise fault("not-a-part", message, hint=said("write the amount, its unit and the name, such as 5 Gy low-dose"))
    return (*parse_amount(found[1]), found[2])


def _part(text: str) -> str:
    parse_part(text)
    return text


def _dose(text: str) -> str:
    parse_amount(text)
    return text


def _plain(text: str) -> str:
    if not text.strip():
        raise fault("empty-text", said("there is nothing written here"), hint=said("write it, or remove the key"))
    if found := _CONTROL.search(text):
        message = said("the character {code} is not allowed", code=Code(f"U+{ord(found.group()):04X}"))
        raise fault("bad-character", message, hint=said("remove it"))
    return text


def _time(text: str) -> str:
    if not _TIME.fullmatch(text):
        hint = said("write hours and minutes of the site's clock, such as '08:30'")
        raise fault("not-a-time", said("'{text}' is not a time of day", text=Quoted(text[:60])), hint=hint)
    return text


def _moment(value: object) -> datetime:
    if isinstance(value, datetime) and value.utcoffset() is not None:
        return value.astimezone(UTC)
    hint = said("write it in UTC with a Z at the end, such as 2026-03-02T08:15:00Z")
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise fault("not-a-moment", said("expected a date and time in UTC"), hint=hint)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise fault("not-a-moment", said("there is no moment {value}", value=Quoted(value)), hint=hint) from None


def _moment_text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _plain_number(number: Decimal) -> str:
    return f"{number:f}"


def _grade(grade: int) -> int:
    if grade == 0:
        hint = said(
            "an adverse event that is over is recorded as 'resolved', without a grade: {line}",
            line=Code("{on: ..., event: resolved, ae: ...}"),
        )
        raise fault("unknown-grade", said("CTCAE has no grade {grade}", grade=0), hint=hint)
    if not 1 <= grade <= 5:
        hint = said("grades are 1 to 5; 'resolved' ends an event")
        raise fault("unknown-grade", said("CTCAE has no grade {grade}", grade=grade), hint=hint)
    return grade


def _changed_grade(grade: int) -> int:
    return grade if grade == 0 else _grade(grade)


def check_word(word: str, known: tuple[str, ...], what: Value) -> None:
    """Raises a fault that shows the nearest known word when this one is not known."""
    if word not in known:
        message = said("'{text}' is not {what}", text=Quoted(word[:60]), what=what)
        raise fault("not-one-of", message, hint=nearest_known(word, known))


Text = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_plain)]
"""Any words; not nothing, and no characters that cannot be seen."""

Texts = Annotated[
    tuple[Text, ...],
    BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value),
    Asked(hint="one a line"),
]
"""A list of words."""

DoseText = Annotated[str, AfterValidator(_dose), Asked(hint="such as 80 mg")]
"""An amount with its unit, such as "80 mg"; `parse_amount` takes it apart."""

Parts = Annotated[
    tuple[Annotated[str, AfterValidator(_part)], ...],
    BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value),
    Asked(label="Amounts, if not as planned", hint="one a line, such as 5 Gy low-dose"),
]
"""What was given of each drug or course: "5 Gy low-dose"; `parse_part` takes one apart."""

LocalTime = Annotated[str, AfterValidator(_time), Asked(hint="hours and minutes at the site", sort="time")]
"""A time of day at the site, "HH:MM"."""

Times = Annotated[
    tuple[Annotated[str, AfterValidator(_time)], ...],
    BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value),
    Asked(hint="one a line, such as 08:00"),
]
"""Times of one day at the site, each "HH:MM"."""

UtcTime = Annotated[datetime, BeforeValidator(_moment), PlainSerializer(_moment_text, when_used="json")]
"""A moment in UTC: 2026-03-02T08:15:00Z."""

Quantity = Annotated[Number, PlainSerializer(_plain_number, when_used="json")]
"""An exact number, written out in plain digits."""

Count = Annotated[int, Field(ge=1, le=9999)]
"""A number of an occurrence or of an event: 1, 2, 3. No patient comes to five digits; a slip of the hand does."""

DoseNumber = Annotated[Count, Asked(label="Number")]
"""The number of a dose or fraction."""

Grade = Annotated[int, AfterValidator(_grade), Asked(words=Vocabulary.GRADE)]
"""A grade of CTCAE, 1 to 5."""

ChangedGrade = Annotated[int, AfterValidator(_changed_grade), Asked(words=Vocabulary.GRADE)]
"""A grade of CTCAE, 1 to 5, or 0 where it is over: CTCAE has no grade 0, and people write it."""

Level = Annotated[int, Asked(label="Dose level", hint="0, then -1, -2 down the ladder")]
"""A level of a treatment's ladder of doses."""

LeftOut = Annotated[Texts, Asked(label="Activities not done", hint="those of the visit, one a line")]
"""Activities of a visit that were not done at it, by the protocol's words for them."""

TodayTaken = Annotated[bool, Asked(label="That day's dose was taken already")]
"""Whether an order counts from the next day, because the day's own dose had been taken."""

EntryId = Annotated[Text, Asked(label="Which", words=Vocabulary.ENTRY)]
"""The id of an entry of the calendar, such as imaging.2."""


class Event(Written):
    """Something that happened to one patient, or that somebody decided. Events are never changed: a correction is an event.

    A class of its own for each kind says all about the kind: its fields below, and `EventKind` in the class's head.
    """

    model_config = ConfigDict(defer_build=True)

    kind: ClassVar[EventKind]
    _about: ClassVar[About]

    event: str
    """The word for what happened."""
    on: Annotated[IsoDate, Asked(label="Date")]
    """The day on which it happened or from which it holds, by the site's calendar: YYYY-MM-DD."""
    at: Annotated[LocalTime | None, Asked(label="Time")] = None
    """The time of day by the site's clock, HH:MM; for a booking, that of the appointment."""
    by: Annotated[Text | None, Asked(label="Decided or done by")] = None
    """Who decided or did it, where that is somebody else than who records it."""
    reason: Text | None = None
    """Why, in staff's words: for a hold or a delay, the adverse event or the circumstance."""
    note: Annotated[Text | None, Asked(hint="Staff only: it appears in no feed.", sort="long")] = None
    """A remark for staff. It appears in no feed and on no patient's paper."""
    override: Annotated[
        Text | None,
        Asked("Why it stands against the protocol", "Only where the protocol forbids it and it is done all the same."),
    ] = None
    """Why an order that the protocol forbids stands all the same; only an investigator overrides."""
    confirmed: Annotated[
        Text | None,
        Asked("Why it is no slip", "Only for a fact that the plan does not have and that happened all the same."),
    ] = None
    """Why a fact that looks like a slip of the hand stands: a dose of another arm, one before randomisation."""
    recorded: UtcTime | None = None
    """When it was written down, in UTC: 2026-03-02T08:15:00Z. Without it, the start of its day counts."""

    def __init_subclass__(cls, **_: Any) -> None:
        """Nothing yet: what the class's head says is read when its fields are known."""
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(cls, *, about: About | None = None, **said: Any) -> None:
        """Keep what a kind says about itself. Raises TypeError where something is missing."""
        if about is not None:
            cls._about = about
        word = cls.model_fields["event"]
        if word.default is not PydanticUndefined:
            cls.kind = described(cls, about=cls._about, **said)

    @property
    def recorded_at(self) -> datetime:
        """When it was written down; where nobody says, the start of its day in UTC."""
        return self.recorded or datetime(self.on.year, self.on.month, self.on.day, tzinfo=UTC)

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries of the calendar that it bears on, by their keys in a course."""
        return ()

    @property
    def dates(self) -> tuple[str, ...]:
        """The dates of the study that it sets, by their names."""
        return self.kind.sets

    @property
    def first_day(self) -> date:
        """The first day that it bears on."""
        return self.on


class OfTreatment(Event, about=About.TREATMENT):
    """An event about one treatment."""

    treatment: Annotated[Text, Asked(words=Vocabulary.TREATMENT)]
    """The treatment, by its name in the protocol."""


class OfEntry(Event, about=About.ENTRY):
    """An event about one entry of the calendar, by its id."""

    entry: EntryId
    """The visit, scan, dose or contact, by its id on the calendar: imaging.2, toripalimab.3."""

    @property
    def entries(self) -> tuple[str, ...]:
        """The entry, and its cycle where it is day 1 of one."""
        key = entry_key(self.entry)
        return (key,) if key == self.entry else (key, self.entry)


def entry_key(entry: str) -> str:
    """The key of an entry's facts: day 1 of a cycle stands for the cycle, and has its own key where each day is an entry."""
    name, _, rest = entry.partition(".")
    cycle, _, day = rest.partition(".")
    return f"{name}.{cycle}" if day == "1" else entry


def on_day(entry: str, day: int | None) -> str:
    """The key of a dose that has a day of its own inside its cycle."""
    return entry if day is None else f"{entry}.{day}"
