"""How a file of another program is understood: what its columns are, how its dates and words are read. Pure."""
