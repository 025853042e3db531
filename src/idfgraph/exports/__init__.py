"""Statements in, files out."""
