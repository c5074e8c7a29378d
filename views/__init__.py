"""Pages: filters, draw, list, download. They compute nothing and import each other never."""
