"""What is known of a thing, value by value, with who says so; and what pages print that is not
accepted.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ...exports.site import DocumentEvidence, EvidenceView, Passage
from ...model.fields import DERIVED, FIELDS, PART_FIELDS
from ...model.nodes import LiteralValue, Node, NodeDocument, NoteNode, id_of, quality_notes
from ...model.text import N_, gettext, listed
from ..reconcile import KnownThing, PropertyReader, ReleaseDesk, local_id
from .quoting import Told, few, quoted, quoted_of, seen

#: How many values of a property are told, who says one, and what pages print besides.
_VALUES, _SAYING, _PRINTED, _LINKED = 40, 5, 40, 40

#: Values that are parts: the keys of what they say themselves.
_MONEY = ("value", "currency")

#: Keys of a node that are told otherwise, or are none of its values.
_APART = frozenset({"id", "type", "record", "hasPart", "result"})

#: Kinds of things whose values are reference data, where nobody else says them.
_ENTRIES = frozenset({"State", "Organization", "Concept"})

_DERIVED = N_("follows from {properties}")
_KEPT = N_("The publisher, in reference data, where nobody else is named.")


class ThingFacts:
    """Tells what is known of a thing in a language."""

    def __init__(self, desk: ReleaseDesk, language: str) -> None:
        self._desk, self._language = desk, language
        self._reader: PropertyReader = desk.names.reader

    def told(self, thing: KnownThing, document: bytes) -> Told:
        """What a document (JSON-LD) tells of a thing."""
        nodes = msgspec.json.decode(document, type=NodeDocument).nodes
        own = next((one for one in nodes if local_id(id_of(one)) == thing.id), {"id": ""})
        evidence = DocumentEvidence([{"id": "", "@graph": nodes}])
        view = EvidenceView(evidence)
        facts = list(self._facts(own, view))
        printed = [self._printed(one) for one in evidence.all if not view.has_used(one)]
        doubts = [self._doubt(note) for note in quality_notes(own)]
        linked = [self._linked(one) for one in nodes if one is not own]
        kept = {"said_by": gettext(_KEPT, self._language)} if thing.kind in _ENTRIES else {}
        return {
            **kept,
            "facts": facts,
            **few("other_words_of_pages", printed, _PRINTED, self._language),
            **few("doubts", doubts, _PRINTED, self._language),
            **few("linked_from", list(filter(None, linked)), _LINKED, self._language),
        }

    def _facts(self, own: Node, view: EvidenceView) -> Iterator[Told]:
        for key, raw in own.items():
            if key in _APART:
                continue
            values = list(self._values(own, key, raw, view))
            label = self._desk.words.property_name(key, self._language)
            told = few("values", values, _VALUES, self._language)
            yield {"property": key, "label": label, **told}

    def _values(self, own: Node, key: str, raw: Any, view: EvidenceView) -> Iterator[Told]:
        id_ = id_of(own)
        if isinstance(raw, dict) and "id" in raw:
            for part in _MONEY:
                if part in raw:
                    says = self._says(view.of(id_of(raw), part, raw[part]), key)
                    yield {part: raw[part], **says}
            return
        if isinstance(raw, dict):
            for tag, text in raw.items():
                for each in [text] if isinstance(text, str) else text:
                    says = self._says(view.of(id_, key, each, tag), key)
                    yield {**quoted(each, self._language, tag), **says}
            return
        for value in raw if isinstance(raw, list) else [raw]:
            yield self._value(id_, key, value, view)

    def _value(self, id_: str, key: str, value: Any, view: EvidenceView) -> Told:
        """A thing, a part, a number or a text."""
        if isinstance(value, dict):
            return self._part(id_, key, value, view)
        field = FIELDS.get(DERIVED[key][0] if key in DERIVED else key)
        says = self._says(view.of(id_, key, f"{field.prefix if field else ''}{value}"), key)
        if field and field.kind == "year":
            return {"year": int(value), **says}
        return {**self._term(key, value), **says}

    def _part(self, id_: str, key: str, part: Mapping[str, Any], view: EvidenceView) -> Told:
        """A part of a thing, such as who takes part in what role."""
        told = {
            name: self._of_part(name, value)
            for name, value in part.items()
            if name not in ("id", "type")
        }
        return {**told, **self._says(view.of(id_, key, id_of(part)), key)}

    def _of_part(self, key: str, value: Any) -> Any:
        """What a part says of itself."""
        if not isinstance(value, str):
            return [seen(each) for each in value]
        if (field := PART_FIELDS.get(key)) and field.scheme:
            return self._term("", f"code:{field.scheme}-{value}")
        return self._term("association" if key == "agent" else key, value)

    def _term(self, key: str, value: str) -> Told:
        found = self._reader.term(key, value)
        if found.thing:
            return {"id": found.thing.id, **quoted_of(found.thing.label, self._language)}
        address = {"address": found.iri} if found.iri else {}
        return {**address, **(quoted_of(found.texts, self._language) if found.texts else {})}

    def _says(self, passages: Sequence[Passage], key: str) -> Told:
        """Who says a value."""
        if passages:
            said = [self._passage(one) for one in passages]
            return few("said_by", said, _SAYING, self._language)
        if key in DERIVED:
            names = [self._desk.words.property_name(one, self._language) for one in DERIVED[key]]
            from_ = gettext(_DERIVED, self._language, properties=listed(names, self._language))
            return {"said_by": [{"rule": from_}]}
        return {}

    def _passage(self, passage: Passage) -> Told:
        node, page = passage.node, passage.page
        method = self._code("method", node.method)
        if page is None:
            why = {"why": quoted_of(node.comment, self._language)} if node.comment else {}
            by = {"by": quoted(node.decided_by, self._language)} if node.decided_by else {}
            on = {"on": node.decided_on} if node.decided_on else {}
            return {
                "decision": method,
                **why,
                **by,
                **on,
                "evidence": [*map(seen, node.evidence)],
            }
        file = quoted(", ".join(page.identifier), self._language)
        where = f"{node.span_start}–{node.span_end}" if node.span_start else ""
        place = {"place": quoted(node.locator, self._language)} if node.locator else {}
        under = quoted_of(node.source_field, self._language) if node.source_field else {}
        return {
            **({"page": seen(page.page_url)} if page.page_url else {"file": file}),
            **({"captured": page.captured_on} if page.captured_on else {}),
            **({"characters": where} if where else place),
            **({"printed": quoted(node.source_text, self._language)} if node.source_text else {}),
            **({"under": under} if under else {}),
            "rank": self._code("rank", node.rank),
            "method": method,
        }

    def _printed(self, passage: Passage) -> Told:
        """What a page prints that no value told before stands for."""
        node = passage.node
        values = [
            quoted(one.value, self._language)
            if isinstance(one, LiteralValue)
            else self._term("", one)
            for one in node.about_value or ()
        ]
        return {
            "property": node.about_property,
            "label": self._desk.words.property_name(node.about_property, self._language),
            "accepted": node.rank in ("", "accepted"),
            **({"read_as": values} if values else {}),
            **({"reason": self._code("reason", node.reason)} if node.reason else {}),
            **self._passage(passage),
        }

    def _doubt(self, note: NoteNode) -> Told:
        about = {"property": note.about_property} if note.about_property else {}
        issue = self._code("issue", note.issue_type)
        said = {"why": quoted_of(note.comment, self._language)} if note.comment else {}
        return {**about, "issue": issue, "severity": note.severity, **said}

    def _linked(self, node: Mapping[str, Any]) -> Told:
        """Something else that the document tells of, by what it is linked to the thing."""
        thing = self._desk.names.by_id.get(local_id(id_of(node)))
        if not thing:
            return {}
        by = [key for key in node if key not in {*_APART, "title", "prefLabel"}]
        name = quoted_of(thing.label, self._language)
        return {"id": thing.id, "type": thing.kind, "name": name, "by": by}

    def _code(self, scheme: str, code: str) -> str:
        """What a code is called, else itself."""
        found = self._desk.names.by_id.get(f"code/{scheme}-{code}")
        return str(quoted_of(found.label, self._language)["quote"]) if found else code
