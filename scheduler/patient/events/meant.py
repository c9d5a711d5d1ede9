"""What people type in place of a kind of event, and the event to write for it.

Nearness of spelling misleads here: "missed" is nearest to "dispensed", "not given" to "given". So each word that is really typed
says what it may mean, with the whole line, and nothing is guessed: where it may mean several things, all are said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Severity
from scheduler.source.node import Data, Node, Step
from scheduler.source.quoting import quoted
from scheduler.vocabulary import ADVERSE_EVENTS, LABORATORY_TESTS, MEDICINES, Unknown, Vocabulary, offer


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing that a word may mean: for what it is written, the kind of event, and the keys that it needs."""

    what: str
    kind: str
    needs: str = ""

    def line(self, said: Mapping[str, Data]) -> str:
        """The line to write, with what was said already, and a place for what was not."""
        day = said.get("on")
        values = {"on": day if isinstance(day, str | int) else "DATE", "event": self.kind}
        for need in self.needs.split():
            key, _, stands = need.partition("=")
            given = said.get(key)
            values[key] = given if isinstance(given, str | int) else values["on"] if stands == "DATE" else stands
        return f"{{{', '.join(f'{key}: {value}' for key, value in values.items())}}}"


_TREATMENT = "treatment=NAME"
_DAYS = "treatment=NAME from=DATE to=DATE"
_VISIT_NOT_DONE = Meant("a visit, scan or dose at the site", "not done", "entry=NAME.NUMBER")
_NOT_TAKEN = Meant("days of tablets at home", "not taken", _DAYS)
_HELD = Meant("", "held", _TREATMENT)
_DISCONTINUED = Meant("one study treatment, for good", "discontinued", _TREATMENT)
_ALL_ENDED = Meant("all study treatment", "end of treatment", "reason=WHY")
_MEDICINE_STOPPED = Meant("another medicine", "medicine stopped", "name=MEDICINE")
_RESUMED = Meant("", "resumed", _TREATMENT)
_CHANGED = Meant("", "dose changed", f"{_TREATMENT} level=-1 dose=AMOUNT")
_GIVEN = Meant("a dose at the site", "given", f"{_TREATMENT} n=NUMBER")
_STARTED = Meant("a cycle of tablets", "cycle started", f"{_TREATMENT} cycle=NUMBER")
_TAKEN = Meant("days of tablets at home", "taken", _DAYS)
_VISIT_DONE = Meant("a visit of the calendar", "visit done", "entry=NAME.NUMBER")
_SCAN_DONE = Meant("a scan of the calendar", "visit done", "entry=NAME.NUMBER")
_UNSCHEDULED = Meant("one that the protocol did not ask for", "unscheduled visit")
_MEASURED = Meant("a value", "measured", "test=TEST value=VALUE unit=UNIT")
_ATTRIBUTE = Meant("", "attribute", "name=NAME value=VALUE")
_EVENT = Meant("", "adverse event", "ae=NUMBER term=TERM grade=GRADE")
_SERIOUS = Meant("", "adverse event", "ae=NUMBER term=TERM grade=GRADE serious=true")
_REGRADED = Meant("an adverse event at another grade", "regraded", "ae=NUMBER grade=GRADE")
_RESOLVED = Meant("an adverse event", "resolved", "ae=NUMBER")
_WITHDREW_DRUG = Meant("who takes no more study treatment", "withdrew", "from=treatment")
_WITHDREW_VISITS = Meant("who comes to no more visits", "withdrew", "from=visits")
_WITHDREW_ALL = Meant("who leaves the study altogether", "withdrew", "from=all")
_LOST_PATIENT = Meant("a patient whom nobody can reach", "lost to follow-up")
_LOST_UNITS = Meant("tablets", "lost", f"{_TREATMENT} quantity=NUMBER")
_RESPONSE = Meant("an assessment", "response", "criteria=CRITERIA assessment=ASSESSMENT")
_PROGRESSED = Meant("", "progressed")
_BOOKED = Meant("an appointment", "booked", "entry=NAME.NUMBER to=DATE")
_REBOOKED = Meant("a visit or dose on another day", "rebooked", "entry=NAME.NUMBER to=DATE")
_DELAYED = Meant("a dose or cycle, by order", "delayed", f"{_TREATMENT} cycle=NUMBER until=DATE")
_MEDICINE = Meant("another medicine", "medicine started", "name=MEDICINE")
_DISPENSED = Meant("", "dispensed", f"{_TREATMENT} quantity=NUMBER")
_RETURNED = Meant("", "returned", f"{_TREATMENT} quantity=NUMBER")
_STRUCK = Meant("a record that should not be there", "struck", "number=NUMBER reason=WHY")
_DEVIATION = Meant("", "deviation assessed", "deviation=SORT importance=important")
_CORRECTED = Meant("", "corrected", "number=NUMBER with=EVENT reason=WHY")

_SAID: tuple[tuple[str, tuple[Meant, ...]], ...] = (
    (
        "missed, skipped, omitted, not given, not administered, not dosed, not performed, not attended, not seen, no show, "
        "did not attend, did not come, dna, missed visit, missed dose, dose missed, skipped dose, dose skipped, dose omitted, "
        "visit missed, not completed",
        (_VISIT_NOT_DONE, _NOT_TAKEN),
    ),
    ("forgot, forgotten, forgot tablets, missed tablets, tablets missed, pills missed", (_NOT_TAKEN,)),
    ("cancelled, canceled, visit cancelled", (_VISIT_NOT_DONE, _REBOOKED)),
    (
        "withheld, withhold, hold, on hold, interrupted, interruption, dose interrupted, dose held, dose withheld, paused, "
        "pause, suspended",
        (_HELD,),
    ),
    (
        "stopped, stop, discontinuation, discontinue, terminated, ended, off",
        (_DISCONTINUED, _ALL_ENDED, _MEDICINE_STOPPED),
    ),
    (
        "eot, off treatment, end of study, eos, treatment ended, treatment completed, completed, finished, off study, "
        "treatment stopped",
        (_ALL_ENDED,),
    ),
    ("restarted, restart, resume, rechallenged, rechallenge, reintroduced, dose resumed, hold ended", (_RESUMED,)),
    (
        "reduced, dose reduced, dose reduction, reduction, lowered, dose lowered, increased, dose increased, escalated, "
        "dose escalated, de-escalated, dose modified, dose modification, dose change",
        (_CHANGED,),
    ),
    (
        "dose, dosed, dosing, administered, administration, dose given, dose administered, treated",
        (_GIVEN, _STARTED, _TAKEN),
    ),
    (
        "infusion, infused, injection, injected, fraction, fraction given, irradiated, vaccinated",
        (replace(_GIVEN, what=""),),
    ),
    ("cycle, started, start, treatment started, new cycle, cycle begun, first dose, c1d1", (_STARTED, _GIVEN)),
    (
        "took, tablets, tablet, tablets taken, pills taken, swallowed, self-administered, doses taken",
        (replace(_TAKEN, what=""),),
    ),
    (
        "visit, seen, attended, came, visited, visit attended, visit completed, done, performed",
        (_VISIT_DONE, _UNSCHEDULED),
    ),
    (
        "scan, scanned, ct, mri, imaging, scan done, ecg",
        (_SCAN_DONE, replace(_UNSCHEDULED, what="another scan"), _RESPONSE),
    ),
    ("extra visit, unplanned visit, unscheduled, additional visit", (replace(_UNSCHEDULED, what=""),)),
    (
        "lab, labs, laboratory, lab result, lab value, blood, blood test, bloods, test, result, value, measurement, "
        "vital signs, vitals",
        (_MEASURED,),
    ),
    ("weight, height, age, sex, biomarker, characteristic, stratum", (_ATTRIBUTE,)),
    ("ae, side effect, toxicity, reaction, adverse reaction, adverse drug reaction, symptom, complaint", (_EVENT,)),
    (
        "sae, serious adverse event, serious, susar, hospitalised, hospitalized, hospitalisation, hospitalization",
        (_SERIOUS,),
    ),
    ("grade, grade changed, worsened, improved, ae changed, regrade", (_REGRADED,)),
    ("recovered, ae resolved, ae ended, ae over, healed", (_RESOLVED,)),
    ("death, dead, deceased, passed away, fatal", (Meant("", "died"),)),
    (
        "dropped out, dropout, drop out, drop-out, withdrawal, withdrawn, withdrew consent, consent withdrawn, refused, "
        "left study",
        (_WITHDREW_DRUG, _WITHDREW_VISITS, _WITHDREW_ALL),
    ),
    ("ltfu, ltf, lost to follow up, lost patient, unreachable, not reachable, cannot be reached", (_LOST_PATIENT,)),
    (
        "progression, pd, progressive disease, progress, relapse, relapsed, recurrence, recurred",
        (_PROGRESSED, _RESPONSE),
    ),
    ("recist, tumour assessment, tumor assessment, tumour response, assessment, cr, pr, sd", (_RESPONSE,)),
    ("consent, signed consent, consent signed, informed consent, icf, icf signed, signed", (Meant("", "consented"),)),
    ("screening, enrolled, enrolment, enrollment, eligible", (Meant("", "screened"),)),
    (
        "screen failure, screening failure, screenfail, screen fail, screening failed, not eligible, ineligible",
        (Meant("", "screen failed"),),
    ),
    (
        "randomization, randomisation, randomized, randomise, randomize, allocated, allocation, assigned",
        (Meant("", "randomised", "arm=ARM"),),
    ),
    ("appointment, book, booking, schedule, scheduled", (_BOOKED,)),
    ("rescheduled, reschedule, moved, shifted, postponed, postpone, delay, put off", (_REBOOKED, _DELAYED)),
    (
        "medication, medicine, concomitant medication, concomitant medicine, conmed, con med, comed, drug, drug started, "
        "steroid, steroids, premedication",
        (_MEDICINE,),
    ),
    ("new therapy, new treatment, next line, next therapy, other therapy", (Meant("", "new anticancer therapy"),)),
    (
        "operation, operated, resection",
        (Meant("", "surgery"), Meant("one that is to come", "surgery planned", "day=DATE")),
    ),
    ("pregnant", (Meant("", "pregnancy"),)),
    (
        "call, called, phone call, phoned, telephone, telephone call, contact, alive, survival",
        (Meant("", "contacted"),),
    ),
    ("handed out, dispense, dispensing, drug dispensed, supplied", (_DISPENSED,)),
    ("brought back, return, drug returned, pill count, tablets returned", (_RETURNED,)),
    ("tablets lost, lost tablets", (_LOST_UNITS,)),
    ("delete, deleted, remove, removed, void, undo, mistake, error", (_STRUCK, _CORRECTED)),
    ("correction, correct, change, changed, amended, edit, edited, update, updated", (_CORRECTED,)),
    (
        "deviation, protocol deviation, protocol violation, violation",
        (_DEVIATION,),
    ),
    ("transfer, transferred, site transfer, moved site, site changed", (Meant("", "site transferred", "site=SITE"),)),
    ("amendment, new version, version", (Meant("", "moved to version", "version=VERSION"),)),
)
MEANT: dict[str, tuple[Meant, ...]] = {word.strip(): meant for words, meant in _SAID for word in words.split(",")}
"""What people type in place of a kind of event, in small letters, with what each may mean."""

_OF_ANOTHER_KIND = {
    "lost": ("quantity", _LOST_PATIENT),
    "left": ("group", _WITHDREW_ALL),
    "reached": ("milestone", Meant("a patient who was reached again", "contacted")),
}
"""Kinds whose word may be meant otherwise, with the key whose absence shows it."""

_WORDS: dict[str, tuple[str, str, Vocabulary]] = {
    "adverse event": ("term", "unknown-term", ADVERSE_EVENTS),
    "measured": ("test", "unknown-test", LABORATORY_TESTS),
    "medicine started": ("name", "unknown-medicine", MEDICINES),
    "medicine changed": ("name", "unknown-medicine", MEDICINES),
    "medicine stopped": ("name", "unknown-medicine", MEDICINES),
}


def as_meant(error: InvalidText, node: Node) -> InvalidText:
    """The same faults, those of events with the line to write, and a misspelt reaction, test or medicine beside them."""
    found = [_with_the_line(each, node) for each in error.findings]
    records = dict.fromkeys(_record_of(each, node) for each in found if each.path is not None)
    return InvalidText([*(word for path in records for word in _misspelt(node.at(*path), path)), *found])


def _record_of(finding: Finding, node: Node) -> tuple[Step, ...]:
    """Where the record stands that a fault is in."""
    known = node.known((finding.path or ())[:-1])
    return next((known[:end] for end in range(len(known), 0, -1) if "event" in node.at(*known[:end]).children), ())


def _with_the_line(finding: Finding, node: Node) -> Finding:
    path = finding.path or ()
    if finding.code == "not-one-of" and path[-1:] == ("event",):
        said = _data(node.at(*path[:-1]))
        meant = MEANT.get(_plain(said.get("event")), ())
        return replace(finding, hint=_to_write(meant, said), said_hint=None) if meant else finding
    if finding.code == "missing-key" and path:
        said = _data(node.at(*path[:-1]))
        key, otherwise = _OF_ANOTHER_KIND.get(_plain(said.get("event")), ("", None))
        if key == path[-1] and otherwise is not None:
            return replace(finding, hint=f"{finding.hint} {_to_write((otherwise,), said)}", said_hint=None)
    return finding


def _data(record: Node) -> dict[str, Data]:
    return record.value if isinstance(record.value, dict) else {}


def _plain(value: object) -> str:
    """What was typed, in small letters, with spaces between its words."""
    words = value if isinstance(value, str) else ""
    return " ".join(words[:60].casefold().replace("_", " ").split())


def _to_write(meant: Iterable[Meant], said: Mapping[str, Data]) -> str:
    """What to write, that first of which most is said already."""
    keys = set(said)
    ranked = sorted(meant, key=lambda each: -len(keys & {need.partition("=")[0] for need in each.needs.split()}))
    return f"write: {'; '.join(f'{each.line(said)}{_for(each)}' for each in ranked)}"


def _for(meant: Meant) -> str:
    return f" for {meant.what}" if meant.what else ""


def _misspelt(record: Node, path: tuple[Step, ...]) -> Iterator[Finding]:
    said = _data(record)
    kind = said.get("event")
    if not isinstance(kind, str) or kind not in _WORDS:
        return
    key, code, vocabulary = _WORDS[kind]
    word = said.get(key)
    read = vocabulary.look_up(word) if isinstance(word, str) else None
    if isinstance(read, Unknown) and read.nearest:
        message = f"{quoted(read.written)} is not {vocabulary.what}"
        yield Finding(code, Severity.ERROR, message, offer(read.nearest), record.place(key), path=(*path, key))
