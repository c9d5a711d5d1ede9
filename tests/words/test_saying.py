"""One message, said in English and in other languages."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from scheduler.languages import Language
from scheduler.said import (
    COMMAS,
    DASH,
    LONG_DAY,
    MONTH,
    ONE_OF,
    SEMICOLONS,
    SHORT_DAY,
    WEEKDAY_AND_DAY,
    Amount,
    Code,
    Day,
    Days,
    Name,
    Quoted,
    Said,
    Value,
    counted,
    listed,
    said,
    said_as,
)
from scheduler.words.saying import Piece, pieces, say

EN, ZH = Language.ENGLISH, Language.CHINESE
MARCH = date(2026, 3, 2)
TITLE = Name((("zh", "血常规"), ("en", "Blood count")))


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (MARCH, "Monday 2 March 2026", "2026年3月2日 星期一"),
        (Day(MARCH, WEEKDAY_AND_DAY), "Mon 2 Mar 2026", "2026年3月2日 周一"),
        (Day(MARCH, SHORT_DAY), "2 Mar 2026", "2026年3月2日"),
        (Day(MARCH, MONTH), "March 2026", "2026年3月"),
        (Days(MARCH, date(2026, 3, 5)), "2 to 5 March 2026", "2026年3月2日至2026年3月5日"),
        (Days(MARCH, date(2026, 4, 5), DASH, SHORT_DAY), "2 Mar – 5 Apr 2026", "2026年3月2日 – 2026年4月5日"),
        (Days(MARCH, date(2027, 3, 5), DASH, LONG_DAY), "2 March 2026 – 5 March 2027", "2026年3月2日 – 2027年3月5日"),
        (datetime(2026, 3, 2, 14, 5, tzinfo=UTC), "2026-03-02 14:05 UTC", "2026-03-02 14:05 UTC"),
        (time(8, 30), "08:30", "08:30"),
        (12345, "12345", "12345"),
        (Amount(Decimal("2.50"), "mg"), "2.50 mg", "2.50 mg"),
        (Quoted("as the protocol says", "en"), "as the protocol says", "as the protocol says"),
        (Code("C3.D1"), "C3.D1", "C3.D1"),
        (TITLE, "Blood count", "血常规"),
        (listed(Code("a"), Code("b"), Code("c")), "a, b and c", "a、b和c"),
        (listed(Code("a"), Code("b"), how=ONE_OF), "a or b", "a或b"),
        (listed(Code("a"), Code("b"), Code("c"), how=COMMAS), "a, b, c", "a、b、c"),
        (listed(Code("a"), how=SEMICOLONS), "a", "a"),
    ],
)
def test_values_in_both_languages(value: Value, english: str, chinese: str) -> None:
    message = Said("{what}", (("what", value),))
    assert (str(message), say(message, EN), say(value, EN)) == (english, english, english)
    assert (say(message, ZH), say(value, ZH)) == (chinese, chinese)
    assert "".join(piece.text for piece in pieces(message, ZH)) == chinese


def test_messages_are_values() -> None:
    one, same = (said("{a} waits for {b}", b=Code("y"), a=Code("x")) for _ in range(2))
    assert (one, hash(one)) == (same, hash(same))
    assert one != said("{a} waits for {b}", b=Code("y"), a=Code("z"))
    assert said_as("a status", "open") != said("open")


def test_one_and_many() -> None:
    def told(number: int | Decimal) -> str:
        return str(counted("{n} day", "{n} days", number))

    assert [told(number) for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert [told(Decimal(number)) for number in ("0.5", "1", "1.5")] == ["0.5 day", "1 day", "1.5 days"]


def test_a_ready_made_text_is_refused() -> None:
    with pytest.raises(TypeError, match="a sentence takes no str: 'soon'; is it quoted, a code, or said by itself"):
        said("{when}", when="soon")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a sentence takes no bool"):
        said("{when}", when=True)


def test_what_can_say_itself_is_said() -> None:
    class Dose:
        def as_said(self) -> Said:
            return said("{amount}, twice a day", amount=Amount(2, "mg"))

    assert said("take {dose}", dose=Dose()) == said("take {dose}", dose=Dose().as_said())
    assert str(said("take {dose}", dose=Dose())) == "take 2 mg, twice a day"


def test_what_is_in_another_language_is_marked() -> None:
    message = Said("{a}: {b}, {c}", (("a", Quoted("no food", "en")), ("b", Name((("en", "scan"),))), ("c", TITLE)))
    assert pieces(message, ZH) == (
        Piece("no food", "en"),
        Piece(": "),
        Piece("scan", "en"),
        Piece(", "),
        Piece("血常规"),
    )
    assert {piece.language for piece in pieces(message, EN)} == {None}


def test_a_message_without_a_translation_stays_english() -> None:
    assert say(Said("Nobody translated {this}.", (("this", Code("x")),)), ZH) == "Nobody translated x."
