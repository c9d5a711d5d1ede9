"""What a drawn protocol may have beside its timings: doses by level, band and number, strengths, branches, sheets, ends together.

Each part is drawn as lines of text under its key, and says what it needs elsewhere: a product, or a fact about the patient.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.laws.more_sentences import ALSO_UNTIL, ANCHOR

BRANCHES = {
    "anaemia": ("anaemia",),
    "no anaemia": ("anaemia",),
    "no complete remission": ("complete remission",),
    f"{ANCHOR} shows residual disease": ("residual disease",),
    f"{ANCHOR} shows no residual disease": ("residual disease",),
    "age above 75 years": ("age",),
    "sex is female and age at least 18 to below 55 years": ("age", "sex"),
    "ECOG up to 1": ("ECOG",),
    "blood pressure up to 150/90 mmHg": ("blood pressure",),
    "blood pressure at least 140/90 to below 160/100 mmHg and no anaemia": ("anaemia", "blood pressure"),
    "LVEF at least 10 points below baseline and weight up to 5 % from baseline": ("LVEF", "weight"),
}
"""What a branch hangs on, once somebody has recorded it, and how the protocol calls that."""
_AFTER = ("more than 7 days", "more than 2 weeks", "more than 30 days", "more than 2 months")


@dataclass
class Parts:
    """Drawn so far: under ``products:`` and ``sheets:``, the facts that are asked for, and how many cycles each may have."""

    products: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    facts: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def lines(self) -> list[str]:
        return [
            *(["products:", *self.products] if self.products else []),
            *(["sheets:", *self.sheets] if self.sheets else []),
            *(
                ["attributes:", *(f"  {fact}: As the site sees it" for fact in sorted(self.facts))]
                if self.facts
                else []
            ),
        ]


def tablets_by_level(draw: st.DrawFn, parts: Parts, name: str, days: str) -> list[str]:
    """Levels down, up by steps that somebody confirms, or down to none; of one strength, two, or none that is said."""
    levels, lower, units = draw(
        st.sampled_from(
            [
                ("120, 80, 40 mg", "80, 40, 20 mg", "unit: 20 mg tablet, pack: bottle of 28"),
                ("65, 50, 35 mg", "50, 35, 20 mg", 'units: "20 mg tablet, 15 mg tablet, fewest"'),
                ("40, 20, 0 mg", "30, 10, 0 mg", "unit: 10 mg tablet"),
                ("10, 5 mg", "5, 2.5 mg", ""),
            ]
        )
    )
    up = ", start at level -1, up 1 level every 3 days in cycle 1 unless toxicity"
    by_renal = []
    if draw(st.integers(0, 3)) == 0:
        by_renal = [
            "    dose by:",
            "      - 'creatinine clearance at least 60 mL/min in force: the full dose'",
            f"      - 'creatinine clearance below 60 mL/min in force: levels {lower}'",
        ]
    has_day_4 = any(days.endswith(last) for last in ("1-5", "1-7", "1-10", "1, 8"))
    more = draw(st.sampled_from(["", ", a lower level is kept", *([up] if has_day_4 else [])]))
    if units:
        parts.products.append(f"  {name}: {{{units}}}")
    often = draw(st.sampled_from(["once daily", "twice daily"]))
    return [f"    give: {often} by mouth{days}", f"    levels: {levels}{more}", *by_renal]


def tablets_by_band(draw: st.DrawFn, parts: Parts, name: str, days: str) -> list[str]:
    """Half the dose from an age on, or another one by clearance, or both."""
    by_age = ["age up to 75 years at first dose: the full dose", "age above 75 years at first dose: half the dose"]
    by_clearance = [
        "creatinine clearance at least 60 mL/min in force: the full dose",
        "creatinine clearance at least 30 to below 60 mL/min in force: 20 mg",
    ]
    by_thirds = [
        "creatinine clearance at least 60 mL/min in force: the full dose",
        "creatinine clearance at least 30 to below 60 mL/min in force: two thirds of the dose",
        "creatinine clearance below 30 mL/min in force: one third of the dose",
    ]
    by_weight = ["weight at least 50 kg at first dose: the full dose", "weight below 50 kg at first dose: 40 mg"]
    by_mass = [
        "body mass index up to 18.5 kg/m2 in force: 50 % of the dose",
        "body mass index above 18.5 to 35 kg/m2 in force: the full dose",
    ]
    bands = draw(st.sampled_from([by_age, by_clearance, by_age + by_clearance, by_thirds, by_weight, by_mass]))
    if draw(st.booleans()):
        parts.products.append(f"  {name}: {{unit: 10 mg tablet, pack: bottle of 30}}")
    return [
        f"    give: 60 mg once daily by mouth{days}",
        "    dose by:",
        *(f'      - "{band}"' for band in bands),
    ]


def injections_by_number(draw: st.DrawFn) -> list[str]:
    """Step-up doses, and after which time without one they begin again."""
    lines = [
        "    give:",
        "      - 5 mg subcutaneously of dose 1",
        "      - 10 mg subcutaneously of dose 2",
        "      - 40 mg subcutaneously of doses 3 and later",
    ]
    rows = draw(
        st.lists(
            st.sampled_from(["dose 1, again from dose 1", "dose 2, again from dose 1", "dose 2, again from dose 2"])
            | st.sampled_from(["doses 3 and later, again from dose 1", "doses 3 and later, again from dose 2"]),
            max_size=3,
            unique_by=lambda row: row.partition(",")[0],
        )
    )
    if draw(st.integers(0, 5)) == 0:
        rows = [draw(st.sampled_from(["any dose, again from dose 1", "the last dose, again from dose 1"]))]
    after = [draw(st.sampled_from(_AFTER)) for _ in rows]
    return (
        lines
        + (["    restart:"] if rows else [])
        + [f"      - {a} after {row}" for a, row in zip(after, rows, strict=True)]
    )


def branch(draw: st.DrawFn, parts: Parts, *, by_number: bool = False) -> list[str]:
    """Now and then it hangs on a fact, or only its second one and all after it."""
    words = draw(st.sampled_from(sorted(BRANCHES)))
    which = draw(st.integers(0, 5))
    if which > 1 or (which == 1 and not by_number):
        return []
    parts.facts |= {*BRANCHES[words]}
    return [f"    only if: {words}"] if which == 0 else [f"    only if: {{2: {words}}}"]


def goes_on(draw: st.DrawFn) -> list[str]:
    """Now and then it waits for values."""
    longest = draw(st.sampled_from(["", ", after more than 14 days: discontinue"]))
    which = draw(st.sampled_from(["", "", ", in cycle 2"]))
    values = draw(
        st.sampled_from(
            [
                "ANC at least 1.5 G/L and platelets at least 100 G/L, values within 3 days",
                "ANC at least 1.5 G/L, values within 3 days",
                "white blood cells at least 3 to below 300 G/L, values within 0 days",
                "creatinine clearance above 45 mL/min and platelets at least 100 G/L, values within 2 days",
                "LVEF at least 50 % and less than 10 points below baseline, values within 28 days",
                "blood pressure up to 150/90 mmHg and ANC at least 1 G/L, values within 3 days",
            ]
        )
    )
    return draw(st.sampled_from(([], [], [], [f'    goes on when: "{values}{which}{longest}"'])))


def number(draw: st.DrawFn, most: int, what: str, *, chosen: bool = False) -> str:
    """How many: so many, so many at most, or those of which the investigator chooses."""
    if chosen and most > 2 and draw(st.integers(0, 2)) == 0:
        joined = draw(st.sampled_from(["or", "to"]))
        return f"{draw(st.integers(1, most - 1))} {joined} {most} {what}, as the investigator chooses"
    return f"{draw(st.sampled_from(['at most ', '']))}{most} {what}"


def by_arm(draw: st.DrawFn, limit: str) -> str:
    """The limit as it is, or under the name of the only arm."""
    return draw(st.sampled_from([f'"{limit}"', f'{{one: "{limit}"}}', f'{{one: ["{limit}", progression]}}']))


def ends(draw: st.DrawFn, parts: Parts, name: str, most: int, courses: list[str]) -> str:
    """A number, or whatever comes first: a day, the end of a course, or another treatment that has had some."""
    own = number(draw, most, "cycles")
    others = sorted(parts.numbers)
    parts.numbers[name] = most
    also = (*ALSO_UNTIL, *(f"the end of {course}" for course in courses))
    if draw(st.integers(0, 5)) == 0:
        return f'    until: ["{own}", {draw(st.sampled_from(also))}]'
    if not others or draw(st.integers(0, 3)):
        return f"    until: {by_arm(draw, own)}"
    other = draw(st.sampled_from(others))
    return f'    until: [{other} has had {draw(st.integers(1, parts.numbers[other]))} cycles, "{own}"]'


def sheet(draw: st.DrawFn, parts: Parts, name: str) -> None:
    """Now and then samples around every dose, some of them on later days."""
    points = draw(
        st.sampled_from(
            [
                "at -0.5, 0.5, 2 hours ±5 minutes after every {} dose",
                "at 1, 12, 24 hours ±15 minutes after every {} dose",
                "at 30 minutes after {} dose 1",
                "at 8, 48, 72 hours ±1 hour after {} dose 1",
                "at 30, 60, 120 minutes +10 minutes after {} dose 1",
                "at 1 hour -30 +0 minutes before every {} dose",
                "at 2, 0.5 hours after {} cycle 1 day 1",
                "at 0.33, 24 hours ±0.5 hours after days 1, 2 of {} cycles 1",
                f"at 0, 30, 120 minutes after {ANCHOR}",
            ]
        )
    ).format(name)
    if draw(st.integers(0, 3)) == 0:
        parts.sheets.append(f"  {name}-samples: {points}")


FOR_EACH = (
    "14 days +7 after each adverse event of grade 3 or higher ends",
    "0 to 2 days after each serious adverse event begins",
    "7 days ±2 after each adverse event of grade 2 or higher begins",
    "7 days ±2 after each unscheduled visit",
)
"""Visits that an event of the log makes."""
