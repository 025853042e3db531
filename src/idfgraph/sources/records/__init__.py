"""Records as people and programs write them: YAML and JSON Lines, with the place of every field."""

from .format_one import plain_digest
from .json_lines import count_lines, line_ids, read_json_line, read_json_lines, read_records
from .json_origin import line_origin
from .migration import migrated_dataset, migrated_lines, migrated_yaml
from .record_edit import rewritten, with_placed, with_review
from .yaml_record import read_record, read_yaml, render_record

__all__ = [
    "count_lines",
    "line_ids",
    "line_origin",
    "migrated_dataset",
    "migrated_lines",
    "migrated_yaml",
    "plain_digest",
    "read_json_line",
    "read_json_lines",
    "read_record",
    "read_records",
    "read_yaml",
    "render_record",
    "rewritten",
    "with_placed",
    "with_review",
]
