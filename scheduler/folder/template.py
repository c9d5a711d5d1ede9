"""The texts of a new study, from a one-line summary: a protocol, a site, an invented patient and a story, to be corrected.

No clinical choice is made in silence. What the summary does not say is an assumption of the protocol, with its question, and
every sentence that rests on it cites it; choices that are not clinical have a comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from scheduler.folder.event_line import flow
from scheduler.protocol.sentences.summary import TreatmentSummary

FIRST_DOSE = date(2026, 3, 2)
"""The invented patient's first dose, a Monday."""

SCHEMAS = "schemas"
_CYCLE, _DOSE = "cycle", "dose"


@dataclass(frozen=True, slots=True)
class NewStudy:
    """What a new study is begun from. ``holidays`` is the country whose public holidays count, such as DE, or None."""

    name: str
    summary: str
    treatments: tuple[TreatmentSummary, ...]
    zone: str
    holidays: str | None = None


@dataclass(slots=True)
class _Questions:
    """The assumptions of a protocol that is being written, numbered as they come."""

    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def ask(self, question: str, reading: str, alternatives: str) -> str:
        """The number of an assumption; the same question is asked once."""
        entry = (question, reading, alternatives)
        if entry not in self.asked:
            self.asked.append(entry)
        return f"Q{self.asked.index(entry) + 1}"

    def text(self) -> Iterator[str]:
        for number, (question, reading, alternatives) in enumerate(self.asked, start=1):
            yield f"\n  Q{number}:\n    question: {flow(question)}\n    reading: {flow(reading)}\n"
            yield f"    alternatives: {flow(alternatives)}\n"
            yield "    because: The summary does not say it; this is the template's default, to be answered from the protocol.\n"


def protocol_text(study: NewStudy) -> str:
    """The protocol, with an assumption for everything that the summary leaves open."""
    questions = _Questions()
    treatments = "".join(_treatment(each, questions) for each in study.treatments)
    visits = _visits(questions)
    names = ", ".join(each.name for each in study.treatments)
    everywhere = ", ".join(["screening", *(each.name for each in study.treatments), "end-of-treatment", "safety"])
    return f"""# yaml-language-server: $schema={SCHEMAS}/protocol.schema.json
#
# Begun from: {study.summary}
# Go through the questions at the end, put the protocol's own answer in each sentence that cites one, and take it out there.
study: {study.name}
version: "0.1"                            # choice: the protocol's version, in quotes
title: {flow(f"A study of {names}")}

sources:
  summary: The line that this file was begun from; name the protocol's sections instead

arms:                                     # choice: one line for each arm; under a treatment, "arms: [a]" says who gets it
  treatment: {flow(f"Everybody gets {names}")}

study days: first dose is Day 1           # choice: first dose is Day 0, where the protocol counts so

treatments:                               # each has a clock of its own
{treatments}
visits:
{visits}
activities:                               # choice: what is done, and where
  adverse events and medication: [{everywhere}]

assumptions:
{"".join(questions.text())}"""


def _treatment(said: TreatmentSummary, questions: _Questions) -> str:
    lines = [f"\n  {said.name}:", *_when(said, questions), *_end(said), *_open(said), *_give(said, questions)]
    if said.fractions:
        lines.append("    not done: moves to the next open day    # choice: or lost")
    if said.has_days:
        lines.append("    held days: lost                         # choice: or made up")
    return "\n".join(lines) + "\n"


def _when(said: TreatmentSummary, questions: _Questions) -> Iterator[str]:
    first = "on first dose (summary)"
    if said.start > 1:
        question = f"May {said.name} start later than on Study Day {said.start}?"
        reading = "On the first open day from that day on; nothing says how late that may be."
        asked = questions.ask(question, reading, "Within some days; not at all.")
        first = f"on or after Study Day {said.start} ({asked}, summary)"
    if said.once or said.fractions == 1:
        yield f"    when: {first}"
        return
    yield "    when:"
    yield f"      1: {first}"
    if said.fractions:
        asked = questions.ask(
            f"How do the fractions of {said.name} follow each other?",
            "One on each open day; one that is not given is given on the next open day.",
            "Two a week; a missed fraction is lost.",
        )
        yield f"      then: at least 1 day after the previous fraction ({asked})"
        return
    one = _CYCLE if said.has_days else _DOSE
    late = _window(said)
    asked = questions.ask(
        f"What does the next {one} of {said.name} count from, and within which days may it be given?",
        f"From the actual day of the {one} before; {_window_in_words(late)}; the {_if_closed(said)} open day.",
        f"A fixed grid from the first {one}; another window.",
    )
    cited = [asked]
    if said.most is None:
        reading = "Until the end of treatment is recorded; nothing in this file ends it earlier."
        cited.append(
            questions.ask(f"How long is {said.name} given?", reading, "A number of cycles, progression, two years.")
        )
    yield f"      then: {said.every}{late} after the previous {one} ({', '.join([*cited, 'summary'])})"


def _window(said: TreatmentSummary) -> str:
    """Tablets are never begun early: those of the cycle before may not be used up."""
    days = said.every.in_days or 0 if said.every is not None else 0
    width = 3 if days >= 14 else 1 if days >= 4 else 0
    return "" if not width else f" +{width}" if said.has_days else f" ±{width}"


def _window_in_words(window: str) -> str:
    if not window:
        return "on its day"
    days = window[2:]
    unit = "day" if days == "1" else "days"
    return f"up to {days} {unit} later and never earlier" if window[1] == "+" else f"{days} {unit} either way"


def _end(said: TreatmentSummary) -> Iterator[str]:
    if said.fractions:
        yield f"    until: {said.fractions} fractions (summary)"
    elif said.most is not None and not said.once:
        yield f"    until: at most {said.most} {_CYCLE if said.has_days else _DOSE}s (summary)"


def _open(said: TreatmentSummary) -> Iterator[str]:
    where = "radiotherapy" if said.fractions else "clinic" if _route(said) == "by mouth" else "infusion"
    yield f"    open: {where:<33} # choice: whose open days count; site.yaml names them"
    yield f"    if closed: {_if_closed(said):<28} # choice: later, nearest or earlier"


def _if_closed(said: TreatmentSummary) -> str:
    return "later" if said.has_days or said.fractions or said.once else "nearest"


def _give(said: TreatmentSummary, questions: _Questions) -> Iterator[str]:
    if said.amount is None:
        yield "    # give:                                 # how many Gy a fraction has: the summary does not say it"
        return
    cited = []
    route, often = _route(said), said.often
    if said.fractions:
        yield f"    give: {said.amount} (summary)"
        return
    if said.route is None:
        reading = f"It is given {route}."
        cited.append(questions.ask(f"How is {said.name} given?", reading, "By mouth, intravenously, subcutaneously."))
    if often is None and route == "by mouth" and said.has_days:
        often = "once daily"
        cited.append(
            questions.ask(f"How often a day is {said.name} taken?", "Once daily.", "Twice daily; three times daily.")
        )
    if said.has_days:
        reading = "They are lost, and the days of the cycle go on counting."
        cited.append(
            questions.ask(f"What becomes of dosing days of {said.name} in a hold?", reading, "They are made up.")
        )
    if said.has_days and route != "by mouth":
        reading = "Only the first; the others keep their day."
        cited.append(
            questions.ask(f"Which dosing days of {said.name} must be open at the site?", reading, "All of them.")
        )
    over = f"over {said.over}" if said.over else None
    days = f"on days {_days(said)}" if said.has_days else "on day 1" if often is not None else None
    sentence = " ".join(part for part in (said.amount, often, route, over, days) if part)
    yield f"    give: {sentence} ({', '.join([*cited, 'summary'])})"


def _route(said: TreatmentSummary) -> str:
    """As it is said; else tablets for what is a fixed amount on several days in a row. The default is asked about in the file."""
    if said.route is not None:
        return said.route
    daily = any(last > first for first, last in said.days or ())
    fixed = said.amount is not None and "/" not in said.amount and not said.amount.startswith("AUC")
    return "by mouth" if daily and fixed else "intravenously"


def _days(said: TreatmentSummary) -> str:
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in said.days or ())


def _visits(questions: _Questions) -> str:
    screening = questions.ask(
        "How long before the first dose may a patient be screened?", "28 days to 1 day before.", "14 days; 21 days."
    )
    ends = questions.ask(
        "When is the visit at the end of treatment?", "Within 7 days of the decision to end it.", "On the day itself."
    )
    safety = questions.ask(
        "How long after the last dose is safety followed?",
        "A visit 30 days after the last dose of anything, 7 days either way.",
        "28 days; 90 days after an immunotherapy.",
    )
    return f"""
  screening: 1 to 28 days before first dose ({screening})

  end-of-treatment:
    title: End of treatment
    when: 0 to 7 days after end of treatment ({ends})

  safety:
    title: Safety follow-up
    when: 30 days ±7 after the last dose ({safety})
"""


def site_text(study: NewStudy) -> str:
    """The site: Monday to Friday, with the places that the treatments need."""
    places = {"clinic", *(place for each in study.treatments for place in _places(each))}
    holidays = (
        f"public holidays: {study.holidays}" if study.holidays else "# public holidays: DE      # choice: the country"
    )
    return f"""# yaml-language-server: $schema={SCHEMAS}/site.schema.json
site: Site 1                              # choice: the site's name
zone: {study.zone:<35} # choice: the time zone of its dates, such as Europe/Berlin
{holidays}
weekdays: Monday to Friday                # choice: the days of the week on which it works

resources:                                # names that the protocol asks for after "open:"; each may say what is different there
{"".join(f"  {place}:{chr(10)}" for place in sorted(places))}"""


def _places(said: TreatmentSummary) -> Iterator[str]:
    yield next(_open(said)).split(":")[1].split()[0]


def patient_text(with_days: frozenset[str], study: NewStudy) -> str:
    """An invented patient who began on a Monday. ``with_days`` are the treatments whose cycles have days of their own."""
    events = []
    for each in study.treatments:
        if each.start == 1:
            what = "cycle started" if each.name in with_days else "given"
            number = "cycle" if each.name in with_days else "n"
            events.append(f"  - {{on: {FIRST_DOSE}, event: {what}, treatment: {each.name}, {number}: 1}}\n")
    return f"""# yaml-language-server: $schema=../{SCHEMAS}/case.schema.json
# An invented patient, to try things on.
protocol: ../protocol.yaml
site: ../site.yaml
subject: P-001
events:
  - {{on: {FIRST_DOSE - timedelta(days=7)}, event: first dose planned, to: {FIRST_DOSE}}}
{"".join(events)}"""


def story_text(with_days: frozenset[str], study: NewStudy) -> str:
    """A story with the dates that the summary alone gives, counted from a Monday on the fingers."""
    expected = []
    for each in study.treatments:
        first = FIRST_DOSE + timedelta(days=each.start - 1)
        first += timedelta(days=max(0, 7 - first.weekday()) if first.weekday() > 4 else 0)
        day = ".1" if each.name in with_days else ""
        expected.append(f"  {each.name}.1{day}: {first}\n")
        every = each.every.in_days if each.every is not None else None
        if every is not None and every % 7 == 0 and each.most != 1:
            expected.append(f"  {each.name}.2{day}: {first + timedelta(days=every)}\n")
    return f"""# yaml-language-server: $schema=../{SCHEMAS}/case.schema.json
# As planned, at a site without holidays.
# Count the dates of the published schedule by hand and put them here; then tell what happens after a hold, a delay, a holiday.
name: planned
protocol: ../protocol.yaml
subject: STORY-1
closed: []
events:
  - {{on: {FIRST_DOSE - timedelta(days=7)}, event: first dose planned, to: {FIRST_DOSE}}}
expect:
{"".join(expected)}"""
