"""Writing tickets to files that other programs open: CSV, workbooks, JSON, plain text."""
