"""The JSON Schemas for editors, made from the models that read the files.

python -m tests.schemas      writes them to examples/, where the first line of every file names them
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scheduler.patient.case import CaseFile
from scheduler.protocol.schema import for_editors, protocol_schema
from scheduler.site.text import SiteText

EXAMPLES = Path(__file__).parents[1] / "examples"


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by the name of its file."""
    return {
        "protocol.schema.json": protocol_schema(),
        "site.schema.json": for_editors(SiteText.model_json_schema(), "Where patients come, and when it is open"),
        "case.schema.json": for_editors(CaseFile.model_json_schema(), "A patient as text"),
    }


def as_text(schema: dict[str, Any]) -> str:
    """A schema as it is written to its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name, schema in schemas().items():
        (EXAMPLES / name).write_text(as_text(schema), "utf-8")
