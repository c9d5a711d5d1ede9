"""The whole sentence to write in place of a wrong one, made of the known habits and read again before it is offered.

    q3w                        3 weeks after the previous dose, or: every 3 weeks from first dose
    5mg BID po D1-D14          5 mg twice daily by mouth on days 1-14

Nothing is offered that cannot be read, and where the words have more readings than one, all of them are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pydantic_core import PydanticCustomError

from scheduler.protocol.sentences.habits.in_parts import (
    Parts,
    in_parts_of_dose,
    in_parts_of_limit,
    in_parts_of_row,
    in_parts_of_timing,
)
from scheduler.protocol.sentences.habits.kept import keeps, keeps_numbers
from scheduler.protocol.sentences.spellings import Habits, habits_at, plain, said_otherwise, spelling_at, what_to_do
from scheduler.written import fault

_ROUNDS = 9
_MOST_TRIED = 200
_MOST_OFFERED = 4
_WRITE, _OR = "write: ", ", or: "
_IN_PARTS = {
    Habits.TIMINGS: in_parts_of_timing,
    Habits.LIMITS: in_parts_of_limit,
    Habits.DOSES: in_parts_of_dose,
    Habits.RULES: in_parts_of_row,
}
_PIECES = re.compile(
    r"""\s*,?\s*(?:
      (?P<a>(?:AUC\ [0-9.]+(?:-[0-9.]+)?|[0-9][0-9.e-]*\s+[^\W\d_]+(?:/(?:m2|kg))?)(?:\ prescribed(?:\ per\ lesion)?)?)
    | (?P<b>twice\ weekly|(?:three|four|five)\ times\ a\ week
      |(?:once|twice|(?:three|four)\ times)\ daily|every\ (?:other\ day|[468]\ hours)
      |as\ needed,\ at\ most\ (?:once|[0-9]+\ times)\ a\ day,?
      |once\ in\ the\ (?:morning|evening)|daily(?!\w))
    | (?P<c>by\ mouth|intravenously|by\ continuous\ infusion|subcutaneously|intramuscularly|intrathecally
      |intradermally|intravitreally|intra-articularly|intraperitoneally|intravesically)
    | (?P<d>over\ [0-9]+\ (?:minute|hour|day)s?
      (?:\ for\ doses?\ [0-9]+(?:-[0-9]+)?
      (?:,\ over\ [0-9]+\ (?:minute|hour|day)s?\ (?:for|from)\ doses?\ [0-9]+(?:-[0-9]+)?)+)?)
    | (?P<e>on\ days?\ [0-9]+(?:-[0-9]+)?(?:,\s*[0-9]+(?:-[0-9]+)?)*(?:\ of\ each\ week\ until\ day\ [0-9]+)?)
    | (?P<f>of\ (?:cycle|dose)s?\ [0-9]+(?:-[0-9]+)?(?:,\s*[0-9]+(?:-[0-9]+)?)*(?:\ and\ later)?)
    | (?P<g>\([^()]*\))
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
"""The pieces of a give sentence, named in the order in which they are written."""


def read_or_mend(read: Callable[[str], object], text: str, habits: Habits, names: tuple[str, ...] = ()) -> object:
    """What the reader makes of a sentence; its fault says the sentence to write, where one can be made."""
    try:
        return read(text)
    except PydanticCustomError as error:
        context = error.context or {}
        if error.type != "phrase" or "message" not in context:
            raise
        found = mended(read, text, habits, names or ("drug",))
        whole = f"{_WRITE}{_OR.join(found)}"
        hint = whole if found else what_to_do(text, habits)
        hint = hint or _as_a_piece(str(context.get("hint") or ""), plain(text), context["offset"], habits)
        raise fault("phrase", context["message"], hint=hint, offset=context["offset"]) from None


def mended(read: Callable[[str], object], text: str, habits: Habits, names: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences that can be read and that these words may stand for; none where no habit explains them."""
    text = plain(text)
    if habits is Habits.REFERENCES:
        return mended_otherwise(read, text, habits, names) or _mended(read, text, habits, names)
    return _mended(read, text, habits, names) or mended_otherwise(read, text, habits, names)


def mended_otherwise(
    read: Callable[[str], object], text: str, habits: Habits, names: tuple[str, ...]
) -> tuple[str, ...]:
    """The sentences that these words may stand for once their parts are in the order of this language."""
    in_parts = _IN_PARTS.get(habits)
    otherwise = [said for said in said_otherwise(text, habits) if said != plain(text) or (in_parts and in_parts(said))]
    each = [_mended(read, said, habits, names) for said in otherwise]
    # As below: a reading that leads nowhere may be the one that is meant.
    return tuple(dict.fromkeys(said for sentences in each for said in sentences))[:_MOST_OFFERED] if all(each) else ()


def _mended(read: Callable[[str], object], text: str, habits: Habits, names: tuple[str, ...]) -> tuple[str, ...]:
    if habits is Habits.LIMITS and _fault_at(read, text) is None:
        return (text,)
    split_up = _IN_PARTS.get(habits)
    parts = split_up(text) if split_up is not None else None
    if parts is not None:
        return tuple(_put_together(read, parts, habits, names))[:_MOST_OFFERED]
    return _mended_whole(read, text, habits, names)


def _mended_whole(read: Callable[[str], object], text: str, habits: Habits, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_sentences(read, text, habits, names, set(), _ROUNDS)))[:_MOST_OFFERED]


def _put_together(read: Callable[[str], object], parts: Parts, habits: Habits, names: tuple[str, ...]) -> Iterator[str]:
    """The parts put together, once for each reading that they have; nothing where one of them cannot be read at all."""
    each = [
        tuple(said for said in _mended_whole(read, part, habits, names) if parts.fits(said)) for part in parts.sentences
    ]
    if all(each):
        for index in range(max(map(len, each))):
            yield parts.together(tuple(said[min(index, len(said) - 1)] for said in each))


def _as_a_piece(hint: str, text: str, offset: int, habits: Habits) -> str:
    """A hint that is no whole sentence says so: what it stands in place of, or that it is only an example."""
    if not hint.startswith(_WRITE):
        return hint
    said = hint.removeprefix(_WRITE)
    piece = spelling_at(text, offset, habits)
    if piece is not None and said == str(piece):
        if not piece.advice and piece.typed.strip() != text.strip():
            return f"in place of '{piece.typed.strip()}', {hint}"
        whole = all(keeps_numbers(piece.typed, each) for each in piece.spellings)
    else:
        whole = all(keeps(text, each) for each in said.split(_OR))
    return hint if whole else f"write it like: {said}"


def _sentences(
    read: Callable[[str], object], text: str, habits: Habits, names: tuple[str, ...], tried: set[str], rounds: int
) -> Iterator[str]:
    if text in tried or len(tried) > _MOST_TRIED:
        return
    tried.add(text)
    offset = _fault_at(read, text)
    if offset is None:
        yield text
        return
    if rounds == 0:
        return
    for readings in _rewritten(read, text, offset, habits, names):
        each = [tuple(_sentences(read, reading, habits, names, tried, rounds - 1)) for reading in readings]
        if any(each):
            # A reading that leads nowhere is one that is meant all the same: then nothing can be offered for the others.
            if all(each):
                yield from (sentence for sentences in each for sentence in sentences)
            return


def _rewritten(
    read: Callable[[str], object], text: str, offset: int, habits: Habits, names: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    """The sentence with the words at this place in another spelling: for each habit, all the readings that it has."""
    for habit, match in habits_at(text, offset, habits):
        if not habit.advice:
            readings = tuple(
                _tidy(f"{text[: match.start()]}{spelling}{text[match.end() :]}")
                for spelling in habit.spellings(match, names)
                if habit.works_out or keeps_numbers(match[0], spelling)
            )
            if readings and text not in readings:
                yield readings
    yield from _with_its_source(read, text)
    if habits is Habits.DOSES and (ordered := _in_order(text)) is not None:
        yield (ordered,)


def _tidy(text: str) -> str:
    one = re.sub(r"(?<![\w.,-])1 (minute|hour|day|week|month|year)s\b", r"1 \1", " ".join(text.split()))
    return re.sub(r"\s+,", ",", one)


def _in_order(text: str) -> str | None:
    """The pieces of a give sentence in their order; None where something else stands there, or nothing is out of order."""
    pieces: dict[str, str] = {}
    at = 0
    while text[at:].strip():
        match = _PIECES.match(text, at)
        if match is None or str(match.lastgroup) in pieces:
            return None
        pieces[str(match.lastgroup)] = match[str(match.lastgroup)]
        at = match.end()
    ordered = " ".join(pieces[kind] for kind in sorted(pieces))
    return ordered if ordered != text else None


def _with_its_source(read: Callable[[str], object], text: str) -> Iterator[tuple[str, ...]]:
    """The sentence with its source behind it, where nothing else is missing and the reader says so."""
    hint = str((_fault(read, text) or {}).get("hint") or "").removeprefix(_WRITE)
    if hint.startswith(f"{text} ("):
        yield (hint,)


def _fault_at(read: Callable[[str], object], text: str) -> int | None:
    found = _fault(read, text)
    return None if found is None else int(found.get("offset") or 0)


def _fault(read: Callable[[str], object], text: str) -> dict[str, Any] | None:
    try:
        read(text)
    except PydanticCustomError as error:
        return error.context or {}
    return None
