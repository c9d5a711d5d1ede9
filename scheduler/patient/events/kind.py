"""What a kind of event says about itself, and a form about its fields. Each is said once, where the kind is written.

    class Held(OfTreatment, label="Treatment put on hold", group=Group.ORDERS, authority=Authority.ORDER,
               sentence="{treatment} is held[today_taken:, after that day's dose]"):

All of it is needed: a kind that leaves something out, or a field without its description, cannot be imported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scheduler.said import Code, Said, Value
from scheduler.written import Written, texts_of

Sort = Literal["date", "time", "whole", "number", "flag", "text", "long", "list", "one of"]

SENTENCE, PART, CHOICE, FIELD = "what happened", "part of what happened", "choice", "what a field means"
"""What tells the words of events from others that are the same in English."""

_FROM_THE_LOG = frozenset({"term"})
"""What a sentence may name that stands in another event: what an adverse event is called that is known by its number."""


class Group(StrEnum):
    """Where people look for a kind of event; the page shows the groups in this order, and in each the kinds as listed."""

    VISITS = "Visits and appointments"
    DOSES = "Doses"
    ORDERS = "Holds, delays and orders"
    FINDINGS = "Adverse events and findings"
    PHARMACY = "Pharmacy"
    STUDY = "In and out of the study"
    RECORDS = "Records put right"


class Authority(Enum):
    """By whose authority a kind of event stands. Which roles have it, the server knows: `scheduler.web.guards.roles`."""

    FACT = "fact"
    """It happened, and site staff record it."""
    PHARMACY = "pharmacy"
    """Units were counted: the pharmacist records it too."""
    ORDER = "order"
    """Somebody ordered it, and it needs no signature: stopping a drug must never wait for one."""
    SIGNED_ORDER = "signed order"
    """An investigator ordered it and signs it, with the password again (21 CFR 11.200)."""
    AMENDMENT = "amendment"
    """It puts another record right, and what that one needs, this one needs."""


class About(StrEnum):
    """What a kind of event is about, by the field that names it. Its sentence has to say that field."""

    PATIENT = ""
    TREATMENT = "treatment"
    ENTRY = "entry"
    ADVERSE_EVENT = "ae"
    MEDICINE = "name"
    PROPOSAL = "proposal"
    RECORD = "number"
    SHEET = "sheet"


class Vocabulary(Enum):
    """Where the words of a field come from, so that a form can offer them."""

    TREATMENT = "a treatment of the patient's arm"
    TABLETS = "a treatment of the arm that the patient takes day by day"
    DOSES = "a treatment of the arm that is given at the site, dose by dose"
    ENTRY = "an entry of the calendar that is open"
    SHEET = "a sheet of time points of the patient's arm"
    ADVERSE_EVENT = "an adverse event that is recorded, by its number"
    ARM = "an arm of the patient's version"
    SITE = "a site of the study"
    VERSION = "another version of the protocol"
    TERM = "a term of CTCAE; other words are taken too"
    TEST = "a laboratory test or measurement; other words are taken too"
    MEDICINE = "a medicine by its generic name; other words are taken too"
    GRADE = "a grade of CTCAE"
    END_REASON = "a reason for an end of treatment; other words are taken too"
    CRITERIA = "criteria for tumours"
    ASSESSMENT = "what such criteria can find"


@dataclass(frozen=True, slots=True)
class Asked:
    """How a form asks for a field, beside what its type says: a label that is not its name, a hint, whose words it takes."""

    label: str = ""
    hint: str = ""
    sort: Sort | None = None
    words: Vocabulary | None = None


def asked(info: FieldInfo) -> Asked:
    """How to ask for a field: what is said of the field itself counts before what is said of its type."""
    marks = [each for each in (*reversed(info.metadata), *_inside(info.annotation)) if isinstance(each, Asked)]
    return Asked(
        label=next((each.label for each in marks if each.label), ""),
        hint=next((each.hint for each in marks if each.hint), ""),
        sort=next((each.sort for each in marks if each.sort), None),
        words=next((each.words for each in marks if each.words), None),
    )


def _inside(annotation: Any) -> Iterator[object]:
    """What is written beside the types inside a type: of ``X | None`` and of ``tuple[X, ...]``."""
    yield from reversed(getattr(annotation, "__metadata__", ()))
    for part in get_args(annotation):
        yield from _inside(part)


def in_one_line(meaning: str) -> str:
    """What a field means, as pages and lists have it."""
    return " ".join(meaning.split()).replace("``", "")


def sort_of(info: FieldInfo) -> Sort:
    """How a field is typed."""
    plain = _plain(info.annotation)
    sorts: dict[Any, Sort] = {date: "date", bool: "flag", int: "whole", Decimal: "number", tuple: "list"}
    return asked(info).sort or sorts.get(plain, "text")


def _plain(annotation: Any) -> Any:
    """The type below ``Annotated``, ``| None`` and the like. Of several types a text is the widest."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain(get_args(annotation)[0])
    if origin in (Union, UnionType):
        kinds = {_plain(each) for each in get_args(annotation) if each is not type(None)}
        return kinds.pop() if len(kinds) == 1 else str
    return origin or annotation


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence. One that is optional is left out where one of its fields says nothing, or its flag is not set."""

    words: str
    names: tuple[str, ...]
    flag: str | None
    optional: bool

    @property
    def place(self) -> str:
        """What stands for an optional part in the whole sentence."""
        return self.flag or self.names[0]


class Sentence:
    """What an event says, with the names of its fields where their values go.

    ``{treatment}`` stands for the field's value, ``[, {amount} a day]`` is left out where there is no amount, and
    ``[today_taken:, after that day's dose]`` is said only where that flag is set.
    """

    __slots__ = ("names", "needed", "parts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts = tuple(_parts(text))
        self.names = frozenset(name for part in self.parts for name in (*part.names, *filter(None, [part.flag])))
        self.needed = frozenset(name for part in self.parts if not part.optional for name in part.names)

    @property
    def whole(self) -> str:
        """The sentence with a place for each of its optional parts: "{treatment} is held{today_taken}"."""
        return "".join(f"{{{part.place}}}" if part.optional else part.words for part in self.parts)

    def messages(self) -> Iterator[tuple[str, str]]:
        """What has to be translated: the sentence and each optional part of it, with what tells them from other words."""
        yield SENTENCE, self.whole
        yield from ((PART, part.words) for part in self.parts if part.optional)

    def as_said(self, value: Callable[[str], object], in_words: Callable[[str, object], Value]) -> Said:
        """The sentence for one event: ``value`` gives what a name stands for, ``in_words`` says a value to a reader."""
        whole: dict[str, Value] = {}
        for part in self.parts:
            values = {name: value(name) for name in part.names}
            said = tuple(sorted((name, in_words(name, each)) for name, each in values.items() if each is not None))
            if not part.optional:
                whole |= dict(said)
            elif any(each is None or each == () for each in values.values()) or not (
                part.flag is None or value(part.flag)
            ):
                whole[part.place] = Code("")
            else:
                whole[part.place] = Said(part.words, said, None, PART)
        return Said(self.whole, tuple(sorted(whole.items())), None, SENTENCE)


def _parts(text: str) -> Iterator[Part]:
    for found in re.finditer(r"\[(?:(\w+):)?([^\[\]]*)\]|([^\[\]]+)", text):
        flag, inside, plain = found.groups()
        words = plain if inside is None else inside
        yield Part(words, tuple(re.findall(r"\{(\w+)\}", words)), flag, inside is not None)


@dataclass(frozen=True, slots=True, eq=False)
class EventKind:
    """All that a kind of event says about itself.

    ``word`` is how it goes in the log, ``label`` how a page calls it, ``meaning`` its first line as a page says it. ``sets`` are
    the dates of the study that it sets, such as the first dose. ``fields`` are its fields by their names in a case file,
    ``choices`` the words of those that take no others, by their names here.
    """

    word: str
    label: str
    meaning: str
    group: Group
    authority: Authority
    about: About
    sentence: Sentence
    sets: tuple[str, ...]
    fields: Mapping[str, FieldInfo]
    choices: Mapping[str, frozenset[str]]
    model: type[Written]

    def meaning_of(self, field: str) -> str:
        """What one of its fields means, by the field's name in a case file."""
        info = self.fields[field]
        name = next(name for name, known in self.model.model_fields.items() if known is info)
        return texts_of(self.model)[name]

    @property
    def begins_elsewhere(self) -> bool:
        """True where a form begins at what it is about: at a proposal, or at a record that is put right."""
        return self.about in (About.PROPOSAL, About.RECORD)


def described(
    model: type[Written],
    *,
    about: About,
    label: str,
    group: Group,
    authority: Authority,
    sentence: str,
    sets: tuple[str, ...] = (),
) -> EventKind:
    """The kind of an event's class. Raises TypeError where it does not say all that is asked for, or says what it has not."""
    fields = {info.alias or name: info for name, info in model.model_fields.items()}
    kind = EventKind(
        word=fields["event"].default,
        label=label,
        meaning=(model.__doc__ or "").strip().partition("\n")[0].replace("``", ""),
        group=group,
        authority=authority,
        about=about,
        sentence=Sentence(sentence),
        sets=sets,
        fields=fields,
        choices={name: words for name, info in model.model_fields.items() if (words := _choices(info.annotation))},
        model=model,
    )
    wrong = [*_missing(kind), *_wrong_in_sentence(model, kind)]
    if wrong:
        raise TypeError(f"the event {model.__name__} is not fully described: {'; '.join(wrong)}")
    return kind


def _choices(annotation: Any) -> frozenset[str]:
    """The words of a type that takes these alone, or several of them."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return frozenset(annotation)
    if get_origin(annotation) is Literal:
        return frozenset(each for each in get_args(annotation) if isinstance(each, str))
    return frozenset().union(*(_choices(part) for part in get_args(annotation)))


def _missing(kind: EventKind) -> Iterator[str]:
    if not kind.meaning:
        yield "its class needs a docstring that says what happened"
    if not kind.label:
        yield "it needs a label"


def _wrong_in_sentence(model: type[BaseModel], kind: EventKind) -> Iterator[str]:
    known = {*model.model_fields, *_FROM_THE_LOG}
    for name in sorted(kind.sentence.names - known):
        if not isinstance(getattr(model, name, None), property):
            yield f"its sentence names '{name}', which it does not have"
    for name in sorted(kind.sentence.needed & model.model_fields.keys()):
        if not model.model_fields[name].is_required():
            yield f"its sentence needs '{name}', which can be left out: put it into brackets"
    if kind.about and kind.about not in kind.sentence.names:
        yield f"its sentence does not say its '{kind.about.value}'"
    places = [name for part in kind.sentence.parts for name in ((part.place,) if part.optional else part.names)]
    if len(set(places)) < len(places):
        yield "its sentence has a part that is left out by a name that stands elsewhere in it"
    if not kind.sentence.text:
        yield "it needs a sentence"
