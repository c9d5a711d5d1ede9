"""What people type by habit: the finding's hint is the sentence to write; written there, it is clean and means what was meant.

Each row of "typical mistakes" is written into right_protocol.yaml at its place. Under it stand the sentences that the hint must
offer, each with its meaning in the short form of telling.py, said by hand. "read as they are" needs no hint.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scheduler.errors import InvalidText
from scheduler.findings import Finding
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.sentences.habits.kept import keeps
from tests.laws.examples import one_in
from tests.protocol.telling_places import told_at

HERE = Path(__file__).parent
RIGHT = (HERE / "right_protocol.yaml").read_text("utf-8")
IN_CYCLES = (HERE / "right_cycles.yaml").read_text("utf-8")
ASIDE = re.compile(r", and (?P<where>beside|under) '(?:give|when)': ")
ROWS = yaml.load((HERE / "wrong_sentences.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)
PUBLISHED = yaml.load((HERE / "as_published.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)
MISTAKES: dict[str, dict[str, dict[str, dict[str, str]]]] = {
    RIGHT: ROWS["typical mistakes"],
    IN_CYCLES: ROWS["typical mistakes in cycles"],
}
READ: dict[str, dict[str, str]] = ROWS["read as they are"]
ONLY_A_PIECE: dict[str, dict[str, str]] = ROWS["hints that are no whole sentence"]
ALL_MISTAKES = [*MISTAKES.items(), (RIGHT, PUBLISHED["sentences to write"])]
OFFERED = [
    pytest.param(base, place, wrong, meant, id=f"{place}: {wrong}")
    for base, places in ALL_MISTAKES
    for place, rows in places.items()
    for wrong, meant in rows.items()
]
FOLLOWED = {
    (base, place, right): pytest.param(base, place, right, means, id=f"{place}: {right}")
    for base, places in ALL_MISTAKES
    for place, rows in places.items()
    for meant in rows.values()
    for right, means in meant.items()
}


def split_off(hint: str) -> tuple[str, dict[str, Any]]:
    """A hint's sentence, and the keys that it puts beside it: a limit or a cap, or the "when" of what is given."""
    sentence, *rest = ASIDE.split(hint)
    aside: dict[str, Any] = {}
    for where, said in zip(rest[::2], rest[1::2], strict=True):
        if where == "under":
            aside["when"] = {"1": "on first dose", "then": said}
        else:
            aside |= yaml.load(said, Loader=yaml.CBaseLoader)
    return sentence, aside


def written(place: str, sentence: str, base: str = RIGHT) -> str:
    """The protocol with this in place of what stands there: a sentence, table or list as a hint writes it."""
    data: Any = yaml.load(base, Loader=yaml.CBaseLoader)
    sentence, aside = split_off(sentence)
    *way, last = (int(step) if step.isdigit() else step for step in place.split("/"))
    holder = data
    for step in way:
        holder = holder[step]
    holder[last] = yaml.load(sentence, Loader=yaml.CBaseLoader) if sentence.startswith(("{", "[")) else sentence
    if aside:
        holder.update(aside)
    text: str = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000)
    return text


def findings_of(text: str) -> tuple[Finding, ...]:
    try:
        return parse_protocol(text, name="protocol.yaml")[1]
    except InvalidText as invalid:
        return invalid.findings


def meaning(place: str, text: str) -> str:
    version, findings = parse_protocol(text, name="protocol.yaml")
    # A dose of some numbers is one sentence of several: of the others nothing is said here, and `check` asks for it.
    # What becomes of a started cycle is told of every end.
    told_of_right_ones = ("no-dose-said", "sheet-without-window", "started-cycle")
    assert [finding for finding in findings if finding.code not in told_of_right_ones] == []
    return told_at(version.arms["all"], place)


def meaning_of(base: str, place: str, right: str) -> str:
    """What a hint means once it is written, with that of the key which it puts beside the sentence."""
    text = written(place, right, base)
    places = (place, *(f"{place.rpartition('/')[0]}/{key}" for key in split_off(right)[1]))
    return "; ".join(meaning(each, text) for each in places)


@pytest.mark.parametrize("right", [RIGHT, IN_CYCLES])
def test_the_protocol_that_mistakes_are_written_into_is_clean(right: str) -> None:
    assert findings_of(right) == ()


@pytest.mark.parametrize(("base", "place", "wrong", "meant"), one_in(3, OFFERED))
def test_the_hint_is_the_sentence_to_write(base: str, place: str, wrong: str, meant: dict[str, str]) -> None:
    text = written(place, wrong, base)
    found = findings_of(text)
    assert [finding.hint for finding in found] == [f"write: {', or: '.join(meant)}"]
    where = found[0].place
    assert where is not None
    line = text.splitlines()[where.line - 1]
    assert line.index(wrong.split("'")[0]) <= where.column <= len(line) + 1


@pytest.mark.parametrize(("base", "place", "right", "means"), one_in(3, FOLLOWED.values()))
def test_the_hint_followed_is_clean_and_means_the_same(base: str, place: str, right: str, means: str) -> None:
    assert meaning_of(base, place, right) == means


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (p, wrong, hint)
        for places in (ONLY_A_PIECE, PUBLISHED["what to do"])
        for p, rows in places.items()
        for wrong, hint in rows.items()
    ],
)
def test_a_hint_that_is_no_whole_sentence_says_so(place: str, wrong: str, hint: str) -> None:
    """What would drop a number or a moment if it were written in place of the whole is offered as a piece, or as an example."""
    assert [finding.hint for finding in findings_of(written(place, wrong))] == [hint]


@pytest.mark.parametrize(
    ("place", "sentence", "means"), [(p, s, m) for p, rows in READ.items() for s, m in rows.items()]
)
def test_signs_of_other_keyboards_are_read(place: str, sentence: str, means: str) -> None:
    assert meaning(place, written(place, sentence)) == means


def test_there_are_sixty_of_them() -> None:
    assert len(OFFERED) >= 60


def test_a_wrong_word_among_full_width_signs_is_found_at_its_column() -> None:
    text = written("visits/week-2", "２８　days　since　first dose（label）")
    (finding,) = findings_of(text)
    assert finding.place is not None
    line = text.splitlines()[finding.place.line - 1]
    assert line[finding.place.column - 1 :].startswith("since")
    assert finding.hint == "write: 28 days after first dose(label)"


def test_a_citation_in_full_width_brackets_is_looked_up() -> None:
    text = written("visits/week-2", "28 days after first dose （nowhere）")
    (finding,) = findings_of(text)
    assert (finding.code, finding.message) == (
        "unknown-citation",
        "'nowhere' is neither a source nor an assumption of this protocol",
    )
    assert finding.place is not None
    assert re.search("nowhere", text.splitlines()[finding.place.line - 1]).start() + 1 == finding.place.column  # type: ignore[union-attr]


def test_a_hint_about_cycles_names_those_of_this_protocol() -> None:
    text = written("visits/week-2", "on day 7 of cycle 1").replace("drug", "tablets")
    (finding,) = findings_of(text)
    assert finding.hint == "write: on tablets cycle 1 day 7"


@pytest.mark.parametrize(
    ("right", "typed", "hint"),
    [
        ("rules:", "dose modifications:", "write it under 'rules'"),
        ("levels: 120, 80, 40 mg", "levels: [120 mg, 80 mg, 40 mg]", "write: 120, 80, 40 mg"),
        ("levels: 120, 80, 40 mg", "dose reductions: none", "write 'levels' for the amounts, 'rules' for when"),
        ("contact: [follow-up, imaging]", "contact: every visit", "write: [every visit]"),
        ("contact: [follow-up, imaging]", "contact: follow-up, each cycle", "write: [follow-up, every drug cycle]"),
        (
            "treatments:",
            "randomisation: within 3 days of consent\ntreatments:",
            "put it under 'dates', with where it comes from until it is recorded, such as randomisation: {when: 7 days after"
            " consent}",
        ),
        (
            "treatments:",
            "dates: {surgery: within 3 days of consent}\ntreatments:",
            "write: {when: 0 to 3 days after consent}, or: {when: 0 to 3 days before consent}",
        ),
    ],
)
def test_what_a_key_is_called_here_and_which_shape_it_has(right: str, typed: str, hint: str) -> None:
    (finding,) = findings_of(RIGHT.replace(right, typed, 1))
    assert finding.hint == hint


def test_a_name_of_several_words_is_written_as_one() -> None:
    (finding,) = findings_of(RIGHT.replace("  screening: 1 to", "  visit 2: 1 to", 1).replace("[screening, ", "["))
    assert (finding.code, (finding.hint or "").rpartition("; ")[2]) == ("wrong-form", "write: visit-2")


def test_an_assumption_that_lacks_a_line_is_one_finding_and_what_cites_it_none() -> None:
    lacking = (
        "assumptions:\n  A1: {question: Which day?, reading: The day itself, because: Nothing is said}\ntreatments:"
    )
    text = RIGHT.replace("treatments:", lacking, 1).replace("after the last dose", "after the last dose (A1)")
    assert [(finding.code, finding.message) for finding in findings_of(text)] == [
        ("missing-key", "the key 'alternatives' is missing")
    ]


def test_what_goes_on_until_the_end_of_treatment_cannot_be_what_the_end_of_treatment_waits_for() -> None:
    text = IN_CYCLES.replace("give: 375 mg intravenously", "give: once daily by mouth every day")
    when = "{1: 8 weeks after the last vincristine dose, then: 8 weeks after the previous dose}"
    text = text.replace(when, "from randomisation until end of treatment")
    assert "the end of treatment hangs on this itself: write what ends it, such as: until progression" in [
        finding.hint for finding in findings_of(text)
    ]


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("5 mg twice daily by mouth", "5 mg twice daily by mouth every day"),
        ("5 mg twice daily by mouth on days 1-28 (label)", "5 mg twice daily by mouth every day (label)"),
        ("5 mg intravenously", "once daily by mouth every day"),
    ],
)
def test_from_until_asks_for_every_day_in_the_words_that_were_typed(typed: str, right: str) -> None:
    text = RIGHT.replace("give: 5 mg intravenously", f"give: {typed}")
    extra = "{1: on first dose, then: 21 days ±3 after the previous dose}\n    until: 3 doses\n    give: 5 mg"
    text = text.replace(extra, "from first dose until progression\n    give: 5 mg")
    assert [(each.code, each.hint) for each in findings_of(text) if each.severity.value == "error"] == [
        ("not-every-day", f"write under 'give': {right}; or here only the day that it is on")
    ]


def test_what_begins_later_than_the_study_lasts_from_its_own_first_dose_too() -> None:
    (in_limit,) = findings_of(written("treatments/maintenance/until", "2 years", IN_CYCLES))
    assert in_limit.hint == (
        "write: 2 years after first dose, or: 2 years after randomisation, or: from its own first dose, behind 'then' of its"
        " 'when': ..., until 2 years after dose 1"
    )
    (in_table,) = findings_of(written("treatments/maintenance/when/then", "every 8 weeks for 2 years", IN_CYCLES))
    assert (in_table.hint or "").startswith(
        "write: 8 weeks after the previous dose, until the day before 2 years after dose 1, or: "
    )


def test_a_drug_that_goes_by_its_own_day_1_is_told_to_go_by_the_cycles() -> None:
    text = IN_CYCLES.replace("when: in every cycle on day 1", "when: on every vincristine day 1", 1)
    circle = next(finding for finding in findings_of(text) if finding.code == "circular-wait")
    assert circle.hint == "write: in every cycle on day 1"


@pytest.mark.parametrize(
    ("typed", "offered", "kept"),
    [
        ("every 8 weeks for 2 years", "every 8 weeks from first dose", False),
        ("every 8 weeks for two years", "every 8 weeks from first dose, until 2 years after first dose", True),
        ("1.4 mg/m2 IV, max 2 mg", "1.4 mg/m2 intravenously", False),
        ("D8", "on Study Day 8", True),
        ("2 weeks after randomization", "2 weeks after first dose", False),
        ("2 weeks after randomization", "2 weeks after randomisation", True),
        ("85 mg/m^2 iv", "85 mg/m2 intravenously", True),
        ("ANC < 1 x 10^9/L", "ANC below 1 G/L", True),
    ],
)
def test_numbers_and_moments_that_were_typed_are_kept(typed: str, offered: str, kept: bool) -> None:
    assert keeps(typed, offered) is kept
