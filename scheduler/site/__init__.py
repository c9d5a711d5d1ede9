"""Where patients come: the open days of a site's resources, its time zone, its public holidays, and whom to call."""

from scheduler.site.open_days import ANY_DAY, SEARCH_DAYS, OpenDays
from scheduler.site.site import EVERY_DAY, Site

__all__ = ["ANY_DAY", "EVERY_DAY", "SEARCH_DAYS", "OpenDays", "Site"]
