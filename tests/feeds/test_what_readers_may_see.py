"""Privacy and completeness: what must not be said is not there, and what is said is said in every language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Kind
from scheduler.exports.ics import to_ics
from scheduler.languages import Language
from scheduler.views.days.attendance import LEADING
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.reader.to_staff import OF_FLAG
from scheduler.views.reader.wording import OF_KIND, Phrase
from scheduler.words.saying import say
from tests.feeds.patients import KEY, a_busy_patient, read_by

DRUGS = re.compile(rb"rego|tori|240|40 mg|80 mg", re.IGNORECASE)
HIDDEN_FROM_NEUTRAL = re.compile(
    rb"rego|tori|EXP|arm|mg\b|dose|radio|fraction|scan|imaging|\bCT\b|RECIST|haemato|blood|foot|skin|AE |cycle|surviv|"
    rb"safety|cancer",
    re.IGNORECASE,
)


def told_otherwise(patient: Calendar) -> Calendar:
    """The same patient in another study, with other names, activities and reasons; the ids are the plan's and stay."""

    def entry(old: Entry) -> Entry:
        return old._replace(title="another title", activities=("something else",) * len(old.activities))

    return replace(
        patient,
        study="ANOTHER",
        version="7",
        arm="control",
        entries=tuple(entry(old) for old in patient.entries),
        holds=tuple(replace(hold, reason="another reason") for hold in patient.holds),
    )


def words_of(feed: bytes) -> bytes:
    """All that a person can read in a feed: neither names of properties nor UIDs, in which any letters may come."""
    lines = feed.replace(b"\r\n ", b"").split(b"\r\n")
    texts = (b"NAME", b"DESCRIPTION", b"SUMMARY", b"X-WR-CALNAME", b"X-WR-CALDESC")
    words = [value for name, _, value in (line.partition(b":") for line in lines) if name in texts]
    assert len(words) > 4
    return b"\n".join(words)


@pytest.mark.parametrize("language", Language)
def test_neutral_bytes_know_nothing_that_is_hidden(language: Language) -> None:
    one, other = a_busy_patient(), told_otherwise(a_busy_patient())
    assert to_ics(read_by(one, language=language)) == to_ics(read_by(other, language=language))
    assert to_ics(read_by(one, detail=Detail.FULL)) != to_ics(read_by(other, detail=Detail.FULL))


@pytest.mark.parametrize("language", Language)
def test_neutral_words(language: Language) -> None:
    assert HIDDEN_FROM_NEUTRAL.findall(words_of(to_ics(read_by(a_busy_patient(), language=language)))) == []


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("language", Language)
def test_standard_names_no_drug(audience: Audience, language: Language) -> None:
    patient = a_busy_patient()
    first = patient.entries[1]._replace(
        activities=("Toripalimab观察30分钟", "regorafenib-diary", "pre-toripalimab ECG")
    )
    seen = read_by(
        replace(patient, entries=(patient.entries[0], first, *patient.entries[2:])), audience, Detail.STANDARD, language
    )
    assert DRUGS.findall(words_of(to_ics(seen))) == []
    treatment = say(Phrase.STUDY_TREATMENT, language)
    assert f"- {treatment}观察30分钟" in next(item for item in seen.items if item.time).description


def test_a_drug_is_hidden_before_its_first_dose_too() -> None:
    patient = a_busy_patient()
    doses = (Dose(None, "mg", of="leucovorin"),)
    visit = patient.entries[2]._replace(activities=("leucovorin teaching",))
    infusion = patient.entries[1]._replace(doses=doses)
    seen = read_by(replace(patient, entries=(infusion, visit)), detail=Detail.STANDARD)
    assert seen.items[1].description == ("- study treatment teaching",)


def test_identity_depends_on_the_key_the_reader_and_the_subject() -> None:
    patient = a_busy_patient()

    def uids(**more: object) -> set[str]:
        return {item.uid for item in read_by(patient, **more).items}  # type: ignore[arg-type]

    mine = uids()
    assert uids(detail=Detail.FULL, language=Language.CHINESE) == mine
    assert uids(key=KEY + b".") & mine == set()
    assert uids(audience=Audience.COORDINATOR) & mine == set()
    other = {item.uid for item in read_by(replace(patient, subject="EXP-002")).items}
    assert other & mine == set()
    assert all(re.fullmatch("[a-z2-7]{26}", uid) for uid in mine | other)


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        (OF_KIND, set(Kind) - {Kind.PERIOD, Kind.CYCLE}),
        (set(LEADING), set(Kind) - {Kind.PERIOD, Kind.CYCLE}),
    ],
)
def test_tables_are_complete(table: Callable[[], object], keys: set[object]) -> None:
    assert set(table) == keys  # type: ignore[call-overload]


def test_no_flag_has_the_words_of_another() -> None:
    assert len(set(OF_FLAG.values())) == len(OF_FLAG)
