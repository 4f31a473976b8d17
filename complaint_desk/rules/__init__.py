"""How the desk thinks: pure functions of their arguments; no SQL, no Textual, no clock, no files."""
