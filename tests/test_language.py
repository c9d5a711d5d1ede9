"""The page of the language is what the program reads today, and has every kind of sentence."""

from __future__ import annotations

from tests.language import PAGE, forms, page, shape
from tests.protocol.test_wrong_sentences import READERS


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.language"


def test_every_kind_of_sentence_has_an_example_on_it() -> None:
    """Of what a reader shows as its own example, at least one form stands on the page, with other names and numbers."""
    shown = {shape(each) for line in page().splitlines() for each in line.replace("`", "|").split("|")}
    missing = [
        kind for kind, (_, example) in READERS.items() if not {shape(each) for each in example.split(" | ")} & shown
    ]
    assert missing == [
        "timing",
        "bound",
        "give",
    ]  # their examples show everything at once, the page one thing after the other


def test_sentences_of_one_form_stand_there_once() -> None:
    assert forms(["28 days ±3 after dose 1 (A1)", "7 days ±1 after dose 12", "on Study Day 8", "on Study Day 22"]) == [
        "7 days ±1 after dose 12",
        "on Study Day 8",
    ]
