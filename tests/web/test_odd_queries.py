"""What nobody would ask, in a query: a plain answer on every page, and never an error of the server."""

from __future__ import annotations

import pytest

from scheduler.web.guards.roles import RULES
from tests.web.people import Place

ODD = ("9999-12-31", "0001-01-01", "99999999999999999999", "-1", "1e9", "٣", "%00", "x" * 3000, "2026-02-30", "")
NAMES = ("on", "from", "to", "before", "page", "number", "event", "entry", "view", "what", "kind", "version", "done")
STEPS = {"subject": "EXP-003", "number": "1", "proposal": "x.1", "form": "csv", "account": "x", "link": "x", "key": "x"}
PATHS = [rule.path.format(**STEPS) for rule in RULES if rule.method == "GET"]


@pytest.mark.slow
@pytest.mark.parametrize("odd", ODD)
def test_a_query_that_nobody_would_ask_gets_a_plain_answer(place: Place, odd: str) -> None:
    person = place.somebody("admin")
    asked = "&".join(f"{name}={odd}" for name in NAMES)
    answers = {path: person.browser.get(f"{path}?{asked}").status_code for path in PATHS}
    assert {path: status for path, status in answers.items() if status >= 500 and path != "/x"} == {}
