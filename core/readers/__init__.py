"""Readers: bytes of a file in, a document out, one format each."""
