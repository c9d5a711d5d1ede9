"""Names where ids stood: of one entry, of the first and last of several, and of a list of them."""

from __future__ import annotations

from scheduler.calendar.comparing.change import Change, What
from scheduler.calendar.comparing.change_in_words import which_entries
from scheduler.said import Code, Quoted, listed, own_words, said
from scheduler.views.chart.naming import change_in_names, named

NAMES = {"drug": own_words("Drug"), "drug.2": own_words("Drug, cycle 2"), "drug.5": own_words("Drug, cycle 5")}


def told(*entries: str) -> str:
    which = which_entries("drug", entries[0], entries[-1])
    return str(
        change_in_names(Change(entries, What.NEW, None, None, said("{which} are new", which=which)), NAMES).sentence
    )


def test_several_entries_are_told_by_the_names_of_the_first_and_the_last() -> None:
    assert told("drug.2", "drug.3", "drug.4", "drug.5") == "Drug, cycle 2 to Drug, cycle 5 are new"
    assert told("drug.2") == "Drug, cycle 2 are new"


def test_what_has_no_name_keeps_its_id() -> None:
    assert told("drug.2", "drug.9") == "Drug, cycle 2 to drug.9 are new"
    assert told("drug.3") == "drug.3 are new"


def test_lists_of_ids_are_told_by_names_too_and_what_people_wrote_stays() -> None:
    others = listed(Code("drug.2"), Code("other.1"))
    assert str(named(said("with {others}", others=others), NAMES)) == "with Drug, cycle 2 and other.1"
    assert str(named(said("because of {reason}", reason=Quoted("drug.2")), NAMES)) == "because of drug.2"
