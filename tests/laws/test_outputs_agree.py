"""All that is printed of a day says the same: status, tablets, dose. Nothing names a dose that waits for a decision."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.entries.entry import Dose, Entry, Flag, Kind, Status
from scheduler.calendar.entries.unplanned import is_unplanned
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import Refused
from scheduler.exports.json import calendar_as_json
from scheduler.exports.pages.patient import calendar_as_html
from scheduler.exports.told import in_its_language
from scheduler.folder.feeds import tablet_sizes
from scheduler.languages import Language
from scheduler.patient.appending import append
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log
from scheduler.protocol.plan.dosing.product import Product
from scheduler.said import Said as Message
from scheduler.views.agenda.diary import Diary, DiaryDay, DiaryTablets, patient_diary
from scheduler.views.agenda.item import Agenda
from scheduler.views.agenda.of_reader import Subject, agenda, site_agenda
from scheduler.views.agenda.revision import revisions
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.views.days.attendance import needs_patient
from scheduler.views.days.spelled_out import DayEntry, spelled_out
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import SURE, DispensingLine, LineStatus, Work
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.reader.wording import OF_KIND, Phrase
from scheduler.views.table_of_dates import table_of_dates
from scheduler.vocabulary.dosage_forms import FORMS, Count
from scheduler.vocabulary.forms_in_words import OfForm
from tests.exports.reading import read_page
from tests.laws.examples import examples
from tests.laws.tablets_counted import Counts, at_home, in_words, products_of, study_form, tablets_of
from tests.laws.told_by_day import STANDS, Said, amounts_a_day, said_by, tablets_a_day
from tests.laws.walks import FIRST_DAY, TREATMENTS, Followed, dose_of, followed, start_of

MOMENT = datetime(2026, 2, 27, 9, tzinfo=UTC)
KEY = b"0123456789abcdef0123456789abcdef"
OFTEN = {
    None: "",
    "twice daily": ", twice a day",
    "three times daily": ", three times a day",
    "four times daily": ", four times a day",
    "every 4 hours": ", every 4 hours",
    "every 6 hours": ", every 6 hours",
    "every 8 hours": ", every 8 hours",
    "once in the evening": ", in the evening",
    "once in the morning": ", in the morning",
}
laws = settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))


def recorded(case: Followed) -> dict[int, datetime]:
    return {record.number: MOMENT for record in case.log.records}


def patient_feed(case: Followed, detail: Detail, language: Language = Language.ENGLISH) -> Agenda:
    return in_its_language(
        agenda(
            case.calendar,
            Audience.PATIENT,
            detail,
            language,
            recorded=recorded(case),
            published=MOMENT,
            key=KEY,
            zone="Asia/Shanghai",
            as_of=case.today,
            tablets=tablet_sizes(case.version),
        )
    )


def site_feed(case: Followed, audience: Audience, detail: Detail, language: Language = Language.ENGLISH) -> Agenda:
    return in_its_language(
        site_agenda(
            [Subject(case.calendar, recorded(case))],
            audience,
            detail,
            language,
            published=MOMENT,
            key=KEY,
            zone="Asia/Shanghai",
            as_of=case.today,
        )
    )


def diary(case: Followed, detail: Detail, language: Language = Language.ENGLISH) -> Diary:
    last = case.calendar.until or case.today
    return patient_diary(
        case.calendar, max(FIRST_DAY, last - timedelta(days=400)), last, detail, language, tablet_sizes(case.version)
    )


def oral(case: Followed) -> list[Said]:
    return [said for said in said_by(case.calendar) if said.kind is Kind.ORAL and not is_unplanned(said.entry)]


def stated(doses: tuple[Dose, ...]) -> list[str]:
    """What is said of doses; nothing of one that waits for a value."""
    return [str(dose) for dose in doses if not dose.needs]


def nothing(because: object) -> tuple[()]:
    return ()


@laws
@given(followed())
def test_the_json_and_the_table_say_every_day_as_its_cycle_has_it(case: Followed) -> None:
    expected = {
        said.name: (str(said.on), said.status.value, tuple(map(in_keys, said.doses)), said.awaits, said.provisional)
        for said in said_by(case.calendar)
    }
    by_json = {}
    for entry in json.loads(calendar_as_json(case.calendar, nothing))["entries"]:
        if entry["kind"] == "period" or entry["date"] is None:
            continue
        doses = entry.get("doses") or ([entry["dose"]] if entry["dose"] else [])
        flags = (Flag.AWAITING_DECISION.value in entry["flags"], Flag.PROVISIONAL.value in entry["flags"])
        by_json[entry["id"]] = (entry["date"], entry["status"], tuple(map(from_json, doses)), *flags)
    assert by_json == expected


def in_keys(dose: Dose) -> tuple[str | None, str, int | None, str | None]:
    return (None if dose.amount is None else f"{dose.amount.normalize():f}", dose.unit, dose.level, dose.often)


def from_json(keys: dict[str, object]) -> tuple[object, ...]:
    return (keys["amount"], keys["unit"], keys["level"], keys.get("often"))


@laws
@given(followed())
def test_the_table_of_dates_by_run_says_what_it_says_by_day(case: Followed) -> None:
    days = Counter(
        (row[0] + timedelta(days=step), row[10:15])
        for row in table_of_dates(case.calendar, nothing).rows
        if isinstance(row[0], date)
        for step in range((row[1] - row[0]).days + 1 if isinstance(row[1], date) else 1)
    )
    by_day = Counter((row[0], row[10:15]) for row in table_of_dates(case.calendar, nothing, by_day=True).rows if row[0])
    assert without_flags(days) == without_flags(by_day)


def without_flags(rows: Counter[Any]) -> Counter[Any]:
    """Flags of a cycle's first day stand on its whole run."""
    return Counter({(day, cells[:4]): 0 for day, cells in rows}) + Counter(
        (day, cells[:4]) for (day, cells), count in rows.items() for _ in range(count)
    )


@laws
@given(followed())
def test_a_patients_feed_has_every_day_of_tablets_that_stands_and_no_other(case: Followed) -> None:
    history = revisions(KEY, Audience.PATIENT, case.calendar.subject, recorded(case), MOMENT)
    days = oral(case)
    several = len({said.entry.timeline for said in days}) > 1
    for detail in Detail:
        items = {item.uid: item for item in patient_feed(case, detail).items}
        for said in days:
            item = items.get(history.uid(f"{said.entry.id}.{said.name.rpartition('.')[2]}"))
            tablets = [] if item is None or item.first != said.on else [item.summary, *item.description]
            assert tablets[:1] == expected_summary(case, said, detail, several), said
            if said.awaits:
                assert not numbers(tablets), said
            elif tablets and detail is Detail.FULL:
                doses = stated(said.doses)[:1]
                assert tablets[1 : 1 + len(doses)] == doses, said


def expected_summary(case: Followed, said: Said, detail: Detail, several: bool) -> list[str]:
    if said.status not in STANDS or not said.entry.runs:
        return []
    plan, full = case.patient.plan, detail is Detail.FULL
    of = at_home(case.calendar) if several else {said.entry.timeline}
    what = said.entry.timeline if full else study_form(plan, of)
    if is_to_be_confirmed(said):
        return [f"To be confirmed: {what}"]
    counts = tablets_at_once(case, said)
    if counts is None or (several and not full):
        return [what]
    products = products_of(plan, said.entry.timeline, said.doses[0])
    if len(products) > 1 and not full:
        return [what]
    return [f"{what}: {in_words(counts, products)}{OFTEN[said.doses[0].often]}"]


def is_to_be_confirmed(said: Said) -> bool:
    """A decision is awaited, or a value that the dose is worked out from."""
    return said.awaits or any(dose.needs or dose.amount is None for dose in said.doses)


def tablets_at_once(case: Followed, said: Said) -> Counts | None:
    if len(said.doses) != 1 or said.doses[0].often not in OFTEN:
        return None
    dose = said.doses[0]
    reported = said.status is Status.DONE and dose.level is None
    return tablets_of(products_of(case.patient.plan, said.entry.timeline, dose), dose, reported=reported)


def numbers(texts: list[str]) -> list[str]:
    return [number for text in texts for number in re.findall(r"\d+(?:\.\d+)?", text)]


@laws
@given(followed())
def test_no_feed_names_a_dose_that_is_held_cancelled_or_undecided(case: Followed) -> None:
    told: defaultdict[tuple[str, date], list[Said]] = defaultdict(list)
    for said in said_by(case.calendar):
        told[said.entry.title, said.on].append(said)
    titles = {title for title, _ in told}
    feeds = [patient_feed(case, Detail.FULL), *(site_feed(case, each, Detail.FULL) for each in list(Audience)[1:])]
    for feed in feeds:
        for item in feed.items:
            for title, doses in named_doses(item.summary, item.description):
                if title not in titles:
                    continue
                there = [
                    said for (name, day), found in told.items() if (name, day) == (title, item.first) for said in found
                ]
                sure = [", ".join(map(with_time, said.doses)) for said in there if said.is_sure]
                # A patient is told too from which hour on, where hours are counted from the dose before.
                assert re.sub(r", not before [0-9:]+$", "", doses) in sure, (item, there)


def with_time(dose: Dose) -> str:
    """A dose, and over how long it is given."""
    return str(dose) if dose.over is None else f"{dose} over {dose.over.number} {dose.over.unit}"


@laws
@given(followed())
def test_every_planned_dose_from_an_open_proposal_on_waits_for_whoever_reads_it(case: Followed) -> None:
    """And without any, nothing does: what waits for something else the log flags itself, and all that comes after it."""
    shown = calendar_on(case.calendar, None)
    proposed = {each.treatment: each.raised for each in case.calendar.proposals if each.is_open and each.doses_wait}
    flagged = {said.entry.timeline for said in said_by(case.calendar) if said.awaits}
    for said in said_by(shown):
        if said.status is not Status.PLANNED:
            continue
        name = said.entry.timeline
        assert not said.awaits or name in flagged or name in proposed
        if name in proposed and said.on >= proposed[name]:
            assert said.awaits, (said, proposed)


def named_doses(summary: str, lines: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every "title: dose" of an item."""
    parts = [*re.sub(r"^(S-001|Cancelled|Not done|To be confirmed|Study visit): ", "", summary).split(" + ")]
    parts += [re.sub(r"^\d\d:\d\d ", "", line).partition("; ")[0] for line in lines if not line.startswith("- ")]
    for part in parts:
        title, colon, doses = part.rpartition(": ")
        if colon and re.match(r"\d|\w+ \d", doses):
            yield title.rpartition(": ")[2], doses


@laws
@given(followed())
def test_a_visit_whose_dose_is_undecided_is_to_be_confirmed_in_every_feed_and_diary(case: Followed) -> None:
    undecided = {said.on for said in said_by(case.calendar) if said.leads and said.awaits and needs_patient(said.entry)}
    drugs = {
        said.on
        for said in said_by(case.calendar)
        if said.leads and said.awaits and said.kind not in (Kind.FRACTION, Kind.CYCLE)
    }
    for detail in Detail:
        visits = [
            item for item in patient_feed(case, detail).items if "visit" in item.summary and item.first == item.last
        ]
        assert {item.first for item in visits if item.summary.startswith("To be confirmed")} == undecided
        paper = diary(case, detail)
        assert {visit.day for visit in paper.visits if visit.ask_first} == {
            day for day in undecided if day >= paper.first
        }
        coordinator = site_feed(case, Audience.COORDINATOR, detail).items
        assert {item.first for item in coordinator if "To be confirmed" in item.summary} == undecided
        pharmacy = site_feed(case, Audience.PHARMACY, detail).items
        assert {item.first for item in pharmacy if "To be confirmed" in item.summary} == drugs


@laws
@given(followed())
def test_the_diary_says_every_day_as_the_feed_does(case: Followed) -> None:
    days = oral(case)
    at_home = days_at_home(days)
    for detail in Detail:
        for day in diary(case, detail).days:
            there = [said for said in days if said.on == day.date and said.status in STANDS and said.entry.runs]
            several = sum(1 for first, last in at_home.values() if first <= day.date <= last) > 1
            expected = {expected_in_diary(case, said, detail, several) for said in there}
            assert {
                (line.treatment, number_of(line), line.doses, line.ask_first) for line in day.tablets
            } == expected, day
            held = {said.entry.timeline for said in days if said.on == day.date and said.status is Status.HELD}
            assert bool(day.holds) or not held, day
            for said in there:
                taken_in_hold = said.status is Status.DONE
                named = {hold.treatment for hold in day.holds if not hold.some}
                assert taken_in_hold or said.entry.timeline not in named or detail is not Detail.FULL, day


def days_at_home(days: list[Said]) -> dict[str, tuple[date, date]]:
    """Of every kind of tablets the first and the last day on which it is taken: between them the patient has it."""
    taken: defaultdict[str, list[date]] = defaultdict(list)
    for said in days:
        if said.status in STANDS and said.entry.runs:
            taken[said.entry.timeline].append(said.on)
    return {name: (min(on), max(on)) for name, on in taken.items()}


def number_of(line: DiaryTablets) -> tuple[tuple[str | None, Count], ...] | None:
    if line.at_once is None:
        return None
    return tuple((each.strength, each.count) for each in line.at_once.tablets)


def expected_in_diary(case: Followed, said: Said, detail: Detail, several: bool) -> tuple[object, ...]:
    full = detail is Detail.FULL
    name = said.entry.timeline if full else None
    if is_to_be_confirmed(said):
        return (name, None, (), True)
    products = products_of(case.patient.plan, said.entry.timeline, said.doses[0])
    unsaid = (several or len(products) > 1) and not full
    counts = None if unsaid else tablets_at_once(case, said)
    number = None if counts is None else by_strength(counts, products)
    return (name, number, tuple(stated(said.doses)) if full else (), False)


def by_strength(counts: Counts, products: Sequence[Product]) -> tuple[tuple[str | None, int], ...]:
    if len(products) == 1:
        return ((None, *counts.values()),)  # type: ignore[return-value]
    unit = products[0].unit
    return tuple((f"{strength.normalize():f} {unit}", count) for strength, count in counts.items() if count)


def list_of(case: Followed) -> tuple[DispensingLine, ...]:
    return dispensing_list([case.patient], FIRST_DAY, case.calendar.until or case.today).everything


@laws
@given(followed())
def test_what_is_handed_out_is_the_sum_of_the_planned_days(case: Followed) -> None:
    plan, until = case.patient.plan, case.calendar.until
    assert plan is not None
    assert until is not None
    lines = {(line.entry, line.treatment): line for line in list_of(case)}
    several = {name for name, found in plan.products.items() if len(found) > 1}
    for entry in case.calendar.entries:
        days = [said for said in said_by(case.calendar) if said.entry is entry]
        if entry.kind is not Kind.ORAL or not days or days[-1].on >= until or entry.status is not Status.PLANNED:
            continue
        if entry.timeline in several:
            continue  # the law of strengths
        line = lines[days[0].name, entry.timeline]
        if any(said.status in (Status.DONE, Status.NOT_DONE) for said in days):
            continue
        inside = [name for name, _ in lines if name.startswith(f"{entry.id}.") and name != line.entry]
        beyond = line.covers is not None and line.covers[1] >= until
        if inside or beyond:
            continue
        if all(said.status is Status.CANCELLED for said in days):
            assert (line.status, line.units, line.covers) == (LineStatus.CANCELLED, None, None)
            continue
        wanted = [tablets_a_day(said, plan) for said in days if said.status is Status.PLANNED]
        units = None if None in wanted else sum(count or 0 for count in wanted)
        settled = is_settled(days) and not is_undecided(case, days[-1])
        assert (line.units, line.status in SURE) == (units, settled), (line, days)
        per_pack = plan.products[entry.timeline][0].per_pack if entry.timeline in plan.products else None
        if line.packs is not None and per_pack is not None and units is not None:
            assert line.packs * per_pack - units >= 0
        planned = [said.on for said in days if said.status is Status.PLANNED]
        assert line.covers == (planned[0], planned[-1])


def is_undecided(case: Followed, last: Said) -> bool:
    """Some day up to this one awaits a decision: what is handed out after it is no surer."""
    own = (said for said in said_by(case.calendar) if said.entry.timeline == last.entry.timeline)
    return any(said.awaits for said in own if said.on <= last.on)


def is_settled(days: list[Said]) -> bool:
    planned = [said for said in days if said.status is Status.PLANNED]
    return not any(said.awaits or said.provisional for said in planned)


@laws
@given(followed())
def test_nothing_that_the_pharmacy_has_to_do_is_left_out(case: Followed) -> None:
    lines = list_of(case)
    told = Counter((line.entry, line.date) for line in lines)
    sure = {(line.entry, line.date) for line in lines if line.status in SURE}
    pharmacy = (Kind.ORAL, Kind.INFUSION, Kind.INJECTION)
    collected = {line.treatment for line in lines if line.work is Work.COLLECT and line.entry.endswith(".end")}
    for said in said_by(case.calendar):
        if said.kind not in pharmacy or (said.kind is Kind.ORAL and not said.leads):
            continue
        if said.on < FIRST_DAY or is_unplanned(said.entry):
            continue
        if said.status is Status.CANCELLED and said.entry.timeline in collected:
            continue  # ended before its first dosing day: what is left is collected
        assert told[said.name, said.on] >= 1, (said, lines)
        if said.status is Status.HELD or said.status is Status.CANCELLED or (said.awaits and said.leads):
            assert (said.name, said.on) not in sure or (said.status is Status.HELD and said.kind is Kind.ORAL), said
    for pending in case.calendar.pending:
        if pending.kind in pharmacy:
            assert any(line.entry.startswith(pending.id) and line.date is None for line in lines), pending


@laws
@given(followed())
def test_every_dosing_day_is_covered_by_one_line_and_no_other_day_is(case: Followed) -> None:
    lines = [line for line in list_of(case) if line.covers is not None and line.work is not Work.HOLD]
    for said in oral(case):
        covering = [
            line
            for line in lines
            if line.treatment == said.entry.timeline and line.covers and line.covers[0] <= said.on <= line.covers[1]
            if line.entry.startswith(f"{said.entry.id}.") and line.status is not LineStatus.CANCELLED
        ]
        if said.status is Status.PLANNED:
            # Of each strength one.
            assert set(Counter(line.strength for line in covering).values()) == {1}, (said, lines)
        if said.awaits:
            assert covering[0].status in (LineStatus.AWAITING_DECISION, LineStatus.DONE, LineStatus.NO_RECORD)


@laws
@given(followed())
def test_the_worklist_and_the_calendar_have_the_same_days(case: Followed) -> None:
    found = worklist([case.patient], case.today)
    visits = {
        line.id: (*begins(case, line), tuple(flag.value for flag in line.flags))
        for line in spelled_out(calendar_on(case.calendar, case.today))
        if line.is_visit and is_to_come(line) and line.date is not None
        # Nobody has to begin on a day what is taken as needed.
        if not (line.doses and all("as needed" in str(dose) for dose in line.doses))
    }
    ahead = case.today + timedelta(days=found.ahead_days)
    for name, wanted in (
        ("due", [each for each, (day, _, _) in visits.items() if case.today <= day <= ahead]),
        ("overdue", [each for each, (day, _, _) in visits.items() if day < case.today]),
        ("closing", [each for each, (_, window, _) in visits.items() if window and case.today <= window[1] <= ahead]),
    ):
        # What is done at a visit on days of its own has a line beside that of the visit.
        lines = [line for line in dict(found.lists)[name] if not is_of_an_activity(line)]
        assert sorted(str(line.entry) for line in lines) == sorted(wanted), name
        for line in lines:
            day, _, flags = visits[str(line.entry)]
            assert (line.date, set(line.flags)) == (day, set(flags)), line
            assert ("after the decision" in str(line.to_do)) == ("awaiting decision" in flags) or name == "overdue", (
                line
            )
    # A decision is asked once for a treatment, at the first of its doses that wait for it.
    asked = {str(line.entry).partition(".")[0] for line in found.decisions if line.status == "awaiting decision"}
    assert {said.entry.timeline for said in said_by(case.calendar) if said.awaits} <= asked
    held = [
        hold
        for hold in case.calendar.holds
        if hold.start <= case.today and (hold.over is None or hold.over > case.today)
    ]
    assert len([line for line in found.decisions if line.status == "held"]) == len(held)


def is_of_an_activity(line: WorklistLine) -> bool:
    return isinstance(line.to_do, Message) and "activity" in dict(line.to_do.values)


def begins(case: Followed, line: DayEntry) -> tuple[date, tuple[date, date] | None]:
    """The day of a visit, and its window. A cycle is begun on its own day, also where its first tablets come later.

    Tablets of days 8-14 in the cycle of another treatment are begun on day 8: on day 1 nobody has anything to record.
    """
    day, own, window = line.date, line.of.date, line.window
    assert day is not None
    assert own is not None
    if line.kind is not Kind.ORAL or day == own:
        return day, window
    plan = case.patient.plan
    if plan is None or plan.timelines[line.of.timeline].follows is None:
        return own, window
    return day, window and (window[0] + (day - own), window[1] + (day - own))


def is_to_come(line: DayEntry) -> bool:
    """Nobody recorded it: also where tablets were reported and the start of their cycle was not."""
    if line.kind is Kind.ORAL and line.of.status is Status.DONE:
        return False
    reported = line.kind is Kind.ORAL and line.status in (Status.DONE, Status.NOT_DONE)
    return (line.of.status if reported else line.status) is Status.PLANNED


@settings(laws, max_examples=examples(8))
@given(followed())
def test_the_page_presumes_nothing_that_nobody_started(case: Followed) -> None:
    page = read_page(calendar_as_html(case.calendar, nothing, today=case.today, months=True))
    started = {entry.id for entry in case.calendar.entries if entry.status is Status.DONE}
    for row in page.every("tr"):
        name = row.attributes.get("id", "")
        if any(since.text == "presumed taken" for since in row.every("span", class_="since")):
            assert name.rpartition(".")[0] in started, name
    months = page.every("div", class_="months")
    undecided = {str(said.on) for said in oral(case) if said.awaits}
    for cell in months[0].every("td") if months else ():
        days = [time.attributes["datetime"] for time in cell.every("time")]
        others = [said for said in oral(case) if [str(said.on)] == days and not said.awaits]
        if days and days[0] in undecided and not others:
            assert [mark.text for mark in cell.every("span", class_="tablets")] == ["awaiting decision"]


@laws
@given(followed())
def test_exposure_is_the_sum_of_the_days(case: Followed) -> None:
    until = case.today
    found = exposure_of(case.version, case.site, case.log, until)
    if not found.lines:
        return
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    unknown: set[tuple[str, str]] = set()
    for said in said_by(calendar_of(case.version, case.site, case.log, until=until)):
        if said.on > until or said.entry.status is not Status.DONE or said.status not in STANDS:
            continue
        for drug, _, amount in amounts_a_day(said):
            if amount is None:
                unknown.add((said.entry.id, drug))
            else:
                sums[said.entry.id, drug] += amount
    for line in found.lines:
        key = (line.entry, line.drug)
        if line.status is Status.DONE:
            assert line.delivered == (None if key in unknown else sums[key]), line
        sums.pop(key, None)
    # Supportive medicine has no dose intensity.
    supportive = {line.name for plan in case.version.arms.values() for line in plan.treatments() if line.supportive}
    assert not any(amount for (entry, _), amount in sums.items() if entry.partition(".")[0] not in supportive)


@laws
@given(followed())
def test_to_record_what_was_planned_for_a_week_is_no_deviation(case: Followed) -> None:
    log = case.log
    # What was not recorded when it took place moves what is recorded now.
    assume(not any(is_overdue(case, entry) for entry in case.calendar.entries))
    week = case.today + timedelta(days=7)
    entries = [
        entry
        for entry in case.calendar.entries
        if entry.status is Status.PLANNED and entry.date is not None and case.today <= entry.date <= week
        if entry.kind not in (Kind.PERIOD, Kind.CYCLE) and Flag.OUT_OF_WINDOW not in entry.flags
    ]
    # A dose that is given while its decision is awaited is a deviation, and says so.
    assume(not any(said.awaits for said in said_by(case.calendar) if said.entry in entries))
    done = set()
    for entry in sorted(entries, key=lambda entry: (entry.date or week, entry.id)):
        told: dict[str, Any] = {"on": str(entry.date)}
        if entry.kind not in (Kind.ORAL, Kind.INFUSION, Kind.INJECTION, Kind.FRACTION):
            told |= {"event": "visit done", "entry": entry.id}
        elif entry.runs:
            told |= {"event": "cycle started", **start_of(entry)}
        else:
            told |= {"event": "given", **dose_of(entry)}
        try:
            log = append(case.version, log, parse_event(told))
        except Refused as refused:
            raise AssertionError((entry.id, [str(each) for each in refused.findings])) from None
        done.add(entry.id)
    until = case.calendar.until
    after = calendar_of(case.version, case.site, log, until=until)
    new = {finding.code for finding in after.findings} - {finding.code for finding in case.calendar.findings}
    # Once the last dose is recorded, an order about it that came too late has none left.
    # Who goes on without a value that a cycle waits for is told so.
    assert not new - {"no-dose-left", "goes-on-without"}, (new, done)
    # A limit that the plan itself could not keep was found before anybody recorded anything.
    known = {(kind, each.entry) for each in case.calendar.findings for kind, _ in deviations(case, log)}
    before, now = deviations(case, case.log) | known, deviations(case, log)
    assert not now - before, (now - before, done)


def deviations(case: Followed, log: Log) -> set[tuple[str, str]]:
    """Kind and entry; days not taken are told in other stretches once their cycle is recorded as started."""
    found = deviations_of(case.version, case.site, log)
    return {(each.kind.value, ".".join((each.entry or each.timeline).split(".")[:2])) for each in found}


def is_overdue(case: Followed, entry: Entry) -> bool:
    planned = entry.status is Status.PLANNED and entry.kind in TREATMENTS
    return planned and entry.date is not None and entry.date < case.today


BOTH = (Language.ENGLISH, Language.CHINESE)
OWN_WORDS = {
    word
    for phrase in vars(Phrase).values()
    if isinstance(phrase, Message | OfForm) and phrase not in OF_KIND.values()
    for sentence in ([phrase] if isinstance(phrase, Message) else filter(None, phrase))
    for word in re.findall(r"[a-z]{3,}", sentence.sentence.lower())
} | {word for form in FORMS.values() for word in (form.name, form.plural)}
"""What our own sentences say, tablets, capsules or drops too; a protocol that has a word of them has not been let out by them."""


@laws
@given(followed())
def test_neutral_detail_says_no_drug_treatment_disease_arm_term_or_name(case: Followed) -> None:
    words = words_of_study(case)
    for language in Language:
        feeds = [patient_feed(case, Detail.NEUTRAL, language)]
        feeds += [site_feed(case, each, Detail.NEUTRAL, language) for each in (Audience.COORDINATOR,)]
        texts = [text for feed in feeds for item in feed.items for text in (item.summary, *item.description)]
        texts += [text for feed in feeds for text in (feed.name, *feed.description)]
        paper = diary(case, Detail.NEUTRAL, language)
        texts += [text for visit in paper.visits for text in (visit.summary, *visit.lines, *visit.places)]
        texts += [
            str(part) for day in paper.days for line in day.tablets for part in (line.treatment or "", *line.doses)
        ]
        said = {word for text in texts for word in re.findall(r"[a-z]{3,}", text.lower())}
        assert not said & words, said & words


def words_of_study(case: Followed) -> set[str]:
    version, plan = case.version, case.patient.plan
    assert plan is not None
    lines = plan.timelines.values()
    texts = [version.study, version.title, *version.arms, *plan.products, *(line.name for line in lines)]
    texts += [str(line.title) for line in lines]
    texts += [activity for entry in case.calendar.entries for activity in entry.activities]
    for record in case.log.records:
        event = record.event
        texts += [str(getattr(event, key, "") or "") for key in ("term", "reason", "by", "arm", "treatment")]
    found = {word for text in texts for word in re.findall(r"[a-z]{3,}", text.lower())}
    return found - OWN_WORDS - {"its", "was"}


@laws
@given(followed())
def test_english_and_chinese_say_the_same_days_and_numbers(case: Followed) -> None:
    for detail in Detail:
        pairs = [
            [patient_feed(case, detail, language) for language in BOTH],
            *([site_feed(case, each, detail, language) for language in BOTH] for each in list(Audience)[1:]),
        ]
        for english, chinese in pairs:
            assert by_uid(english) == by_uid(chinese)
        english_paper, chinese_paper = (diary(case, detail, language) for language in BOTH)
        for one, other in zip(english_paper.days, chinese_paper.days, strict=True):
            assert (one.date, in_numbers(one), one.holds, one.treatment) == (
                other.date,
                in_numbers(other),
                other.holds,
                other.treatment,
            )
            assert [
                (visit.id, visit.time, visit.ask_first, sorted(numbers(list(visit.lines)))) for visit in one.visits
            ] == [(visit.id, visit.time, visit.ask_first, sorted(numbers(list(visit.lines)))) for visit in other.visits]


def in_numbers(day: DiaryDay) -> list[tuple[object, ...]]:
    """The tablets of a day; of how they are taken, which is said in words, the numbers."""
    return [(replace(line, taking=None), sorted(numbers([line.taking or ""]))) for line in day.tablets]


def by_uid(feed: Agenda) -> dict[str, tuple[object, ...]]:
    return {
        item.uid: (
            item.first,
            item.last,
            item.time,
            item.standing,
            item.sequence,
            sorted(numbers([item.summary, *item.description])),
        )
        for item in feed.items
    }
