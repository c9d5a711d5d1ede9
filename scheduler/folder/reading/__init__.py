"""A study and its patients read from a folder or from a database, with all that is wrong in them.

It imports nothing of the other rooms here."""
