"""The protocol: the language that people write it in, and the plans that the engine reads."""
