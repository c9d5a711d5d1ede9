"""Telling people that there is something: what each may be told, letters made once, and sent by a mail server.

A letter is the same for everything and everybody, with a link and nothing else. May import the guards, the stock and below.
"""
