"""Deadlines: the store's rules, and why one is what it is."""
