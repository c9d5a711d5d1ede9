"""A study written in, and read from, the files of standards."""
