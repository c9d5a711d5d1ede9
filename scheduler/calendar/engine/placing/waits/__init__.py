"""What an occurrence waits for: floors, releases, values, rests.

It knows the values of the engine and no other room of placing."""
