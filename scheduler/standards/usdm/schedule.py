"""Dates, visits, epochs and sheets of a design, with the rows of the report that belong to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.said import Quoted, Said, listed, said
from scheduler.standards.usdm import sheets
from scheduler.standards.usdm.durations import read_duration
from scheduler.standards.usdm.importing import Design
from scheduler.standards.usdm.names import Names
from scheduler.standards.usdm.objects import Part
from scheduler.standards.usdm.report import Verdict
from scheduler.standards.usdm.timelines import Timed, Timeline, is_decision, window_days, windows_of
from scheduler.standards.usdm.visits import ANCHOR, Visit, said_window, when
from scheduler.standards.usdm.yaml_text import scalar

SOURCE = "USDM"
MOST_SHEETS = 40


def dates(design: Design) -> Iterator[str]:
    """The anchor, and a date for each visit that the file gives no day."""
    anchor = design.main.timed.get(design.main.anchor)
    called = anchor.instance.called if anchor else "nothing: the file has no fixed reference that can be read"
    label = anchor.timing.text("value") if anchor and anchor.timing else ""
    yield f"{ANCHOR}: recorded      # {called}"
    days = read_duration(label)
    fits = days is not None and days.is_one_thing and days.days == 1
    design.asked.ask(
        "Which day do all days count from, and what is its number?",
        f"The day of: {called}. It is Day 1, and is recorded as the milestone '{ANCHOR}'.",
        "The first dose or the randomisation; Day 0.",
        f"The value {label or 'missing'} of a fixed reference is read as the label of its day"
        + ("." if fits else ", and a day that is not Day 1 cannot be said here."),
    )
    for visit in design.visits:
        if visit.is_asked:
            yield f"{visit.date}: recorded"


def visits(design: Design) -> Iterator[str]:
    """A visit in one line where its timing is all, else with its title."""
    for visit in design.visits:
        cited = [SOURCE, *_open_questions(design, visit)]
        sentence = f"{when(visit, design.of_instance)} ({', '.join(cited)})"
        condition = design.paths.only_by.get(visit.first.instance.id)
        attribute = design.conditions[condition.path] if condition else ""
        modes = [mode.text("decode") for mode in visit.encounter.parts("contactModes")] if visit.encounter else []
        away = bool(modes) and all("person" not in mode.casefold() for mode in modes)
        yield ""
        yield f"{visit.name}:"
        yield f"  title: {scalar(visit.title)}"
        if away:
            yield "  kind: contact"
        yield f"  when: {scalar(sentence)}"
        if attribute:
            yield f"  only if: {attribute}"
        if visit.is_asked:
            yield f"  # to ask: {visit.first.fault}"
        _report_encounter(design, visit, modes, away)


def _open_questions(design: Design, visit: Visit) -> Iterator[str]:
    first, timing = visit.first, visit.first.timing
    if visit.is_asked:
        fault = str(first.fault)
        why = fault[:1].upper() + fault[1:]
        yield design.asked.ask(
            f"On which day is {visit.name}?",
            f"On the day that is recorded as the milestone '{visit.date}'; until then it has none.",
            "A day from the anchor, or from another visit.",
            f"{why}.",
        )
        return
    if first.is_anchor or timing is None or first.duration is None:
        return
    if timing.part("relativeToFrom").text("code") not in ("", "C201355"):
        yield _ends(design)
    if first.duration.minutes:
        yield design.asked.ask(
            f"{visit.name} is {timing.text('value')} {'before' if first.sign < 0 else 'after'} "
            f"{design.of_instance[first.reference].name}. Is it a visit of its own?",
            "A visit of the same day.",
            "A time point of a sheet.",
            "A visit has a day; minutes and hours stand on sheets.",
        )
    window = window_days(timing) if windows_of(timing) else (0, 0)
    if isinstance(window, Said):
        yield design.asked.ask(
            f"What is the window of {visit.name}? The file says {_window(timing)}.",
            "None: the day itself.",
            "Whole days earlier or later.",
            f"It cannot be said: {window}.",
        )
    elif window[0] != window[1] and first.sign < 0:
        yield design.asked.ask(
            "Which way do windows lie that are not the same on both sides, where a timing says before?",
            "The lower part is earlier and the upper part is later in the calendar.",
            "The other way round, counted in the direction of the timing.",
            "All such windows in public files fit the calendar's direction.",
        )


def _ends(design: Design) -> str:
    return design.asked.ask(
        "Do timings that count from or to an end mean another day?",
        "The same day: what is scheduled has no length in the file.",
        "A later one, by how long what they count from lasts.",
        "USDM gives no instance a length.",
    )


def _window(timing: Part) -> str:
    days = f"{timing.text('windowLower') or '?'} to {timing.text('windowUpper') or '?'}"
    return f"{days} ({timing.text('windowLabel')})" if timing.text("windowLabel") else days


def _report_encounter(design: Design, visit: Visit, modes: list[str], away: bool) -> None:
    encounter = visit.encounter
    if encounter is None or design.report.has(encounter):
        return
    rules = [encounter.part(key).text("text") for key in ("transitionStartRule", "transitionEndRule")]
    notes = [said("it begins or ends when: {rule}", rule=Quoted(rule)) for rule in rules if rule]
    if len(modes) > 1:
        notes.append(said("it is one visit, by: {modes}", modes=listed(*map(Quoted, modes))))
    if visit.is_asked:
        design.report.add("encounter", encounter, "the file is wrong", f"visits: {visit.name}", visit.first.fault)
    else:
        verdict: Verdict = "said with an assumption" if notes else "said"
        design.report.add("encounter", encounter, verdict, f"visits: {visit.name}", *notes)


def report_main(design: Design) -> None:
    """Rows for the main timeline's instances, decisions, timings and windows, and for encounters that nothing names."""
    main, places = design.main, design.of_instance
    design.report.add("timeline", main.part, "said", "visits", _quoted(main.part.text("entryCondition")))
    for each in main.part.parts("instances"):
        if is_decision(each):
            _report_decision(design, each)
        elif each.id in places and main.timed[each.id].instance.path == each.path:
            visit, fault = places[each.id], main.timed[each.id].fault
            off = said("no path of the file leads to it") if each.id in design.paths.off else None
            note = fault or off
            verdict: Verdict = "the file is wrong" if fault else "said with an assumption" if note else "said"
            design.report.add("instance", each, verdict, f"visits: {visit.name}", note)
        else:
            design.report.add(
                "instance", each, "the file is wrong", "", said("it has no id, or that of another instance")
            )
    for timed in main.timed.values():
        if timed.timing is not None:
            _report_timing(design, timed, timed.timing)
    _report_left(design, main)
    for encounter in design.design.parts("encounters"):
        if not design.report.has(encounter):
            design.report.add("encounter", encounter, "carried as text", "", said("no visit is named by it alone"))


def _report_decision(design: Design, decision: Part) -> None:
    conditions = list(decision.parts("conditionAssignments"))
    back = [each for each in conditions if each.path in design.paths.loops]
    loop = said("a loop: it is planned once, and how often it repeats is asked")
    default = said("the way without its condition is planned")
    if not conditions:
        design.report.add("decision", decision, "the file is wrong", "", said("a decision without a condition"))
    else:
        attributes = [design.conditions[each.path] for each in conditions if each.path in design.conditions]
        verdict: Verdict = "said with an assumption" if attributes and not back else "carried as text"
        design.report.add("decision", decision, verdict, "; ".join(attributes), loop if back else default)
    for each in conditions:
        text = each.text("condition")
        if each.path in design.paths.loops:
            note = said("it leads back: how often, and how far apart, is asked")
        else:
            note = said("which visits it adds or leaves out is recorded by a person")
        design.asked.ask(
            f"At {decision.called}: {text or 'a condition without a text'}. What follows?",
            "The way without the condition is planned; visits that only it leads to wait until it is recorded.",
            "Visits are repeated, or left out, where it holds.",
            f"USDM has conditions as text; {note}.",
        )
        known: Verdict = "said with an assumption" if each.path in design.conditions else "carried as text"
        design.report.add("condition", each, known if text else "the file is wrong", "assumptions", note)


def _report_timing(design: Design, timed: Timed, timing: Part) -> None:
    visit = design.of_instance[timed.instance.id]
    place, report = f"visits: {visit.name}", design.report
    if timed.fault:
        report.add("timing", timing, "the file is wrong", place, timed.fault)
    elif timed.is_anchor:
        report.add(
            "timing", timing, "said with an assumption", f"dates: {ANCHOR}", said("its value is the day's label")
        )
    elif timed.duration and timed.duration.minutes:
        report.add("timing", timing, "said with an assumption", place, said("minutes and hours are the same day"))
    elif timing.part("relativeToFrom").text("code") not in ("", "C201355"):
        report.add("timing", timing, "said with an assumption", place, said("an end is the same day as its start"))
    else:
        report.add("timing", timing, "said", place)
    if not windows_of(timing):
        return
    window, window_said = window_days(timing), Quoted(_window(timing), "en")
    if timed.fault or timed.is_anchor:
        report.add("window", timing, "carried as text", place, window_said, said("its timing cannot be said with one"))
    elif isinstance(window, Said):
        report.add("window", timing, "carried as text", place, window_said, window)
    elif timed is not visit.first and window != (0, 0):
        report.add("window", timing, "carried as text", place, window_said, said("the visit has another instance's"))
    elif window[0] != window[1] and timed.sign < 0:
        report.add(
            "window",
            timing,
            "said with an assumption",
            place,
            said("{window}: earlier is lower", window=Quoted(said_window(timed).strip(), "en")),
        )
    else:
        report.add("window", timing, "said", place)


def _quoted(text: str) -> Quoted | None:
    return Quoted(text) if text else None


def _report_left(design: Design, timeline: Timeline) -> None:
    for timing, why in timeline.left_over:
        design.report.add("timing", timing, "the file is wrong", "", why)
        if windows_of(timing):
            design.report.add("window", timing, "the file is wrong", "", why)


def epochs(design: Design) -> Iterator[str]:
    """Each epoch begins with its first visit."""
    names, began = Names(sort="epoch", named_dates=True), set[str]()
    first_of = {each.first.instance.text("epochId"): each for each in reversed(design.visits)}
    for epoch in design.design.parts("epochs"):
        first = first_of.get(epoch.id) if epoch.id else None
        bound = (ANCHOR if first.first.is_anchor else first.name) if first else ""
        if not first or bound in began or first.first.instance.id in design.paths.only_by:
            design.report.add("epoch", epoch, "carried as text", "", said("no visit of the main timeline begins it"))
            yield f"# {epoch.called}: no visit begins it"
            continue
        began.add(bound)
        name = names.free(epoch.called)
        yield f"{name}: {bound}"
        design.report.add(
            "epoch", epoch, "said with an assumption", f"epochs: {name}", said("it begins with its first visit")
        )


def sheet_lines(design: Design, calls: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    """A sheet for each visit that calls a timeline of minutes; ``calls`` gives for a timeline its visits and activities."""
    number = 0
    for timeline in design.others:
        callers = list(dict.fromkeys(visit for visit, _ in calls.get(timeline.part.id, [])))
        fits = sheets.is_of_one_day(timeline) and bool(callers) and number + len(callers) <= MOST_SHEETS
        names = []
        for visit in callers if fits else []:
            name = design.names.free(f"{visit[:18]}-{timeline.part.called[:20]}")
            names.append(name)
            yield f"{name}:"
            yield f"  title: {scalar(timeline.part.called[:400] or 'Time points')}"
            yield "  when:"
            yield from (f"    - {sentence} ({SOURCE})" for sentence in sheets.sentences(timeline, visit))
        number += len(names)
        _report_other(design, timeline, f"sheets: {', '.join(names)}" if fits else "")


def _report_other(design: Design, timeline: Timeline, place: str) -> None:
    report, part = design.report, timeline.part
    entry = part.text("entryCondition") or "no condition"
    if not place:
        design.asked.ask(
            f"When is the timeline '{part.called}' entered, and what is done then?",
            "Nothing of it is planned.",
            "A visit after each adverse event or at the end of treatment; a sheet of time points.",
            f"No visit calls it with times of one day. It is entered on: {entry}.",
        )
    entered = said("entered on: {condition}", condition=Quoted(entry))
    report.add("timeline", part, "said" if place else "carried as text", place, Quoted(entry))
    for each in part.parts("instances"):
        if is_decision(each):
            _report_decision(design, each)
            continue
        timed = timeline.timed.get(each.id)
        fault = timed.fault if timed else said("it has no id")
        report.add("instance", each, _verdict(place, fault), place, fault or (None if place else entered))
    for timed in timeline.timed.values():
        if timed.timing is not None:
            _report_point(design, timed, timed.timing, place, entered)
    _report_left(design, timeline)


def _verdict(place: str, fault: Said | None, assumed: bool = False) -> Verdict:
    if fault:
        return "the file is wrong"
    return ("said with an assumption" if assumed else "said") if place else "carried as text"


def _report_point(design: Design, timed: Timed, timing: Part, place: str, entered: Said) -> None:
    ends = timing.part("relativeToFrom").text("code") not in ("", "C201355")
    if ends and place:
        _ends(design)
    end = said("an end is the same time as its start")
    note = timed.fault or (end if ends else None if place else entered)
    design.report.add("timing", timing, _verdict(place, timed.fault, assumed=ends), place, note)
    if windows_of(timing):
        minutes = sheets.said_minutes(timed)
        kept = None if minutes and place else Quoted(_window(timing), "en")
        design.report.add("window", timing, _verdict(place if minutes else "", timed.fault), place, kept)


def callers(design: Design, activities: Iterable[Part]) -> dict[str, list[tuple[str, str]]]:
    """For each timeline that is called: the visits, and by which activity or by which instance itself."""
    called = {each.id: each.text("timelineId") for each in activities}
    found: dict[str, list[tuple[str, str]]] = {}
    for visit in design.visits:
        for member in visit.members:
            own = member.instance.text("timelineId")
            if own:
                found.setdefault(own, []).append((visit.name, member.instance.id))
            for activity in member.instance.texts("activityIds"):
                if called.get(activity):
                    found.setdefault(called[activity], []).append((visit.name, activity))
    return found
