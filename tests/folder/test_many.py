"""Calendars hold no circles: without the search for them, nothing of a calendar that nobody keeps stays behind."""

import gc

from scheduler import read_study
from scheduler.folder.many import many_calendars
from tests.seed import FOLDER


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
