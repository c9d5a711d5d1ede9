"""Tables of public holidays: what is in them, what is uncertain about them, and that one that was kept decides."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from types import ModuleType

import pytest

from scheduler.errors import InvalidText
from scheduler.site.holiday_table import HolidayTable, holiday_table_as_text, holiday_table_from_text
from scheduler.site.parse import parse_site
from scheduler.site.public_holidays import holiday_table, unknown_region

TEXT = "site: Shanghai\nzone: Asia/Shanghai\npublic holidays: CN\n"

CHINA = holiday_table("CN", None, range(2025, 2028))


def test_the_table_of_china_knows_days_off_and_makeup_days() -> None:
    may = [(day.day, name) for day, name in CHINA.holidays if (day.year, day.month) == (2026, 5)]
    assert may == [
        (1, "Labor Day"),
        (2, "Labor Day"),
        (4, "Labor Day (observed)"),
        (5, "Day off (in exchange for 2026-05-09)"),
    ]
    assert [day.isoformat() for day in CHINA.makeup_days if day.year == 2026] == [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ]


def test_a_table_says_where_it_ends_and_where_it_comes_from() -> None:
    assert (CHINA.region, CHINA.first_year, CHINA.last_year) == ("CN", 2025, 2027)
    assert CHINA.source.startswith("holidays 0.")


def test_the_library_guesses_2027_and_the_table_says_so() -> None:
    """When this fails because the library knows 2027, the published years have grown: put the next year here."""
    assert any(day.year == 2027 for day, _ in CHINA.holidays)
    assert not any(day.year == 2027 for day in CHINA.makeup_days)
    assert (CHINA.published_through, CHINA.provisional_from) == (2026, date(2027, 1, 1))


@pytest.mark.parametrize(("country", "part"), [("US", "CA"), ("DE", "BY"), ("GB", "ENG"), ("FR", None), ("JP", None)])
def test_a_country_without_yearly_decrees_is_known_to_the_end_of_the_table(country: str, part: str | None) -> None:
    table = holiday_table(country, part, range(2025, 2031))
    assert (table.published_through, table.provisional_from) == (None, date(2031, 1, 1))


def test_a_country_that_gave_up_moving_days_is_not_provisional() -> None:
    assert holiday_table("BG").published_through is None


def test_hungary_decrees_its_working_saturdays_year_by_year() -> None:
    table = holiday_table("HU")
    assert table.published_through is not None
    assert table.provisional_from == date(table.published_through + 1, 1, 1)


def test_a_country_without_english_names_still_has_a_table() -> None:
    assert holiday_table("HK", None, range(2026, 2027)).holidays[0] == (date(2026, 1, 1), "New Year's Day")
    assert all(name for _, name in holiday_table("MV", None, range(2026, 2027)).holidays)


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(LookupError, match="no public holidays are known for a country 'XX'"):
        holiday_table("XX")


def wrong(*region: str) -> tuple[str, str]:
    fault = unknown_region(*region)
    assert fault is not None
    return str(fault[0]), str(fault[1])


def test_a_wrong_code_gets_the_right_one() -> None:
    assert unknown_region("CN") is None
    assert unknown_region("DE", "BY") is None
    assert wrong("none") == (
        "no public holidays are known for a country 'none'",
        "leave it out where no public holiday closes the site; NO is Norway",
    )
    assert wrong("United States") == (
        "no public holidays are known for a country 'United States'",
        "write 'US'",
    )
    assert wrong("GB", "LON") == (
        "GB has no part 'LON' with public holidays of its own",
        "its parts: ENG, NIR, SCT, WLS",
    )


def test_a_table_is_kept_as_text_and_read_again() -> None:
    text = holiday_table_as_text(CHINA)
    assert holiday_table_from_text(text) == CHINA
    assert holiday_table_as_text(holiday_table_from_text(text)) == text
    assert "\n" not in text


def test_a_kept_table_decides_whatever_the_library_says() -> None:
    kept = HolidayTable("CN", 2026, 2026, ((date(2026, 3, 3), "Lantern Festival"),), (), (), 2026, "by hand")
    clinic = parse_site(TEXT, name="site.yaml", holidays=kept).open_days("clinic")
    assert clinic.why_closed(date(2026, 3, 3).toordinal()) == "public holiday: Lantern Festival"
    assert clinic.is_open(date(2026, 10, 1).toordinal())


def test_a_kept_table_of_the_library_gives_the_same_site_as_the_library() -> None:
    kept = holiday_table_from_text(holiday_table_as_text(holiday_table("CN")))
    assert parse_site(TEXT, name="site.yaml", holidays=kept) == parse_site(TEXT, name="site.yaml")


def test_a_kept_table_of_another_country_is_a_finding() -> None:
    with pytest.raises(InvalidText) as caught:
        parse_site(TEXT, name="site.yaml", holidays=replace(CHINA, region="HU"))
    assert [str(finding) for finding in caught.value.findings] == [
        "site.yaml:3:18: error: the table kept with the study has the public holidays of HU "
        "(write HU, or renew the table) [other-holidays]"
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"region": "CN"}', "null"])
def test_what_is_not_a_table_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        holiday_table_from_text(text)


def test_a_country_that_is_loaded_with_all_others_is_not_loaded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = ModuleType("holidays.countries")
    monkeypatch.setitem(sys.modules, "holidays.countries", everything)
    assert unknown_region("CN") is None
    assert sys.modules["holidays.countries"] is everything


@pytest.mark.slow
def test_a_country_that_is_loaded_alone_has_the_same_holidays() -> None:
    program = (
        "import sys\n"
        "from scheduler.site.public_holidays import holiday_table\n"
        "for code in ('CN', 'DE', 'HK', 'PR', 'GB'): print(holiday_table(code))\n"
        "print(holiday_table('DE', 'BY'))\n"
    )
    alone, among_all = (
        subprocess.run([sys.executable, "-c", first + program], capture_output=True, text=True, check=True).stdout
        for first in ("", "import holidays.countries\n")
    )
    assert alone == among_all
    assert len(alone.splitlines()) == 6


def test_the_library_is_loaded_only_for_public_holidays() -> None:
    program = (
        "import sys\n"
        "from scheduler.site.parse import parse_site\n"
        "parse_site('site: x\\nzone: UTC\\n', name='site.yaml')\n"
        "print('holidays' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
