"""From the text to the plan of each arm: names resolved, repeats and defaults spelled out, lines cited.

May import the text, the sentences and the plan.
"""
