"""Dataset-JSON 1.1 as a JSON schema, written by us from the standard: which keys there are, and of which types."""

from __future__ import annotations

from typing import Any

_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$"}
_TEXT = {"type": "string"}

_COLUMN = {
    "type": "object",
    "additionalProperties": False,
    "required": ["itemOID", "name", "label", "dataType"],
    "properties": {
        "itemOID": _TEXT,
        "name": _TEXT,
        "label": _TEXT,
        "dataType": {
            "enum": [
                "string",
                "integer",
                "decimal",
                "float",
                "double",
                "boolean",
                "datetime",
                "date",
                "time",
                "URI",
            ]
        },
        "targetDataType": {"enum": ["integer", "decimal"]},
        "length": {"type": "integer", "minimum": 1},
        "displayFormat": _TEXT,
        "keySequence": {"type": "integer", "minimum": 1},
    },
}

DATASET_JSON: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2019-09/schema",
    "type": "object",
    "additionalProperties": False,
    "required": [
        "datasetJSONCreationDateTime",
        "datasetJSONVersion",
        "itemGroupOID",
        "records",
        "name",
        "label",
        "columns",
    ],
    "properties": {
        "datasetJSONCreationDateTime": _MOMENT,
        "datasetJSONVersion": {"type": "string", "pattern": r"^1\.1(\.(0|[1-9]\d*))?$"},
        "dbLastModifiedDateTime": _MOMENT,
        "fileOID": _TEXT,
        "originator": _TEXT,
        "sourceSystem": {
            "type": "object",
            "additionalProperties": False,
            "required": ["name", "version"],
            "properties": {"name": _TEXT, "version": _TEXT},
        },
        "studyOID": _TEXT,
        "metaDataVersionOID": _TEXT,
        "metaDataRef": _TEXT,
        "itemGroupOID": _TEXT,
        "records": {"type": "integer", "minimum": 0},
        "name": _TEXT,
        "label": _TEXT,
        "columns": {"type": "array", "items": _COLUMN},
        "rows": {
            "type": "array",
            "items": {
                "type": "array",
                "items": {"type": ["string", "integer", "number", "boolean", "null"]},
            },
        },
    },
}
