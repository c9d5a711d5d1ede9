"""Logging in, signing and logging out at the provider of single sign-on, and whose account somebody has who comes from there.

It stands on the other guards, and the pages stand on it."""
