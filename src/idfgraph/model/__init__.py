"""What all wings speak of: records, fields, nodes, texts, names, IRIs, findings, errors."""
