"""The store on SQLite and PostgreSQL, one implementation for both, in parts by what is kept.

May import the rest of the store; only here and in `connecting` is SQL written.
"""
