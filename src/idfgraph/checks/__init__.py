"""Statements and shapes in, findings with places out."""
