"""What Excel files are made of: names of cells, parts of a package, texts, formats, styles."""
