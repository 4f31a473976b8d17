"""Where complaints are kept. The only room that writes SQL."""
