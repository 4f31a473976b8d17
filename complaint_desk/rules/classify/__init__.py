"""Sorts a call by what the caller wishes to have at its end (training text 003), from words alone."""
