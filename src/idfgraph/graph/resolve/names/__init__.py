"""Names to identifiers: runs of names cut, names found in prose."""
