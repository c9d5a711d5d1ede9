"""Text that people write, read with the place of everything in it, so that every finding can point at its line.

`decode` and `read_yaml` turn a file into a `Node`; `validate` turns a `Node` into a model.
"""

from scheduler.source.node import Data, Node, Step
from scheduler.source.reading import decode, read_yaml
from scheduler.source.validation import validate

__all__ = ["Data", "Node", "Step", "decode", "read_yaml", "validate"]
