"""The window for all reports of a folder: checked together, listed, compared, added up."""
