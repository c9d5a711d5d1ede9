"""What the data sets have in their columns: a public interface with a version of its own.

Columns may come at the end at any time. A column that is taken away, or comes to mean something else, makes a new version; the
manifest says by which one a data set was written, and parts of another are written anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from scheduler.views.table import Table

VERSION = 1
"""The version of all data sets together."""

UNDATED = "undated"
"""The month of a row that has no date."""


class DataSet(StrEnum):
    """What is written of a cohort."""

    CALENDARS = "calendars"
    DISPENSING = "dispensing"
    DEVIATIONS = "deviations"
    EXPOSURE = "exposure"


class Type(StrEnum):
    """What a column holds. Days are civil dates at the site; an amount is an exact decimal with twelve places."""

    TEXT = "text"
    """Of few values: it is written as a dictionary."""
    DAY = "day"
    NUMBER = "number"
    AMOUNT = "amount"
    YES_NO = "yes or no"
    NUMBERS = "list of numbers"
    RUNS = "list of runs"
    """Each with first_day, last_day (of the cycle), first_date, last_date, doses, status and reasons."""


class Column(NamedTuple):
    """One column. It is empty (null) where there is nothing to say, never 0."""

    name: str
    type: Type
    meaning: str


PARTITIONS = (
    Column("study", Type.TEXT, "The study. It is in the folder's name, as are site and month."),
    Column("site", Type.TEXT, "The site at which the patient came in."),
    Column("month", Type.TEXT, f"The month of the row's date, YYYY-MM; '{UNDATED}' where it has none."),
)
SUBJECT = Column("subject", Type.TEXT, "The patient's number in the study.")

COLUMNS: Mapping[DataSet, tuple[Column, ...]] = {
    DataSet.CALENDARS: (
        Column("arm", Type.TEXT, "The arm; empty before randomisation."),
        Column("version", Type.TEXT, "The version of the protocol."),
        Column(
            "entry", Type.TEXT, "The entry's id. One that a patient comes for on several days apart has a row for each."
        ),
        Column("timeline", Type.TEXT, "The treatment, visit or period of the protocol."),
        Column("n", Type.NUMBER, "Its number: of the cycle, dose or visit."),
        Column(
            "kind",
            Type.TEXT,
            "oral, infusion, injection, fraction, scan, visit, contact, laboratory, diary, period, cycle.",
        ),
        Column("title", Type.TEXT, "What it is called."),
        Column("status", Type.TEXT, "planned, done, held, not done, cancelled; pending while nobody can date it."),
        Column("date", Type.DAY, "Where it is planned, booked or was done; of tablets, the first dosing day."),
        Column("time", Type.TEXT, "The local time at the site, where one is booked or follows."),
        Column("ideal", Type.DAY, "The protocol's own date."),
        Column("window_first", Type.DAY, "The first allowed day."),
        Column("window_last", Type.DAY, "The last allowed day."),
        Column(
            "study_day", Type.NUMBER, "The study day of the date; where the first dose is Day 1, there is no Day 0."
        ),
        Column("cycle", Type.NUMBER, "The cycle, where it is one."),
        Column("doses", Type.TEXT, "The doses in words. Those of a cycle of tablets are in its runs."),
        Column("amount", Type.AMOUNT, "The amount, where there is exactly one dose."),
        Column("unit", Type.TEXT, "Its unit."),
        Column("level", Type.NUMBER, "Its level: 0, -1, -2."),
        Column("runs", Type.RUNS, "Of tablets: consecutive dosing days that are alike in dose and status."),
        Column("resource", Type.TEXT, "Where: the site's resource, such as infusion."),
        Column("minutes", Type.NUMBER, "How long it lasts, where the site says it."),
        Column("activities", Type.TEXT, "What is done; several are divided by '; '."),
        Column(
            "flags",
            Type.TEXT,
            "What else a reader must know, such as 'awaiting decision'; several are divided by '; '.",
        ),
        Column("attended", Type.YES_NO, "Whether the patient comes or answers for it."),
        Column("to_do", Type.YES_NO, "Whether somebody has to see to it: planned, and no record of it."),
        Column("reasons", Type.TEXT, "Why the date, dose and status are what they are."),
        Column("last_event", Type.NUMBER, "The highest number of an event that it rests on; 0 where none."),
    ),
    DataSet.DISPENSING: (
        Column("entry", Type.TEXT, "The entry of the calendar."),
        Column("work", Type.TEXT, "dispense, prepare, hold, resume, relabel, collect."),
        Column("visit", Type.TEXT, "The visit at which it is done."),
        Column("date", Type.DAY, "When."),
        Column("window_first", Type.DAY, "The first day on which it may be."),
        Column("window_last", Type.DAY, "The last day on which it may be."),
        Column("treatment", Type.TEXT, "The treatment."),
        Column("amount", Type.AMOUNT, "The amount of one dose."),
        Column("unit", Type.TEXT, "Its unit."),
        Column("level", Type.NUMBER, "The dose level."),
        Column("units", Type.AMOUNT, "Tablets, mL or vials; empty where nobody can tell the number."),
        Column("packs", Type.NUMBER, "Whole packs."),
        Column("product", Type.TEXT, "What one unit is."),
        Column("strength", Type.TEXT, "What one unit holds, where there are several."),
        Column(
            "status", Type.TEXT, "How sure it is; only planned, done, no record and not done are on the list itself."
        ),
        Column("note", Type.TEXT, "What else the pharmacist has to know."),
        Column("collect", Type.TEXT, "What to collect back."),
        Column("lot", Type.TEXT, "The lot that was handed out."),
        Column("expires", Type.DAY, "Until when that may be used."),
        Column("covers_first", Type.DAY, "The first day of the doses that it is for."),
        Column("covers_last", Type.DAY, "The last of them."),
    ),
    DataSet.DEVIATIONS: (
        Column("date", Type.DAY, "The day of the deviation."),
        Column("deviation", Type.TEXT, "What sort it is."),
        Column("about", Type.TEXT, "The entry, else the treatment or visit."),
        Column("days_off", Type.NUMBER, "Days after the last one allowed; below 0 before the first."),
        Column("what", Type.TEXT, "What happened."),
        Column("clause", Type.TEXT, "The sentence of the protocol that it departs from."),
        Column("line", Type.NUMBER, "The sentence's line."),
        Column("events", Type.NUMBERS, "The numbers of the events that say so."),
        Column("severity", Type.TEXT, "minor or major, where the protocol says which."),
        Column("importance", Type.TEXT, "As somebody judged it."),
        Column("cause", Type.TEXT, "As somebody judged it."),
        Column("found", Type.DAY, "When it was found; else when the last of its events was recorded."),
        Column("reported", Type.DAY, "When it was reported."),
    ),
    DataSet.EXPOSURE: (
        Column("treatment", Type.TEXT, "The treatment."),
        Column("drug", Type.TEXT, "The drug or course."),
        Column("entry", Type.TEXT, "The cycle, dose or fraction."),
        Column("n", Type.NUMBER, "Its number."),
        Column("date", Type.DAY, "Its start."),
        Column("status", Type.TEXT, "Where it stands."),
        Column(
            "until", Type.DAY, "The last day that was counted: the one asked for, else that of the log's last event."
        ),
        Column("delivered", Type.AMOUNT, "What was given; empty where it is not known."),
        Column("planned", Type.AMOUNT, "What was planned."),
        Column("unit", Type.TEXT, "The unit of both."),
        Column("days", Type.NUMBER, "The time that it lasted."),
        Column("planned_days", Type.NUMBER, "The time that was planned."),
        Column("intensity", Type.AMOUNT, "Relative dose intensity in percent, to a tenth."),
        Column("dosed", Type.NUMBER, "Days with a dose."),
        Column("presumed", Type.NUMBER, "Those of them that nobody reported."),
        Column("held", Type.NUMBER, "Days on which it was held."),
        Column("not_taken", Type.NUMBER, "Days on which it was not taken."),
        Column("level", Type.NUMBER, "The lowest level."),
        Column("delay", Type.NUMBER, "How many days later than planned it started, counted from the one before."),
        Column("delayed_by", Type.NUMBERS, "The numbers of the events behind the delay."),
        Column("reduced_by", Type.NUMBERS, "The numbers of the events behind the level."),
        Column("running", Type.YES_NO, "Whether its dosing days are not over yet."),
        Column("extra", Type.NUMBER, "Days with a dose that the plan does not have."),
        Column("double", Type.NUMBER, "Days with twice the dose."),
    ),
}
"""Behind the subject's number, which is the first column of each."""


COLUMNS_OF_LOGS = (
    Column("subject", Type.TEXT, "The patient's number in the study."),
    Column("site", Type.TEXT, "The site at which the patient came in, as its text calls it."),
    Column("protocol", Type.TEXT, "The version of the protocol under which the patient started."),
    Column("number", Type.NUMBER, "The event's number in the patient's log, counted from 1."),
    Column("event", Type.TEXT, "The event as JSON, with the keys that a case file has."),
)
"""What the Parquet files of logs have in their columns: one row an event. Sorted by site and subject, they are read quickest."""


def date_of(data_set: DataSet) -> int:
    """Which of its columns is the row's date, counted from 0."""
    return next(at for at, column in enumerate(COLUMNS[data_set]) if column.name == "date")


def schema_tables() -> tuple[Table, Table]:
    """The columns of all data sets, and those of logs in Parquet, each with its meaning."""
    rows = tuple(
        (data_set.value, column.name, column.type.value, column.meaning)
        for data_set, columns in COLUMNS.items()
        for column in (*PARTITIONS, SUBJECT, *columns)
    )
    logs = tuple(("logs", column.name, column.type.value, column.meaning) for column in COLUMNS_OF_LOGS)
    heading = ("data set", "column", "type", "meaning")
    return Table(f"Data sets, version {VERSION}", heading, rows), Table("Logs in Parquet", heading, logs)
