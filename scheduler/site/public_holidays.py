"""Public holidays from the library ``holidays``: the only file that knows it.

The library knows make-up working days, but has two habits to guard against. For a year that the government has not
published yet it guesses the days off, without saying so and without make-up days; `published_through` finds where that
begins. And it loads every country before it gives the holidays of one; so it is imported only when a site asks for public
holidays, and the country's own module is loaded first, alone.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING

from scheduler.findings import nearest_known
from scheduler.said import COMMAS, Code, Quoted, Said, listed, said
from scheduler.site.holiday_table import SPAN, HolidayTable

if TYPE_CHECKING:
    from holidays import HolidayBase

_EXCHANGED = re.compile(r"\(substituted from (\d\d)/(\d\d)/(\d{4})\)")


@cache
def holiday_table(country: str, subdivision: str | None = None, years: range = SPAN) -> HolidayTable:
    """The public holidays of a country, or of one of its parts, for the years asked.

    Names are in English where the library has them. Raises LookupError for a country or part that the library does not
    know; ask `unknown_region` first.
    """
    import holidays
    from holidays.version import __version__

    fault = unknown_region(country, subdivision)
    if fault is not None:
        raise LookupError(str(fault[0]))
    language = _english(holidays.country_holidays(country, subdiv=subdivision))
    found = holidays.country_holidays(country, subdiv=subdivision, years=years, language=language)
    days = sorted((day, _readable(name)) for day, name in found.items() if day.year in years)
    return HolidayTable(
        region=country if subdivision is None else f"{country}-{subdivision}",
        first_year=years[0],
        last_year=years[-1],
        holidays=tuple(days),
        makeup_days=tuple(sorted(day for day in found.weekend_workdays if day.year in years)),
        estimated=tuple(day for day, name in days if "estimated" in name),
        published_through=_published_through(found),
        source=f"holidays {__version__}",
    )


_NO_COUNTRY = ("none", "no", "nothing", "-")
"""What people write who mean no country."""


def unknown_region(country: str, subdivision: str | None = None) -> tuple[Said, Said | None] | None:
    """What is wrong with a country's code or that of one of its parts, and a hint; None when the library knows it."""
    import holidays
    from holidays.registry import COUNTRIES, EntityLoader

    known = list(EntityLoader.get_country_codes(include_aliases=True))
    if country not in known:
        names = {entities[0].lower(): entities[1] for entities in COUNTRIES.values()}
        code = names.get(country.lower().replace(" ", ""))
        hint = said("write '{code}'", code=Code(code)) if code else nearest_known(country.upper(), known)
        if country.lower() in _NO_COUNTRY:
            hint = said("leave it out where no public holiday closes the site; NO is Norway")
        message = said("no public holidays are known for a country '{country}'", country=Quoted(country[:60]))
        return message, hint or said("two letters, as in CN, DE or US")
    _load_alone(country)
    of_country: tuple[str, ...] = getattr(holidays, country).subdivisions
    if subdivision is not None and subdivision not in of_country:
        parts = listed(*map(Code, sorted(of_country)), how=COMMAS) if of_country else said("none")
        message = said(
            "{country} has no part '{part}' with public holidays of its own",
            country=Code(country),
            part=Quoted(subdivision[:60]),
        )
        return message, said("its parts: {parts}", parts=parts)
    return None


def no_country(letters: str) -> tuple[Said, Said] | None:
    """What is wrong with three letters that are no country's in ISO 3166, and a hint; None where they are one's."""
    from holidays.registry import EntityLoader

    known = [each for each in EntityLoader.get_country_codes(include_aliases=True) if len(each) == 3]
    if letters in known:
        return None
    hint = nearest_known(letters, known) or said("three letters, as in CHN, DEU or USA")
    return said("{letters} is no country of ISO 3166", letters=Code(letters)), hint


_ALL = "holidays.countries"
"""The package of all countries; whoever imports it imports each of them."""


def _load_alone(country: str) -> None:
    """Load the module of one country, before the library looks for it: it would load 250 modules first."""
    from holidays.registry import COUNTRIES, IMPORT_LOCK

    module = next(module for module, names in COUNTRIES.items() if country in names)
    with IMPORT_LOCK:
        known = None if _ALL in sys.modules else find_spec(_ALL)
        if known is None:
            return
        # For so long the package is a place where modules are found, and no more.
        sys.modules[_ALL] = module_from_spec(known)
        try:
            import_module(f"{_ALL}.{module}")
        finally:
            del sys.modules[_ALL]


def _english(country: HolidayBase) -> str | None:
    """The language to ask names in; None for the country's own, where there is no English."""
    languages = [each for each in country.supported_languages if each.startswith("en_")]
    return "en_US" if "en_US" in languages else min(languages, default=None)


def _readable(name: str) -> str:
    """The library's name of a holiday, with the date inside it written as this program writes dates."""
    return _EXCHANGED.sub(r"(in exchange for \3-\1-\2)", name)


def _published_through(country: HolidayBase) -> int | None:
    """The last year in which the government is known to have moved a working day; None where it does not do so year by
    year.

    Who moves working days does it by a decree for each year, so a year after the last known one is a guess. The library
    keeps the moves of a year under that year, as (month and day off, month and day worked). A country counts when three
    of the last five years on record have moves: Bulgaria gave it up in 2016.
    """
    record: dict[int, tuple[object, ...]] = getattr(country, "special_public_holidays", {})
    moved = {year for year, entries in record.items() if any(_is_move(entry) for entry in _several(entries))}
    # Should a later release keep its moves elsewhere, the make-up days themselves still tell.
    moved |= {day.year for day in country.weekend_workdays}
    newest = max(moved | set(record), default=0)
    return max(moved) if sum(newest - year < 5 for year in moved) >= 3 else None


def _several(entries: tuple[object, ...]) -> tuple[object, ...]:
    """The library writes a year's only entry without the tuple around it."""
    return entries if entries and isinstance(entries[0], tuple) else (entries,)


def _is_move(entry: object) -> bool:
    return isinstance(entry, tuple) and len(entry) >= 4
