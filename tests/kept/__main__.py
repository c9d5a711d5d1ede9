"""Keep all texts of examples, stories and generated patients, before a change and after it, and compare them.

    python -m tests.kept patients FILE         # 250 generated patients, to be used before and after
    python -m tests.kept write DIR FILE        # all texts, one file for each patient
    diff -r BEFORE AFTER

The patients are drawn once and kept as events, so that a change of the generator does not look like a change of the engine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from scheduler import (
    Case,
    build_log,
    calendar_as_html,
    calendar_as_json,
    deviations_of,
    dispensing_list,
    explain,
    exposure_of,
    ledger_of,
    parse_event,
    pill_counts,
    read_case,
    reasons_of,
    table_as_text,
    table_of_dates,
    table_of_exposure,
    table_of_response,
    tumour_response_of,
    worklist,
)
from scheduler.errors import InvalidText
from scheduler.folder.feeds import patient_feed, site_feed, subject_of
from scheduler.folder.printing.closed import closed_days
from scheduler.languages import Language
from scheduler.site.site import EVERY_DAY
from scheduler.views.patients import Patient, patient_of
from scheduler.views.reader.audience import Audience, Detail
from tests.laws.walks import AHEAD, WRITTEN, followed, study

ROOT = Path(__file__).parents[2]
KEY = b"0123456789abcdef0123456789abcdef"


def draw_patients(count: int) -> list[dict[str, Any]]:
    """Patients that nobody thought of, as plain texts."""
    drawn: list[dict[str, Any]] = []

    @seed(20261129)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(followed(WRITTEN))
    def draw(case: Any) -> None:
        days = case.site.usual
        closed = sorted(str(date.fromordinal(day)) for day in range(739_000, 742_000) if not days.is_open(day))
        events = [each.event.model_dump(mode="json", by_alias=True, exclude_unset=True) for each in case.log.records]
        unpublished = days.unpublished_from
        told = {"study": case.name, "arm": case.patient.plan.arm, "closed": closed, "unpublished": unpublished}
        drawn.append(told | {"today": str(case.today), "events": events})

    draw()
    return drawn


def generated(path: Path) -> Iterator[tuple[str, Case]]:
    for number, told in enumerate(json.loads(path.read_text("utf-8"))):
        site = EVERY_DAY.with_days(frozenset(map(date.fromisoformat, told["closed"])))
        if told["unpublished"] is not None:
            site = replace(site, usual=replace(site.usual, unpublished_from=told["unpublished"]))
        version = study(told["study"])
        log = build_log(version, [parse_event(each) for each in told["events"]])
        until = date.fromisoformat(told["today"]) + AHEAD
        yield f"generated/{number:03}", Case(Path(f"{number}.yaml"), version, site, log, "S-001", until=until)


def written_by_hand() -> Iterator[tuple[str, Case]]:
    folders = ("tests/scenarios/*/*.yaml", "examples/*/patients/*.yaml", "examples/*/stories/**/*.yaml")
    for pattern in (*folders, "examples/regimens/*/stories/**/*.yaml"):
        for path in sorted(ROOT.glob(pattern)):
            try:
                yield str(path.relative_to(ROOT).with_suffix("")), read_case(path)
            except InvalidText:
                continue


def texts_of(case: Case) -> Iterator[str]:
    """Everything that is said about one patient."""
    last = case.last_day or date(2026, 1, 1)
    calendar = case.calendar(case.until or last + timedelta(days=120))
    say = reasons_of(calendar)
    yield calendar_as_json(calendar, say)
    yield table_as_text(table_of_dates(calendar, say))
    for entry in calendar.entries:
        yield str(explain(calendar, entry.id, case.version, case.log))
    for proposal in (*calendar.proposals, *calendar.proposals_to_come):
        yield str(explain(calendar, proposal.id, case.version, case.log))
    patient = patient_of(case.version, case.site, case.log, subject=case.subject or "S-001")
    yield from lists_of(case, patient, last)
    subject = subject_of(case, last + timedelta(days=120))
    for language in Language:
        yield patient_feed(case, subject, KEY, Detail.FULL, language).decode()
    yield patient_feed(case, subject, KEY, Detail.NEUTRAL).decode()
    for audience in (Audience.COORDINATOR, Audience.PHARMACY):
        yield site_feed([subject], audience, case.site, KEY, last).decode()
    yield calendar_as_html(calendar, say, closed_days(case.site), last, months=True)


def lists_of(case: Case, patient: Patient, last: date) -> Iterator[str]:
    what = (case.version, case.site, case.log)
    yield json.dumps(worklist([patient], last).as_keys(), ensure_ascii=False, indent=1)
    for table in dispensing_list([patient], last - timedelta(days=28), last + timedelta(days=28)).tables():
        yield table_as_text(table)
    ledger = ledger_of(case.version.study, [("S-001", deviations_of(*what, on=last))], last)
    yield table_as_text(ledger.table())
    yield table_as_text(table_of_exposure(exposure_of(*what, last), pill_counts(*what, last)))
    yield table_as_text(table_of_response(tumour_response_of(*what)))


def write_one(job: tuple[Path, str, Case]) -> str:
    out, name, case = job
    target = out / f"{name}.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n\n".join(texts_of(case)), "utf-8")
    return name


def main(words: list[str]) -> None:
    match words:
        case ["patients", file]:
            Path(file).write_text(json.dumps(draw_patients(250), indent=1, ensure_ascii=False), "utf-8")
        case ["write", out, file]:
            jobs = [(Path(out), *named) for named in (*written_by_hand(), *generated(Path(file)))]
            with ProcessPoolExecutor() as pool:
                print(len(list(pool.map(write_one, jobs, chunksize=4))), "patients")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
