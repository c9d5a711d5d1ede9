"""What templates let out: text escaped, nothing that no reader was meant to see; and that nobody pays for them who needs none."""

from __future__ import annotations

from datetime import date

import pytest
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup

from scheduler.exports.pages.environment import environment
from scheduler.languages import Language
from scheduler.said import Name, Quoted, Said


def printed(value: object, text: str = "[{{ value }}]") -> str:
    return environment(DictLoader({"t": text})).get_template("t").render(value=value)


def test_text_is_escaped_and_markup_is_not() -> None:
    assert printed("<b>&") == "[&lt;b&gt;&amp;]"
    assert printed(Markup("<b>")) == "[<b>]"


def test_a_missing_value_prints_nothing_and_zero_is_a_number() -> None:
    assert (printed(None), printed(0)) == ("[]", "[0]")


def test_letters_that_nobody_can_show_are_marked() -> None:
    assert printed("1\u202e0\x00 mg\n") == "[1\ufffd0\ufffd mg\n]"


@pytest.mark.parametrize("text", ["{{ _('%(v)s mg', v=value) }}", "{% trans v=value %}{{ v }} mg{% endtrans %}"])
def test_letters_that_nobody_can_show_are_marked_within_a_sentence_too(text: str) -> None:
    assert printed("1\u202e0\x00<", text) == "1\ufffd0\ufffd&lt; mg"
    assert printed(Quoted("1\u202e0"), text) == "1\ufffd0 mg"


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


def in_words(text: str, language: Language, **values: object) -> str:
    return environment(DictLoader({"t": text}), language=language).get_template("t").render(values)


def test_a_template_speaks_the_readers_language() -> None:
    told = "{% trans when=day|long_date %}on {{ when }}{% endtrans %} {{ day|with_weekday }}"
    assert in_words(told, Language.ENGLISH, day=date(2026, 3, 2)) == "on Monday 2 March 2026 Mon 2 Mar 2026"
    assert in_words(told, Language.CHINESE, day=date(2026, 3, 2)) == "on 2026年3月2日 星期一 2026年3月2日 周一"


def test_a_message_that_is_a_value_is_said_and_a_quotation_is_marked() -> None:
    message = Said("{a} & {b}", (("a", Quoted("<no food>", "en")), ("b", date(2026, 3, 2))))
    plain, quotation = "&lt;no food&gt; &amp; 2026年3月2日 星期一", '<span lang="en">&lt;no food&gt;</span>'
    assert in_words("{{ m }}", Language.CHINESE, m=message) == plain
    assert in_words("{{ m|say }}", Language.CHINESE, m=message) == plain
    assert in_words("{{ m|marked }}", Language.CHINESE, m=message) == plain.replace("&lt;no food&gt;", quotation)
    assert in_words("{{ m|marked }}", Language.ENGLISH, m=message) == "&lt;no food&gt; &amp; Monday 2 March 2026"


def test_a_value_within_a_translated_sentence_is_said_and_escaped() -> None:
    named = Name((("en", "a < b"), ("zh", "甲<乙")))
    once = "{% trans what=x %}<b>{{ what }}</b>{% endtrans %}"
    counted = "{% trans num=n, what=x %}{{ what }} once{% pluralize %}{{ what }} {{ num }} times{% endtrans %}"
    by_context = "{{ pgettext('a status', 'open') }} {{ npgettext('a status', '%(num)s day', '%(num)s days', n) }}"
    assert in_words(once, Language.CHINESE, x=named) == "<b>甲&lt;乙</b>"
    assert [in_words(counted, Language.ENGLISH, x=named, n=n) for n in (1, 2)] == ["a &lt; b once", "a &lt; b 2 times"]
    assert in_words(by_context, Language.ENGLISH, n=2) == "open 2 days"
