"""What the tests put into stores."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from scheduler.patient.events import Event, MedicineStarted, parse_event
from scheduler.source.node import Data
from scheduler.store.study import protocol_source, site_source, study_of
from scheduler.store.values import Account, Act, Enrolment, Link, Session, StudySource, Who

FOLDER = Path(__file__).parents[2] / "examples" / "rego-tori-rt"
START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
NURSE = Who("u-1", "Nurse 王", "coordinator")

SEED = StudySource(
    bytes(range(32)),
    (protocol_source((FOLDER / "protocol.yaml").read_text("utf-8"), file="protocol.yaml"),),
    (site_source((FOLDER / "site.yaml").read_text("utf-8"), file="site.yaml"),),
)
BEIJING = site_source(
    SEED.sites[0].text.replace("site: {en: Shanghai, zh: 上海}", "site: Beijing"), file="site-beijing.yaml"
)
STUDY = study_of(SEED)
DIGEST = STUDY.newest.digest


def at(minute: int, reason: str | None = None, signed: str | None = None) -> Act:
    """An act of the nurse, so many minutes after the start."""
    return Act(NURSE, START + timedelta(minutes=minute), reason, signed)


def patient(subject: str = "EXP-001", **keys: Data) -> Enrolment:
    """A patient at the seed study's site."""
    return Enrolment(subject, "Shanghai", DIGEST, keys)


def event(on: str, word: str, **keys: Data) -> Event:
    """An event as a person writes it."""
    return parse_event({"on": on, "event": word, **keys})


def corrected(on: str, number: int, reason: str, instead: dict[str, Data]) -> Event:
    """A correction of the event of that number."""
    return parse_event({"on": on, "event": "corrected", "number": number, "reason": reason, "with": instead})


def medicine(number: int) -> Event:
    """An event that nothing contradicts."""
    return MedicineStarted(on=date(2026, 2, 1), name=f"medicine {number}")


CONSENT = event("2026-02-20", "consented")
RANDOMISED = event("2026-02-27", "randomised", arm="experimental")

ADMIN = Account("a-1", "Admin", "The Administrator", "admin", "$argon2id$1", sites=None)
PHARMACIST = Account("a-2", "ph", "The Pharmacist", "pharmacist", "$argon2id$2", sites=frozenset({"Shanghai", "北京"}))

SESSION = Session("hash-of-a-token", "a-1", START, START, START + timedelta(hours=8))
LINK = Link("l-1", "hash-of-another", "patient", "EXP-001", None, "neutral", "zh", START, START + timedelta(days=90))
