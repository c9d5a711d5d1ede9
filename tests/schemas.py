"""The JSON Schemas for editors, made from the models that read the files.

python -m tests.schemas      writes them to examples/, where the first line of every file names them
"""

from __future__ import annotations

from pathlib import Path

from scheduler.folder.founding.editor_schemas import as_text, schemas

__all__ = ["EXAMPLES", "as_text", "schemas"]

EXAMPLES = Path(__file__).parents[1] / "examples"


if __name__ == "__main__":
    for name, schema in schemas().items():
        (EXAMPLES / name).write_text(as_text(schema), "utf-8")
