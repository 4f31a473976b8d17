"""Rooms a person stands in."""
