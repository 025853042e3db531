"""What dumps say of records, value by value: what one has lost since another can be named."""

import heapq
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ..graph.lines import Spool, are_stub, statement, subject_of
from ..graph.mapping import Mapper
from ..graph.setting import Setting
from ..model import iris
from ..model.fields import FIELDS, VALUES

#: Prefixes of what records are about.
_RECORDS = ("prj", "prg")

#: The method of a decision that a person made.
_STEWARD = "code:method-steward"


class Loss(NamedTuple):
    """What was published of a record (compact IRI) and is gone: a value (N-Triples) of a field, or,
    without a field, the record itself.
    """

    id: str
    field: str = ""
    value: str = ""


class RecordLines:
    """Reads the lines of dumps, subject by subject, for what they say of records."""

    def __init__(self, mapper: Mapper, moved: Mapping[str, str] = {}) -> None:
        """`moved` are codes that others took the place of, with these, as compact IRIs."""
        terms = mapper.terms
        self._moved = {mapper.iri(old): mapper.iri(new) for old, new in moved.items()}
        self._fields = {terms.properties[field.name].predicate: field.name for field in VALUES}
        self._records = tuple(f"<{terms.prefixes[prefix]}" for prefix in _RECORDS)
        self._decisions = mapper.iri(iris.graph("decision"))[:-1]
        self._mapper = mapper

    def rows(self, lines: Sequence[str]) -> Iterator[str]:
        """A row for the record that lines of one subject tell of, and one for each of its values.

        None of parts, nor of what is only said to be no more.
        """
        subject = subject_of(lines[0])
        if not subject.startswith(self._records) or "#" in subject or are_stub(lines):
            return
        id_ = self._mapper.compact(subject[1:-1])
        yield f"{id_}\t\t\n"
        for said in map(statement, lines):
            if not said.graph and (field := self._fields.get(said.predicate)):
                value = self._moved.get(said.object, said.object)
                yield f"{id_}\t{field}\t{value}\n"

    def decided(self, lines: Sequence[str]) -> tuple[str, str] | None:
        """The record and the field that a person's decision is on, from its lines; None where they
        are of something else, or leave other texts as they are.
        """
        if not lines[0].startswith(self._decisions):
            return None
        said = {
            self._mapper.compact(one.predicate[1:-1]): one.object for one in map(statement, lines)
        }
        if said.get("idf:method") != self._mapper.iri(_STEWARD):
            return None
        about = self._mapper.compact(said.get("idf:aboutResource", "")[1:-1])
        record, _, part = about.partition("#")
        field = part or self._fields.get(said.get("idf:aboutProperty", ""), "")
        if field in FIELDS and FIELDS[field].kind == "texts" and "idf:aboutValue" in said:
            return None
        return record, field


def read_records(lines: Iterable[str], setting: Setting, rows: Spool) -> set[tuple[str, str]]:
    """Adds rows of the records that sorted lines of a dump tell of; returns the records and fields
    that people decided.
    """
    records, decided = RecordLines(setting.mapper), set[tuple[str, str]]()
    for _, group in groupby(lines, subject_of):
        said = list(group)
        rows.add(records.rows(said))
        if key := records.decided(said):
            decided.add(key)
    return decided


def lost(
    was: Iterable[str],
    now: Iterable[str],
    withdrawn: Container[str] = (),
    decided: Container[tuple[str, str]] = (),
) -> Iterator[Loss]:
    """What sorted rows of records had and others have no more, in order.

    Of a field as many values must be left as there were: what takes the place of others is a
    correction. Of texts that holds in each language. What is read from a field is lost with it
    alone. Nothing is lost of records that were `withdrawn` since, nor of fields that are `decided`.

    >>> rows = ["prj:A\\t\\t\\n", "prj:A\\tbeneficiary\\t<x:ALB>\\n"]
    >>> list(lost([*rows, "prj:B\\t\\t\\n"], rows[:1]))
    [Loss(id='prj:A', field='beneficiary', value='<x:ALB>'), Loss(id='prj:B', field='', value='')]
    """
    told = heapq.merge(((row, 0) for row in was), ((row, 1) for row in now))
    for id_, group in groupby(told, lambda one: one[0].partition("\t")[0]):
        fields: dict[str, tuple[set[str], set[str]]] = {}
        for row, side in group:
            _, field, value = row[:-1].split("\t")
            fields.setdefault(field, (set(), set()))[side].add(value)
        if id_ not in withdrawn:
            yield from (loss for loss in _lost_of(id_, fields) if (id_, loss.field) not in decided)


def _lost_of(id_: str, fields: dict[str, tuple[set[str], set[str]]]) -> Iterator[Loss]:
    """What is lost of one record, from the values of its fields on both sides."""
    was, now = fields.pop("")
    if not (was and now):
        yield from [Loss(id_)] if was else ()
        return
    changed = {field for field, (before, after) in fields.items() if before != after}
    for field in sorted(changed):
        if FIELDS[field].read_from not in changed:
            yield from (Loss(id_, field, value) for value in sorted(_gone(field, *fields[field])))


def _gone(field: str, was: set[str], now: set[str]) -> Iterable[str]:
    """The values that nothing took the place of."""
    if FIELDS[field].kind != "texts":
        return was - now if len(was) > len(now) else ()
    languages, texts = {_language(text) for text in now}, {_text(text) for text in now}
    return {text for text in was if _language(text) not in languages and _text(text) not in texts}


def _language(text: str) -> str:
    return text.rpartition('"')[2]


def _text(text: str) -> str:
    return text.rpartition('"')[0]
