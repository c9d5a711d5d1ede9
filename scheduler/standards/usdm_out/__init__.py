"""A protocol of ours as USDM 4.0: one design with its arms, epochs, cells, encounters, and timelines with every planned visit.

What USDM has no place for is in extension attributes, and the protocol's whole text is among them; a row says of each what it is.
"""
