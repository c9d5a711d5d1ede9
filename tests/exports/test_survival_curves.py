"""The picture of survival over time, read back from the SVG: steps, ticks, numbers at risk."""

from __future__ import annotations

from decimal import Decimal

from scheduler.endpoints.arms.kaplan_meier import Curve, Step
from scheduler.exports.picture.survival_curves import HEIGHT, LEFT, TOP, WIDTH, survival_as_svg, survival_picture
from scheduler.languages import Language
from scheduler.said import said
from tests.exports.reading import Node, read_page

HALF = Decimal("0.5")
# Two patients: one event on day 183 (6 months are 182.625 days), one censored on day 274 (9 months: 273.9375 days).
SHORT = Curve(
    2,
    1,
    (Step(183, 2, 1, 0, HALF, Decimal("0.01"), Decimal("0.91")), Step(274, 1, 0, 1, HALF, None, None)),
    183,
    183,
    None,
)
NOBODY = Curve(0, 0, (), None, None, None)


def drawn(language: Language = Language.ENGLISH) -> Node:
    return read_page(survival_picture(said("Overall survival"), [("control", SHORT), ("other", NOBODY)], language))


def test_steps_go_down_where_the_event_was_and_end_where_the_last_was_followed() -> None:
    (path,) = drawn().every("path")
    # 12 months across: 9 months are the last day followed, and marks stand every 3.
    x = [LEFT + day / 30.4375 / 12 * WIDTH for day in (183, 274)]
    middle = TOP + HEIGHT / 2
    assert path.attributes["d"] == (f"M{LEFT:.2f} {TOP:.2f}H{x[0]:.2f}V{middle:.2f}H{x[1]:.2f}V{middle:.2f}")


def test_numbers_at_risk_stand_under_their_months() -> None:
    texts = [node.text for node in drawn().every("text")]
    # On day 183, after 6 months, both were still there; at 9 months, day 273.9, the one who was followed to day 274.
    assert texts[texts.index("At risk") :] == [
        "At risk",
        "control control",
        *["2", "2", "2", "1", "0"],
        "other other",
        *["0", "0", "0", "0", "0"],
        "control: 1 of 2 with the event, median 6.01 months (6.01 to not reached).",
        "other: 0 of 0 with the event, median not reached.",
    ]


def test_it_is_said_in_words_and_in_the_readers_language() -> None:
    page = drawn(Language.CHINESE)
    assert page.one("title", id="survival-title").text == "总生存期"
    assert page.one("desc").text.startswith("control：2 名中 1 名发生事件，中位数 6.01 个月（6.01 至 未达到）。")
    assert "风险人数" in [node.text for node in page.every("text")]
    assert survival_as_svg(said("Overall survival"), [("<b>", SHORT)]).count("<b>") == 0


def test_without_anybody_it_is_an_empty_plane() -> None:
    assert read_page(survival_picture(said("Overall survival"), [])).every("path") == []
