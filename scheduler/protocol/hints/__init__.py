"""What a hint must know of the protocol around a sentence: its treatments, cycles, keys and names."""
