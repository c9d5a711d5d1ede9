"""Calendars hold no circles: without the search for them, nothing of a calendar that nobody keeps stays behind."""

import gc

import pytest

from scheduler import read_study
from scheduler.folder.reading.many import kept_calendars, many_calendars
from tests.seed import FOLDER

pytestmark = pytest.mark.slow


def test_a_calendar_that_nobody_keeps_leaves_no_circle_behind():
    study = read_study(FOLDER)
    with many_calendars():
        study.patients()
        gc.collect()
        study.patients()
        assert gc.collect() == 0


def test_the_search_goes_on_afterwards():
    with many_calendars():
        during = gc.isenabled()
    assert (during, gc.isenabled()) == (False, True)


def test_calendars_that_are_kept_are_not_looked_through_again():
    study = read_study(FOLDER)
    with kept_calendars():
        patients = study.patients()
    try:
        looked_through = {id(each) for each in gc.get_objects()}
    finally:
        gc.unfreeze()
    assert not [each.subject for each in patients if id(each) in looked_through or id(each.calendar) in looked_through]
    assert patients


def test_the_search_goes_on_after_calendars_that_are_kept():
    with kept_calendars():
        during = gc.isenabled()
    gc.unfreeze()
    assert (during, gc.isenabled()) == (False, True)


def test_nothing_is_kept_of_work_that_failed():
    gc.unfreeze()
    with pytest.raises(LookupError), kept_calendars():
        raise LookupError
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, 0)
