"""The texts of a new study, from a one-line summary: a protocol and a site, to be corrected; `first_case` has the patient.

No clinical choice is made in silence. What the summary does not say is an assumption of the protocol, with its question, and
every sentence that rests on it cites it; choices that are not clinical have a comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from scheduler.dates import Span, Unit
from scheduler.folder.event_line import flow
from scheduler.protocol.plan.times.frequency import SEVERAL_A_DAY
from scheduler.protocol.sentences.one_line.regimen import Clock, Length, Step, TreatmentSummary

SCHEMAS = "schemas"
_CYCLE, _DOSE = "cycle", "dose"
_AT_HOME = "    open: any day                           # choice: taken at home; or whose open days count"
_INFUSED = ("intravenously", "by continuous infusion")


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
    clocks = _clocks(study)
    cycles = "".join(_cycles(study, clocks, questions))
    also = ", or a cycle's" if cycles else ""
    treatments = "".join(_treatment(each, clocks, questions) for each in study.treatments)
    visits = _visits(questions)
    names = ", ".join(each.name for each in study.treatments)
    everywhere = ", ".join(["screening", *(each.name for each in study.treatments), "end-of-treatment", "safety"])
    return f"""# yaml-language-server: $schema={SCHEMAS}/protocol.schema.json
#
# Begun from: {study.summary}
# Go through the questions at the end, put the protocol's own answer in each sentence that cites one, and take it out there.
study: {flow(study.name)}
version: "0.1"                            # choice: the protocol's version, in quotes
title: {flow(f"A study of {names}")}

sources:
  summary: The line that this file was begun from; name the protocol's sections instead

arms:                                     # choice: one line for each arm; under a treatment, "arms: [a]" says who gets it
  treatment: {flow(f"Everybody gets {names}")}

study days: first dose is Day 1           # choice: first dose is Day 0, where the protocol counts so

{_section_of_cycles(cycles)}treatments:                               # each has a clock of its own{also}
{treatments}
visits:
{visits}
activities:                               # choice: what is done, and where
  adverse events and medication: [{everywhere}]

assumptions:
{"".join(questions.text())}"""


def _section_of_cycles(cycles: str) -> str:
    comment = "# a clock for several; it gives nothing itself"
    return f"cycles:                                   {comment}\n{cycles}\n" if cycles else ""


def _clocks(study: NewStudy) -> dict[Clock, str]:
    """The clocks that several treatments share, and what each is called."""
    taken = {each.name for each in study.treatments}
    names = (
        name for number in range(1, 1000) if (name := "regimen" if number == 1 else f"regimen-{number}") not in taken
    )
    return dict(
        zip(dict.fromkeys(each.clock for each in study.treatments if each.clock is not None), names, strict=False)
    )


def _cycles(study: NewStudy, clocks: dict[Clock, str], questions: _Questions) -> Iterator[str]:
    """The shared clocks. Each gives nothing itself."""
    for clock, name in clocks.items():
        its = [each for each in study.treatments if each.clock is clock]
        both = " and ".join(clock.names)
        where = "infusion" if "infusion" in map(_where, its) else "clinic"
        later = any(each.has_days for each in its)
        then = _then(both, clock.every, clock.length, _CYCLE, later, questions)
        lines = [f"\n  {name}:", "    when:", "      1: on first dose (summary)", then]
        lines += [*_end(both, clock.length, _CYCLE, questions), *_opening(where, "later" if later else "nearest")]
        yield "\n".join(lines) + "\n"


def _treatment(said: TreatmentSummary, clocks: dict[Clock, str], questions: _Questions) -> str:
    lines = [f"\n  {said.name}:"]
    if said.clock is not None:
        lines += _in_cycles(said, clocks[said.clock])
    else:
        one = _CYCLE if said.has_days else _DOSE
        lines += [*_when(said, questions), *_end(said.name, said.length, one, questions, said.start)]
        if said.fractions:
            lines.append(f"    until: {said.fractions} fractions (summary)")
        lines += [_AT_HOME] if said.daily else _opening(_where(said), _if_closed(said))
    lines += _give(said, questions)
    if said.fractions:
        lines.append("    not done: moves to the next open day    # choice: or lost")
    if said.has_days:
        lines.append("    held days: lost                         # choice: or made up")
    return "\n".join(lines) + "\n"


def _in_cycles(said: TreatmentSummary, clock: str) -> Iterator[str]:
    most = said.length.most
    cycles = f"every {clock} cycle" if most is None else f"{clock} cycles 1-{most}" if most > 1 else f"{clock} cycles 1"
    yield f"    when: in {cycles} (summary)"
    if _route(said) == "by mouth":
        yield _AT_HOME
    else:
        yield from _opening(_where(said), "later")


def _when(said: TreatmentSummary, questions: _Questions) -> Iterator[str]:
    first = "on first dose (summary)"
    if said.start > 1:
        question = f"May {said.name} start later than on Study Day {said.start}?"
        reading = "On the first open day from that day on; nothing says how late that may be."
        asked = questions.ask(question, reading, "Within some days; not at all.")
        first = f"on or after Study Day {said.start} ({asked}, summary)"
    if said.once or said.daily or said.fractions == 1:
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
    yield from _numbered(said, questions)
    if said.every is not None:
        one = _CYCLE if said.has_days else _DOSE
        yield _then(said.name, said.every, said.length, one, said.has_days, questions)


def _numbered(said: TreatmentSummary, questions: _Questions) -> Iterator[str]:
    """The doses at months 1 and 6, each counted from dose 1."""
    if not said.at:
        return
    days = [_least_days(span) for span in said.at]
    windows = [_window(later - earlier, early=True) for earlier, later in pairwise([0, *days])]
    each = [f"{_window_in_words(window)} for dose {number}" for number, window in enumerate(windows, start=2)]
    asked = questions.ask(
        f"Within which days may the doses of {said.name} be given, and what does each count from?",
        f"From the actual day of dose 1, in calendar {said.at[0].unit.value}: {', '.join(each)}.",
        "From the dose before; months of 28 days; another window.",
    )
    for number, (span, window) in enumerate(zip(said.at, windows, strict=True), start=2):
        yield f"      {number}: {span}{_in_days(window)} after dose 1 ({asked}, summary)"


def _then(name: str, every: Span, length: Length, one: str, later: bool, questions: _Questions) -> str:
    """The next cycle or dose, counted from the one before. ``later``: it is never begun early."""
    window = _window(_least_days(every), early=not later)
    asked = questions.ask(
        f"What does the next {one} of {name} count from, and within which days may it be given?",
        f"From the actual day of the {one} before; {_window_in_words(window)}; the {'later' if later else 'nearest'} open day.",
        f"A fixed grid from the first {one}; another window.",
    )
    cited = [asked]
    if length == Length():
        reading = "Until the end of treatment is recorded; nothing in this file ends it earlier."
        cited.append(
            questions.ask(f"How long is {name} given?", reading, "A number of cycles, progression, two years.")
        )
    window = window if str(every).endswith(("day", "days")) else _in_days(window)
    return f"      then: {every}{window} after the previous {one} ({', '.join([*cited, 'summary'])})"


def _least_days(span: Span) -> int:
    return span.in_days if span.in_days is not None else span.amount * (28 if span.unit is Unit.MONTHS else 365)


def _window(days: int, *, early: bool) -> str:
    """Tablets are never begun early: those of the cycle before may not be used up."""
    width = 3 if days >= 14 else 1 if days >= 4 else 0
    return "" if not width else f" ±{width}" if early else f" +{width}"


def _in_days(window: str) -> str:
    return window and f"{window} {'day' if window.endswith('1') else 'days'}"


def _window_in_words(window: str) -> str:
    if not window:
        return "on its day"
    days = window[2:]
    unit = "day" if days == "1" else "days"
    return f"up to {days} {unit} later and never earlier" if window[1] == "+" else f"{days} {unit} either way"


def _end(name: str, length: Length, one: str, questions: _Questions, start: int = 1) -> Iterator[str]:
    """All that ends it; the first to come counts."""
    ends = []
    if length.most is not None:
        ends.append(f"at most {length.most} {one}s (summary)")
    if length.open is not None:
        asked = questions.ask(
            f"Who chooses how many {one}s of {name} a patient has, and by when?",
            f"The investigator; nothing after the smaller number is planned before it is recorded as '{one}s of {name}'.",
            f"The arm; all who respond; a fixed number of {one}s.",
        )
        ends.append(f"{length.open} {one}s, as the investigator chooses ({asked}, summary)")
    if length.longest is not None:
        origin = "first dose" if start == 1 else f"Study Day {start}"
        asked = questions.ask(
            f"{name}, up to {length.longest}: counted from when, and is anything given on the last day?",
            f"From {origin} on; nothing is given {length.longest} after it, or later.",
            "From randomisation; the last day counts too.",
        )
        ends.append(f"before {length.longest} after {origin} ({asked}, summary)")
    if length.progression:
        ends.append("progression (summary)")
    if len(ends) == 1:
        yield f"    until: {ends[0]}"
    elif ends:
        yield f"    until: [{', '.join(flow(each) for each in ends)}]"


def _opening(where: str, if_closed: str) -> Iterator[str]:
    yield f"    open: {where:<33} # choice: whose open days count; site.yaml names them"
    yield f"    if closed: {if_closed:<28} # choice: later, nearest or earlier"


def _where(said: TreatmentSummary) -> str:
    return "radiotherapy" if said.fractions else "infusion" if _route(said) in _INFUSED else "clinic"


def _if_closed(said: TreatmentSummary) -> str:
    return "later" if said.has_days or said.fractions or said.once else "nearest"


def _give(said: TreatmentSummary, questions: _Questions) -> Iterator[str]:
    if said.amount is None:
        yield "    # give:                                 # how many Gy a fraction has: the summary does not say it"
        return
    if said.fractions:
        yield f"    give: {said.amount} (summary)"
        return
    often, cited = _asked_of_doses(said, _route(said), questions)
    doses = [f"{_dose(said, step, step.often or often)} ({', '.join([*cited, 'summary'])})" for step in said.steps]
    if len(doses) == 1:
        yield f"    give: {doses[0]}"
        return
    yield "    give:"
    yield from (f"      - {dose}" for dose in doses)


def _asked_of_doses(said: TreatmentSummary, route: str, questions: _Questions) -> tuple[str | None, list[str]]:
    """How often a day, where all steps have it in common, and the questions that the doses rest on."""
    often, cited = said.steps[0].often, []
    if said.route is None:
        reading = f"It is given {route}."
        cited.append(questions.ask(f"How is {said.name} given?", reading, "By mouth, intravenously, subcutaneously."))
    if often is None and route == "by mouth" and said.has_days:
        often = "once daily"
        cited.append(
            questions.ask(f"How often a day is {said.name} taken?", "Once daily.", "Twice daily; three times daily.")
        )
    if said.daily and said.length == Length():
        reading = "Until the end of treatment is recorded; nothing in this file ends it earlier."
        cited.append(questions.ask(f"How long is {said.name} given?", reading, "Progression, two years."))
    if said.has_days:
        reading = "They are lost, and the days of the cycle go on counting."
        cited.append(
            questions.ask(f"What becomes of dosing days of {said.name} in a hold?", reading, "They are made up.")
        )
    if said.clock is not None and not said.days:
        question = f"On which days of the cycle is {said.name} given?"
        cited.append(questions.ask(question, "On day 1.", f"On the days of {said.clock.names[-1]}."))
    if said.has_days and route != "by mouth":
        reading = "Only the first of the cycle; the others keep their day."
        cited.append(
            questions.ask(f"Which dosing days of {said.name} must be open at the site?", reading, "All of them.")
        )
    return often, cited


def _dose(said: TreatmentSummary, step: Step, often: str | None) -> str:
    over = f"over {said.over}" if said.over else None
    if step.doses is not None or said.daily:
        when = f"of {step.doses}" if step.doses is not None else "every day"
        return " ".join(part for part in (step.amount, often, _route(said), over, when) if part)
    days = f"on days {_days(step)}" if said.has_days else "on day 1" if often is not None else None
    return " ".join(part for part in (step.amount, often, _route(said), over, days) if part)


def _route(said: TreatmentSummary) -> str:
    """As it is said; else tablets for a fixed amount, or several a day, on days in a row. The file asks about the default."""
    if said.route is not None:
        return said.route
    daily = said.daily or any(last > first for first, last in said.days)
    fixed = said.amount is not None and "/" not in said.amount and not said.amount.startswith("AUC")
    often = said.steps[0].often in SEVERAL_A_DAY
    return "by mouth" if daily and (fixed or often) else "intravenously"


def _days(step: Step) -> str:
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in step.days or ())


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
    if not said.daily and (said.clock is None or _route(said) != "by mouth"):
        yield _where(said)
