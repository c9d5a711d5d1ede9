"""Doing things where one sees them: what a row offers, what was just recorded, where a visit can be moved.

It works out what pages show and read. What is recorded goes through `recording`: the same questions, roles and signatures.
"""
