"""What people write by habit in each kind of sentence, and all that may be meant by it."""
