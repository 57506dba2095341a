"""The window: widgets, models and commands around an open session.  It keeps no data."""
