"""The protocol's text: the sections in the order in which a person would write them."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.said import Quoted, said
from scheduler.standards.usdm import schedule
from scheduler.standards.usdm.assumptions import Assumption, shortened
from scheduler.standards.usdm.importing import Design
from scheduler.standards.usdm.names import Names
from scheduler.standards.usdm.objects import Part
from scheduler.standards.usdm.synopsis import synopsis
from scheduler.standards.usdm.yaml_text import flow, scalar, section


def protocol_text(design: Design) -> str:
    """The whole text; the design's report and its assumptions are filled on the way."""
    every_activity = list(design.design.parts("activities"))
    written = shortened(f"{design.file}, USDM {design.whole.text('usdmVersion') or 'of no version'}")
    head = (
        f"study: {scalar(design.study)}\nversion: {_quoted(design.number)}\ntitle: {scalar(design.title)}\n\n"
        + section("sources", [f"{schedule.SOURCE}: {scalar(written)}"])
        + section("synopsis", synopsis(design))
        + section("arms", arms(design))
        + "study days: anchor is Day 1 (U1)\n\n"
        + section("dates", schedule.dates(design))
    )
    visits = section("visits", list(schedule.visits(design)))
    epochs = section("epochs", schedule.epochs(design))
    schedule.report_main(design)
    sheets = section("sheets", schedule.sheet_lines(design, schedule.callers(design, every_activity)))
    done = section("activities", activities(design, every_activity))
    facts = section("attributes", attributes(design))
    footnotes = "".join(f"# {line}\n" for line in _footnotes(design))
    _ask_who_gets_what(design)
    asked = section("assumptions", assumptions(design))
    return (head + epochs + visits + sheets + done + facts + asked + footnotes).rstrip() + "\n"


def _quoted(text: str) -> str:
    return f'"{text}"'


def arms(design: Design) -> Iterator[str]:
    """The arms; one for everybody where the file has none."""
    names, every = Names(sort="arm"), list(design.design.parts("arms"))
    for arm in every:
        name = names.free(arm.text("name"), arm.text("label"))
        yield f"{name}: {scalar(_of_arm(arm) or name)}"
        design.report.add("arm", arm, "said", f"arms: {name}")
    if not every:
        yield "everybody: All subjects; the file names no arm"


def _of_arm(arm: Part) -> str:
    more = arm.text("description")
    return shortened(f"{arm.called} ({more})" if more and arm.called and more != arm.called else arm.called or more)


def activities(design: Design, every: list[Part]) -> Iterator[str]:
    """Each activity with its visits; what is done at no visit is a comment."""
    at: dict[str, list[str]] = {}
    for visit in design.visits:
        for member in visit.members:
            for activity in member.instance.texts("activityIds"):
                at.setdefault(activity, []).append(visit.name)
    elsewhere = {
        activity: timeline.part.called
        for timeline in design.others
        for each in timeline.timed.values()
        for activity in each.instance.texts("activityIds")
    }
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    for each in every:
        places = list(dict.fromkeys(at.get(each.id, [])))
        title = shortened(each.called) or "an activity without a name"
        while places and title in taken:
            number = numbers.get(each.called, 2)
            title, numbers[each.called] = shortened(f"{each.called[:380]} ({number})"), number + 1
        if places:
            taken.add(title)
            yield f"{scalar(title)}: {flow(places)}"
            design.report.add("activity", each, "said", "activities")
        else:
            where = elsewhere.get(each.id)
            note = (
                said("it is part of the timeline '{timeline}'", timeline=Quoted(where))
                if where
                else said("no visit of the main timeline names it")
            )
            yield f"# {title}: {shortened(str(note))}"
            design.report.add("activity", each, "carried as text", "activities", note)


def attributes(design: Design) -> Iterator[str]:
    """A fact for each condition that alone leads to visits, to be recorded by a person."""
    texts = {condition.path: condition.text("condition") for condition in design.paths.only_by.values()}
    for path, name in design.conditions.items():
        yield f"{name}: {scalar(shortened(texts[path]) or 'A condition without a text')}"


def _footnotes(design: Design) -> Iterator[str]:
    """The file's conditions, as it says them: nothing is planned by them."""
    conditions = [*design.version.parts("conditions"), *design.design.parts("conditions")]
    if conditions:
        yield "What the file says as text. Nothing is planned by it; a visit, 'only if' or a rule may be written for it."
    for condition in conditions:
        text = condition.text("text") or condition.called
        yield f"- {text}"
        design.report.add("condition", condition, "carried as text", "at the end", Quoted(text) if text else None)


def _ask_who_gets_what(design: Design) -> None:
    """Nothing is given by this protocol: which arm gets which administration is asked, with what the file says of it."""
    of_element = {
        intervention
        for element in design.design.parts("elements")
        for intervention in element.texts("studyInterventionIds")
    }
    for holder in (design.version, design.design):
        for intervention in holder.parts("studyInterventions"):
            named = said("cells name it") if intervention.id in of_element else said("no cell of the design names it")
            for each in [*intervention.parts("administrations"), *intervention.parts("agentAdministrations")]:
                written = _administration(each)
                design.asked.ask(
                    f"Who gets {intervention.called}, {each.text('description') or each.called}: {written}?",
                    "Nobody yet: no treatment is written.",
                    "One arm or several, from the anchor on or in cycles.",
                    f"A dose is never guessed; {named}.",
                )
                design.report.add(
                    "administration", each, "carried as text", "assumptions", Quoted(written, "en"), named
                )


def _administration(part: Part) -> str:
    dose, length = part.part("dose"), part.part("duration").part("quantity")
    amount = f"{dose.has.get('value')} {dose.decoded('unit')}" if dose.has else "no dose"
    for_long = (
        f"for {length.has.get('value')} {length.decoded('unit')}" if length.has else part.part("duration").text("text")
    )
    words = [amount, part.decoded("frequency"), part.decoded("route"), for_long]
    return ", ".join(each.strip() for each in words if each.strip())


def assumptions(design: Design) -> Iterator[str]:
    """What is asked, in the order of its numbers."""
    for assumption, name in design.asked.asked.items():
        yield f"{name}:"
        yield from _lines(assumption)
        yield ""


def _lines(assumption: Assumption) -> Iterator[str]:
    yield f"  question: {scalar(assumption.question)}"
    yield f"  reading: {scalar(assumption.reading)}"
    yield f"  alternatives: {scalar(assumption.alternatives)}"
    yield f"  because: {scalar(assumption.because)}"
