"""How people write timings, limits and what days count from: q3w, C1D8, within 28 days prior to."""

from __future__ import annotations

import re
from collections.abc import Callable

from scheduler.protocol.sentences.habits.everywhere import LISTS_AND_CYCLES
from scheduler.protocol.sentences.habits.habit import Habit, advised, meant


def _ideal_first(match: re.Match[str]) -> tuple[str, ...]:
    """ "28 to 1 days before": the ideal day is the first number."""
    far, near, unit, word = int(match[1]), int(match[2]), match[3], match[4]
    if far <= near or not unit.lower().startswith(("day", "week")):
        return ()
    days = (far - near) * (7 if unit.lower().startswith("week") else 1)
    sign = "+" if word.lower() == "before" else "-"
    return f"{near} to {far} {unit} {word}", f"{far} {unit} {sign}{days} {word}"


def _within(way: str) -> Callable[[re.Match[str]], tuple[str, ...]]:
    """ "within 28 days after": the day itself belongs to it, or the next is the first."""

    def meant(match: re.Match[str]) -> tuple[str, ...]:
        many, unit = match[1], match[2]
        return f"1 {unit} {way}" if many == "1" else f"1 to {many} {unit} {way}", f"0 to {many} {unit} {way}"

    return meant


def _repeated(span: str) -> Callable[[re.Match[str]], tuple[str, ...]]:
    """ "every 3 weeks" from dose to dose, so that a delay moves all that follow, or on a grid from the first."""

    def meant(match: re.Match[str]) -> tuple[str, ...]:
        length = span.format(*match.groups("")) + (match["window"] or "")
        return f"{length} after the previous dose", f"every {length} from first dose"

    return meant


def _from_until(match: re.Match[str]) -> tuple[str, ...]:
    """ "8 weeks after surgery, for 48 weeks": from then on, until 56 weeks after surgery."""
    unit, anchor = match["unit"].lower(), match["anchor"].strip()
    after, long = int(match["after"]), int(match["long"])
    return (f"from {after} {unit}s after {anchor} until the day before {after + long} {unit}s after {anchor} ",)


def _days_of_cycles(match: re.Match[str]) -> tuple[str, ...]:
    """ "14 days ±3 after chemo cycles 3, 6": day 15 of them, because their day 1 is counted."""
    window = re.sub(r" *days?$", "", (match["window"] or "").strip())
    listed = ", ".join(re.findall(r"[0-9]+(?:-[0-9]+)?", match["listed"]))
    said = f"on day {int(match['after']) + 1} of {match['name']} cycles {listed}{f' {window} days' if window else ''}"
    return () if "w" in window else (said,)


def _table_of_weeks(match: re.Match[str]) -> tuple[str, ...]:
    """ "weeks 6 and 12 after randomisation": one sentence for each number."""
    weeks = re.findall(r"[0-9]+", match[1])
    from_what = match[2] or "first dose"
    rows = ", ".join(f"{n}: {week} weeks after {from_what}" for n, week in enumerate(weeks, 1))
    return (f"a table by number under 'when': {{{rows}}}",)


_WINDOW = r"(?:±\s*[0-9]+|-\s*[0-9]+\s*\+\s*[0-9]+|[+-]\s*[0-9]+)(?:\s*(?:days?|d|weeks?|wks?|w)\b)?"
_UNIT = r"(days?|weeks?|months?|years?)"
_ANY_UNIT = r"(working\s+days?|days?|weeks?|months?|years?)"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_OF_THE_YEAR = rf"[0-9]{{1,2}} (?:{_MONTH})(?:(?:,| and) [0-9]{{1,2}} (?:{_MONTH}))*"
_ENDS = r"\s*(?=$|,|\()"
_WINDOWS_AND_LIMITS = (
    meant(
        r"^\s*(?:starting\s+)?(?:from|with)\s+cycle\s+([0-9]+)\s*(?:-|to|until|through)\s*(?:cycle\s+)?([0-9]+)(?=\s*(?:$|,|\())",
        "in cycles {0}-{1}",
    ),
    meant(
        r"^\s*(?:starting\s+)?(?:from|with)\s+cycle\s+([0-9]+)(?:\s+on(?:wards?)?|\s+and\s+later|\s*\+)?(?=\s*(?:$|,|\())",
        "in cycles {0} and later",
    ),
    meant(
        rf"^\s*(?P<after>[0-9]+)\s+days?\s*(?P<window>{_WINDOW})?\s+(?:after|from)\s+(?P<name>[A-Za-z][\w-]*)"
        r"\s+cycles\s+(?P<listed>[0-9][0-9,and -]*[0-9])",
        _days_of_cycles,
    ),
    meant(
        r",?\s*\(?(?:up\s+to|at\s+most|max(?:imum|\.)?)\s+([0-9]+)\s+(days?|weeks?)\s+(?:late|later|delay)\b\)?",
        " +{0} {1}",
    ),
    meant(
        r",?\s*\(?(?:up\s+to|at\s+most|max(?:imum|\.)?)\s+([0-9]+)\s+(days?|weeks?)\s+(?:early|earlier)\b\)?",
        " -{0} {1}",
    ),
    meant(rf",\s*(?:within|give\s+or\s+take)\s+([0-9]+)\s+(days?|weeks?){_ENDS}", " ±{0} {1}", " +{0} {1}"),
    meant(
        rf"^\s*from\s+(.+?)\s+for\s+(?:the\s+first\s+|up\s+to\s+)?([0-9]+)\s+{_UNIT}{_ENDS}",
        "from {0} until {1} {2} after {0}",
    ),
    meant(
        rf",?\s+for\s+(?:the\s+first\s+|up\s+to\s+)?([0-9]+)\s+{_UNIT}\s+(?:after|from|since|following|of)\s+([^,()]+?){_ENDS}",
        " from {2}, until {0} {1} after {2}",
    ),
    meant(
        rf",?\s+for\s+(?:the\s+first\s+|up\s+to\s+|at\s+most\s+)?([0-9]+)\s+{_UNIT}{_ENDS}",
        ", until {0} {1} after first dose",
        ", until {0} {1} after randomisation",
    ),
    meant(
        rf",\s*([0-9]+)\s*(?:-|to)\s*([0-9]+)\s+{_UNIT}\s+(?:after|following|post|since)\s+([^,()]+?){_ENDS}",
        ", not before {0} {2} after {3}, not after {1} {2} after {3}",
    ),
    meant(
        rf",\s*([0-9]+)\s*(?:-|to)\s*([0-9]+)\s+{_UNIT}\s+(?:before|prior\s+to)\s+([^,()]+?){_ENDS}",
        ", not before {1} {2} before {3}, not after {0} {2} before {3}",
    ),
    meant(r"\b(?:thereafter|afterwards|from\s+then(?:\s+on)?)\b", "after that"),
    meant(
        r"^\s*(?:when|at\s+the\s+time)\s+(?:study\s+)?(?:treatment|therapy)\s+(?:ends|stops|is\s+(?:stopped|ended|discontinued))\b",
        "on end of treatment",
    ),
    meant(r"^\s*on\s+the\s+(day|week)\s+(after|before)\s+", "1 {0} {1} "),
    meant(r"^\s*(?:on|at)\s+the\s+(?:day|date|time)\s+of\s+(?:the\s+)?", "on "),
    meant(
        r"^\s*(?:on\s+)?day\s+([0-9]+)\s+(?:of|in)\s+cycles\s+([0-9][0-9, -]*[0-9])", "on day {0} of {drug} cycles {1}"
    ),
    advised(
        r"^\s*(?:on\s+)?days\s+([0-9]+-[0-9]+)\s+(?:of|in)\s+cycles\s+([0-9][0-9, -]*[0-9])",
        "on day 1 of {drug} cycles {1}, and under 'give': ... on days {0}",
    ),
    meant(
        r"^\s*(?:on\s+)?days?\s+([0-9]+(?:(?:,\s*(?:and\s+)?|\s+and\s+)[0-9]+)*)\s+(?:of|in)\s+cycles\s+([0-9][0-9, -]*[0-9])",
        "on days {0} of {drug} cycles {1}",
    ),
    advised(
        r"^\s*after\s+(?:the\s+)?(cycle|dose|fraction)\s+([0-9]+)",
        "how many days after it: 0 to N days after {drug} {0} {1}",
    ),
    advised(
        r"^\s*after\s+(?:the\s+)?([\w-]+\s+(?:cycle|dose|fraction)\s+[0-9]+)",
        "how many days after it: 0 to N days after {0}",
    ),
    advised(
        r"^\s*after\s+(?:the\s+)?cycles\s+([0-9]+(?:-[0-9]+)?(?:, ?[0-9]+(?:-[0-9]+)?)*)",
        "which day of them: on day N of {drug} cycles {0}",
    ),
)
IN_TIMINGS = (
    meant(
        r"^\s*(?P<after>[0-9]+)\s+(?P<unit>day|week|month|year)s?\s+(?:after|following|post|since)\s+(?P<anchor>(?!first\s+dose|randomi)[^,()]+?)"
        r"\s*,?\s+for\s+(?:up\s+to\s+)?(?P<long>[0-9]+)\s+(?P=unit)s?\s*(?=$|\()",
        _from_until,
    ),
    *_WINDOWS_AND_LIMITS,
    *(
        meant(rf"^\s*(?:given\s+)?{often}(?P<window>\s*{_WINDOW})?(?=\s*(?:$|,|\())", _repeated(span))
        for often, span in (
            (rf"(?:every|each)\s+([0-9]+)\s+{_UNIT}", "{0} {1}"),
            (r"q\s*([0-9]+)\s*d(?:ays?)?", "{0} days"),
            (r"q\s*([0-9]+)\s*w(?:k|ks|eeks?)?", "{0} weeks"),
            (r"q\s*([0-9]+)\s*m(?:o|os|onths?)?", "{0} months"),
            (r"q\s*w(?:k|eek)?", "1 week"),
            (r"(?:once\s+)?(?:weekly|a\s+week|(?:every|each|per)\s+week)", "1 week"),
            (r"(?:once\s+)?(?:daily|a\s+day|(?:every|each)\s+day)", "1 day"),
            (r"(?:once\s+)?(?:monthly|(?:every|each)\s+month)", "1 month"),
            (r"(?:yearly|annually|once\s+a\s+year|(?:every|each|per)\s+year)", "1 year"),
            (r"([0-9]+)\s*-?\s*weekly", "{0} weeks"),
            (r"(?:fortnightly|every\s+(?:other|second|2nd)\s+week)", "2 weeks"),
        )
    ),
    meant(
        r"^\s*(?:(?:every|each)\s+(?:working\s+day|weekday)|(?:daily|every\s+day),?\s+(?:Monday\s*(?:to|-)\s*Friday|on\s+weekdays))",
        "at least 1 day after the previous fraction",
    ),
    meant(
        rf"^\s*(?:every|each)\s+year\s+on\s+({_OF_THE_YEAR})|^\s*(?:yearly|annually)\s+on\s+({_OF_THE_YEAR})",
        lambda match: (f"on {match[1] or match[2]} of each year from first dose",),
    ),
    meant(rf"^\s*(?:on|every|each)\s+({_OF_THE_YEAR})\s*(?=$|\(|[±+-])", "on {0} of each year from first dose "),
    meant(r"(?<=\w )(?:in\s+|of\s+)?(?:every|each|any|a)\s+year\b(?<!of each year)", "of each year"),
    meant(
        r"\b(of\s+each\s+year(?:\s*[±+-]\s*[0-9]+(?:\s*\+\s*[0-9]+)?(?:\s+(?:days?|weeks?))?)?)\s*(?=$|\()",
        "{0} from first dose ",
    ),
    meant(rf"\b({_MONTH})\s+([0-9]{{1,2}}),?\s+([0-9]{{4}})\b", "{1} {0} {2}"),
    meant(rf"\b({_MONTH})\s+([0-9]{{1,2}})\b(?!\s+[0-9]{{4}})", "{1} {0}"),
    meant(
        r"^\s*(?:(?:taken\s+)?off\s+|at\s+)?([0-9]+)\s*(?:h|hrs?|hours?)\s+after\s+(?:the\s+)?([\w-]+)\s+"
        r"(?:starts?|begins?|began|is\s+connected)\b",
        "{0} hours after every {1} dose",
    ),
    meant(r"\b([0-9]+)\s*(?:h|hrs?)(?=\s)", "{0} hours"),
    meant(r"\b([0-9]+)\s+hours\s+(?:or\s+more|at\s+least)\s+after\b", "at least {0} hours after"),
    meant(rf"\bevery\s+{_UNIT}\b", "every 1 {0}"),
    meant(r"\bthe\s+(day|week)\s+(before|after)\b", "1 {0} {1}"),
    Habit(
        r"^\s*weeks?\s+([0-9]+(?:(?:\s*,\s*|\s+and\s+)[0-9]+)+)(?:\s+(?:from|after|since)\s+([\w-]+(?: [\w-]+)*))?",
        (_table_of_weeks,),
        advice=True,
    ),
    meant(r"^\s*(?:on\s+|at\s+)?weeks?\s+([0-9]+)\s+(?:from|after|since)\s+", "{0} weeks after "),
    meant(
        r"^\s*(?:on\s+|at\s+|in\s+)?weeks?\s+([1-9][0-9]*)\b(?!\s+day)",
        "{0} weeks after first dose",
        lambda match: (f"on Study Day {7 * int(match[1]) - 6}",),
    ),
    advised(
        r"\bd(?:ays?)?\s*([0-9]+)\s*(?:-|to)\s*d?(?:ays?)?\s*([0-9]+)\b",
        "dosing days under 'give': ... on days {0}-{1}",
    ),
    meant(r"^\s*(?:on\s+|at\s+|in\s+)?months?\s+([1-9][0-9]*)\s+(?:after|from|since)\s+", "{0} months after "),
    meant(r"^\s*(?:on\s+|at\s+|in\s+)?months?\s+([1-9][0-9]*)\b", "{0} months after first dose"),
    meant(r"^\s*(?:on\s+)?(?:every|each)\s+(cycle|dose|fraction)\b", "on every {drug} {0}"),
    meant(r"\b(?:every|any|an|each)\s+SAEs?\b", "each serious adverse event"),
    meant(r"\b(?:every|any|an|each)\s+(?:AEs?\b|adverse\s+events\b)", "each adverse event"),
    meant(r"\b(?:every|any|an)\s+((?:serious\s+)?adverse\s+event)s?\b", "each {0}"),
    meant(r"\b(?:every|any|an)\s+unscheduled\s+visit\b", "each unscheduled visit"),
    meant(r"\bunscheduled\s+visits\b", "unscheduled visit"),
    meant(r"\b(?:of\s+)?(?:CTCAE\s+)?grade\s*(?:>=|≥)\s*([1-5])", "of grade {0} or higher"),
    meant(r"\b(?:of\s+)?(?:>=|≥)\s*grade\s*([1-5])", "of grade {0} or higher"),
    meant(
        r"\bgrade\s+([1-5])\s*(?:\+|or\s+(?:more|above|worse|greater)|and\s+(?:higher|above|more))",
        "grade {0} or higher",
    ),
    meant(r"\bgrades?\s+([1-5])\s+(?:or|and|to)\s+([1-5])\b", "grade {0}-{1}"),
    meant(r"(?<=adverse event )grade\b", "of grade"),
    meant(r"(?<!\w)(?:has\s+)?(?:resolves|resolved|resolution|is\s+(?:over|resolved)|ended)\b", "ends"),
    meant(r"(?<!\w)(?:starts|started|began|onset|occurs)\b", "begins"),
    meant(r"\beach\s+(?![0-9])([\w-]+)\s+(cycle|dose|fraction|visit|scan)\b", "every {0} {1}"),
    meant(r"\b(cycle|dose|fraction)\s+([0-9]+)\s*(?:to|-)\s*([0-9]+)\b", "{0}s {1}-{2}"),
    meant(r"(?<!,)\s+until\s+(?:PD|(?:disease\s+)?progression|progressive\s+disease)\b", ", until progression"),
    meant(r"(?<!,)\s+(?=until\s+)", ", "),
    advised(r"\btogether\s+with\s+([\w-]+)", "together with: {0}, in a line of its own beside 'when'"),
    meant(
        r"\bevery\s+([0-9]+(?:st|nd|rd|th))\s+([\w-]+)\s+(cycle|dose|visit)s?,?\s+from\s+(?:\w+\s+)?([0-9]+)",
        "{1} {2}s {3}, then every {0}",
    ),
    *LISTS_AND_CYCLES,
    meant(r"\b(cycle|dose|fraction)\s*([0-9]+)\s*day\s+", "{0} {1} day "),
    meant(r"(?<=\w )(cycle|dose|fraction|visit|scan)s\s+([0-9]+)\b(?!\s*[-,]\s*[0-9])", "{0} {1}"),
    meant(r"^\s*(?:on\s+)?cycle\s+([0-9]+),?\s+day\s+([0-9]+)", "on {drug} cycle {0} day {1}"),
    meant(r"^(?!\s*on\b)\s*([\w-]+\s+cycle\s+[0-9]+\s+day\s+[0-9]+)", "on {0}"),
    meant(r"^\s*(?:on\s+)?day\s+([0-9]+)\s+(?:of|in)\s+cycle\s+([0-9]+)", "on {drug} cycle {1} day {0}"),
    meant(
        r"\b(?:on\s+)?days?\s+([0-9, -]+?)\s+(?:of|in)\s+(?:each|every|all|a|the)\s+(?:[0-9]+-day\s+)?cycles?\b",
        "on every {drug} day {0}",
    ),
    meant(
        r"\bdays?\s+-([0-9]+)\s*(?:to|-)\s*(?:day\s*)?-([0-9]+)\b",
        lambda match: (f"{match[2]} to {match[1]} days before first dose",) if int(match[2]) < int(match[1]) else (),
    ),
    meant(r"\bstudy\s+D([0-9]+)\b", "Study Day {0}"),
    meant(r"^\s*D(?:ay\s+)?(-[0-9]+)\b", "on Study Day {0}"),
    meant(r"^\s*D(?:ay\s+)?([0-9]+)\b", "on Study Day {0}", "on {drug} cycle 1 day {0}"),
    meant(r"\bD(-?[0-9]+)\b", "Study Day {0}"),
    meant(r"\blast\s+day\s+of\b", "the last day of"),
    meant(r"\b(?:the\s+)?(?:final|last)\s+dose\s+of\s+(?:the\s+)?(\w[\w-]*)", "the last {0} dose"),
    meant(r"\b(?:the\s+final|final|last)\s+dose\b", "the last dose"),
    meant(r"\blast\s+(\w[\w-]*)\s+dose\b", "the last {0} dose"),
    meant(
        r"\bthe\s+(?:last|final|same)\s+day\s+of\s+the\s+(?:previous|prior|preceding)\s+(visit|fraction|scan)\b",
        "the previous {0}",
    ),
    meant(r"\bthe\s+(?:prior|preceding|last)\s+(cycle|dose|fraction|visit|scan)\b", "the previous {0}"),
    meant(r"\b(?:the\s+)?(previous|prior|preceding)\s+(cycle|dose|fraction|visit|scan)\b", "the previous {1}"),
    meant(r"\blast\s+(cycle|fraction|visit|scan)\b", "the previous {0}"),
    meant(r"\b(?:each|every)\s+(cycle|dose|fraction|visit|scan)\b", "the previous {0}"),
    meant(r"\b(?:the\s+)?(?:start|beginning)\s+of\s+(?:study\s+)?(?:treatment|therapy|dosing)\b", "first dose"),
    meant(r"\b(?:the\s+)?first\s+(?:administration|day\s+of\s+(?:treatment|dosing)|drug|dosing)\b", "first dose"),
    meant(r"\b(?:the\s+)?end\s+of\s+(?:study\s+)?(?:treatment|therapy)\b|\bEOT\b", "end of treatment"),
    meant(r"\bend\s+of\s+(?!treatment\b)(\w[\w-]*)", "the end of {0}"),
    meant(r"\brandomi[sz]ed\b|\brandomization\b", "randomisation"),
    meant(r"\b(?:disease\s+progression|progressive\s+disease|progress|PD)\b", "progression"),
    meant(r"\b(?:informed\s+consent|ICF|signing\s+consent)\b", "consent"),
    meant(r"(?<!cycle )(?<!study )\bday\s+([1-9][0-9]*)\b", "Study Day {0}", "{drug} cycle 1 day {0}"),
    meant(r"(?<!study )\bday\s+(-[1-9][0-9]*)\b", "Study Day {0}"),
    meant(r"\bbut\s+(?:no|not)\s+(?:earlier|before)\b(?:\s+than\b)?", ", not before"),
    meant(r"\b(?:no|not)\s+(?:earlier|sooner)\s+than\b", "not before"),
    meant(r"\b(?:no|not)\s+later\s+than\b", "not after"),
    meant(r"(?<![,\s])\s+(?=not\s+(?:before|after)\b)", ", "),
    meant(
        rf"\b(?:within|in)\s+(?:the\s+)?([0-9]+)\s+{_ANY_UNIT}\s+(?:prior\s+to|before)\b",
        _within("before"),
    ),
    meant(
        rf"\b(?:within|in)\s+(?:the\s+)?([0-9]+)\s+{_ANY_UNIT}\s+(?:after|following|from|post)\b",
        _within("after"),
    ),
    meant(rf"\bwithin\s+([0-9]+)\s+{_ANY_UNIT}\s+of\b", "0 to {0} {1} after", "0 to {0} {1} before"),
    meant(r"\bbetween\s+([0-9]+)\s+and\s+([0-9]+)\b", "{0} to {1}"),
    meant(rf"\b([0-9]+)\s*-\s*([0-9]+)\s+(?={_UNIT}\b)", "{0} to {1} "),
    meant(rf"\b([0-9]+)\s+to\s+([0-9]+)\s+{_UNIT}\s+(before|after)\b", _ideal_first),
    meant(r"\+([0-9]+)\s*(?:days?)?\s*[,/]?\s*-([0-9]+)(?=\D)", "-{1} +{0}"),
    meant(r"\b(?:prior\s+to|ahead\s+of|preceding)\b", "before"),
    meant(r"\b(?:following|post|since|from|later\s+than)\b", "after"),
    meant(
        r"^\s*from\s+(?:the\s+)?(randomi[sz]ation|consent|first\s+dose)(?=\s*(?:$|\())",
        "from {0} until progression",
        "on {0}",
    ),
    meant(r"^\s*(?:at|from)\s+", "on "),
    meant(r"\b(?:minimum|min\.?|no\s+less\s+than)\s+(?=[0-9])", "at least "),
    meant(r"≥\s*", "at least "),
)
IN_LIMITS = (
    meant(
        r"^\s*(?:(?:both|all|it|they)\s+(?:stop|end)s?\s+(?:when|once|after)\s+|(?:when|once)\s+)(?=\S+\s+has\s+had)",
        "",
    ),
    meant(
        r"^\s*(?:(?:both|all)\s+(?:stop|end)s?\s+)?(?:when|once|after)?\s*([0-9]+)\s+(cycles|doses)\s+of\s+([\w-]+)"
        r"(?:\s+(?:are|were|have\s+been)\s+(?:given|completed))?",
        "{2} has had {0} {1}",
    ),
    meant(
        r"^\s*(?:(?:both|all)\s+(?:stop|end)s?\s+)?(?:when|once|after)?\s*([\w-]+)\s+(?:has\s+)?(?:completed|received|got)\s+"
        r"([0-9]+)\s+(cycles|doses)",
        "{0} has had {1} {2}",
    ),
    meant(
        r"^\s*(?:for\s+)?(?:a\s+)?(?:max(?:imum|\.)?(?:\s+of)?|up\s+to|at\s+most|no(?:t)?\s+more\s+than|for)\s+([0-9]+)\s+(months?|years?|weeks?|days?)",
        "{0} {1} after first dose",
        "{0} {1} after randomisation",
    ),
    meant(
        r"^\s*([0-9]+)\s+(months?|years?|weeks?|days?)\s*$", "{0} {1} after first dose", "{0} {1} after randomisation"
    ),
    meant(
        r"\b(?:for\s+)?(?:a\s+)?(?:max(?:imum)?\.?(?:\s+of)?|up\s+to|no\s+more\s+than|not\s+more\s+than)(?:\s+of)?\s+(?=[0-9])",
        "at most ",
    ),
    meant(r"≤\s*", "at most "),
    meant(r"^\s*([0-9]+)\s+(\w+)\s*,?\s+(?:max(?:imum)?\.?|at\s+most)", "at most {0} {1}"),
    meant(r"^\s*for\s+([0-9]+)", "{0}"),
    meant(r"^\s*at\s+most\s+([0-9]+)\s*(?=$|\()", "at most {0} doses"),
    advised(r"^\s*(.+?)\s+or\s+(?!so\b)(.+?)\s*$", "a list, of which the first to come counts: [{0}, {1}]"),
    advised(
        r"^\s*(?:unacceptable\s+|intolerable\s+)?toxicity\b",
        "nothing here, or progression: toxicity is judged by a person, who records the end of treatment",
    ),
    meant(r"^\s*until\s+", ""),
    meant(
        r"\b(?:disease\s+progression|progression|progressive\s+disease|PD)\s+(?:or|and)\s+(?:unacceptable\s+)?toxicity\b",
        "progression",
    ),
    meant(r"\b(injections|infusions|administrations|courses|treatments|sessions)\b", "doses"),
)
IN_MADE_UP = (
    meant(
        r"^\s*(?:twice|two\s+fractions)\s+(?:in\s+)?(?:a|one)\s+day,?(?:\s+at\s+least)?\s+([0-9]+)\s*h(?:ours?|rs?)?(?:\s+apart)?",
        "by a second fraction of a day at least {0} hours apart",
    ),
    meant(
        r"\b(?:bid|twice\s+daily),?\s+(?:at\s+least\s+|≥\s*)?([0-9]+)\s*h(?:ours?|rs?)?(?:\s+apart)?",
        "by a second fraction of a day at least {0} hours apart",
    ),
    meant(r"\b(?:min(?:imum|\.)?|>=|≥)\s*([0-9]+)\s*h(?:ours?|rs?)?\s+apart", "at least {0} hours apart"),
    meant(r"\b(?:at|on)\s+(?:the\s+)?weekends?\b", "on a Saturday, or on a Sunday"),
    meant(r"\bon\s+(?:the\s+)?(saturday|sunday)s?\b", lambda match: (f"on a {match[1].capitalize()}",)),
    meant(r"^\s*(saturday|sunday)s?\b", lambda match: (f"on a {match[1].capitalize()}",)),
)
IN_REFERENCES = (
    meant(
        r"^\s*(?:study\s+)?day\s+([01])\s*(?:is|=)\s*(?:the\s+)?(?:day\s+of\s+)?randomi[sz]ation\b",
        "randomisation is Day {0}",
    ),
    meant(
        r"^\s*(?:study\s+)?day\s+([01])\s*(?:is|=)\s*(?:the\s+)?(?:day\s+of\s+)?(?:the\s+)?(.+?)\s*$", "{1} is Day {0}"
    ),
    meant(r"\s*=\s*(?:study\s+)?day\s*", " is Day "),
    meant(r"\bis\s+(?:the\s+)?(?:study\s+)?(?:day\s+|D)([01])\b", "is Day {0}"),
    meant(
        r"\b(?:the\s+)?(?:start|beginning)\s+of\s+(?:study\s+)?(?:treatment|therapy|dosing)\b|\bC1D1\b", "first dose"
    ),
)
IN_PLACES = (
    meant(
        rf"^\s*(?:within|in)\s+(?:the\s+)?([0-9]+)\s+{_UNIT}\s+(?:prior\s+to|before|of|preceding)\b",
        lambda match: _within("before")(match)[::-1],
    ),
    meant(
        rf"^\s*(?:within|in)\s+([0-9]+)\s+{_UNIT}\s+(?:after|following)\b", lambda match: _within("after")(match)[::-1]
    ),
    meant(r"(?<=[a-z] )prior\s+to\b", "before"),
    meant(r"^\s*-([0-9]+)\s+to\s+-?([0-9]+)\s+days?\s+before\b", "{1} to {0} days before"),
    meant(r"\ball\s+visits\b|\beach\s+visit\b|\bevery\s+visits\b", "every visit"),
    meant(r"^\s*(?:every|each|all)\s+(cycle|dose|fraction)s?\s*$", "every {drug} {0}"),
    meant(r"^\s*(?:before|at|on|in|with)\s+(?:every|each|all)\s+(cycle|dose|fraction)s?\s*$", "every {drug} {0}"),
    meant(r"^\s*(?:every|each|all)\s+(?:infusion|injection|administration)s?\s*$", "every {drug} dose"),
    meant(r"^\s*(?:every|each)\s+([0-9]+(?:st|nd|rd|th))\s+(cycle|dose|fraction)s?\s*$", "every {0} {drug} {1}"),
    meant(r"^\s*(?:every\s+(?:other|second))\s+([\w-]+)\s+(cycle|dose|fraction)s?", "every 2nd {0} {1}"),
    meant(r"^\s*(cycle|dose|fraction)\s+([0-9]+)\s*$", "{drug} {0} {1}"),
    meant(r"^\s*(cycle|dose|fraction)s?\s+([0-9][0-9, -]*)", "{drug} {0}s {1}"),
    meant(r"\b(any|every|all)\s*days?\b", "any day"),
)
