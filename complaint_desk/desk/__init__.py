"""What the desk does: one file a step of the way, one verb one business act and one transaction."""
