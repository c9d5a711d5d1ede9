"""In which language pages speak: the account's, else what the browser asks for, else the server's; and what is Chinese."""

from __future__ import annotations

import re
from functools import reduce
from html import unescape

import pytest

from scheduler.languages import Language
from scheduler.said import Text
from scheduler.web.guards.languages import asked_for
from scheduler.web.patients import Patients
from tests.web.people import HELD, PASSWORD, QUICK, Person, Place, words_of

CHINESE = "zh-CN,zh;q=0.9,en;q=0.8"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", None),
        ("fr-FR, de;q=0.9", None),
        ("zh-Hans-CN", Language.CHINESE),
        ("en-GB, zh;q=0.9", Language.ENGLISH),
        ("en;q=0.1, ZH ; Q=0.2", Language.CHINESE),
        ("zh;q=0, en", Language.ENGLISH),
        ("zh;q=0", None),
        ("zh;q=much, en;q=0.1", Language.ENGLISH),
        ("fr, *;q=0.5", None),
    ],
)
def test_a_browser_gets_the_language_that_it_likes_best(header: str, language: Language | None) -> None:
    assert asked_for(header) == language


def language_of(person: Person, path: str, **headers: str) -> tuple[str, str]:
    """What the page says about itself, in its first tag and in the answer's head."""
    answer = person.browser.get(path, headers=headers)
    assert "accept-language" in answer.headers["vary"]
    found = re.search(r'<html lang="(\w+)">', answer.text)
    assert found is not None
    return found[1], answer.headers["content-language"]


def test_the_account_comes_before_the_browser_and_the_browser_before_the_server(place: Place) -> None:
    person = place.somebody("pharmacist")
    assert language_of(person, "/account") == ("en", "en")
    person.browser.headers["accept-language"] = CHINESE
    assert language_of(person, "/account") == ("zh", "zh")
    assert person.sends("/account/language", language="en").headers["location"] == "/account"
    assert language_of(person, "/account") == ("en", "en")
    person.sends("/account/language", language="")
    assert language_of(person, "/account") == ("zh", "zh")
    assert "请选择语言。" in words_of(person.sends("/account/language", language="tlh"))


def test_pages_about_problems_speak_too_and_so_does_the_log_in(place: Place) -> None:
    stranger = place.stranger()
    assert language_of(stranger, "/login", **{"accept-language": "zh"}) == ("zh", "zh")
    assert language_of(stranger, "/no/such/page", **{"accept-language": "zh"}) == ("zh", "zh")
    monitor = place.somebody("monitor")
    monitor.sends("/account/language", language="zh")
    assert "您的角色无此权限 如应包括，请联系管理员。" in words_of(monitor.browser.get("/enrol"))


def test_a_server_may_speak_another_language_where_nobody_says(place: Place) -> None:
    chinese = Place(place.store, place.time, QUICK.model_copy(update={"language": Language.CHINESE}))
    assert language_of(chinese.stranger(), "/login") == ("zh", "zh")
    assert language_of(chinese.stranger(), "/nothing") == ("zh", "zh")
    assert language_of(chinese.stranger(), "/login", **{"accept-language": "en"}) == ("en", "en")


def test_the_meaning_of_a_signature_is_read_in_ones_own_language_and_recorded_in_english(place: Place) -> None:
    investigator = place.somebody("investigator")
    investigator.sends("/account/language", language="zh")
    stopped = {
        "event": "discontinued",
        "on": "2026-05-21",
        "treatment": "toripalimab",
        "reason": "the wish of the patient",
    }
    preview = words_of(investigator.sends("/subjects/EXP-003/preview", **stopped))
    assert "您的签名 ，Dr Investigator-0，研究者：下达医嘱：" in preview
    investigator.records("EXP-003", **stopped, password=PASSWORD)
    last = list(place.store.records(subject="EXP-003"))[-1]
    assert last.signed is not None
    assert last.signed.startswith("orders: toripalimab is discontinued")


def test_what_is_asked_before_recording_is_asked_in_the_readers_language(place: Place) -> None:
    coordinator = place.somebody()
    booked = {"event": "booked", "on": "2026-05-21", "entry": "imaging.4", "to": "2027-07-01"}
    asked = words_of(coordinator.sends("/subjects/EXP-003/preview", **booked))
    assert "Tumour imaging 4 is booked for 2027-07-01, more than a year after 2026-05-21, when it was booked" in asked
    coordinator.sends("/account/language", language="zh")
    asked = words_of(coordinator.sends("/subjects/EXP-003/preview", **booked))
    assert "肿瘤影像学检查 4 预约在 2027-07-01，距作出预约的 2026-05-21 超过一年" in asked
    assert "请核对年份" in asked


CLEAN = (
    "/",
    "/agenda?on=2026-08-01",
    "/search?q=EXP-003 toripalimab",
    "/reports",
    "/study",
    "/reports/adverse-events",
    "/reports/exposure",
    "/reports/lots",
    "/agenda?view=week",
    "/agenda?view=day&on=2026-05-27",
    "/agenda/fewest-trips?on=2026-05-27",
    "/deviations",
    "/account",
    "/links",
    "/subjects",
    "/enrol",
    "/subjects/CTL-002/drugs",
    "/subjects/CTL-002/events",
    "/subjects/EXP-003/record",
    "/subjects/EXP-003/record?event=adverse+event",
    "/subjects/EXP-003/record?event=held",
    "/subjects/EXP-003/record?event=response",
    "/subjects/EXP-001",
    "/subjects/EXP-003",
    "/subjects/EXP-005",
    "/subjects/EXP-003/explain?entry=regorafenib.3",
    "/subjects/EXP-003/explain?entry=toripalimab.2",
    "/subjects/EXP-003/explain?entry=regorafenib.3.16",
    "/subjects/EXP-003/history",
    "/subjects/EXP-003/record?event=given",
    "/subjects/EXP-003/record?event=measured",
    "/pharmacy?from=2026-03-01&to=2026-07-30",
    "/stock",
    "/stock/form?event=received",
    "/stock/form?event=destroyed",
    "/protocol",
    "/subjects/EXP-005/do?entry=end-of-treatment.1&what=done",
    "/subjects/EXP-005/do?entry=end-of-treatment.1&what=done&on=2026-05-20",
    "/today/done",
    "/endpoints",
    "/endpoints/arms",
    "/subjects/CTL-002",
    "/subjects/EXP-004",
    "/subjects/EXP-003/decisions",
    "/subjects/EXP-001/move?entry=imaging.2",
    "/search?q=imaging",
    "/import",
    "/nothing",
)
OF_ADMINS = ("/accounts", "/setup", "/forecast", "/pharmacy", "/study")
"""Pages that say nothing of ours in English to a Chinese reader. Names of the study are its own, and stay as they are."""

_TWO_WORDS = re.compile(r"[A-Za-z]{2,}[ ,:;]+[A-Za-z]{2,}")
_NOT_READ = re.compile(r'(?s)<(script|style|svg|datalist)\b.*?</\1>|<(\w+)[^>]*\blang="en"[^>]*>.*?</\2>')


def english_on(page: str, names: frozenset[str]) -> set[str]:
    """What looks like English: two words in Latin letters, in the text or in what a page says about a part of itself."""
    seen = _NOT_READ.sub(" ", page)
    told = re.findall(r">([^<]+)<", seen) + re.findall(r'(?:aria-label|title|data-label)="([^"]+)"', seen)
    found = set()
    for text in map(unescape, told):
        ours = reduce(lambda left, name: left.replace(name, ""), sorted(names, key=len, reverse=True), text)
        found |= {text.strip()} if _TWO_WORDS.search(ours) else set()
    return found


def names_of(place: Place) -> frozenset[str]:
    """What the study, its plans and its people are called."""
    patients = Patients(place.store)
    shown, _ = patients.some(place.store.subjects(), 100)
    # A title that the protocol gives in Chinese too is no excuse.
    titles = {e.title for each in shown for e in each.patient.calendar.entries if not isinstance(e.title, Text)}
    titles |= {title.rpartition(", ")[0] for title in titles if ", " in title}
    plans = patients.study().newest.arms
    courses = {give.name for plan in plans.values() for line in plan.treatments() for give in line.gives}
    return frozenset(titles | courses | WRITTEN | {account.name for account in place.store.accounts()})


WRITTEN = frozenset(
    {
        "forgotten on a journey",
        "the tests",
        "make-up Saturday",
        "Dr Example",
        "new pain",
        "Dermatitis radiation",
        "liver tumour: yes",
        "survival last",
        "site: infusion",
        "5 Gy low-dose",
        "CT or MRI, RECIST 1.1 and iRECIST",
        "all patients",
    }
)
"""What people wrote into the log and the protocol, ids of entries as a month has them, and keys of a file of rates."""


def test_a_chinese_reader_meets_no_english_of_ours_on_these_pages(place: Place) -> None:
    person = place.somebody("investigator")
    person.browser.headers["accept-language"] = CHINESE
    admin = place.somebody("admin")
    names = names_of(place)
    assert {path: english_on(person.get(path).text, names) for path in CLEAN} == {path: set() for path in CLEAN}
    admin.browser.headers["accept-language"] = CHINESE
    assert {path: english_on(admin.get(path).text, names) for path in OF_ADMINS} == {path: set() for path in OF_ADMINS}


def test_a_chinese_reader_is_told_in_chinese_how_far_a_day_is_and_when_something_was_recorded(place: Place) -> None:
    person = place.somebody("coordinator")
    person.browser.headers["accept-language"] = CHINESE
    seen = person.get("/").text + person.get("/account").text + person.get("/subjects/EXP-003").text
    assert re.findall(r"\d+ days? ago|in \d+ days?|[A-Z][a-z]{2} 20\d\d, \d\d:\d\d UTC", seen) == []
    assert re.search(r"\d+ ?天[前后]", seen) is not None
    assert re.search(r"20\d\d年\d+月\d+日 \d\d:\d\d UTC", seen) is not None
    assert re.search(r'<span class="since">(not recorded|presumed taken)</span>', seen) is None


@pytest.mark.parametrize("path", ["/", "/subjects"])
def test_a_cycle_is_numbered_in_chinese_on_every_list(place: Place, path: str) -> None:
    person = place.somebody("coordinator")
    person.browser.headers["accept-language"] = CHINESE
    seen = person.reads(path)
    assert "瑞戈非尼 第5周期" in seen
    assert ", cycle" not in seen


def test_what_to_do_about_a_finding_is_said_in_chinese_and_its_code_is_not(place: Place) -> None:
    person = place.somebody("coordinator")
    person.browser.headers["accept-language"] = CHINESE
    # Held from 21 May on: the booking of 25 May falls into the hold.
    assert person.records("EXP-003", **HELD).status_code == 303
    seen = person.reads("/")
    assert "预约无效：它处于暂停给药期间 瑞戈非尼 第5周期 请预约其他日期" in seen, seen[seen.index("预约") :][:200]
    assert "booking-void" not in seen
    assert "book another day" not in seen


def test_the_scan_finds_english_and_leaves_names_and_quotations_alone() -> None:
    page = '<p title="closed: Sunday">Dr Who</p><p>See what changes</p><q lang="en">hold the dose</q><b>EXP-003，第 1 天</b>'
    assert english_on(page, frozenset({"Dr Who"})) == {"closed: Sunday", "See what changes"}


def test_what_is_wrong_in_a_form_is_said_in_chinese(place: Place) -> None:
    person = place.somebody()
    person.sends("/account/language", language="zh")
    slip = {"event": "measured", "on": "bad", "test": "ALT", "value": "x", "unit": "U/L"}
    said = words_of(person.sends("/subjects/EXP-003/preview", **slip))
    assert "'bad' 不是日期" in said
    assert "请按 YYYY-MM-DD 填写" in said
    assert "'x' 不是数字" in said
    assert "此项必填" in words_of(person.sends("/subjects/EXP-003/preview", event="adverse event", grade="2"))
    assert "已有受试者 EXP-003" in words_of(person.sends("/enrol", subject="EXP-003"))
    lot = {"event": "received", "site": "Shanghai", "on": "2026-05-20", "product": "regorafenib", "lot": "R-1"}
    assert "未写明数量" in words_of(person.sends("/stock/preview", **lot))


def test_the_next_appointment_of_a_visit_has_its_own_chinese_name(place: Place) -> None:
    person = place.somebody()
    person.sends("/account/language", language="zh")
    assert "安全性随访（30天） 至" in person.reads("/subjects/EXP-005/visit?entry=end-of-treatment.1")


def test_the_picture_of_a_course_names_its_lanes_in_chinese(place: Place) -> None:
    person = place.somebody()
    person.sends("/account/language", language="zh")
    names = re.findall(r'class="name[^"]*"[^>]*><title>([^<]*)</title>', person.get("/subjects/EXP-003").text)
    assert "瑞戈非尼 (regorafenib)" in names
    assert "Tumour imaging (imaging)" not in names


def test_what_would_change_is_told_in_names_and_so_is_what_is_signed(place: Place) -> None:
    person = place.somebody("investigator")
    person.sends("/account/language", language="zh")
    stopped = {"event": "discontinued", "on": "2026-05-21", "treatment": "toripalimab", "reason": "AE 1"}
    preview = words_of(person.sends("/subjects/EXP-003/preview", **stopped))
    assert "特瑞普利单抗 永久停药" in preview
    # Dose 6 is booked for 27 May, in eight weeks there are others, and all of them go.
    assert re.search(
        "特瑞普利单抗 第6次给药（2026年5月27日 周三）：已取消|特瑞普利单抗 第6次给药 至 特瑞普利单抗", preview
    )
    assert "toripalimab" not in preview


def test_arms_and_sites_have_the_names_that_their_authors_gave_them(place: Place) -> None:
    person = place.somebody()
    assert "Shanghai control" in person.reads("/subjects")
    person.sends("/account/language", language="zh")
    seen = person.reads("/subjects")
    assert "上海 瑞戈非尼单药组" in seen
    assert "Shanghai" not in seen
    assert "日程 · 上海" in person.reads("/agenda")


def test_what_is_offered_from_a_dictionary_stands_beside_its_chinese_name(place: Place) -> None:
    person = place.somebody()
    person.sends("/account/language", language="zh")
    measured = person.get("/subjects/EXP-003/record?event=measured").text
    assert '<option value="ALT" label="谷丙转氨酶">' in measured
    assert '<option value="blood pressure" label="血压">' in measured
    medicine = person.get("/subjects/EXP-003/record?event=medicine+changed").text
    assert '<option value="paracetamol" label="对乙酰氨基酚">' in medicine


def test_a_correction_without_a_reason_asks_for_it_and_names_no_key_of_the_log(place: Place) -> None:
    person = place.somebody()
    person.sends("/account/language", language="zh")
    said = words_of(person.sends("/subjects/CTL-002/preview", strikes="26"))
    assert "此项必填" in said
    assert "缺少键" not in said
