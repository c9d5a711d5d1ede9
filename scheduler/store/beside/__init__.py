"""What a store keeps beside patients' logs: what happened at a site that is about no patient, and letters to send.

May import the store's values and the chain.
"""
