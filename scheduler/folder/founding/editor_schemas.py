"""The JSON Schemas that editors read: what keys a protocol, a site and a case file have, and how sentences are spelled."""

from __future__ import annotations

import json
from typing import Any

from scheduler.forecasting.expecting.rates_text import RatesText
from scheduler.patient.case_file.case import CaseFile
from scheduler.protocol.text.schema import for_editors, protocol_schema
from scheduler.site.text import SiteText


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by the name of its file."""
    return {
        "protocol.schema.json": protocol_schema(),
        "site.schema.json": for_editors(SiteText.model_json_schema(), "Where patients come, and when it is open"),
        "rates.schema.json": for_editors(RatesText.model_json_schema(), "What is expected of a study, for its supply"),
        "case.schema.json": for_editors(CaseFile.model_json_schema(), "A patient as text"),
    }


def as_text(schema: dict[str, Any]) -> str:
    """A schema as it is written to its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
