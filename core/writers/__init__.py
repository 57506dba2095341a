"""Writers: bytes out, nothing touches the disk (see `core.storage`)."""
