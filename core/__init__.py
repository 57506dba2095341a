"""Reads, matches, checks and saves annual reports; knows nothing of windows."""
