"""Calendars and their reasons in words."""
