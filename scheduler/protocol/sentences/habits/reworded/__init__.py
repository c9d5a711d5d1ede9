"""Whole sentences that publications say otherwise: what they are in the order of this language, before single words are mended.

Only a sentence that cannot be read comes here. Each table is applied from the first to the last row, once each.
"""
