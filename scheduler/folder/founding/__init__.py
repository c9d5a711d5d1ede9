"""A new study's folder, written from a line or from the seed study.

It writes files by the room that reads them."""
