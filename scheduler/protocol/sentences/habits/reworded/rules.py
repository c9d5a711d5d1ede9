"""Rows of decision tables as publications say them: G3/4, grade 3 or higher, resume at reduced dose, permanently d/c."""

from __future__ import annotations

import re

from scheduler.protocol.sentences.habits.habit import exactly, meant

_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_TIMES = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th"}


def _arabic(match: re.Match[str]) -> tuple[str, ...]:
    return (re.sub(r"\b(?:IV|I{1,3})\b", lambda roman: _ROMAN[roman[0].upper()], match[0], flags=re.IGNORECASE),)


def _above_grade(match: re.Match[str]) -> tuple[str, ...]:
    grade = int(match[1])
    return (f"grade {grade + 1}-4" if grade < 3 else "grade 4",)


def _below_grade(match: re.Match[str]) -> tuple[str, ...]:
    grade = int(match[1])
    return (f"grade 1-{grade}" if grade > 1 else "grade 1",)


def _at_the_time(match: re.Match[str]) -> tuple[str, ...]:
    return (f"{match[2]}, {_TIMES[match[1].lower()]} time",)


def _to_grade_4(match: re.Match[str]) -> tuple[str, ...]:
    return ("grade 4" if match[1] == "4" else f"grade {match[1]}-4",)


def _both_ends(match: re.Match[str]) -> tuple[str, ...]:
    """ "50 to 60 mL/min": what is 50 belongs to it, or not."""
    name, low, high, unit = match[1], match[2], match[3], match[4]
    if float(low) >= float(high):
        return ()
    return f"{name} at least {low} to below {high} {unit}", f"{name} above {low} to {high} {unit}"


def _apart(match: re.Match[str]) -> tuple[str, ...]:
    """Percent is written apart; a change in percent is no value that a row can ask for."""
    changes = re.match(
        r"\s*(?:an?\s+)?(?:decrease|increase|reduction|drop|fall|rise|loss|change|decline)\b",
        match.string,
        re.IGNORECASE,
    )
    return () if changes else (" %",)


RULES = (
    meant(
        r":\s*(?:if\s+)?(?:resolved|recovered)\s+within\s+([0-9]+\s+(?:days?|weeks?))\s*[:,]\s*(?:at\s+)?(?:the\s+)?same\s+(?:dose\s+)?level\s*[,;]\s*"
        r"(?:if\s+)?(?:later|else|otherwise)\s*[:,]?\s*(?:one|1)\s+(?:dose\s+)?(?:level\s+)?lower",
        ": hold until resolved, then resume at the same level if recovered within {0}, else 1 level lower",
    ),
    meant(r"^\s*(?:if|when|in\s+case\s+of|for)\s+(?=\S)", ""),
    meant(r"(?<=[0-9])%", _apart),
    meant(r"\b(?:NCI[- ])?CTCAE\s+(?:v[0-9.]+\s+)?(?=grades?\b|G[1-4])", ""),
    meant(r"\b(?:toxicity|AE|adverse\s+event)\s+(?:of\s+)?(?=grade)", ""),
    meant(r"\bgrade\s+(?:IV|I{1,3})(?:\s*[-/]\s*(?:IV|I{1,3}))?\b", _arabic),
    exactly(r"\bG(?=[1-4](?:\s*[-/]\s*[1-4])?\b)", "grade "),
    exactly(r"\bG\s*(?=(?:≥|>=|>|≤|<=|<)\s*[1-4])", "grade "),
    meant(r"\bgrade\s*([1-4])\s*/\s*([1-4])\b", "grade {0}-{1}"),
    meant(
        r"\bgrade\s*(?:≥|>=)\s*([1-4])\b|(?:≥|>=)\s*(?:grade\s*|G)([1-4])\b",
        lambda match: ("grade 4" if (match[1] or match[2]) == "4" else f"grade {match[1] or match[2]}-4",),
    ),
    meant(r"(?<!until )(?:\bgrade\s*>|>\s*grade)\s*([1-3])\b", _above_grade),
    meant(r"^\s*(?:grade\s*(?:≤|<=)|(?:≤|<=)\s*grade)\s*([1-4])\b", _below_grade),
    meant(r"\bgrade\s+([1-4])\s*(?:\+|(?:or|and)\s+(?:higher|worse|above|greater|more))(?!\w)", _to_grade_4),
    meant(
        r"\b(grade\s+[1-4](?:-[1-4])?)\s*,?\s*\(\s*(first|second|third)\s+(?:occurrence|episode|event|time)\s*\)",
        lambda match: (f"{match[1]}, {_TIMES[match[2].lower()]} time",),
    ),
    meant(
        r"^\s*(first|second|third|fourth)\s+(?:occurrence\s+of\s+|episode\s+of\s+)?(grade\s+[1-4](?:-[1-4])?)",
        _at_the_time,
    ),
    meant(r"^\s*(?:recurrent|recurring|repeated)\s+(grade\s+[1-4](?:-[1-4])?)", "{0}, 2nd time or later"),
    meant(
        r"\b(grade\s+[1-4](?:-[1-4])?),?\s+(?:persist(?:ent|ing|s)|lasting)?\s*(?:for\s+)?(?:more\s+than"
        r"|longer\s+than|>)\s*([0-9]+\s+(?:days|weeks))",
        "{0}, not improved within {1}",
    ),
    meant(r"\b([0-9.]+)\s*x?\s*(?=(?:ULN|x\s*ULN)\b)", "{0} x "),
    meant(r"(?:>|\babove\b)\s*([0-9.]+)\s+and\s+(?:≤|<=|up\s+to)\s*([0-9.]+)", "above {0} to {1}"),
    meant(r"(?:≥|>=|\bat\s+least\b)\s*([0-9.]+)\s+and\s+(?:<|below)\s*([0-9.]+)", "at least {0} to below {1}"),
    meant(r"^\s*([A-Za-z][\w -]*?)\s+([0-9.]+)\s+to\s+([0-9.]+)\s+([a-zA-Zµ%][\w/%]*)(?=\s*[:,])", _both_ends),
    meant(r"(?<=[a-z0-9])\s+and\s+(?=[A-Za-z][\w ]*?\s*(?:>|<|≥|≤|above|below|at\s+least|up\s+to)\s*[0-9])", " with "),
    meant(
        r"\b(?:permanently\s+|immediately\s+)?(?:d/c|dc|withdraw|terminate|cease)(?:\s+(?:permanently|treatment"
        r"|therapy|(?:the\s+)?(?:study\s+)?drug))?(?=\s*(?:$|\())",
        "discontinue",
    ),
    meant(r"\b(?:permanently\s+)?discontinue\s+(?:study\s+)?(?:treatment|therapy|drug|dosing)\b", "discontinue"),
    meant(
        r"\b(?:no\s+(?:dose\s+)?(?:modification|change|adjustment|reduction|action)(?:\s+(?:is\s+)?(?:required"
        r"|needed))?|maintain(?:\s+(?:the\s+)?(?:current\s+)?dose)?|continue\s+(?:study\s+)?(?:treatment|therapy"
        r"|dosing|at\s+(?:the\s+)?(?:full|same|current)\s+dose(?:\s+level)?))(?=\s*(?:$|\(|,))",
        "continue",
    ),
    meant(
        r"\b(hold|withhold|interrupt|suspend|delay)\s+(?:(?:the\s+)?(?:study\s+)?(?:dose|dosing|drug|treatment|therapy))\b",
        "{0}",
    ),
    meant(
        r"\b(?:reduction\s+of\s+(?:the\s+)?dose|dose\s+reduction)\s+(?:by|of)\s+(?:one|1)\s+(?:dose\s+)?level\b",
        "reduce by 1 level",
    ),
    meant(
        r"\b(?:reduce|decrease|lower)\s+(?:the\s+)?(?:dose\s+)?(?:by\s+)?(?:two|2)\s+(?:dose\s+)?levels?\b",
        "reduce by 2 levels",
    ),
    meant(
        r"\b(?:reduce|decrease|lower)\s+(?:the\s+)?(?:dose\s+)?to\s+(?:the\s+)?next\s+lower\s+(?:dose(?:\s+level)?|level)\b",
        "reduce by 1 level",
    ),
    meant(
        r"\b(?:resume|restart|reintroduce|rechallenge)\s+(?:dosing\s+|treatment\s+)?(?:at|with)\s+(?:an?\s+"
        r"|the\s+)?(?:(?:one|1)\s+(?:dose\s+)?level\s+(?:lower|reduced)|reduced\s+dose(?:\s+level)?|lower\s+dose"
        r"(?:\s+level)?|next\s+lower\s+(?:dose(?:\s+level)?|level))\b",
        "resume 1 level lower",
    ),
    meant(
        r"\b(grade\s+[1-4](?:-[1-4])?),?\s+(?:(?:that\s+)?recurs|recurrent|recurring|recurrence|on\s+recurrence|repeated)(?=\s*[:,])",
        "{0}, 2nd time or later",
    ),
    meant(
        r":\s*hold\s+((?:at\s+least\s+[^,]+?\s+)?until\s+[^,]+?),?\s+(?:then\s+)?resume\s+(?:at\s+)?(?:the\s+)?same(?:\s+dose)?"
        r"(?:\s+level)?,?\s+or\s+(?:resume\s+|reduce\s+)?(?:at\s+|by\s+|with\s+)?(?:an?\s+|the\s+)?(?:(?:1|one)\s+(?:dose\s+)?level(?:\s+lower)?"
        r"|reduced\s+dose|lower\s+dose|next\s+lower\s+(?:dose|level))",
        ": the investigator chooses among hold {0}, then resume at the same level, or hold {0}, then resume 1 level lower",
    ),
    meant(r"\buntil\s+(?:it\s+)?(?:resolv\w+|recover\w+|improv\w+|returns?)\s+to\s+", "until "),
    meant(
        r"\b(?:until|to)\s+(?:recovery\s+to\s+)?(?:(?:≤|<=)\s*(?:grade\s*|G)|(?:grade\s*|G)(?:≤|<=)\s*)([0-3])\b",
        "until grade 0-{0}",
    ),
    meant(r"\b(until)\s+(?:recovery\s+to\s+)?(?:≥|>=)\s*([0-9.]+)", "{0} at least {1}"),
)
