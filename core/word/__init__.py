"""What reading and correcting a Word file both need to know of its XML."""
