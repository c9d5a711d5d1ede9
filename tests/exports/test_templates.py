"""What templates let out: text escaped, nothing that no reader was meant to see; and that nobody pays for them who needs none."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup

from scheduler.exports.pages.environment import environment

ROOT = Path(__file__).parents[2]


def printed(value: object, text: str = "[{{ value }}]") -> str:
    return environment(DictLoader({"t": text})).get_template("t").render(value=value)


def test_text_is_escaped_and_markup_is_not() -> None:
    assert printed("<b>&") == "[&lt;b&gt;&amp;]"
    assert printed(Markup("<b>")) == "[<b>]"


def test_a_missing_value_prints_nothing_and_zero_is_a_number() -> None:
    assert (printed(None), printed(0)) == ("[]", "[0]")


def test_letters_that_nobody_can_show_are_marked() -> None:
    assert printed("1\u202e0\x00 mg\n") == "[1\ufffd0\ufffd mg\n]"


def test_a_function_is_refused_and_so_is_what_nobody_gave() -> None:
    with pytest.raises(TypeError, match="a template prints a function"):
        printed(printed)
    with pytest.raises(UndefinedError, match="'other' is undefined"):
        printed(1, "{{ other }}")


def test_a_template_of_ones_own_comes_first_and_may_use_the_shared_ones() -> None:
    own = environment(
        DictLoader({"months.html": "own", "t": "{% include 'months.html' %}, {% include 'lists.html' %}"})
    )
    said = own.get_template("t").render(lists=[], longest_word=1, style="", policy="")
    assert said.startswith("own, <!doctype html>")
