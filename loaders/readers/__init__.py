"""One reader a format: bytes of one file → its text, by page, with how sure the reader is."""
