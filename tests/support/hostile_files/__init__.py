"""Hostile inputs of kinds other than pages and records, each a kind of its own."""

from . import asked_cases, reference_cases, settings_cases, told_cases

#: All of them, in a fixed order.
HOSTILE_INPUTS = tuple(
    case
    for module in (reference_cases, settings_cases, told_cases, asked_cases)
    for case in module.cases()
)
