"""What the desk knows: the words of the trade as data, and their one loader."""
