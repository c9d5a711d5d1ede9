"""Feeds kept up to date: what was told, what changed since, and the bytes that follow.

It knows what a link shows and how bytes are answered, not who asks."""
