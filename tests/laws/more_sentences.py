"""Sentences of the language that a drawn protocol has now and then, each under its key: the forms of examples/README.md.

What a form needs elsewhere is said by whoever draws it: a visit to count from, a date that is only recorded, a fact.
"""

from __future__ import annotations

from hypothesis import strategies as st

ANCHOR = "anchor"
"""A visit that takes place once, to count from."""
DAY_0 = "{when: 10 days -2 +28 after first dose, open: 'infusion on days -5 to -3, 0', if closed: later}"
"""When the study counts its days from it."""
RECORDED = "biopsy"
"""A date that somebody records, or nobody does."""


def visit_timings(treatment: str) -> list[str]:
    """In days, weeks and hours, so that moving the start by whole weeks moves what they say."""
    return [
        "every 4 weeks ±3 days from first dose, until end of treatment",
        "0 to 3 working days after randomisation",
        "1 to 3 working days before first dose",
        "1 to 3 days after randomisation",
        "on Study Day -5",
        "on Study Day 28 ±3 days",
        f"28 days -7 +28 after {RECORDED}",
        f"on {treatment} cycle 1 day 2 ±1 days",
        f"on {treatment} cycle 1 day 3 -1 +2 working days",
        f"on {treatment} cycle 1 day 2 ±1 days, not after 5 working days after first dose",
        f"on every {treatment} cycle",
        f"on every {treatment} day 2",
        f"on every 2nd {treatment} cycle",
        f"on {treatment} cycles 1, then every 2nd",
        f"on days 1, 3 of {treatment} cycle 1",
        f"1 day after every {treatment} day 1",
        f"3 days from every {treatment} dose",
        f"1 week from {treatment} doses 1",
        f"24 hours ±2 hours after every {treatment} dose",
        f"48 hours -30 +90 minutes after {treatment} dose 1",
        f"24 hours after {treatment} dose 1",
        f"within 24 hours after every {treatment} dose",
        f"29 days +7 after the last day of {treatment} cycle 1",
        f"0 to 3 days after the last day of {treatment} cycle 1",
        f"every 8 weeks ±7 days from randomisation, until {treatment} cycle 1",
        f"2 to 4 days before every 2nd {treatment} cycle is due",
        f"90 days ±7 after the last {treatment} dose, not before end of treatment",
        f"28 days ±3 after {treatment} cycle 1, not before 1 day after {ANCHOR}",
        f"on or after Study Day 22, not before 1 day after {treatment} cycle 1 day 3",
        f"every 84 days ±14 from the ideal day of {ANCHOR}",
        f"21 days ±3 after {ANCHOR}",
        "7 days ±2 after each adverse event of grade 2-3 begins",
    ]


MONTHS = (
    "2 years ±14 days after first dose",
    f"3 months ±14 days after {ANCHOR}",
    f"every 6 months ±30 days from {ANCHOR}",
    "every 3 months ±14 days from end of treatment",
    "every 3 months ±7 days from first dose until 1 June 2028",
    "on 15 January of each year from randomisation until 1 June 2028",
    "at 2 months of age -14 +28 days",
    "at 12 months of age +92 days, not after 15 months of age",
)
"""Visits whose days hang on the calendar."""

TABLES = (
    '["every 4 weeks ±3 days from first dose, until 12 weeks after first dose", every 8 weeks ±7 days after that]',
    "{1: 14 days ±2 after first dose, then: 14 days ±2 working days after the previous visit}",
    "{1: 7 days after first dose, 2: 15 days +3 after visit 1}",
)
"""Visits with a sentence for each number, or grids one after another."""

DOSES = (
    "5 mg four times daily by mouth",
    "15 mg every 6 hours by mouth",
    "10 mg/kg every 8 hours intravenously",
    "500 mg twice daily 12 hours apart by mouth",
    "500 mg twice daily, 12 hours -2 +1 hours apart, by mouth",
    "5 mg three times daily, at least 6 hours apart, by mouth on an empty stomach",
    "600 mg twice daily in the morning and evening by mouth with or without food",
    "600 mg twice daily in the morning and evening, 12 hours ±90 minutes apart, by mouth",
    "160 mg once daily by mouth with a low-fat meal",
    "10-20 mg prescribed twice daily by mouth",
    "AUC 5-6 prescribed intravenously over 1 hour",
    "175, 263, 350 or 525 mg prescribed intramuscularly",
    "AUC 5 or 6 prescribed intravenously",
    "2 puffs twice daily by inhalation",
    "1 drop once daily into the eye",
)
"""On the days of any cycle."""

DOSES_WITH_DAYS = (
    "1000 mg/m2 twice daily by mouth from the evening of day 1 to the morning of day 8",
    "80 mg every other day by mouth on days 1-7",
    "4.6 mg every 3 days on the skin on days 1-10",
    "960 mg three times a week by mouth on days 1, 3, 5 of each week until day 12",
    "200 mg three times a week by mouth on days 1, 3, 5 of each week from day 8 until day 14",
    "825 mg/m2 twice daily by mouth on days 1-5 of each week until day 12",
    "1000 mg/m2 twice daily by mouth within 30 minutes after a meal from the evening of day 1 to the morning of day 8",
)
"""With the days of a cycle of two weeks or more."""

EVERY_DAY = (
    "400 mcg once daily by mouth every day",
    "5 mg three times daily, at least 6 hours apart, by mouth on an empty stomach every day",
    "1000 mg once daily by mouth at least 1 hour before and 2 hours after a meal every day",
)
FROM_UNTIL = (
    "from first dose until progression",
    "from 7 days before first dose until 21 days after first dose",
    "from first dose until 21 days after the last {} dose",
)
AS_NEEDED = (
    [
        "    when: on first dose",
        "    until: 1 cycle",
        "    give: 8 mg as needed, at most 3 times a day, by mouth on days 1-5",
    ],
    [
        "    when: {1: 7 days after first dose, then: 21 days after the previous cycle}",
        "    until: 3 cycles",
        "    give: 4 mg as needed, at most 4 times a day, by mouth on days 1-3",
    ],
    [
        "    when: from first dose until 21 days after first dose",
        "    give: 2 mg as needed, at most once a day, by mouth with food every day",
    ],
)
FRACTIONS = ("2 Gy", "1.2 Gy twice daily at least 6 hours apart", "4-12 Gy prescribed per lesion")
ALSO_UNTIL = ("progression", "20 weeks after first dose", "before 30 weeks after first dose", "2026-06-01")
"""Beside a number of cycles: whichever comes first."""


def every_day(draw: st.DrawFn, name: str, other: str) -> list[str]:
    """What is taken every day between two moments."""
    return [
        f"  {name}:",
        f"    when: {draw(st.sampled_from(FROM_UNTIL)).format(other)}",
        f"    give: {draw(st.sampled_from(EVERY_DAY))}",
    ]


def supportive(draw: st.DrawFn) -> list[str]:
    """Supportive medicine now and then: as needed at home, or every day until just before randomisation."""
    lines = []
    if draw(st.integers(0, 4)) == 0:
        needed = draw(st.sampled_from(AS_NEEDED))
        lines += ["  comfort:", "    kind: supportive medicine", *needed]
    if draw(st.integers(0, 4)) == 0:
        until = draw(st.sampled_from(["the day before randomisation", "randomisation"]))
        lines += [
            "  run-in:",
            "    kind: supportive medicine",
            f"    when: from 14 days before first dose until {until}",
            "    give: 5 mg once daily by mouth every day",
        ]
    return lines


def anchor(draw: st.DrawFn) -> list[str]:
    return [f"  {ANCHOR}: {draw(st.sampled_from(['10 days ±2 after first dose', 'on Study Day 15', DAY_0]))}"]


def activities(draw: st.DrawFn, treatments: list[str]) -> list[str]:
    """What is done at which visits, with days of its own or on theirs."""
    if draw(st.booleans()):
        return []
    treatment = draw(st.sampled_from(treatments))
    places = [
        f"every 2nd {treatment} cycle",
        f"{treatment} cycle 1",
        "every visit",
        f"0 to 3 days before every {treatment} cycle",
        f"1 day after every {treatment} dose",
        f"1 to 3 days before {treatment} cycle 1 day 1",
        f"0 to 2 weeks after {ANCHOR}",
    ]
    chosen = draw(st.lists(st.sampled_from(places), min_size=1, max_size=3, unique=True))
    return ["activities:", f"  blood: [{chosen[0]}]", *(f"  test-{n}: [{each}]" for n, each in enumerate(chosen[1:]))]


def periods(draw: st.DrawFn, treatment: str) -> list[str]:
    """A stretch of time, and the epochs."""
    if draw(st.integers(0, 2)):
        return []
    end = draw(
        st.sampled_from(
            [
                "28 days after the last dose",
                f"90 days after the last {treatment} dose",
                f"90 days after the last {treatment} dose, not before 30 days after the last dose",
                f"{treatment} cycle 1 day 1",
                "30 weeks after first dose, not after progression",
            ]
        )
    )
    return [
        "periods:",
        f'  reports: {{from: first dose, to: "{end}"}}',
        "epochs: {TREATMENT: first dose, FOLLOW-UP: 1 day after end of treatment}",
    ]
