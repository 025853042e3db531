"""Unfinished door."""
