"""Checks of times: circles, days, numbers, cycles, windows.

They look at the whole protocol."""
