"""What is kept beside patients' logs, in the database.

May import the rest of the store but what copies it.
"""
