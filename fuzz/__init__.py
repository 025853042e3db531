"""Fuzzers for the readers of files; see docs/fuzzing.md."""
