"""DM: who it is by number, in which arm, and since when; nothing else of a person is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Code, Quoted, listed, said
from scheduler.standards.sdtm.codelists import SEXES, code_of
from scheduler.standards.sdtm.trial_design import arm_code
from scheduler.standards.sdtm_in.reading import Read, Subject, Written, event, no_day
from scheduler.standards.sdtm_in.records import Record
from scheduler.standards.sdtm_in.report import Note

_READ = {
    "STUDYID", "DOMAIN", "USUBJID", "SUBJID", "RFSTDTC", "RFENDTC", "RFXSTDTC", "RFXENDTC", "RFICDTC", "RFPENDTC",
    "DTHDTC", "DTHFL", "SITEID", "AGE", "AGEU", "SEX", "ARMCD", "ARM", "ACTARMCD", "ACTARM", "ARMNRS", "DMDTC", "DMDY",
}  # fmt: skip
_WORDS_OF_SEX = {"F": "female", "M": "male"}
_NO_ARM = {"", "SCRNFAIL", "NOTASSGN", "NOTTRT"}


def arm_of(version: StudyVersion, record: Record) -> str | None:
    """The planned arm by the protocol's name: by its code or its title; None where there is none, or none that it has."""
    code, title = record.text("ARMCD"), record.text("ARM")
    for arm, plan in version.arms.items():
        if arm_code(version, arm) == code_of(code, 20) or (
            title and str(plan.arm_title).casefold() == title.casefold()
        ):
            return arm
    return None


def person_of(subject: Subject, record: Record, milestones: Iterable[str]) -> Read:
    """What the record says. ``milestones`` are what DS says already: consent, randomisation, death."""
    if subject.arm is None and code_of(record.text("ARMCD"), 20) not in _NO_ARM:
        code, title = Quoted(record.text("ARMCD")), Quoted(record.text("ARM"))
        what = said("the protocol has no arm '{code}' ({title})", code=code, title=title)
        return Read(record, "the file is wrong", (), (what,))
    known = set(milestones)
    events: list[Written] = []
    notes: list[Note] = []
    consent, first, died = record.day("RFICDTC"), record.day("RFSTDTC"), record.day("DTHDTC")
    if consent is not None and "INFORMED CONSENT OBTAINED" not in known:
        events.append(event(consent, "consented", record.time("RFICDTC")))
    if subject.arm is not None and len(subject.version.arms) > 1 and "RANDOMIZED" not in known:
        if first is None:
            notes.append(said("DM says the arm '{arm}', and no day of randomisation is known", arm=Code(subject.arm)))
        else:
            events.append(event(first, "randomised", arm=subject.arm))
            notes.append(said("no record says when it was randomised: that is read as RFSTDTC"))
    notes += _not_known(record, known)
    about = record.day("DMDTC") or consent or first
    age, sex = record.amount("AGE"), SEXES.get(record.text("SEX").casefold())
    if about is not None and age is not None and record.text("AGEU") == "YEARS":
        events.append(event(about, "attribute", name="age", value=int(age)))
    if about is not None and sex is not None:
        events.append(event(about, "attribute", name="sex", value=_WORDS_OF_SEX[sex]))
    if died is not None and "DEATH" not in known:
        events.append(event(died, "died", record.time("DTHDTC")))
    assumed = bool(notes)
    actual = record.text("ACTARMCD")
    if actual and actual != record.text("ARMCD"):
        notes.append(
            said("ACTARMCD is {code}: the arm is the planned one, and EX says what was given", code=Quoted(actual))
        )
    left = sorted(name for name in record.has if name not in _READ)
    notes += [said("not read: {names}", names=listed(*map(Quoted, left)))] if left else []
    return Read(record, "said with an assumption" if assumed else "said", tuple(events), tuple(notes))


def _not_known(record: Record, known: set[str]) -> Iterator[Note]:
    """What the record has and does not say well enough, where no record of DS says it."""
    for name, milestone in (("RFICDTC", "INFORMED CONSENT OBTAINED"), ("DTHDTC", "DEATH")):
        if record.text(name) and record.day(name) is None and milestone not in known:
            yield no_day(record, name)
    if record.text("DTHFL") == "Y" and not record.text("DTHDTC") and "DEATH" not in known:
        yield said("DTHFL is Y, and no record says on which day the subject died")
    if record.text("AGE"):
        yield said(
            "{names}, which is no number",
            names=said("{name} is '{written}'", name=Code("AGE"), written=Quoted(record.text("AGE"))),
        )
