"""Names that stand for themselves: arms in lists, visits under activities, and names that two things share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scheduler.findings import Finding, Place, Severity, did_you_mean
from scheduler.protocol.compiling.numbering import is_table
from scheduler.protocol.hints.in_its_place import with_a_name
from scheduler.protocol.sentences.spellings import Habits, what_to_do
from scheduler.protocol.sentences.times.moment import OCCURRENCE_WORDS, PLURALS
from scheduler.protocol.sentences.times.place import ActivityPlace, read_activity_place
from scheduler.protocol.text.activities import at_place, places_of
from scheduler.protocol.text.meant import sentences_meant
from scheduler.protocol.text.protocol_text import CyclesText, DateText, ProtocolText, TreatmentText, VisitText
from scheduler.protocol.text.sentence_place import At
from scheduler.protocol.text.sheets import SheetText

_WORDS = frozenset(
    {
        *(
            "the",
            "each",
            "every",
            "any",
            "on",
            "at",
            "is",
            "for",
            "it",
            "then",
            "last",
            "previous",
            "ideal",
            "end",
            "first",
        ),
        *(
            "before",
            "after",
            "until",
            "not",
            "from",
            "to",
            "or",
            "least",
            "most",
            "study",
            "day",
            "days",
            "due",
            "recorded",
        ),
        *OCCURRENCE_WORDS,
        *PLURALS,
    }
)
_OF_THE_ENGINE = frozenset({"unscheduled"})


def check_arms(text: ProtocolText, root: At) -> Iterator[Finding]:
    """Arms that are listed or named as a key, and that the study does not have."""
    for at, arm, keys in _arms_named(text, root):
        if arm in text.arms:
            continue
        place = at.key() if isinstance(at.path[-1], str) else at.place()
        if arm in ("then", "last"):
            hint = "a table by number stands under 'when:'"
        else:
            hint = did_you_mean(arm, (*text.arms, *keys)) or "define it under 'arms'"
        yield Finding("unknown-arm", Severity.ERROR, f"the study has no arm '{arm}'", hint, place)


def _arms_named(text: ProtocolText, root: At) -> Iterator[tuple[At, str, Iterable[str]]]:
    sections: dict[str, Mapping[str, object]] = {
        "cycles": text.cycles,
        "treatments": text.treatments,
        "visits": text.visits,
    }
    for section, found in sections.items():
        for name, each in found.items():
            yield from _arms_of(each, root.below(section, name))
    for name, sheet in text.sheets.items():
        listed = sheet.arms or () if isinstance(sheet, SheetText) else ()
        yield from ((root.below("sheets", name, "arms", index), arm, ()) for index, arm in enumerate(listed))
    yield from ((root.below("enrolment", arm), arm, ()) for arm in text.enrolment)
    yield from _arms_of_moments(text, root)


def _arms_of_moments(text: ProtocolText, root: At) -> Iterator[tuple[At, str, Iterable[str]]]:
    """Where a date or the end of a period is another one in each arm."""
    found = [(root.below("periods", name, "to"), period.end) for name, period in text.periods.items()]
    dates = [(root.below("dates", name, "when"), each) for name, each in text.dates.items()]
    for at, moment in (*found, *((at, each.when) for at, each in dates if isinstance(each, DateText))):
        if isinstance(moment, dict):
            yield from ((at.below(arm), arm, ()) for arm in moment)


def _arms_of(each: object, at: At) -> Iterator[tuple[At, str, Iterable[str]]]:
    """The arms that one treatment, clock or visit names, each with what else its place allows."""
    if isinstance(each, TreatmentText | CyclesText | VisitText):
        yield from ((at.below("arms", index), arm, ()) for index, arm in enumerate(each.arms or ()))
        if isinstance(each.when, dict) and not is_table(each.when):
            yield from ((at.below("when", arm), arm, ("then", "last")) for arm in each.when)
        if isinstance(each.until, dict):
            yield from ((at.below("until", arm), arm, ()) for arm in each.until)
    elif isinstance(each, dict):
        yield from ((at.below(arm), arm, ("when", "until", "open", "title")) for arm in each)


def check_activities(text: ProtocolText, root: At, lost: frozenset[str]) -> Iterator[Finding]:
    """Activities at visits that the study does not have, or twice at the same."""
    known = {*text.cycles, *text.treatments, *text.visits, *text.sheets, *lost}
    for activity, written in text.activities.items():
        said_before: set[ActivityPlace] = set()
        for index, place in enumerate(places_of(written)):
            at = at_place(root, activity, written, index)
            if place.timeline is not None and place.timeline not in known:
                message = f"'{place.timeline}' is not a treatment or visit of this study"
                hint = _place_meant(at, known) or did_you_mean(place.timeline, known)
                yield at.finding("unknown-visit", message, hint, word=place.timeline)
            elif place in said_before:
                yield at.warning("twice", "this stands here already", "leave it out")
            said_before.add(place)
    for activity in text.at_least_every:
        if activity not in text.activities:
            hint = did_you_mean(activity, text.activities) or "define it under 'activities'"
            message = f"'{activity[:60]}' is not an activity of this study"
            yield Finding(
                "unknown-activity", Severity.ERROR, message, hint, root.below("at least every", activity).key()
            )


def _place_meant(at: At, known: Iterable[str]) -> str | None:
    """Where an activity belongs that is said otherwise, as C1D1 or predose: what to write, or what to do."""
    sentence, names = at.node.at(*at.path).value, tuple(known)
    if not isinstance(sentence, str):
        return None
    found = (with_a_name(each, at.node) for each in sentences_meant(sentence, ("activities",)))
    right = [each for each in found if read_activity_place(each).timeline in (*names, None)]
    return f"write: {', or: '.join(right)}" if right else what_to_do(sentence, Habits.PLACES)


def check_collections(text: ProtocolText, root: At) -> Iterator[Finding]:
    """Two periods that collect the same: nobody could say which of them an adverse event or a death is inside of."""
    first: dict[str, str] = {}
    for name, period in text.periods.items():
        if period.collects is None or first.setdefault(period.collects, name) == name:
            continue
        message = f"'{first[period.collects]}' collects {period.collects} already"
        hint = "keep one, from the first sentence to the last"
        yield Finding("collected-twice", Severity.ERROR, message, hint, root.below("periods", name, "collects").place())


def check_names(text: ProtocolText, root: At) -> Iterator[Finding]:
    """Names that two things share, that the language itself uses, or that are hard to tell apart."""
    taken: dict[str, str] = {}
    same: dict[str, str] = {}
    sections: dict[str, Iterable[str]] = {
        "cycles": text.cycles,
        "treatments": text.treatments,
        "visits": text.visits,
        "sheets": text.sheets,
        "periods": text.periods,
        "dates": text.dates,
    }
    for section, names in sections.items():
        for name in names:
            place = root.below(section, name).key()
            if name in taken:
                message = f"'{name}' is a name under {taken[name]} already"
                yield Finding("name-taken", Severity.ERROR, message, "name it otherwise", place)
                continue
            taken[name] = section
            yield from _reserved(name, place)
            plain = name.replace("-", "").replace("_", "").replace(" ", "").casefold()
            other = same.setdefault(plain, name)
            if other != name:
                message = f"'{name}' and '{other}' are hard to tell apart"
                yield Finding("names-alike", Severity.WARNING, message, "name one of them otherwise", place)
    for arm in text.arms:
        yield from _reserved(arm, root.below("arms", arm).key())


def is_a_word_of_the_language(name: str) -> bool:
    """True for a word that no visit, date or arm can be named by."""
    return name.casefold() in _WORDS or name in _OF_THE_ENGINE


def _reserved(name: str, place: Place) -> Iterator[Finding]:
    if name.casefold() in _WORDS:
        message = f"'{name}' is a word of the language"
        yield Finding("name-taken", Severity.ERROR, message, f"name it otherwise, such as study-{name}", place)
    elif name in _OF_THE_ENGINE:
        message = f"'{name}' is kept for visits that no protocol line asked for"
        yield Finding("name-taken", Severity.ERROR, message, "name it otherwise", place)
