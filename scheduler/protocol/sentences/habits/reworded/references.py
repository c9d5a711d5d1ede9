"""What days count from, as publications say it: dosing is Day 1, C1D1 is Day 1, the day of randomisation, baseline."""

from __future__ import annotations

from scheduler.protocol.sentences.habits.habit import meant

_STUDY_DRUG = (
    r"(?:(?:the\s+)?(?:study\s+)?(?:drug|treatment|medication|medicine|therapy|vaccine)"
    r"|(?:the\s+)?investigational\s+product)"
)
_GIVEN = r"(?:dosing|administration|vaccination|immuni[sz]ation|infusion|injection|intake|treatment)"
_FIRST_DOSE = (
    rf"(?:(?:the\s+)?(?:first|1st)\s+(?:{_GIVEN}|dose)(?:\s+of\s+{_STUDY_DRUG})?"
    rf"|(?:treatment|dosing|therapy)\s+start|start\s+of\s+(?:dosing|(?:study\s+)?(?:treatment|therapy))|{_GIVEN}"
    r"|C(?:ycle\s*)?1,?\s*D(?:ay\s*)?1|(?:the\s+)?first\s+day\s+of\s+(?:treatment|dosing)|dose\s+1)"
)
REFERENCES = (
    meant(
        r"^\s*(?:study\s+)?(?:day\s+|D)([01])\s*(?:is|=|:|means)\s*(?:the\s+)?(?:(?:day|date)\s+of\s+)?"
        r"(?:the\s+)?(.+?)\s*(?=$|\()",
        "{1} is Day {0} ",
    ),
    meant(r"\s*(?:=|:|\bwill\s+be\b)\s*(?=(?:study\s+)?(?:day|D)\s*[01])", " is "),
    meant(r"\bis\s+(?:the\s+)?(?:study\s+)?(?:day\s*|D)(?:one|1)\b", "is Day 1"),
    meant(r"\bis\s+(?:the\s+)?(?:study\s+)?(?:day\s*|D)(?:zero|0)\b", "is Day 0"),
    meant(r"^\s*(?:the\s+)?(?:day|date|time)\s+of\s+(?:the\s+)?", ""),
    meant(rf"^\s*{_FIRST_DOSE}(?=\s+is\b)", "first dose"),
    meant(rf"^\s*(?:the\s+)?(?:first|1st)\s+{_GIVEN}\s+of\s+([\w-]+)(?=\s+is\b)", "first dose of {0}"),
    meant(r"^\s*(?:the\s+)?(?:start|beginning)\s+of\s+([\w-]+)(?=\s+is\b)", "first dose", "first dose of {0}"),
    meant(r"\brandomi[sz]ation\b|\brandomi[sz]ed\b", "randomisation"),
    meant(r"^\s*(?:from\s+)?(first\s+dose|randomisation|consent|enrolment)\s*$", "{0} is Day 1"),
)
