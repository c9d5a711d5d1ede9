"""Checks of doses: amounts, bands, levels, products, fractions, restarts.

They look at the whole protocol, and at the checks of times for the days of a cycle."""
