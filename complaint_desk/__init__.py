"""Complaint Desk: a keyboard-driven complaint desk in the terminal, in Chinese and English."""

__version__ = "0.1.0"
