"""N-Triples terms as the mapper writes them, read only as far as all engines read them alike."""

import re
from collections.abc import Mapping

from ....model.vocab import RDF, XSD


class Unsure(Exception):
    """What an engine would say of a node is not certain: it is asked."""


#: Of each datatype, forms that are its values for every engine; there are more.
_SURE: Mapping[str, re.Pattern[str]] = {
    f"<{XSD}{name}>": re.compile(form)
    for name, form in {
        "gYear": "[12][0-9]{3}",
        "decimal": r"[0-9]{1,15}(\.[0-9]{1,9})?",
        "integer": "[0-9]{1,15}",
        "nonNegativeInteger": "[0-9]{1,15}",
        "positiveInteger": "[1-9][0-9]{0,14}",
        "date": "[12][0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
        "|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)",
    }.items()
}

_STRING, _TAGGED = f"<{XSD}string>", f"<{RDF}langString>"

#: Datatypes whose values have an order that all engines know.
_NUMBERS = frozenset(
    f"<{XSD}{name}>" for name in ("decimal", "integer", "nonNegativeInteger", "positiveInteger")
)


def is_literal(term: str) -> bool:
    """Whether a term is a literal.

    >>> is_literal('"2021"'), is_literal("<x:a>")
    (True, False)
    """
    return term[0] == '"'


def text_of(term: str) -> str:
    """The characters of an IRI or a literal; Unsure where they are more than those of ASCII, or
    escaped.

    >>> text_of('"titre"@fr'), text_of("<x:a>")
    ('titre', 'x:a')
    """
    if "\\" in term or not term.isascii():
        raise Unsure
    return term[1 : term.rindex('"')] if is_literal(term) else term[1:-1]


def tag_of(term: str) -> str:
    """The language of a literal, in small letters; empty for any other term.

    >>> tag_of('"titre"@fr')
    'fr'
    """
    after = term[term.rindex('"') + 1 :] if is_literal(term) else ""
    return after[1:].lower() if after.startswith("@") else ""


def datatype_of(term: str) -> str:
    """The datatype of a literal, as a term; empty for an IRI."""
    if not is_literal(term):
        return ""
    after = term[term.rindex('"') + 1 :]
    return after[2:] if after.startswith("^") else _TAGGED if after else _STRING


def is_of(term: str, datatype: str) -> bool:
    """Whether a term is a value of a datatype; Unsure where it claims to be one in a form that is
    rare.
    """
    if datatype_of(term) != datatype:
        return False
    if datatype not in (_STRING, _TAGGED):
        form = _SURE.get(datatype)
        if form is None or not form.fullmatch(text_of(term)):
            raise Unsure
    return True


def number_of(term: str) -> str:
    """The digits of a number; Unsure of any other term."""
    datatype = datatype_of(term)
    if datatype not in _NUMBERS or not is_of(term, datatype):
        raise Unsure
    return text_of(term)


def whole_of(term: str) -> int:
    """The value of a whole number; Unsure of any other term."""
    if not is_of(term, f"<{XSD}integer>"):
        raise Unsure
    return int(text_of(term))
