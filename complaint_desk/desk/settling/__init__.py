"""Settling: promises, remedies, the end of a complaint."""
