"""What cannot be is refused with any reason, and the hint says the right way."""

from __future__ import annotations

import pytest

from tests.asking.story import CONTROL, asked, codes

SKIN = "adverse event, ae: 1, term: Palmar-plantar erythrodysesthesia syndrome"


@pytest.mark.parametrize(
    ("line", "code", "path", "hint"),
    [
        (
            "2026-03-02 cycle started, treatment: regorafenib, cycle: 1",
            "cycle-started-twice",
            "0.event",
            "correct or strike one of them",
        ),
        (
            "2026-06-16 progressed",
            "in-the-future",
            "0.on",
            "for a day ahead make an appointment with 'booked'",
        ),
        (
            f"2026-03-10 {SKIN}, grade: 2, onset: 2026-03-11",
            "onset-after-report",
            "0.onset",
            "'onset' is the day it began, 'on' the day from which this grade is known",
        ),
        (
            "2026-03-10 measured, test: ALT, value: 40, unit: U/L, upper_limit: 0",
            "limit-of-zero",
            "0.upper_limit",
            "write the laboratory's upper limit of normal in the unit of the value",
        ),
        (
            f"2026-03-10 {SKIN}, grade: 4, related: [regorafenib]",
            "no-such-grade",
            "0.grade",
            "its grades are 1, 2, 3; a worse event has another term",
        ),
    ],
    ids=["a contradiction", "the future", "an onset after its report", "a limit of 0", "a grade that the term has not"],
)
def test_it_is_refused_whatever_reason_is_given(line: str, code: str, path: str, hint: str) -> None:
    for reason in ("", ", confirmed: so it was"):
        (question,) = [each for each in asked(CONTROL, f"{line}{reason}") if each.strength.value == "refused"]
        assert codes((question,)) == [("refused", code, path)]
        assert (question.is_open, question.answer) == (True, None)
        assert hint in str(question.hint)
