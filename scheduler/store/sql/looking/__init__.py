"""Looking through the database for tampering: its rows at one moment, and what it is made of.

May import the sessions' proofs, the tables and the way to the database.
"""
