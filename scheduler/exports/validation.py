"""A validation report for the file: JSON for programs, PDF for people. The same report gives the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from scheduler.exports.paper.lists import tables_as_pdf
from scheduler.views.imprint import NEVER, Imprint
from scheduler.views.looking_back.validation import Validation, tables_of_validation
from scheduler.views.shapes.finding import tell_findings
from scheduler.views.shapes.shape import Json

if TYPE_CHECKING:
    from scheduler.views.looking_back.story import Outcome


def validation_as_json(validation: Validation) -> str:
    """The report as text. ``result`` is "passed" only when there is a story and all of them came out as told."""
    keys: dict[str, Json] = {
        "study": validation.study,
        "program": validation.engine,
        "date": validation.on.isoformat() if validation.on else None,
        "result": "passed" if validation.passed else "failed",
        "texts": [
            {"text": each.what, "version": each.version, "file": each.file, "sha256": each.digest}
            for each in validation.inputs
        ],
        "stories": [_story(each) for each in validation.outcomes],
    }
    return json.dumps(keys, ensure_ascii=False, indent=1) + "\n"


def _story(outcome: Outcome) -> Json:
    return {
        "story": outcome.name,
        "tells": outcome.sentence,
        "sha256": outcome.digest,
        "result": "passed" if outcome.passed else "failed",
        "differences": [
            {"entry": each.entry, "what": each.what, "expected": each.expected, "got": each.got}
            for each in outcome.differences
        ],
        "findings": [each.as_keys() for each in tell_findings(outcome.findings)],
    }


def validation_as_pdf(validation: Validation) -> bytes:
    """The report as PDF/A and PDF/UA, with room for signatures. Raises InvalidText where a letter cannot be printed."""
    versions = [each.version for each in validation.inputs if each.what == "protocol" and each.version]
    moment = datetime.combine(validation.on, time(), UTC) if validation.on else NEVER
    imprint = Imprint(validation.study, ", ".join(versions), recorded=moment)
    return tables_as_pdf(*tables_of_validation(validation), imprint=imprint, title="Validation report")
