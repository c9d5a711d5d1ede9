"""What all shapes have in common."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

CivilDate: TypeAlias = date
"""A day at the site; a field may be called "date" itself."""


class Shape(BaseModel):
    """Keys and values of an answer, no more than these. The text below an attribute is its description."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)
