"""A branch has a ladder of its own: what is decided about the treatment before it does not reduce it. Days counted by hand.

Induction on Monday 2 March and 28 days later, 30 March. The marrow says which branch begins on Study Day 22, Monday 23 March.
"""

from __future__ import annotations

from scheduler.calendar.entries.entry import Calendar
from tests.studies.telling import WEEKDAYS, calendar, study

STUDY = study("""
study days: first dose is Day 1
attributes: {residual leukaemia: Blasts in the marrow of day 14}
treatments:
  induction:
    when: {1: on first dose, then: 28 days after the previous dose}
    until: 2 doses
    give: intravenously
    levels: 100, 75, 50 mg/m2
  salvage:
    when: {1: on Study Day 22, then: 21 days after the previous dose}
    only if: residual leukaemia
    until: 3 doses
    give: intravenously
    levels: 40, 30, 20 mg
  maintenance:
    when: {1: on Study Day 22, then: 21 days after the previous dose}
    only if: no residual leukaemia
    until: 3 doses
    give: intravenously
    levels: 10, 5 mg
rules:
  diarrhoea:
    for: [induction, salvage, maintenance]
    on: Diarrhea
    rows:
      - "grade 1: continue (label)"
      - "grade 2: reduce by 1 level (label)"
      - "grade 3: hold until grade 0-1, then resume 1 level lower (label)"
      - "grade 4: discontinue (label)"
  floor:
    for: [induction, salvage, maintenance]
    rows: ["no lower level is left: discontinue (label)"]
sources: {label: The label}
""")
GIVEN = "2026-03-02 given, treatment: induction, n: 1\n"
MARROW = "2026-03-16 attribute, name: residual leukaemia, value: true\n"


def of(story: str) -> Calendar:
    return calendar(STUDY, story, until="2026-06-30", site=WEEKDAYS)


def doses(found: Calendar, treatment: str) -> list[str]:
    planned = [each for each in found.entries if each.timeline == treatment and each.date is not None]
    return [f"{each.date:%m-%d} {' '.join(map(str, each.doses))}" for each in planned]


def proposed(found: Calendar) -> dict[str, str]:
    return {each.id: each.state.value for each in found.proposals}


def codes(found: Calendar) -> list[str]:
    return [each.code for each in found.findings if each.code == "decision-without-proposal"]


def diarrhoea(day: str, grade: int, related: str = "induction") -> str:
    return f"2026-{day} adverse event, ae: 1, term: diarrhoea, grade: {grade}, related: [{related}]\n"


def test_a_branch_begins_at_its_own_first_level() -> None:
    """Grade 2 on 10 March reduces induction to 75 mg/m2. Salvage had no dose by then, and begins with 40 mg."""
    found = of(
        GIVEN + diarrhoea("03-10", 2) + "2026-03-11 decided, proposal: diarrhoea.2.3, action: '1', by: Dr Li\n" + MARROW
    )
    by_words = of(
        GIVEN
        + diarrhoea("03-10", 2)
        + "2026-03-11 decided, proposal: diarrhoea.2.3, action: reduce by 1 level, by: Dr Li\n"
        + MARROW
    )
    for each in (found, by_words):
        assert doses(each, "induction") == ["03-02 100 mg/m2", "03-30 75 mg/m2"]
        assert doses(each, "salvage") == ["03-23 40 mg", "04-13 40 mg", "05-04 40 mg"]
        assert (proposed(each), codes(each)) == ({"diarrhoea.2.3": "decided as proposed"}, [])


def test_what_comes_up_under_the_branch_reduces_it_by_its_own_ladder() -> None:
    """Found on 27 March, after salvage began on 23 March: 30 mg from 13 April on, and 75 mg/m2 of induction."""
    story = GIVEN + MARROW + "2026-03-23 given, treatment: salvage, n: 1\n" + diarrhoea("03-27", 2, "salvage")
    found = of(story + "2026-03-27 decided, proposal: diarrhoea-salvage.2.5, action: reduce by 1 level, by: Dr Li\n")
    assert doses(found, "salvage") == ["03-23 40 mg", "04-13 30 mg", "05-04 30 mg"]
    assert doses(found, "induction") == ["03-02 100 mg/m2", "03-30 75 mg/m2"]
    assert codes(found) == []


def test_the_last_level_of_the_branch_is_its_own() -> None:
    """Maintenance has two levels: at the second, a further reduction ends it and induction goes on with less."""
    story = GIVEN + MARROW.replace("true", "false") + "2026-03-23 given, treatment: maintenance, n: 1\n"
    story += "2026-03-24 dose changed, treatment: maintenance, level: -1, dose: 5 mg, by: Dr Li, reason: AE 1\n"
    found = of(story + diarrhoea("03-27", 2, "maintenance"))
    lead = {each.id: each.options[0].words for each in found.proposals}
    assert lead["diarrhoea-maintenance.2.6"] == "discontinue"
    assert lead["diarrhoea.2.6"] == "reduce by 1 level"


def test_the_branch_that_is_not_for_the_patient_asks_nothing() -> None:
    found = of(GIVEN + diarrhoea("03-10", 3) + MARROW)
    assert proposed(found) == {"diarrhoea.3.3": "open", "diarrhoea-salvage.3.3": "open"}


def test_while_nobody_knows_which_branch_comes_a_hold_is_asked_about_both() -> None:
    found = of(GIVEN + diarrhoea("03-10", 3))
    assert set(proposed(found)) == {"diarrhoea.3.3", "diarrhoea-salvage.3.3", "diarrhoea-maintenance.3.3"}
