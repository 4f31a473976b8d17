"""The same desk without the screen: plain text and JSON, one file a noun."""
