"""Malformed inputs: the readers they are given to, the inputs by reader, and what runs them in
limits.
"""

from . import json_cases, page_cases, settings_cases, yaml_cases
from .case import Case

_BY_READER = {
    "yaml": yaml_cases.CASES,
    "json_lines": json_cases.CASES,
    "reference": json_cases.REFERENCE,
    "page": page_cases.CASES,
    "html": page_cases.HTML,
    "dataset": settings_cases.CASES,
    "addresses": settings_cases.ADDRESSES,
    "overrides": settings_cases.OVERRIDES,
}

#: Each input, after the name of its reader.
CASES: tuple[tuple[str, Case], ...] = tuple(
    (reader, case) for reader, cases in _BY_READER.items() for case in cases
)
