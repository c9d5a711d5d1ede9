"""Lists for programs, some at a time: the pages together are the whole list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.api.programs import Program, program
from tests.web.people import Place

LISTS = ("due", "closing", "overdue", "decisions")


def pages(asks: Program, address: str | None) -> Iterator[dict[str, Any]]:
    while address is not None:
        answer = asks.get(address)
        assert answer.status_code == 200, answer.text
        yield answer.json()
        found = re.fullmatch(r'<(/api/[a-z-]+\?.+)>; rel="next"', answer.headers.get("link", ""))
        address = found[1] if found else None


def test_pages_together_are_the_whole_list(place: Place) -> None:
    asks = program(place, "coordinator")
    whole = asks.reads("/api/worklist")
    told = list(pages(asks, "/api/worklist?limit=2"))
    assert len(told) == 3, "six patients"
    for name in LISTS:
        lines = [line for page in told for line in page[name]]
        assert sorted(lines, key=str) == sorted(whole[name], key=str)
    assert [len({line["subject"] for name in LISTS for line in page[name]}) <= 2 for page in told] == [True] * 3
    assert {key: told[0][key] for key in ("study", "on", "ahead_days")} == {
        key: whole[key] for key in ("study", "on", "ahead_days")
    }


def test_a_page_of_its_own_is_known_by_its_own_tag(place: Place) -> None:
    asks = program(place, "coordinator")
    tags = [
        asks.get(f"/api/worklist{query}").headers["etag"] for query in ("", "?limit=2", "?limit=3", "?after=EXP-001")
    ]
    assert len(set(tags)) == 4
    assert asks.get("/api/worklist?limit=2", **{"if-none-match": tags[1]}).status_code == 304
    assert "link" not in asks.get("/api/worklist?limit=6").headers
    assert asks.get("/api/worklist?limit=0").status_code == 422
    assert next(pages(asks, "/api/worklist?limit=1&after=ZZZ"))["due"] == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/subjects?q=0", "subjects"),
        ("/api/deviations?on=2026-05-21", "deviations"),
        ("/api/adverse-events?", "adverse_events"),
        ("/api/endpoints?", "patients"),
    ],
)
def test_every_list_of_patients_pages(place: Place, path: str, name: str) -> None:
    asks = program(place, "coordinator")
    whole = asks.reads(path)[name]
    told = [line for page in pages(asks, f"{path}&limit=4") for line in page[name]]
    assert sorted(told, key=str) == sorted(whole, key=str)
    assert whole


def test_accounts_and_links_page_in_their_own_order(place: Place) -> None:
    place.somebody("monitor")
    admin = program(place, "admin")
    whole = admin.reads("/api/accounts")["accounts"]
    assert len(whole) >= 2
    assert [each for page in pages(admin, "/api/accounts?limit=1") for each in page["accounts"]] == whole
    assert admin.reads("/api/accounts?after=nobody")["accounts"] == []
    assert program(place, "coordinator").reads("/api/links?limit=1") == {"links": []}
