"""Finding tickets by anything said in them, and what others told alike."""
