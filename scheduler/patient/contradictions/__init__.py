"""What a log cannot say: events that contradict each other, or break an order of the protocol.

A file holds the rules of one theme, `of_chart` asks them all. May import the events, the chart and the dose rules.
"""
