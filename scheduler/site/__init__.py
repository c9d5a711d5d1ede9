"""Where patients come: the open days of a site's resources, its time zone, its public holidays, and whom to call."""

from scheduler.site.holiday_table import HolidayTable, holiday_table_as_text, holiday_table_from_text
from scheduler.site.open_days import ANY_DAY, SEARCH_DAYS, OpenDays
from scheduler.site.parse import parse_site
from scheduler.site.public_holidays import holiday_table
from scheduler.site.site import EVERY_DAY, Site

__all__ = [
    "ANY_DAY",
    "EVERY_DAY",
    "SEARCH_DAYS",
    "HolidayTable",
    "OpenDays",
    "Site",
    "holiday_table",
    "holiday_table_as_text",
    "holiday_table_from_text",
    "parse_site",
]
