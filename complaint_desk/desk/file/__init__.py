"""The file kept safe: backups, the ways back, checks, setting up."""
