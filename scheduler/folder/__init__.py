"""Studies and patients as files: reading them, with everything that is wrong in all of them at once, and writing to them."""
