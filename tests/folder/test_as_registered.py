"""Regimens as registries of trials have them in a line: each is understood, or answered with the whole line to write.

In as_registered.yaml each line has what it is understood as, or the lines to write with what each is understood as; a hint that
is no line stands alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from scheduler.errors import InvalidText
from scheduler.protocol.sentences.one_line.regimen import Length, Step, TreatmentSummary
from scheduler.protocol.text.one_line import read_regimen

ROWS: dict[str, str | dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "as_registered.yaml").read_text("utf-8")
)


def told(treatments: tuple[TreatmentSummary, ...]) -> str:
    """All that was understood, in a short form of its own."""
    return "; ".join(" ".join([each.name, *_parts(each)]) for each in treatments)


def _parts(each: TreatmentSummary) -> list[str]:
    parts = [", ".join(_step(step) for step in each.steps)]
    parts += [each.route or "?"]
    parts += [f"over {each.over}"] if each.over else []
    parts += [f"+{'/'.join(str(span) for span in each.at)}"] if each.at else []
    parts += [f"every {each.every}"] if each.every is not None else []
    parts += ["each day"] if each.daily else []
    parts += [f"x{each.fractions}"] if each.fractions else []
    parts += (
        [f"with {'+'.join(each.clock.names)} every {each.clock.every}{_end(each.clock.length)}"] if each.clock else []
    )
    return [f"{' '.join(parts)}{_end(each.length)}"]


def _step(step: Step) -> str:
    days = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in step.days or ())
    return " ".join(
        part
        for part in (step.amount, step.often, f"d{days}" if days else "", f"[{step.doses}]" if step.doses else "")
        if part
    )


def _end(length: Length) -> str:
    ends = [str(length.most or ""), length.open or "", str(length.longest or ""), "PD" if length.progression else ""]
    return f" until {'|'.join(each for each in ends if each)}" if any(ends) else ""


@pytest.mark.parametrize(("line", "means"), ROWS.items(), ids=list(ROWS))
def test_a_registered_line_is_understood_or_answered_with_the_line_to_write(
    line: str, means: str | dict[str, str]
) -> None:
    if isinstance(means, str) and not means.startswith("hint: "):
        assert told(read_regimen(line)) == means
        return
    with pytest.raises(InvalidText) as refused:
        read_regimen(line)
    (finding,) = refused.value.findings
    if isinstance(means, str):
        assert str(finding.hint).startswith(means.removeprefix("hint: "))
        return
    assert finding.hint == f"write: {', or: '.join(means)}"
    assert {right: told(read_regimen(right)) for right in means} == means
