"""Bringing records of other programs in: how a file is read, checked line by line, and written batch by batch."""
