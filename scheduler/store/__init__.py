"""Where a study is kept: an append-only log in a database, with accounts, sessions and feed links beside it."""
