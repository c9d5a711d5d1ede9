"""Where an activity belongs, as schedules of assessments say it: C1D1, Day 1 of every other cycle, prior to each dose."""

from __future__ import annotations

import re

from scheduler.protocol.sentences.habits.habit import meant


def _days_of(match: re.Match[str]) -> tuple[str, ...]:
    days, left = divmod(int(match[1]), 24)
    return (f"within {days} day{'' if days == 1 else 's'} ",) if days and not left else ()


def _around_day_1(match: re.Match[str]) -> tuple[str, ...]:
    """ "days -1 to 4": there is no day 0."""
    if match[3] == "0":
        return ()
    before = f"-{match[2]}" if match[2] == "1" else f"-{match[2]} to -1"
    after = "1" if match[3] == "1" else f"1-{match[3]}"
    return (f"{match[1]} on days {before}, {after}",)


def _ordinal(match: re.Match[str]) -> tuple[str, ...]:
    number = {"other": 2, "second": 2, "third": 3, "fourth": 4}.get(match[1].lower()) or int(match[1])
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number not in (11, 12, 13) else 0, "th")
    return (f"every {number}{ending} {{drug}} cycle".replace("{drug}", "drug"),)


PLACES = (
    meant(r"^\s*(?:at|on|during)\s+(?=[A-Za-z][\w-]*\s*$)(?!home)", ""),
    meant(r"^\s*each\s+(?=[\w-]+\s+(?:cycle|dose|fraction|visit))", "every "),
    meant(
        r"^\s*([A-Za-z][\w-]*)\s+(?:on\s+)?days?\s+-\s*([0-9]+)\s*(?:to|through|until)\s*(?:day\s*)?([0-9]+)\s*$",
        _around_day_1,
    ),
    meant(r"^\s*([A-Za-z][\w-]*)\s+(?=days?\s+[0-9-])", "{0} on "),
    meant(r"^\s*(?:on\s+)?(?:D(?:ay)?\s*1\s+of\s+)?every\s+(other|second|third|fourth|[0-9]+)\s+cycles?\s*$", _ordinal),
    meant(
        r"^\s*(?:on\s+)?D(?:ay)?\s*1\s+of\s+(?:each|every)\s+(?:[0-9]+-(?:day|week)\s+)?cycle\s*$", "every {drug} cycle"
    ),
    meant(r"^\s*C(?:ycle\s*)?([0-9]+),?\s*D(?:ay\s*)?1\s*$", "{drug} cycle {0}"),
    meant(r"\bwithin\s+([0-9]+)\s*(?:h|hrs?|hours)\s+", _days_of),
    meant(r"(?<=days )prior\s+to\b", "before"),
    meant(r"(?<=before )each\s+(?=[\w-]+\s+(?:dose|cycle|visit))", "every "),
    meant(
        r"^\s*(?:prior\s+to|before|at|with|on)\s+(?:each|every|all)\s+(?:dose|dosing|administration|infusion"
        r"|injection|vaccination)s?\s*$",
        "every {drug} dose",
    ),
    meant(r"^\s*(?:prior\s+to|before|at|with|on)\s+([\w-]+)\s+(dose|cycle|visit)\s+([0-9]+)\s*$", "{0} {1} {2}"),
    meant(r"^\s*(?:prior\s+to|before|at|with|on)\s+(dose|cycle)\s+([0-9]+)\s*$", "{drug} {0} {1}"),
    meant(
        r"^\s*(?:prior\s+to|before|at|with|on)\s+(?:each|every|all)\s+([\w-]+)\s+(doses?|cycles?|visits?)\s*$",
        "every {0} {1}",
    ),
    meant(r"(?<=before )(?:each|every)\s+(?=(?:dose|cycle)\b)", "every {drug} "),
    meant(r"(?<=after )(?:each|every)\s+(?=(?:dose|cycle)\b)", "every {drug} "),
    meant(r"(?<=before )(?=(?:dose|cycle)\s+[0-9])", "{drug} "),
    meant(r"(?<=after )(?=(?:dose|cycle)\s+[0-9])", "{drug} "),
    meant(r"^\s*(?:at\s+)?(?:all|each|every)\s+(?:study\s+|clinic\s+|scheduled\s+)visits?\s*$", "every visit"),
)
