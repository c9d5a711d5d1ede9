"""Whether an occurrence comes at all: ends, branches, and what a hold leaves out.

It knows the values of the engine and no other room of placing."""
