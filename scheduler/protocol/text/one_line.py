"""A regimen in one line, read as it is said on the telephone; a wrong part is offered whole, as it is to be written."""

from __future__ import annotations

from scheduler.protocol.sentences.one_line.regimen import TreatmentSummary
from scheduler.protocol.sentences.one_line.summary import read_part, read_summary
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.text.mending import mended


def read_regimen(text: str) -> tuple[TreatmentSummary, ...]:
    """The treatments of the line. Raises InvalidText with every fault, and where habits explain it the whole part to write."""
    return read_summary(text, mend=lambda part: mended(read_part, part.strip(), Habits.SUMMARIES, ()))
