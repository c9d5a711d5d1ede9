"""What is asked of a cohort, in DuckDB's words: views over the data sets, and lists for a day."""

from __future__ import annotations

VIEW = """
CREATE VIEW {data_set} AS SELECT * FROM read_parquet({files}, hive_partitioning = true, hive_types_autocast = false);
"""
"""A data set, with study, site and month from the folders."""

CAPACITIES = """
CREATE TABLE capacities (
    study TEXT, site TEXT, resource TEXT, chairs INTEGER, most_patients INTEGER, most_minutes INTEGER
);
"""
"""What each resource can take, as far as the sites say it."""

MONTHS = """
CREATE MACRO month_of(day) AS strftime(day, '%Y-%m');
"""

LISTS = """
CREATE MACRO overdue(on_day) AS TABLE
    SELECT study, site, subject, entry, title, date, "time", window_first, window_last, window_last - on_day AS days_left,
        flags, reasons
    FROM calendars
    WHERE to_do AND month <= month_of(on_day) AND date < on_day;

CREATE MACRO due(on_day, days) AS TABLE
    SELECT study, site, subject, entry, title, date, "time", window_first, window_last, window_last - on_day AS days_left,
        flags, reasons
    FROM calendars
    WHERE to_do AND month BETWEEN month_of(on_day) AND month_of(on_day + days) AND date BETWEEN on_day AND on_day + days;

CREATE MACRO closing(on_day, days) AS TABLE
    SELECT study, site, subject, entry, title, date, "time", window_first, window_last, window_last - on_day AS days_left,
        flags, reasons
    FROM calendars
    WHERE to_do AND month BETWEEN month_of(on_day - {early}) AND month_of(on_day + days + {late})
        AND window_last BETWEEN on_day AND on_day + days;

CREATE MACRO worklist(on_day, days) AS TABLE
    SELECT 'overdue' AS list, * FROM overdue(on_day)
    UNION ALL SELECT 'closing', * FROM closing(on_day, days)
    UNION ALL SELECT 'due', * FROM due(on_day, days);

CREATE MACRO visits(on_day, days) AS TABLE
    SELECT study, site, date, count(DISTINCT subject) AS patients, count(*) AS visits, sum(minutes) AS minutes
    FROM calendars
    WHERE attended AND (status IN ('planned', 'done') OR (status = 'held' AND kind = 'oral'))
        AND month BETWEEN month_of(on_day) AND month_of(on_day + days) AND date BETWEEN on_day AND on_day + days
    GROUP BY ALL;

CREATE MACRO load(on_day, days) AS TABLE
    WITH coming AS (
        SELECT study, site, date, resource, count(DISTINCT subject) AS patients, sum(minutes) AS minutes
        FROM calendars
        WHERE attended AND resource <> 'any day'
            AND (status IN ('planned', 'done') OR (status = 'held' AND kind = 'oral'))
            AND month BETWEEN month_of(on_day) AND month_of(on_day + days) AND date BETWEEN on_day AND on_day + days
        GROUP BY ALL
    )
    SELECT study, site, date, resource, patients, most_patients, chairs, minutes, most_minutes,
        greatest(100 * patients // most_patients, 100 * minutes // most_minutes) AS full
    FROM coming LEFT JOIN capacities USING (study, site, resource);
"""
"""The lists. A day is a civil date at the site; ``days`` are those after it that are looked at too.

What is overdue, due and closing is what the worklist of `scheduler worklist` has by the same names; its decisions are not here.
What closes on a day stands at most ``early`` days before it and ``late`` after it. ``full`` is in percent of what the site says
it can take, and empty where it says nothing.
"""
