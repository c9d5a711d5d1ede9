"""End points on pages and in the API: every role sees patients, and by arm only who may compare the arms."""

from __future__ import annotations

import json

import pytest

from tests.web.people import Place


def test_the_page_says_each_value_with_its_reason(place: Place) -> None:
    text = place.somebody("monitor").reads("/endpoints")
    assert "80 days , 2.63 months, event Progressed on 20 May 2026, as recorded without an assessment" in text
    assert "Not counted: it is counted from first dose (registration), and that is not recorded." in text
    assert "Assumption: the protocol does not say it." in text


def test_the_page_speaks_chinese_and_leaves_what_the_protocol_says(place: Place) -> None:
    person = place.somebody("monitor")
    person.browser.headers["accept-language"] = "zh"
    page = person.get("/endpoints").text
    assert "于2026年5月20日进展，依据为没有肿瘤评估的进展记录。" in page
    assert '不计入：自“<span lang="en">first dose (registration)</span>”起计算，而这尚无记录。' in page


def test_it_is_narrowed_by_subject(place: Place) -> None:
    page = place.somebody("coordinator").get("/endpoints?subject=exp-005").text
    assert ("EXP-005" in page, "EXP-001" in page) == (True, False)


@pytest.mark.parametrize("role", ["coordinator", "pharmacist", "admin"])
def test_who_may_not_compare_sees_no_arm_beside_a_response(place: Place, role: str) -> None:
    person = place.somebody(role)
    page = person.get("/endpoints").text
    assert "experimental" not in page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "/endpoints/arms" not in page
    assert {patient["arm"] for patient in json.loads(person.get("/api/endpoints").text)["patients"]} == {None}
    rows = person.get("/endpoints.csv").text.splitlines()
    assert rows[1].startswith("CTL-002,,best overall response,")
    assert person.browser.get("/endpoints/arms").status_code == 403
    assert person.browser.get("/api/endpoints/arms").status_code == 403


def test_the_api_tells_what_the_command_line_tells(place: Place) -> None:
    monitor = place.somebody("monitor")
    told = json.loads(monitor.get("/api/endpoints").text)
    assert {patient["subject"]: patient["arm"] for patient in told["patients"]}["EXP-005"] == "experimental"
    one = json.loads(monitor.get("/api/subjects/EXP-005/endpoints").text)["patients"]
    assert one == [patient for patient in told["patients"] if patient["subject"] == "EXP-005"]
    progression = next(time for time in one[0]["times"] if time["criteria"] == "either")
    assert progression == {
        "end_point": "progression-free survival",
        "criteria": "either",
        "first": "2026-03-02",
        "last": "2026-05-20",
        "days": 80,
        "months": "2.63",
        "event": True,
        "why": "progressed",
        "reason": "Progressed on 20 May 2026, as recorded without an assessment of the tumour.",
        "events": [32],
    }


def test_the_patients_own_page_has_each_end_point_with_its_reason(place: Place) -> None:
    text = place.somebody("coordinator").reads("/subjects/EXP-005/events")
    # The protocol's time begins with randomisation, on 2 March: 80 days to 20 May, both counted.
    progressed = "Progressed on 20 May 2026, as recorded without an assessment of the tumour. event 32"
    assert f"Progression-free survival 80 days , 2.63 months, event {progressed}" in text
    assert "Overall survival " in text
    assert "Worst adverse event " in text


def test_a_data_cut_off_on_the_page_and_in_the_api(place: Place) -> None:
    person = place.somebody("monitor")
    text = person.reads("/endpoints?subject=EXP-005&until=2026-05-19")
    assert "Data cut-off Tue 19 May 2026: what happened after it does not count." in text
    # EXP-005 progressed on 20 May; the last assessment before was of 24 April.
    assert "54 days , 1.77 months, censored Neither progression nor death so far" in text
    assert person.get("/endpoints?until=soon").status_code == 422
    assert "As recorded by the end of Tue 19 May 2026 (UTC)" in person.reads("/endpoints?as_recorded=2026-05-19")
    told = person.get("/api/subjects/EXP-005/endpoints?until=2026-05-19").json()
    assert told["cut_off"] == "2026-05-19"
    progression = next(time for time in told["patients"][0]["times"] if time["criteria"] == "either")
    assert (progression["event"], progression["last"]) == (False, "2026-04-24")
    assert "2026-04-24" in person.get("/endpoints.csv?until=2026-05-19").text


@pytest.mark.slow
def test_the_arms_with_curves_for_who_may_compare_them(place: Place) -> None:
    monitor = place.somebody("monitor")
    page = monitor.get("/endpoints/arms").text
    assert 'href="/endpoints/survival.svg?of=progression_free_survival-either"' in page
    assert "experimental: 1 of 4 with the event, median 2.63 months (2.63 to not reached)." in page
    drawn = monitor.get("/endpoints/survival.svg?of=progression_free_survival-either")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert "<title" in drawn.text
    arms = json.loads(monitor.get("/api/endpoints/arms").text)["arms"]
    assert [arm["arm"] for arm in arms] == ["control", "experimental"]
    assert arms[1]["rates"][0]["control"] == {"n": 2, "of": 3, "low": "0.094299", "high": "0.991596"}
    assert monitor.get("/endpoints/arms.csv").text.startswith("arm,end point,criteria,day,")


@pytest.mark.slow
def test_without_the_library_the_page_says_what_to_install(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.endpoints.arms.kaplan_meier.find_spec", lambda name: None)
    text = place.somebody("investigator").reads("/endpoints/arms")
    assert "pip install 'scheduler[analysis]'" in text
    assert "2 of 3" in text
