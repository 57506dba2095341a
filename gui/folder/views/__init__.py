"""Widgets of the folder window."""
