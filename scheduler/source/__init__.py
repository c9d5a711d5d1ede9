"""Text that people write, read with the place of everything in it, so that every finding can point at its line.

`reading` turns a file into a `Node`, `validation` a `Node` into a model. May import findings only.
"""
