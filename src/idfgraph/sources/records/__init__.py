"""Records as people and programs write them: YAML and JSON Lines, with the place of every field."""

from .format_one import plain_digest
from .json_lines import count_lines, line_ids, read_json_line, read_json_lines, read_records
from .json_origin import line_origin
from .known_names import named as words_named
from .known_names import nearest as words_nearest
from .known_names import words_under
from .meant import language_of, likely_ids
from .migration import migrated_dataset, migrated_lines, migrated_yaml
from .record_edit import RecordEdit, rewritten, with_review
from .signed_files import (
    SignedFile,
    read_signed,
    read_whole_record,
    signed_beside,
    signed_place,
    signed_text,
    with_signed,
)
from .tidying import Tidying, tidied
from .yaml_record import read_record, read_yaml, render_record

__all__ = [
    "RecordEdit",
    "SignedFile",
    "Tidying",
    "count_lines",
    "language_of",
    "likely_ids",
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
    "read_signed",
    "read_whole_record",
    "read_yaml",
    "render_record",
    "rewritten",
    "signed_beside",
    "signed_place",
    "signed_text",
    "tidied",
    "with_review",
    "with_signed",
    "words_named",
    "words_nearest",
    "words_under",
]
