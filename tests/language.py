"""The language on one page, examples/README.md, from the sentences that are tested and what the program reads in them.

python -m tests.language      writes it; tests/test_language.py fails where it is not what this writes
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import yaml

from scheduler.protocol.sentences.dosing.band import read_band
from scheduler.protocol.sentences.dosing.giving import read_give
from scheduler.protocol.sentences.times.place import read_activity_place, read_open
from scheduler.protocol.sentences.times.sheet import read_sheet
from scheduler.protocol.sentences.times.timing import read_bound, read_limit, read_timing
from scheduler.protocol.text.schema import protocol_schema
from tests.protocol.in_words import (
    activity_in_words,
    band_in_words,
    gives_in_words,
    limit_in_words,
    open_in_words,
    phrase_in_words,
    sheet_in_words,
    timing_in_words,
)

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "examples" / "README.md"
_SENTENCES: dict[str, dict[str, str]] = yaml.load(
    (TESTS / "protocol" / "sentences.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader
)
_MISTAKES: dict[str, dict[str, dict[str, str]]] = yaml.load(
    (TESTS / "protocol" / "wrong_sentences.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader
)["typical mistakes"]

_GROUPS: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    (
        "When",
        "Under `when:` of a treatment or a visit, and under `dates:`: one sentence, or a table by number, such as\n"
        "`{1: on first dose, then: 28 days after the previous cycle}`. After commas: what it waits for, and where it ends.",
        "timings",
        lambda sentence: phrase_in_words(read_timing(sentence)),
    ),
    (
        "Until",
        "Under `until:`; of several in a list, the first to come counts.",
        "limits",
        lambda sentence: limit_in_words(read_limit(sentence).limit),
    ),
    (
        "What is given",
        "Under `give:`: how much, how often, by which route, on which days, in which cycles, in this order.",
        "doses",
        lambda sentence: gives_in_words(read_give(sentence).gives),
    ),
    (
        "Whose dose is another",
        "Under `dose by:` of a treatment, in quotes, a sentence for each band. Of several values, the lowest dose\n"
        "counts; while a value is missing, or in no band, there is no dose.",
        "bands",
        lambda sentence: band_in_words(read_band(sentence)),
    ),
    (
        "Open days",
        "Under `open:`; `if closed:` says whether a later, the nearest or an earlier open day is taken.",
        "places",
        lambda sentence: open_in_words(read_open(sentence)),
    ),
    (
        "Periods",
        "Under `from:` and `to:` of a period, `start by:` and `horizon:`.",
        "bounds",
        lambda sentence: timing_in_words(read_bound(sentence)),
    ),
    (
        "Sheets",
        "Under `sheets:`, or under `when:` of one with a title; in a list where windows differ. Before the time of the dose is\n"
        "recorded a sheet has these offsets, from then on local clock times.",
        "sheets",
        lambda sentence: sheet_in_words(read_sheet(sentence)),
    ),
    (
        "Activities",
        "Under `activities:`, in a list: at which visits something is done.",
        "activities",
        lambda sentence: activity_in_words(read_activity_place(sentence)),
    ),
)
_WORDS = """
on or after before every each the first dose end of treatment last previous due until at least most in from
then later and not ideal study working that it for is to evening morning daily twice once three times other
intravenously by mouth continuous infusion over apart prescribed per lesion any progression grade hold resume
same level lower above below up x upper limit baseline discontinue continue reduce investigator chooses among
with without unless time supportive care full half weight age creatinine clearance body mass index surface force
of january march june september adverse event serious ends begins higher unscheduled food meal low-fat empty stomach within hours
"""
_WORDS_OF_THE_LANGUAGE = frozenset(_WORDS.split())
_UNITS = frozenset(("day", "week", "month", "year", "cycle", "dose", "fraction", "visit", "scan", "hour", "minute"))


def shape(sentence: str) -> str:
    """A sentence without its names and numbers, so that two of the same form are the same."""
    words = re.findall(r"[(),±+-]|[\w./-]+", re.sub(r"\s*\([^()]*\)", "", sentence))
    return " ".join(_without_lists(map(_shape_of_word, words)))


def _shape_of_word(word: str) -> str:
    if re.fullmatch(r"[+-]?[0-9][\w.-]*", word):
        return "date" if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", word) else "n"
    if word.lower().removesuffix("s") in _UNITS:
        return "unit"
    if word.lower() in _WORDS_OF_THE_LANGUAGE or word in "(),±+-":
        return word.lower()
    return "name"


def _without_lists(words: Iterable[str]) -> list[str]:
    """A list of numbers is as good as one."""
    return re.sub(r"\bn(?: (?:to |, )?n)+\b", "n", " ".join(words)).split()


def forms(sentences: Iterable[str]) -> list[str]:
    """One sentence for each form, the shortest, in the order of the table."""
    found: dict[str, str] = {}
    for sentence in sentences:
        form = shape(sentence)
        if form not in found or len(sentence) < len(found[form]):
            found[form] = sentence
    return list(found.values())


def page() -> str:
    """The whole page."""
    return "\n".join((_BEFORE, *_tables(), *_rows(), *_short_ones(), *_typed(), ""))


def _tables() -> Iterator[str]:
    for title, where, section, told in _GROUPS:
        yield f"### {title}\n\n{where}\n\n| sentence | what it means |\n|---|---|"
        for sentence in forms(_SENTENCES[section]):
            yield f"| `{sentence}` | {_capital(told(sentence))} |"
        yield ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short_ones() -> Iterator[str]:
    """Every other key that holds a sentence, with the schema's own examples."""
    yield "### Other sentences\n\nEach under the key that it is named after; where drugs differ, drug by drug.\n"
    yield "| key | sentences | what it says |\n|---|---|---|"
    schema = protocol_schema()
    parts = {"": schema, **schema["$defs"]}
    seen: dict[tuple[str, str], str] = {}
    for part in parts.values():
        for key, field in part.get("properties", {}).items():
            for examples, description in _examples(field):
                seen.setdefault((key, examples), field.get("description", description))
    tabled = ("when", "until", "give", "open", "from", "to", "activities", "visits", "on", "rows", "sheets", "dose by")
    for (key, examples), description in seen.items():
        if key not in tabled:
            yield f"| `{key}` | {examples} | {_first_line(description)} |"
    yield ""


_FURTHER_ROWS = Path(__file__).parent / "protocol" / "rules" / "sentences.yaml"
_FURTHER = (
    "changes from the baseline",
    "two numbers of one measurement",
    "some drugs of several",
    "events as rows, and how long they last",
    "by how long a recovery takes",
)
"""What the seed study's tables do not have."""


def _rows() -> Iterator[str]:
    """The rows of the seed study's decision tables, one of each form, and others that are tested: they read as they are meant."""
    yield (
        "### Rules\n\nUnder `rows:` of a decision table: what is found, a colon, what is to be done, and where that is written. "
        "All\nrows that fit are shown, and a person decides.\n"
    )
    protocol = yaml.load((PAGE.parent / "rego-tori-rt" / "protocol.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)
    yield from (f"- `{row}`" for row in forms(row for table in protocol["rules"].values() for row in table["rows"]))
    further = yaml.load(_FURTHER_ROWS.read_text("utf-8"), Loader=yaml.BaseLoader)
    yield from (f"- `{row}`" for group in _FURTHER for row in further[group])
    yield ""


def _examples(field: object) -> Iterator[tuple[str, str]]:
    if isinstance(field, dict):
        if "examples" in field:
            yield "<br>".join(f"`{each}`" for each in field["examples"]), field.get("description", "")
        for key, each in field.items():
            if key != "properties":
                yield from _examples(each)
    elif isinstance(field, list):
        for each in field:
            yield from _examples(each)


def _first_line(text: str) -> str:
    return " ".join(text.split())


def _typed() -> Iterator[str]:
    """What people type otherwise, and what `check` answers."""
    yield (
        "### Typed otherwise\n\n"
        "Signs of other keyboards are read: full-width letters, digits and brackets, long dashes, m², µg, ×. Shorthand\n"
        "is not guessed at: `check` answers with the sentence to write, with both where there are two readings.\n"
    )
    yield "| typed | `check` answers |\n|---|---|"
    for rows in _MISTAKES.values():
        for wrong, meant in list(rows.items())[:4]:
            yield f"| `{wrong.replace('|', '')}` | {', or: '.join(f'`{each}`' for each in meant)} |"


_BEFORE = """# Examples

- [rego-tori-rt](rego-tori-rt/README.md): the seed study with its patients, its site and their stories.
- [regimens](regimens/README.md): other published schedules, each with patients whose dates were worked out by hand.
- `protocol.schema.json`, `case.schema.json`, `site.schema.json`, `rates.schema.json`: for editors, which then
  complete keys and show sentences.

## The language

Every timing, dose and rule of a protocol is a sentence with one meaning. Here is one of each form, and what it means in the
words of the program. Names such as `drug` or `radiotherapy` are those that a protocol gives to its treatments and visits. At the
end, in brackets, stands what a sentence rests on: a source or an assumption, such as `(label, A2)`. This page is written by
`python -m tests.language` from the sentences that are tested.
"""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
