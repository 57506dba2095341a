"""The checks: pure functions from a context to outcomes."""
