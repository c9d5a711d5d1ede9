"""The picture's colours and letters, as one style sheet: few colours, and none that alone carries a meaning.

Text keeps a contrast of at least 4.5 to 1 on what it stands on (WCAG 2.2, 1.4.3); a test computes it.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1b2a30"
QUIET = "#55656c"
PAPER = "#ffffff"
WEEKEND = "#f5f3ef"
HOLIDAY = "#ebe5d9"
GRID = "#dcdad3"
ALARM = "#a3261a"
HOLD = "#7a4a00"
HOLD_PAPER = "#fdf5e3"
TODAY = "#b3261e"

PALETTE = {
    "ink": INK,
    "quiet": QUIET,
    "paper": PAPER,
    "weekend": WEEKEND,
    "holiday": HOLIDAY,
    "line": GRID,
    "alarm": ALARM,
    "hold": HOLD,
    "hold-paper": HOLD_PAPER,
}
"""The names by which the pages' style sheet knows these colours. A picture, which may be a file of its own, has them by value."""


@dataclass(frozen=True, slots=True)
class Shade:
    """A fill and the ink that is readable on it."""

    fill: str
    ink: str


# One colour a treatment, in the order of the lanes; the seventh treatment starts again with the first.
HUES = ("#0e5a68", "#6d2f62", "#8a3f14", "#2c4a8c", "#4c5a17", "#37474f")
GRADES = (
    Shade("#e3e9ea", "#0d1a1f"),
    Shade("#f6d998", "#0d1a1f"),
    Shade("#e59a56", "#0d1a1f"),
    Shade("#b03a26", PAPER),
    Shade("#3d0f0a", PAPER),
)
"""The grades of an adverse event, from 1 to 5: the worse, the darker. The grade stands in each as well."""

_LIGHTER_BY_LEVEL = (0.0, 0.42, 0.66, 0.8)


def shade(hue: int, level: int | None) -> Shade:
    """The colour of a dose level: level 0 is the darkest, each level below it is lighter."""
    step = min(max(0, -(level or 0)), len(_LIGHTER_BY_LEVEL) - 1)
    return Shade(_towards_white(HUES[hue % len(HUES)], _LIGHTER_BY_LEVEL[step]), PAPER if step == 0 else "#0d1a1f")


def _towards_white(colour: str, part: float) -> str:
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(channel + (255 - channel) * part):02x}" for channel in channels)


def _shades() -> str:
    rules = []
    for hue, colour in enumerate(HUES):
        rules.append(f".h{hue} .ring{{stroke:{colour}}}.h{hue} .open-ink{{fill:{colour}}}")
        rules.append(f".h{hue} .track{{stroke:{_towards_white(colour, 0.62)}}}")
        for step in range(len(_LIGHTER_BY_LEVEL)):
            tone = shade(hue, -step)
            rules.append(f".h{hue} .l{step}{{fill:{tone.fill}}}.h{hue} .on-l{step}{{fill:{tone.ink}}}")
            rules.append(f".h{hue} .ground-l{step}{{background:{tone.fill};color:{tone.ink}}}")
    for number, grade in enumerate(GRADES, 1):
        rules.append(
            f".picture .g{number}{{fill:{grade.fill};stroke:{QUIET};stroke-width:.6}}.picture .on-g{number}{{fill:{grade.ink}}}"
        )
    return "\n".join(rules)


PICTURE_STYLE = f"""\
.picture{{margin:0}}
.picture .scroll{{display:flex;width:fit-content;max-width:100%;overflow-x:auto;overflow-y:hidden;
  border:1px solid {GRID};border-radius:6px;background:{PAPER}}}
.picture .scroll:focus-visible{{outline:2px solid {INK};outline-offset:2px}}
.picture .names{{position:sticky;left:0;z-index:1;flex:none;background:{PAPER};
  box-shadow:1px 0 0 {GRID},6px 0 8px -6px rgb(27 42 48/.18)}}
.picture .days{{position:relative;flex:none}}
.picture .now{{position:absolute;top:0;left:0;display:flex;pointer-events:none}}
.picture .now span{{width:1px;height:1px;scroll-snap-align:none center}}
.picture .scroll{{scroll-padding-left:170px;animation:open-at-today .1s}}
@keyframes open-at-today{{from,to{{scroll-snap-type:x mandatory}}}}
.picture svg{{display:block;font-variant-numeric:tabular-nums;font-size:10px}}
.picture svg text{{fill:{INK}}}
.picture svg a{{cursor:pointer}}
.picture svg a:hover .ring,.picture svg a:hover .bar{{stroke:{INK};stroke-width:2.2}}
.picture .name{{font-size:12.5px;font-weight:600}}
.picture .aside,.picture .week,.picture .cycle{{fill:{QUIET}}}
.picture .week,.picture .cycle{{font-size:9px}}
.picture .month{{font-size:11.5px;font-weight:600}}
.picture .weekend{{fill:{WEEKEND}}}
.picture .holiday{{fill:{HOLIDAY}}}
.picture .grid{{stroke:{GRID};stroke-width:1}}
.picture .fine{{stroke:{GRID};stroke-width:1;stroke-dasharray:1 2}}
.picture .track{{stroke:#c9cfd2;stroke-width:2;fill:none}}
.picture .ring{{stroke:{INK};stroke-width:1.6}}
.picture .open{{fill:{PAPER}}}
.picture .open-ink{{fill:{INK}}}
.picture .filled{{fill:{INK}}}
.picture .filled-ink{{fill:{PAPER}}}
.picture .number{{font-size:8.5px;font-weight:600;text-anchor:middle}}
.picture .beside{{paint-order:stroke;stroke:{PAPER};stroke-width:3.5px;stroke-linejoin:round}}
.picture .fraction{{stroke-width:1}}
.picture .bar{{stroke:none}}
.picture .bar-text{{font-weight:600}}
.picture .recorded{{fill:{INK}}}
.picture .notch{{stroke:{PAPER};stroke-width:1.5}}
.picture .whisker{{stroke:{QUIET};stroke-width:1.1;fill:none}}
.picture .ideal{{fill:{QUIET}}}
.picture .booked{{fill:none;stroke:{INK};stroke-width:1}}
.picture .hold{{stroke:#c9962f;stroke-width:1}}
.picture .hold-text{{fill:{HOLD};font-weight:600;
  paint-order:stroke;stroke:{HOLD_PAPER};stroke-width:3px;stroke-linejoin:round}}
.picture .held{{fill:{HOLD_PAPER};stroke:{HOLD};stroke-width:1;stroke-dasharray:3 2}}
.picture .cancelled{{fill:{PAPER};stroke:{QUIET};stroke-width:1.2;stroke-dasharray:2.2 1.8}}
.picture .slash{{stroke:{QUIET};stroke-width:1.3}}
.picture .not-done{{fill:{PAPER};stroke:{ALARM};stroke-width:1.6}}
.picture .cross{{stroke:{ALARM};stroke-width:1.6;stroke-linecap:round}}
.picture .alarm-ink{{fill:{ALARM};font-weight:600}}
.picture .sign{{fill:#ffd166;stroke:{INK};stroke-width:.8}}
.picture .sign-text{{font-size:8px;font-weight:700;text-anchor:middle}}
.picture .period{{fill:#b9c3c7}}
.picture .period-end{{stroke:{QUIET};stroke-width:1.6;fill:none}}
.picture .today{{stroke:{TODAY};stroke-width:1.5}}
.picture .today-text{{fill:{TODAY};font-weight:600}}
.picture .legend{{display:flex;flex-wrap:wrap;gap:.35rem 1.15rem;margin:.7rem 0 0;padding:0;list-style:none;
  font-size:.8rem;color:{QUIET}}}
.picture .legend li{{display:flex;align-items:center;gap:.4rem}}
.picture .legend svg{{flex:none}}
{_shades()}
"""
