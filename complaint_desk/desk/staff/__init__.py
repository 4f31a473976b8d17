"""Who works here: signing in, what they may do and see."""
