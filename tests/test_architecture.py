"""The architecture holds:

    dates, findings, errors, source, written <- protocol, site <- patient <- calendar <- views <- words <- exports <- web <- cli
                                                     store knows protocol, site and patient, not calendar

Everything up to the views is pure: no clock, file, network, chance or log. The rules are in architecture.py. First they are
held against the real code, then each of them against small code that breaks it.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests import architecture as rules
from tests.architecture import Code, read_code

ROOT = Path(__file__).parents[1]


@cache
def real() -> Code:
    return read_code({p.relative_to(ROOT).as_posix(): p.read_text("utf-8") for p in (ROOT / "scheduler").rglob("*.py")})


@pytest.mark.parametrize("rule", rules.RULES)
def test_code_keeps_the_rule(rule: Callable[[Code], list[str]]) -> None:
    assert rule(real()) == []


BROKEN = [
    (rules.every_module_has_a_place, {"scheduler/utils.py": ""}, "'utils' has no layer"),
    (
        rules.imports_go_one_way,
        {"scheduler/dates.py": "from scheduler.calendar import x", "scheduler/calendar/__init__.py": ""},
        "scheduler/dates.py:1: dates must not import calendar",
    ),
    (
        rules.imports_go_one_way,
        {"scheduler/site/a.py": "import scheduler.protocol.b", "scheduler/protocol/b.py": ""},
        "site must not import protocol",
    ),
    (
        rules.imports_go_one_way,
        {"scheduler/patient/a.py": "def f():\n    from ..views import b", "scheduler/views/b.py": ""},
        "scheduler/patient/a.py:2: patient must not import views",
    ),
    (
        rules.imports_go_one_way,
        {"scheduler/store/a.py": "from scheduler import calendar", "scheduler/calendar/__init__.py": ""},
        "store must not import calendar",
    ),
    (
        rules.imports_go_one_way,
        {"scheduler/exports/a.py": "from scheduler.store import b", "scheduler/store/b.py": ""},
        "exports must not import store",
    ),
    (
        rules.imports_go_one_way,
        {"scheduler/views/a.py": "from scheduler import build", "scheduler/__init__.py": ""},
        "views must not import scheduler",
    ),
    (
        rules.no_import_circles,
        {
            "scheduler/site/a.py": "from scheduler.site import b",
            "scheduler/site/b.py": "def f():\n    from scheduler.site.c import x",
            "scheduler/site/c.py": "from .a import y",
            "scheduler/site/__init__.py": "",
        },
        "a circle of imports: scheduler.site.",
    ),
    *(
        (rules.core_knows_no_outside_world, {"scheduler/views/a.py": text}, f"a.py:1: the core must not import {name}")
        for text, name in {
            "import random": "random",
            "from os.path import join": "os",
            "import logging.config": "logging",
            "from rich import print": "rich",
            "from gettext import gettext": "gettext",
            "from babel.dates import format_date": "babel",
            "import locale": "locale",
            "if TYPE_CHECKING: from pathlib import Path": "pathlib",
            "from pendulum.tz import Timezone": "pendulum",
        }.items()
    ),
    *(
        (rules.core_knows_no_outside_world, {"scheduler/local_times.py": text}, "the core must not import pendulum")
        for text in ("import pendulum", "from pendulum import now", "def f():\n    from pendulum import today")
    ),
    *(
        (rules.core_calls_no_outside_world, {"scheduler/calendar/a.py": text}, f"the core must not use {name}")
        for text, name in {
            "from datetime import date\ndate.today()": "date.today",
            "from datetime import date as Day\nfield(default_factory=Day.today)": "Day.today",
            "import datetime as dt\ndt.datetime.now(dt.UTC)": "dt.datetime.now",
            "import pendulum\npendulum.now('UTC')": "pendulum.now",
            "from pendulum.tz import Timezone\nTimezone('UTC').today()": "Timezone('UTC').today",
            "print('here')": "print",
            "text = open(name).read()": "open",
        }.items()
    ),
    (
        rules.libraries_keep_their_place,
        {"scheduler/calendar/a.py": "from pydantic import BaseModel"},
        "pydantic belongs",
    ),
    (rules.libraries_keep_their_place, {"scheduler/cli.py": "def f():\n    import yaml"}, "cli.py:2: yaml belongs in"),
    (
        rules.libraries_keep_their_place,
        {"scheduler/site/a.py": "import holidays", "scheduler/site/b.py": "from holidays import CN"},
        "holidays belongs in one file",
    ),
    (rules.help_is_quick, {"scheduler/cli.py": "import pendulum"}, "cli.py:1: import pendulum inside a function"),
    (
        rules.help_is_quick,
        {
            "scheduler/cli.py": "from scheduler.exports.a import b",
            "scheduler/exports/__init__.py": "from icalendar import Event",
            "scheduler/exports/a.py": "",
        },
        "scheduler/exports/__init__.py:1: import icalendar inside a function",
    ),
    (rules.files_are_short, {"scheduler/dates.py": "x = 1\n" * 401}, "scheduler/dates.py: 401 lines, at most 400"),
    (
        rules.rooms_are_not_crowded,
        {f"scheduler/site/a{n}.py": "" for n in range(15)},
        "scheduler/site: 15 files, at most 14",
    ),
]


@pytest.mark.parametrize(("rule", "sources", "complaint"), BROKEN)
def test_rule_can_fail(rule: Callable[[Code], list[str]], sources: dict[str, str], complaint: str) -> None:
    complaints = rule(read_code(sources))
    assert len(complaints) == 1
    assert complaint in complaints[0]


def test_every_rule_was_seen_failing() -> None:
    assert {rule for rule, *_ in BROKEN} == set(rules.RULES)


ALLOWED = {
    "scheduler/findings.py": "from scheduler import dates",
    "scheduler/dates.py": "from datetime import date, time\nopen = frozenset()\nlimit = options.today",
    "scheduler/source.py": "import yaml, pydantic",
    "scheduler/protocol/text/protocol_text.py": "from pydantic import BaseModel\nfrom scheduler.source import x",
    "scheduler/calendar/build.py": "from scheduler.protocol.text.protocol_text import y\nfrom scheduler.dates import z",
    "scheduler/store/sql.py": "import sqlalchemy\nfrom scheduler.protocol import model",
    "scheduler/local_times.py": "def f():\n    from pendulum.tz import Timezone",
    "scheduler/exports/ics.py": "from icalendar import Event\nfrom scheduler.views import v",
    "scheduler/cli.py": "import typer\ndef run():\n    from scheduler.exports import ics\n    from scheduler.store import sql",
}


@pytest.mark.parametrize("rule", rules.RULES)
def test_rule_can_hold(rule: Callable[[Code], list[str]]) -> None:
    assert rule(read_code(ALLOWED)) == []
