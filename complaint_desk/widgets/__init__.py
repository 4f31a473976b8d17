"""Furniture: knows Textual and models, never the desk or the store."""
