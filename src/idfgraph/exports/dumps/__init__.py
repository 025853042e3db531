"""The dumps of a release, each parsed again, and the words they are written in."""

from .dumps import DumpTask, check_dumps, one_file, write_dumps, write_words
from .sssom import write_links

__all__ = ["DumpTask", "check_dumps", "one_file", "write_dumps", "write_links", "write_words"]
