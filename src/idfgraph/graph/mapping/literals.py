"""Texts to N-Quads literals: canonical escapes, lexical forms checked
(https://www.w3.org/TR/rdf-canon/#canonical-quads).
"""

import re
from collections.abc import Mapping

from ...model.errors import BadMapping
from ...model.vocab import XSD

_ESCAPED = re.compile('[\x00-\x1f\x7f"\\\\]')
_ESCAPES = {c: f"\\u{ord(c):04X}" for c in map(chr, [*range(0x20), 0x7F])} | {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}

_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"

#: Datatype -> its lexical forms (https://www.w3.org/TR/xmlschema11-2/), of which ours are a part;
#: none has a character to escape.
_LEXICAL: Mapping[str, re.Pattern[str]] = {
    f"{XSD}gYear": re.compile("[0-9]{4}"),
    f"{XSD}decimal": re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    f"{XSD}integer": re.compile("-?[0-9]+"),
    f"{XSD}nonNegativeInteger": re.compile("[0-9]+"),
    f"{XSD}positiveInteger": re.compile("0*[1-9][0-9]*"),
    f"{XSD}boolean": re.compile("true|false"),
    f"{XSD}hexBinary": re.compile("([0-9a-fA-F]{2})*"),
    f"{XSD}date": re.compile(_DAY),
    f"{XSD}dateTime": re.compile(f"{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"),
}
_TAG = re.compile("[a-z]{2,3}")

#: Half of a surrogate pair.
_HALF = re.compile("[\ud800-\udfff]")


def quoted(text: object) -> str:
    """The text as a quoted N-Quads string; BadMapping if it is no text, or holds half a character.

    >>> quoted('say "yes"')
    '"say \\\\"yes\\\\""'
    """
    if not isinstance(text, str):
        raise BadMapping(f"{text!r} stands where a text is meant", hint="write numbers as texts")
    if not text.isascii() and _HALF.search(text):
        raise BadMapping("a text holds half of a surrogate pair")
    return f'"{_ESCAPED.sub(lambda found: _ESCAPES[found[0]], text)}"'


def tagged(text: object, language: object) -> str:
    """The text as a language-tagged literal; BadMapping for a tag that is none."""
    if not isinstance(language, str) or not _TAG.fullmatch(language):
        raise BadMapping(f"{language!r} is not a language tag")
    return f"{quoted(text)}@{language}"


def typed(text: object, datatype: str) -> str:
    """The text as a typed literal; BadMapping if it is not in the datatype's lexical space.

    >>> typed("2021", "http://www.w3.org/2001/XMLSchema#gYear")
    '"2021"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    """
    form = _LEXICAL.get(datatype)
    if isinstance(text, str) and form and form.fullmatch(text):
        return f'"{text}"^^<{datatype}>'
    quoted(text)
    raise BadMapping(f"{text!r} is not a value of {datatype}")
