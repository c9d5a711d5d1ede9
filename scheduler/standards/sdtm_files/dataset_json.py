"""A dataset as Dataset-JSON 1.1. Source: CDISC Dataset-JSON v1.1 (2024)."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal

from scheduler.standards.sdtm.datasets import Dataset, Value

_TYPES = {"text": "string", "integer": "integer", "float": "double"}


def dataset_as_json(dataset: Dataset, study: str, made: datetime, program_version: str) -> str:
    """The file's text. ``made`` is the moment of writing, in UTC; a missing number is null, a missing text is empty."""
    about = dataset.about
    columns = [
        {
            "itemOID": f"IT.{about.name}.{variable.name}",
            "name": variable.name,
            "label": variable.label,
            "dataType": _TYPES[variable.sort],
            **_length(dataset, number),
            **({"keySequence": about.keys.index(variable.name) + 1} if variable.name in about.keys else {}),
        }
        for number, variable in enumerate(about.variables)
    ]
    whole = {
        "datasetJSONCreationDateTime": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "datasetJSONVersion": "1.1.0",
        "sourceSystem": {"name": "scheduler", "version": program_version},
        "studyOID": study,
        "itemGroupOID": f"IG.{about.name}",
        "records": len(dataset.rows),
        "name": about.name,
        "label": about.label,
        "columns": columns,
    }
    rows = ",\n".join(json.dumps([_cell(cell) for cell in row], ensure_ascii=False) for row in dataset.rows)
    head = json.dumps(whole, ensure_ascii=False, indent=1)
    return f'{head[:-2]},\n "rows": [\n{rows}\n ]\n}}\n'


def _length(dataset: Dataset, number: int) -> dict[str, int]:
    texts = [row[number] for row in dataset.rows if isinstance(row[number], str)]
    return {"length": max(1, *(len(str(text)) for text in texts))} if texts else {}


def _cell(value: Value) -> str | int | float | None:
    return float(value) if isinstance(value, Decimal) else value
