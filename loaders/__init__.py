"""Loaders: bytes of directives to validated tables."""
