"""Measure and print: each figure's median over many rounds, and what it may be at most.

With ``--readme`` the ratios alone, which are written into the README too.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.exports.ics import to_ics
from scheduler.folder.reading.many import many_calendars
from scheduler.protocol.parse import parse_protocol
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.days.spelled_out import spelled_out
from tests.benchmarks import in_readme
from tests.benchmarks.asked import asked
from tests.benchmarks.cohort_ratios import cohort_ratios
from tests.benchmarks.cohorts import million
from tests.benchmarks.dose_rules import dose_rules
from tests.benchmarks.figures import Figure, median_ms
from tests.benchmarks.forecast import forecast
from tests.benchmarks.live_feeds import live_feeds
from tests.benchmarks.pages import first_pages, page_ratios, pages
from tests.benchmarks.patient import log_of_length, seed_text, seed_version, shanghai
from tests.benchmarks.planned import planned
from tests.benchmarks.ratios import ratios
from tests.feeds.plain import plain_icalendar


def calendars() -> list[Figure]:
    version, site = seed_version(), shanghai()
    logs = {length: log_of_length(version, site, length) for length in (15, 30, 60)}
    with many_calendars():
        # As lists, feeds, exports and the server work them out.
        built = {length: median_ms(partial(calendar_of, version, site, log), 200) for length, log in logs.items()}
    searching = median_ms(partial(calendar_of, version, site, logs[60]), 200)
    calendar = calendar_of(version, site, logs[60])
    year = calendar.first_dose or date.min
    half = median_ms(lambda: calendar_of(version, site, logs[60], until=year + timedelta(days=365)), 200)
    return [
        Figure("calendar of two years, 60 events", built[60], "ms", 2),
        Figure("  the same, Python looking for circles too", searching, "ms"),
        Figure("  the same, 30 events", built[30], "ms"),
        Figure("  the same, 15 events", built[15], "ms"),
        Figure("  60 events, one year of entries", half, "ms"),
        Figure("  spelled out by day, on top", median_ms(lambda: spelled_out(calendar), 100), "ms", 5),
    ]


def many_patients() -> list[Figure]:
    version, site = seed_version(), shanghai()
    logs = [log_of_length(version, site, 60, date(2026, 3, 2) + timedelta(days=7 * n)) for n in range(10)]
    kept: list[Calendar] = []
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.perf_counter()
    times = []
    with many_calendars():
        for n in range(1000):
            kept.append(calendar_of(version, site, logs[n % len(logs)]))
            if n + 1 in (250, 500, 1000):
                times.append(time.perf_counter() - begin)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return [
        Figure("1,000 patients kept in memory", times[2], "s", 2.5),
        Figure("  of these the first 500", times[1], "s"),
        Figure("  of these the first 250", times[0], "s"),
        Figure("  their memory", memory, "MB", 200),
    ]


def texts() -> list[Figure]:
    text = seed_text()
    return [Figure("seed protocol compiled from text", median_ms(lambda: parse_protocol(text, name="p"), 20), "ms", 60)]


def feeds() -> list[Figure]:
    version, site = seed_version(), shanghai()
    log = log_of_length(version, site, 60)
    recorded = {record.number: record.event.recorded_at for record in log.records}
    published = datetime(2026, 1, 1, tzinfo=UTC)
    feed = agenda(
        calendar_of(version, site, log),
        recorded=recorded,
        published=published,
        key=b"a key for the benchmark only",
        zone=site.zone,
        as_of=date(2026, 6, 1),
    )
    ours, plain = median_ms(lambda: to_ics(feed), 15), median_ms(lambda: plain_icalendar(feed), 15)
    return [
        Figure(f"feed of {len(feed.items)} items, ratio to icalendar alone", ours / plain, "x", 1.2),
        Figure("  our own time", ours, "ms"),
    ]


def command_line() -> list[Figure]:
    def ask_for_help() -> None:
        subprocess.run([sys.executable, "-m", "scheduler", "--help"], check=True, capture_output=True)

    return [Figure("scheduler --help", median_ms(ask_for_help, 7) / 1e3, "s", 0.4)]


_RATIOS = (planned, asked, ratios, page_ratios, first_pages, cohort_ratios, million)
_OTHERS = (calendars, dose_rules, many_patients, texts, feeds, live_feeds, pages, command_line, forecast)


def main(words: list[str]) -> None:
    told = []
    for group in (*_RATIOS, *(_OTHERS if "--readme" not in words else ())):
        for figure in group():
            print(figure, flush=True)
            told += [figure] if group in _RATIOS else []
    if "--readme" in words:
        in_readme.write(told)


if __name__ == "__main__":
    main(sys.argv[1:])
