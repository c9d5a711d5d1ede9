"""What all templates share: text is escaped, nothing that is not for a reader gets out, and there is one style sheet."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, Undefined
from markupsafe import Markup

from scheduler.calendar.entries.titles_in_words import clock_said, title_in_words
from scheduler.exports import words
from scheduler.exports.how_far import how_far
from scheduler.exports.letters import showable
from scheduler.exports.pages.translated import in_language, marked, translate
from scheduler.exports.picture.colours import PALETTE, PICTURE_STYLE
from scheduler.findings import Finding
from scheduler.languages import Language
from scheduler.patient.events.kind import FIELD
from scheduler.said import DASH, FULL_DAY, SHORT_DAY, WEEKDAY, WEEKDAY_AND_DAY, Days, Quoted, Said, said
from scheduler.views.chart.episodes import grades_in_words
from scheduler.views.looking_back.exposure import in_tenths
from scheduler.views.table import without_zeros
from scheduler.words.saying import day_in, days_in, say

_FOLDER = Path(__file__).parent


def environment(*more: BaseLoader, language: Language = Language.ENGLISH) -> Environment:
    """The templates of this folder, after those of ``more``, which may stand in for one of these or extend it.

    An environment says everything in one language: it is made once for each.
    """
    made = Environment(
        loader=ChoiceLoader([*more, FileSystemLoader(_FOLDER / "templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: for_readers(in_language(value, language)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    translate(made, language)
    made.filters |= {
        "title": lambda title: marked(title_in_words(title) if isinstance(title, str) else title, language),
        "to_do": lambda finding: to_do(finding, language),
        "title_text": lambda title: in_language(title_in_words(title) if isinstance(title, str) else title, language),
        "clock": lambda clock: marked(clock_said(clock), language),
        "between": lambda first, last: _between(first, last, language),
        "dose": lambda dose: words.dose_in_words(dose, language),
        "grades": grades_in_words,
        "how_far": lambda day, today: how_far(day, today, language),
        "long_date": lambda day: day_in(day, FULL_DAY, language),
        "short_date": lambda day: day_in(day, SHORT_DAY, language),
        "plain": plain,
        "as_code": str,
        "signed": words.signed,
        "tenths": in_tenths,
        "visit_day": lambda day: day_in(day, FULL_DAY, language),
        "weekday_in_full": lambda day: day_in(day, WEEKDAY, language),
        "where": lambda finding: where(finding, language),
        "with_weekday": lambda day: day_in(day, WEEKDAY_AND_DAY, language),
    }
    return made


def for_readers(value: object) -> object:
    """What a template may print: a missing value is nothing, and letters that nobody can show are marked.

    Raises TypeError for a function: it was meant to be called.
    """
    if isinstance(value, str):
        return value if isinstance(value, Markup) or value.isprintable() else showable(value)
    if value is None:
        return ""
    if callable(value) and not isinstance(value, Undefined):
        raise TypeError(f"a template prints a function: {value!r}")
    return value


def to_do(finding: Finding, language: Language) -> Said | Quoted | None:
    """What to do about a finding. What the model of a log says of a field is told in the reader's language, or not at all."""
    if language is Language.ENGLISH or finding.said is None or finding.said_hint is not None or finding.hint is None:
        return finding.what_to_do
    meaning = Said(finding.hint, (), None, FIELD)
    return meaning if say(meaning, language) != finding.hint else None


def plain(amount: Decimal) -> str:
    """An amount without the zeros that say nothing: 1680, 7.5."""
    return f"{without_zeros(amount):f}"


def _between(first: date, last: date, language: Language) -> str:
    if first == last:
        return day_in(first, SHORT_DAY, language)
    return days_in(Days(first, last, DASH, SHORT_DAY), language)


def where(finding: Finding, language: Language, between: str = ", ") -> str:
    """The places that a finding is about, and its code."""
    places = [str(each) for each in (finding.place, finding.entry) if each]
    events = (say(said("event {number}", number=number), language) for number in finding.events)
    return between.join([*places, *events, finding.code])


def document(template: str, language: Language = Language.ENGLISH, **told: object) -> str:
    """A page that stands alone: one file with its own style, no script, nothing fetched, and a policy that forbids all else.

    The same arguments give the same text.
    """
    return _templates(language).get_template(template).render(style=Markup(style_sheet()), policy=_policy(), **told)


def part(name: str, *told: object, language: Language = Language.ENGLISH) -> Markup:
    """A part of a page, ready to be put into one and to be kept: for what is long and the same for every reader."""
    made: Markup = getattr(_templates(language).get_template("parts.html").module, name)(*told)
    return made


@cache
def style_sheet() -> str:
    """The look of every page, on paper too, with the colours of the picture."""
    colours = ";".join(f"--{name}:{colour}" for name, colour in PALETTE.items())
    return f":root{{{colours}}}\n{PICTURE_STYLE}{(_FOLDER / 'style.css').read_text('utf-8')}"


@cache
def _policy() -> str:
    """Allows the one style sheet in the page, by its digest, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style_sheet().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _templates(language: Language) -> Environment:
    return environment(language=language)
