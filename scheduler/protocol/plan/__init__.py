"""What the engine reads of a protocol: one plan for each arm, as plain values.

May import nothing of the other rooms of the protocol.
"""
