"""The session as Qt models."""
