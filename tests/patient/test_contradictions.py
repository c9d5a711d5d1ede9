"""Each contradiction as a small story, and beside it the story that is only strange and stands."""

from __future__ import annotations

import pytest

from scheduler.errors import Refused
from scheduler.findings import Severity
from scheduler.patient.appending import build_log, review
from tests.patient.plans import events, study

# A story, and for each contradiction its code, the numbers of the events and what to do.
Contradiction = tuple[str, tuple[int, ...], str | None]

EXPERIMENTAL = "2026-02-27 randomised, arm: experimental\n"
CONTROL = "2026-02-27 randomised, arm: control\n"

CONTRADICTIONS: dict[str, tuple[str, list[Contradiction]]] = {
    "a dose before randomisation": (
        """
        2026-03-02 randomised, arm: experimental
        2026-03-01 given, treatment: infusion, n: 1
        """,
        [("before-randomisation", (1, 2), "correct the date of one of them")],
    ),
    "tablets before randomisation": (
        """
        2026-03-02 randomised, arm: experimental
        2026-03-01 cycle started, treatment: tablets, cycle: 1
        """,
        [("before-randomisation", (1, 2), "correct the date of one of them")],
    ),
    "a first dose planned before randomisation": (
        """
        2026-03-02 randomised, arm: experimental
        2026-03-02 first dose planned, to: 2026-03-01
        """,
        [("planned-before-randomisation", (1, 2), "plan the first dose anew, or correct the date of randomisation")],
    ),
    "randomised later than the first dose was planned for": (
        """
        2026-02-26 first dose planned, to: 2026-03-01
        2026-03-02 randomised, arm: experimental
        """,
        [("planned-before-randomisation", (1, 2), "plan the first dose anew, or correct the date of randomisation")],
    ),
    "a dose without randomisation": (
        "2026-03-01 given, treatment: infusion, n: 1",
        [("not-randomised", (1,), "record 'randomised' first, with the arm")],
    ),
    "randomised twice": (
        EXPERIMENTAL + "2026-02-28 randomised, arm: experimental",
        [("randomised-twice", (1, 2), "correct or strike one of them")],
    ),
    "an arm that does not exist": (
        "2026-02-27 randomised, arm: experimentel",
        [("unknown-arm", (1,), "did you mean 'experimental'?")],
    ),
    "a treatment that is misspelt": (
        EXPERIMENTAL + "2026-03-02 cycle started, treatment: tablet, cycle: 1",
        [("unknown-treatment", (2,), "did you mean 'tablets'?")],
    ),
    "a treatment of the other arm": (
        CONTROL + "2026-03-02 given, treatment: infusion, n: 1",
        [("unknown-treatment", (2,), "it is a treatment of experimental; correct the treatment or the arm")],
    ),
    "units of a treatment that does not exist": (
        CONTROL + "2026-03-02 dispensed, treatment: capsules, quantity: 28",
        [("unknown-treatment", (2,), "known here: tablets")],
    ),
    "a treatment of no arm, before randomisation": (
        "2026-02-20 held, treatment: infusions, reason: fever",
        [("unknown-treatment", (1,), "did you mean 'infusion'?")],
    ),
    "a cycle started twice": (
        EXPERIMENTAL
        + """2026-03-02 cycle started, treatment: tablets, cycle: 1
        2026-03-03 cycle started, treatment: tablets, cycle: 1
        """,
        [("cycle-started-twice", (2, 3), "correct or strike one of them")],
    ),
    "a dose given twice, and once more": (
        EXPERIMENTAL
        + """2026-03-02 given, treatment: infusion, n: 1
        2026-03-03 given, treatment: infusion, n: 1
        2026-03-04 given, treatment: infusion, n: 1
        """,
        [
            ("given-twice", (2, 3), "correct or strike one of them"),
            ("given-twice", (2, 4), "correct or strike one of them"),
        ],
    ),
    "doses of what is counted in cycles": (
        EXPERIMENTAL + "2026-03-02 given, treatment: tablets, n: 1",
        [("counted-in-cycles", (2,), "record 'cycle started' with cycle: 1")],
    ),
    "cycles of what is counted in doses": (
        EXPERIMENTAL + "2026-03-02 cycle started, treatment: infusion, cycle: 2",
        [("counted-in-doses", (2,), "record 'given' with n: 2")],
    ),
    "a delayed cycle of what is counted in doses": (
        EXPERIMENTAL + "2026-03-02 delayed, treatment: infusion, cycle: 2, until: 2026-04-01, reason: holiday",
        [("counted-in-doses", (2,), "write 'n: 2'")],
    ),
    "a delayed dose of what is counted in cycles": (
        EXPERIMENTAL + "2026-03-02 delayed, treatment: tablets, n: 2, until: 2026-04-01, reason: holiday",
        [("counted-in-cycles", (2,), "write 'cycle: 2'")],
    ),
    "an infusion taken at home": (
        EXPERIMENTAL + "2026-03-09 not taken, treatment: infusion, from: 2026-03-02, to: 2026-03-08",
        [("counted-in-doses", (2,), "record 'given', or 'not done' with its entry")],
    ),
    "a resume of what nobody held": (
        EXPERIMENTAL + "2026-03-30 resumed, treatment: tablets",
        [("nothing-to-resume", (2,), "record 'held' first; see the dates")],
    ),
    "a resume before the hold": (
        EXPERIMENTAL
        + """2026-03-16 held, treatment: tablets, reason: fever
        2026-03-15 resumed, treatment: tablets
        """,
        [("nothing-to-resume", (3,), "record 'held' first; see the dates")],
    ),
    "a second resume": (
        EXPERIMENTAL
        + """2026-03-16 held, treatment: tablets, reason: fever
        2026-03-20 resumed, treatment: tablets
        2026-03-21 resumed, treatment: tablets
        """,
        [("nothing-to-resume", (4,), "record 'held' first; see the dates")],
    ),
    "a resume of what another treatment held": (
        EXPERIMENTAL
        + """2026-03-16 held, treatment: infusion, reason: fever
        2026-03-20 resumed, treatment: tablets
        """,
        [("nothing-to-resume", (3,), "record 'held' first; see the dates")],
    ),
    "a rechallenge that nobody explains": (
        EXPERIMENTAL
        + """2026-03-16 discontinued, treatment: tablets, reason: hepatitis
        2026-03-20 resumed, treatment: tablets
        """,
        [("resumed-after-end", (2, 3), "say why with 'override'")],
    ),
    "a resume after the end of treatment": (
        EXPERIMENTAL
        + """2026-03-16 end of treatment, reason: progression
        2026-03-20 resumed, treatment: tablets
        """,
        [("resumed-after-end", (2, 3), "say why with 'override'")],
    ),
    "discontinued twice": (
        EXPERIMENTAL
        + """2026-03-16 discontinued, treatment: tablets, reason: hepatitis
        2026-03-20 discontinued, treatment: tablets, reason: hepatitis
        """,
        [("discontinued-twice", (2, 3), "correct or strike one of them")],
    ),
    "a level that the arm does not have": (
        EXPERIMENTAL + "2026-03-16 dose changed, treatment: tablets, level: -2, dose: 40 mg",
        [
            (
                "unknown-level",
                (2,),
                "level 0 is 80 mg, -1 is 40 mg; or say why it stands with 'override'",
            )
        ],
    ),
    "a level above the ladder": (
        EXPERIMENTAL + "2026-03-16 dose changed, treatment: tablets, level: 1, dose: 120 mg",
        [("unknown-level", (2,), "level 0 is 80 mg, -1 is 40 mg; or say why it stands with 'override'")],
    ),
    "a dose that is not the level's": (
        CONTROL
        + """2026-03-16 held, treatment: tablets, reason: fever
        2026-03-20 resumed, treatment: tablets, level: -1, dose: 40 mg
        """,
        [("dose-disagrees", (3,), "level 0 is 120 mg, -1 is 80 mg, -2 is 40 mg; or say why it stands with 'override'")],
    ),
    "a dose in another unit": (
        CONTROL + "2026-03-20 dose changed, treatment: tablets, level: -1, dose: 80 g",
        [("dose-disagrees", (2,), "level 0 is 120 mg, -1 is 80 mg, -2 is 40 mg; or say why it stands with 'override'")],
    ),
    "a level of what has none": (
        EXPERIMENTAL + "2026-03-20 dose changed, treatment: infusion, level: -1, dose: 120 mg",
        [("unknown-level", (2,), "level 0 is 240 mg; or say why it stands with 'override'")],
    ),
    "a fraction beyond the range": (
        EXPERIMENTAL + "2026-03-10 prescribed, treatment: radiotherapy, course: tumour, per_fraction: 20, unit: Gy",
        [("outside-range", (2,), "'tumour' is 4 to 12 Gy; or say why it stands with 'override'")],
    ),
    "a prescription in another unit": (
        EXPERIMENTAL + "2026-03-10 prescribed, treatment: radiotherapy, course: tumour, per_fraction: 800, unit: cGy",
        [("wrong-unit", (2,), "write 'unit: Gy' and the amount in it")],
    ),
    "a course that does not exist": (
        EXPERIMENTAL
        + "2026-03-10 prescribed, treatment: radiotherapy, course: tumor, per_fraction: 8, unit: Gy, override: why not",
        [("unknown-course", (2,), "did you mean 'tumour'?")],
    ),
    "a dose after death": (
        EXPERIMENTAL
        + """2026-03-20 died
        2026-03-21 given, treatment: infusion, n: 1
        """,
        [("after-death", (2, 3), "correct the date of one of them, or strike one")],
    ),
    "tablets handed out after death": (
        EXPERIMENTAL
        + """2026-03-20 died
        2026-03-21 dispensed, treatment: tablets, quantity: 28
        """,
        [("after-death", (2, 3), "correct the date of one of them, or strike one")],
    ),
    "died twice": (
        """
        2026-03-20 died
        2026-03-21 died
        """,
        [("died-twice", (1, 2), "correct or strike one of them")],
    ),
    "two ends of treatment": (
        EXPERIMENTAL
        + """2026-03-20 end of treatment, reason: progression
        2026-03-21 end of treatment, reason: progression
        """,
        [("ended-twice", (2, 3), "correct or strike one of them")],
    ),
    "a correction of what is not there": (
        EXPERIMENTAL + "2026-03-20 corrected, number: 7, reason: typing error, with: {on: 2026-03-20, event: died}",
        [("no-such-number", (2,), "the last event before it is number 1")],
    ),
    "a strike of itself": (
        EXPERIMENTAL + "2026-03-20 struck, number: 2, reason: typing error",
        [("no-such-number", (2,), "the last event before it is number 1")],
    ),
    "a strike before anything": (
        "2026-03-20 struck, number: 1, reason: typing error",
        [("no-such-number", (1,), None)],
    ),
    "a strike of what was struck": (
        EXPERIMENTAL
        + """2026-03-20 struck, number: 1, reason: typing error
        2026-03-20 struck, number: 1, reason: typing error
        """,
        [("already-gone", (1, 2, 3), "point at event 2 instead")],
    ),
    "a correction of what was struck": (
        EXPERIMENTAL
        + """2026-03-20 struck, number: 1, reason: typing error
        2026-03-20 corrected, number: 1, reason: typing error, with: {on: 2026-02-27, event: consented}
        """,
        [("already-gone", (1, 2, 3), "point at event 2 instead")],
    ),
    "a strike of a correction that was corrected": (
        EXPERIMENTAL
        + """2026-03-20 corrected, number: 1, reason: a, with: {on: 2026-02-28, event: randomised, arm: control}
        2026-03-20 corrected, number: 2, reason: b, with: {on: 2026-02-26, event: randomised, arm: control}
        2026-03-21 struck, number: 2, reason: c
        """,
        [("already-gone", (2, 3, 4), "point at event 3 instead")],
    ),
    "a correction of a correction whose event was struck": (
        EXPERIMENTAL
        + """2026-03-20 corrected, number: 1, reason: a, with: {on: 2026-02-28, event: randomised, arm: control}
        2026-03-20 struck, number: 1, reason: b
        2026-03-21 corrected, number: 2, reason: c, with: {on: 2026-02-26, event: randomised, arm: control}
        """,
        [("already-gone", (2, 3, 4), "point at event 3 instead")],
    ),
    "a correction of a strike": (
        EXPERIMENTAL
        + """2026-03-20 struck, number: 1, reason: a
        2026-03-20 corrected, number: 2, reason: b, with: {on: 2026-02-28, event: consented}
        """,
        [("not-correctable", (2, 3), "strike event 2, and what it struck stands again")],
    ),
    "a booking of what is on no calendar": (
        EXPERIMENTAL + "2026-03-20 booked, entry: imagin.1, to: 2026-04-24",
        [("unknown-entry", (2,), "did you mean 'imaging.1'?")],
    ),
    "a visit without its number": (
        EXPERIMENTAL + "2026-02-20 visit done, entry: screening",
        [("unknown-entry", (2,), "known here: screening.1")],
    ),
    "a second safety visit": (
        EXPERIMENTAL + "2026-06-20 visit done, entry: safety.2",
        [("unknown-entry", (2,), "known here: safety.1")],
    ),
    "a visit with too many numbers": (
        EXPERIMENTAL + "2026-06-20 visit done, entry: safety.1.1.1",
        [("unknown-entry", (2,), "known here: safety.1")],
    ),
    "a contact before the first": (
        EXPERIMENTAL + "2026-06-20 visit done, entry: survival.0",
        [("unknown-entry", (2,), "known here: survival.1, survival.2 and so on, survival.last")],
    ),
    "a scan that has no end": (
        EXPERIMENTAL + "2026-06-20 visit done, entry: imaging.last",
        [("unknown-entry", (2,), "known here: imaging.0, imaging.1 and so on")],
    ),
    "a day without tablets": (
        EXPERIMENTAL + "2026-06-20 not done, entry: tablets.2.22, reason: forgotten",
        [("unknown-entry", (2,), "known here: tablets.1, tablets.2 and so on, tablets.1.1 to tablets.1.21")],
    ),
    "an entry of the other arm": (
        CONTROL + "2026-03-16 visit done, entry: planning-ct.1",
        [("unknown-entry", (2,), "'planning-ct' belongs to the arm experimental")],
    ),
    "an unscheduled visit that nobody recorded": (
        EXPERIMENTAL + "2026-03-16 visit done, entry: unscheduled.1",
        [("unknown-entry", (2,), "the number is that of the event 'unscheduled visit'")],
    ),
    "a confirming scan of what was no iUPD": (
        EXPERIMENTAL
        + """2026-04-24 response, criteria: iRECIST, assessment: iSD, entry: imaging.1
        2026-05-22 visit done, entry: confirming-scan.2
        """,
        [("unknown-entry", (3,), "the number is that of the event with iUPD, such as confirming-scan.17")],
    ),
    "a response at a scan that does not exist": (
        EXPERIMENTAL + "2026-04-24 response, criteria: iRECIST, assessment: iSD, entry: image.1",
        [("unknown-entry", (2,), "did you mean 'imaging.1'?")],
    ),
    "an infusion as a visit": (
        EXPERIMENTAL + "2026-03-02 visit done, entry: infusion.1",
        [("treatment-entry", (2,), "record 'given' with treatment: infusion, n: 1")],
    ),
    "a cycle as a visit": (
        EXPERIMENTAL + "2026-03-02 visit done, entry: tablets.1.1",
        [("treatment-entry", (2,), "record 'cycle started' with treatment: tablets, cycle: 1")],
    ),
    "a forgotten tablet as a visit": (
        EXPERIMENTAL + "2026-03-04 not done, entry: tablets.1.3, reason: forgotten",
        [("treatment-entry", (2,), "record 'not taken' with the days")],
    ),
    "a visit done and not done": (
        EXPERIMENTAL
        + """2026-02-20 visit done, entry: screening.1
        2026-02-21 not done, entry: screening.1, reason: snow
        """,
        [("done-and-not-done", (2, 3), "correct or strike one of them")],
    ),
    "a dose given and not done": (
        EXPERIMENTAL
        + """2026-03-02 not done, entry: infusion.1, reason: fever
        2026-03-03 given, treatment: infusion, n: 1
        """,
        [("done-and-not-done", (2, 3), "correct or strike one of them")],
    ),
    "a cycle started and not done": (
        EXPERIMENTAL
        + """2026-03-02 cycle started, treatment: tablets, cycle: 1
        2026-03-02 not done, entry: tablets.1.1, reason: fever
        """,
        [("done-and-not-done", (2, 3), "correct or strike one of them")],
    ),
    "a fraction that fails after it was given": (
        EXPERIMENTAL
        + """2026-03-25 given, treatment: radiotherapy, n: 3
        2026-03-26 not done, entry: radiotherapy.3, reason: machine down
        """,
        [("done-and-not-done", (2, 3), "correct or strike one of them")],
    ),
    "a visit done twice": (
        EXPERIMENTAL
        + """2026-02-20 visit done, entry: screening.1
        2026-02-21 visit done, entry: screening.1
        """,
        [("done-twice", (2, 3), "correct or strike one of them")],
    ),
    "an unscheduled visit done twice": (
        """
        2026-02-20 unscheduled visit, activities: [ECG]
        2026-02-20 visit done, entry: unscheduled.1
        2026-02-21 visit done, entry: unscheduled.1
        """,
        [("done-twice", (2, 3), "correct or strike one of them")],
    ),
    "a visit not done twice": (
        EXPERIMENTAL
        + """2026-02-20 not done, entry: screening.1, reason: snow
        2026-02-21 not done, entry: screening.1, reason: snow
        """,
        [("not-done-twice", (2, 3), "correct or strike one of them")],
    ),
    "one attempt that failed twice": (
        EXPERIMENTAL
        + """2026-03-25 not done, entry: radiotherapy.3, reason: machine down
        2026-03-25 not done, entry: radiotherapy.3, reason: machine down
        """,
        [("not-done-twice", (2, 3), "correct or strike one of them")],
    ),
    "another grade of an unknown adverse event": (
        "2026-03-16 regraded, ae: 1, grade: 2",
        [("unknown-adverse-event", (1,), "record 'adverse event' first")],
    ),
    "the end of an unknown adverse event": (
        """
        2026-03-16 adverse event, ae: 1, term: Rash, grade: 2
        2026-03-16 resolved, ae: 2
        """,
        [("unknown-adverse-event", (2,), "recorded so far: 1")],
    ),
    "two adverse events with one number": (
        """
        2026-03-16 adverse event, ae: 1, term: Rash, grade: 2
        2026-03-17 adverse event, ae: 1, term: Fever, grade: 1
        """,
        [
            (
                "adverse-event-twice",
                (1, 2),
                "give the new one the next number; record another grade of the same one as 'regraded'",
            )
        ],
    ),
    "beyond a progression that nobody recorded": (
        EXPERIMENTAL + "2026-05-20 treated beyond progression",
        [("not-progressed", (2,), "record 'progressed' or the 'response' first")],
    ),
    "beyond a progression that came later": (
        EXPERIMENTAL
        + """2026-05-20 treated beyond progression
        2026-05-21 progressed
        """,
        [("not-progressed", (2,), "record 'progressed' or the 'response' first")],
    ),
    "a contact with a patient who was never lost": (
        "2026-05-20 contacted",
        [
            (
                "not-lost",
                (1,),
                "record 'lost to follow-up' first; for a planned contact record 'visit done' with its entry",
            )
        ],
    ),
    "a version that the study does not have": (
        EXPERIMENTAL + "2026-05-20 moved to version, version: '1.1'",
        [("unknown-version", (2,), "did you mean '1.0'?")],
    ),
    "a contradiction by correction": (
        EXPERIMENTAL
        + """2026-03-02 given, treatment: infusion, n: 1
        2026-03-23 given, treatment: infusion, n: 2
        2026-03-24 corrected, number: 3, reason: a, with: {on: 2026-03-23, event: given, treatment: infusion, n: 1}
        """,
        [("given-twice", (2, 3, 4), "correct or strike one of them")],
    ),
}

STRANGE: dict[str, str] = {
    "a first dose planned anew for a day after randomisation": """
        2026-02-26 first dose planned, to: 2026-03-01
        2026-02-27 first dose planned, to: 2026-03-03
        2026-03-02 randomised, arm: experimental
        """,
    "a first dose that was given on another day than it had been planned for": """
        2026-02-26 first dose planned, to: 2026-03-01
        2026-03-04 given, treatment: infusion, n: 1
        2026-03-02 randomised, arm: experimental
        """,
    "facts in any order of recording": """
        2026-03-30 resumed, treatment: tablets, level: -1, dose: 40 mg
        2026-05-21 contacted
        2026-03-02 given, treatment: infusion, n: 1
        2026-05-20 lost to follow-up
        2026-03-17 regraded, ae: 1, grade: 3
        2026-03-16 held, treatment: tablets, reason: AE 1
        2026-03-16 adverse event, ae: 1, term: Rash, grade: 2, related: [tablets, disease]
        2026-02-27 randomised, arm: experimental
        """,
    "a dose on the day of randomisation": """
        2026-03-02 given, treatment: infusion, n: 1
        2026-03-02 randomised, arm: experimental
        """,
    "far beyond the cap, with a predecessor missing": EXPERIMENTAL + "2026-03-02 given, treatment: infusion, n: 40",
    "a dose inside a hold, and after the end": EXPERIMENTAL
    + """2026-03-16 held, treatment: infusion, reason: fever
        2026-03-17 given, treatment: infusion, n: 1
        2026-03-20 discontinued, treatment: infusion, reason: fever
        2026-03-21 given, treatment: infusion, n: 2
        """,
    "held twice, resumed twice": EXPERIMENTAL
    + """2026-03-16 held, treatment: tablets, reason: AE 1
        2026-03-17 held, treatment: tablets, reason: AE 2
        2026-03-20 resumed, treatment: tablets
        2026-03-24 resumed, treatment: tablets
        """,
    "held and resumed on one day, recorded the other way round": EXPERIMENTAL
    + """2026-03-16 resumed, treatment: tablets
        2026-03-16 held, treatment: tablets, reason: AE 1
        """,
    "a rechallenge with its reason, and a second end": EXPERIMENTAL
    + """2026-03-16 discontinued, treatment: tablets, reason: hepatitis
        2026-03-20 resumed, treatment: tablets, override: hepatitis was viral
        2026-03-27 discontinued, treatment: tablets, reason: progression
        """,
    "treatment that went on after its end": EXPERIMENTAL
    + """2026-03-16 end of treatment, reason: progression
        2026-03-20 resumed, treatment: tablets, override: the scan was misread
        2026-05-16 end of treatment, reason: progression
        """,
    "everything ends, then one treatment is stopped for the record": EXPERIMENTAL
    + """2026-03-16 end of treatment, reason: progression
        2026-03-16 discontinued, treatment: tablets, reason: progression
        """,
    "orders with an override": EXPERIMENTAL
    + """2026-03-10 prescribed, treatment: radiotherapy, course: tumour, per_fraction: 20, unit: Gy, override: one lesion
        2026-03-16 dose changed, treatment: tablets, level: -2, dose: 20 mg, override: frail
        """,
    "orders inside the protocol": EXPERIMENTAL
    + """2026-03-10 prescribed, treatment: radiotherapy, course: tumour, per_fraction: '12.0', unit: Gy
        2026-03-16 dose changed, treatment: tablets, level: -1, dose: 40.0 mg
        2026-03-16 held, treatment: infusion, reason: fever
        2026-03-17 resumed, treatment: infusion, level: 0, dose: 240 mg
        """,
    "a level of what is prescribed lesion by lesion": EXPERIMENTAL
    + "2026-03-24 dose changed, treatment: radiotherapy, level: 0, dose: 8 Gy",
    "tablets that were not taken, and were": EXPERIMENTAL
    + """2026-03-24 not taken, treatment: tablets, from: 2026-03-05, to: 2026-03-06
        2026-03-24 taken, treatment: tablets, from: 2026-03-07, to: 2026-03-22, amount: 40 mg
        """,
    "a level before the arm is known": "2026-02-20 dose changed, treatment: tablets, level: -2, dose: 40 mg",
    "what is settled after death": EXPERIMENTAL
    + """2026-03-10 adverse event, ae: 1, term: Rash, grade: 2
        2026-03-20 died
        2026-03-20 visit done, entry: imaging.1
        2026-03-25 returned, treatment: tablets, quantity: 20
        2026-03-25 lost, treatment: tablets, quantity: 1
        2026-03-25 regraded, ae: 1, grade: 5
        2026-03-25 struck, number: 4, reason: another patient
        """,
    "everything that has an entry": """
        2026-02-10 booked, entry: screening.1, to: 2026-02-12
        2026-02-12 visit done, entry: screening.1
        2026-02-12 visit done, entry: imaging.0
        2026-02-27 randomised, arm: experimental
        2026-03-01 booked, entry: tablets.1, to: 2026-03-02
        2026-03-01 booked, entry: infusion.1, to: 2026-03-02
        2026-03-01 rebooked, entry: tablets.2.1, to: 2026-03-30
        2026-04-24 visit done, entry: imaging.1
        2026-04-24 response, criteria: iRECIST, assessment: iUPD, entry: imaging.1
        2026-05-22 visit done, entry: confirming-scan.9
        2026-05-23 unscheduled visit, activities: [ECG]
        2026-05-23 visit done, entry: unscheduled.11
        2026-05-24 treated beyond progression
        2028-03-02 visit done, entry: survival.last
        """,
    "attempts that failed before the fraction was given": EXPERIMENTAL
    + """2026-03-25 not done, entry: radiotherapy.3, reason: machine down
        2026-03-26 not done, entry: radiotherapy.3, reason: machine down
        2026-03-26 given, treatment: radiotherapy, n: 3
        """,
    "a contradiction that was struck": EXPERIMENTAL
    + """2026-03-02 given, treatment: infusion, n: 1
        2026-03-03 given, treatment: infusion, n: 1
        2026-03-04 struck, number: 3, reason: another patient
        """,
    "a strike that was struck, and the event corrected": EXPERIMENTAL
    + """2026-03-02 given, treatment: infusion, n: 1
        2026-03-03 struck, number: 2, reason: another patient
        2026-03-04 struck, number: 3, reason: this patient after all
        2026-03-04 corrected, number: 2, reason: a, with: {on: 2026-03-03, event: given, treatment: infusion, n: 1}
        2026-03-05 struck, number: 5, reason: it was the 2nd
        """,
    "a strike repeated after it was struck": EXPERIMENTAL
    + """2026-03-03 struck, number: 1, reason: a
        2026-03-04 struck, number: 2, reason: b
        2026-03-05 struck, number: 3, reason: c
        2026-03-06 struck, number: 4, reason: d
        """,
    "a correction to quite another event": EXPERIMENTAL
    + """2026-03-02 given, treatment: infusion, n: 1
        2026-03-03 corrected, number: 2, reason: a, with: {on: 2026-03-02, event: surgery}
        """,
}


@pytest.mark.parametrize(("story", "expected"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_contradiction_is_refused(story: str, expected: list[Contradiction]) -> None:
    with pytest.raises(Refused) as refused:
        build_log(study(), events(story))
    found = [(finding.code, finding.events, finding.hint) for finding in refused.value.findings]
    assert found == expected
    assert all(str(finding.message) != "None" for finding in refused.value.findings)
    assert {finding.severity for finding in refused.value.findings} == {Severity.ERROR}


@pytest.mark.parametrize("story", STRANGE.values(), ids=STRANGE)
def test_what_is_only_strange_stands(story: str) -> None:
    recorded = events(story)
    assert [record.event for record in build_log(study(), recorded).records] == list(recorded)


REMARKS: dict[str, tuple[str, list[Contradiction]]] = {
    "a hold without a reason": (
        EXPERIMENTAL + "2026-03-16 held, treatment: tablets",
        [("no-reason", (2,), "add 'reason'")],
    ),
    "numbers that go back": (
        EXPERIMENTAL
        + """2026-03-23 given, treatment: infusion, n: 1
        2026-03-02 given, treatment: infusion, n: 2
        """,
        [("out-of-order", (2, 3), "look at the dates and numbers of both")],
    ),
    "an adverse event related to a misspelt treatment": (
        EXPERIMENTAL + "2026-03-16 adverse event, ae: 1, term: Rash, grade: 2, related: [infuson, disease, tumour]",
        [("unknown-relation", (2,), "did you mean 'infusion'?")],
    ),
    "fractions of one day": (
        EXPERIMENTAL
        + """2026-03-23 given, treatment: radiotherapy, n: 2
        2026-03-23 given, treatment: radiotherapy, n: 1
        """,
        [],
    ),
}


@pytest.mark.parametrize(("story", "expected"), REMARKS.values(), ids=REMARKS)
def test_what_stands_but_should_be_looked_at(story: str, expected: list[Contradiction]) -> None:
    log = build_log(study(), events(story))
    found = review(study(), log)
    assert [(finding.code, finding.events, finding.hint) for finding in found] == expected
    assert {finding.severity for finding in found} <= {Severity.WARNING}


def test_a_contradiction_tells_both_events() -> None:
    story = EXPERIMENTAL + "2026-02-26 given, treatment: infusion, n: 1"
    with pytest.raises(Refused) as refused:
        build_log(study(), events(story))
    assert str(refused.value) == (
        "error: 'infusion' was given on 2026-02-26 (event 2), before randomisation on 2026-02-27 (event 1) "
        "(correct the date of one of them) [before-randomisation]"
    )
