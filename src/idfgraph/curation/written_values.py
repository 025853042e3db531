"""What people write as the value of a field: understood as words of a page are, and as records have
it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from ..graph.resolve import NONE, Reference, meaning_of
from ..model.datatypes import is_tag
from ..model.errors import BadConfig, advice
from ..model.fields import DECIDABLE, FIELDS, Field
from ..model.records import Record, Unidentified
from ..model.text import LANGUAGES, N_, Texts, texts
from .merge import listed_like
from .overtaken import Decided

#: What stands between the values of a list.
_BETWEEN = re.compile(r"\s*[,;]\s*")

#: How the ids of states begin.
_STATE = FIELDS["beneficiary"].prefix


class FieldName(NamedTuple):
    """A field that a person may decide, and the language that is meant of a text; empty where none
    is.
    """

    field: Field
    language: str = ""

    @property
    def shown(self) -> str:
        """The field as people write it."""
        return ".".join(filter(None, (self.field.name, self.language)))


def field_named(record: Record, name: str) -> FieldName:
    """The field of a record that a name means (`status`, `title.fr`), whatever its letter case.

    Raises BadConfig for what is none, or has nothing that can be decided.

    >>> from ..model.records import Project
    >>> field_named(Project(id="V47-805"), "title.fr").shown
    'title.fr'
    """
    said, _, part = name.partition(".")
    known = {one.casefold(): one for one in _decidable(record)}
    if said.casefold() not in known:
        raise _no_field(said, sorted(known.values()))
    field = FIELDS[known[said.casefold()]]
    if field.kind == "texts":
        return FieldName(field, _language(record, field.name, part))
    if part and (field.name, part) != ("budget", "value"):
        hint = N_("write {name} alone")
        raise BadConfig(
            N_("{name} has no part {part!r} to decide"), hint=hint, name=field.name, part=part
        )
    return FieldName(field)


def understood(name: FieldName, words: Sequence[str], reference: Reference, new: bool) -> Decided:
    """The value that words mean, as a decision has it; `new` allows a code that no list has.

    Raises BadConfig for words that mean none, or several.
    """
    field, said = name.field, [word.strip() for word in words]
    if len(said) > 1 and not field.several:
        hint = N_("give one value, within quotation marks: {names!r}")
        raise BadConfig(
            N_("{shown} has one value"), hint=hint, shown=name.shown, names=" ".join(said)
        )
    if not all(said):
        raise BadConfig(
            N_("no value of {shown} is given"),
            hint=N_("or write {none}: it has none"),
            shown=name.shown,
            none=NONE,
        )
    if [text.casefold() for text in said] == [NONE]:
        return {name.language: NONE} if name.language else NONE
    if name.language:
        return {name.language: said[0]}
    if field.several:
        found = (value for text in said for value in _several(field, text, reference, new))
        return tuple(sorted(dict.fromkeys(found)))
    return _one(field, said[0], reference, new)


def _decidable(record: Record) -> Iterable[str]:
    kind = type(record).__name__
    if isinstance(record, Unidentified):
        return ("language",)
    return (one for one in DECIDABLE if not FIELDS[one].of or kind in FIELDS[one].of)


def _no_field(said: str, known: list[str]) -> BadConfig:
    """The error for a name of no field that can be decided: the nearest one, or all."""
    if said in FIELDS and FIELDS[said].of and said not in DECIDABLE:
        way = N_("quote words of a page for it: idfgraph quote")
        return BadConfig(N_("{said} has parts, which nobody decides"), hint=way, said=said)
    near = get_close_matches(said.casefold(), [one.casefold() for one in known], n=1)
    names = [one for one in known if one.casefold() in near]
    hint = texts("choose one of {names}", names=", ".join(known))
    if names:
        hint = texts("did you mean {near}?", near=names[0])
    return BadConfig(N_("{said!r} is no field to decide"), hint=hint, said=said)


def _language(record: Record, name: str, part: str) -> str:
    """The language of a text: the one that is said, or the only one that the record has it in."""
    has = list(getattr(getattr(record, "values", None), name, {}))
    if part and is_tag(part):
        return part
    if part or len(has) != 1:
        hint = N_("write {names}")
        raise BadConfig(
            N_("{name} is said in several languages"),
            hint=hint,
            name=name,
            names=" or ".join(f"{name}.{tag}" for tag in has or LANGUAGES),
        )
    return str(has[0])


def _several(field: Field, text: str, reference: Reference, new: bool) -> Iterator[str]:
    """The values that a text names: one, or several between commas."""
    if field.kind == "state":
        yield from _states(field, text, reference)
        return
    parts = [text] if _listed(field, text, reference) else _BETWEEN.split(text)
    yield from (_code(field, part, reference, new) for part in parts)


def _states(field: Field, text: str, reference: Reference) -> Iterator[str]:
    """The codes of states that a text names, by codes of two or three letters or by names."""
    tokens = [token.upper() for token in re.split(r"[,;\s]+", text) if token]
    codes = _codes_of_states(reference)
    if all(token in codes for token in tokens):
        yield from (codes[token] for token in tokens)
        return
    cut = reference.states.cut(text)
    for span in (*(one.span for one in cut.names), *cut.residue):
        _refuse_several(text[slice(*span)], reference)
    if cut.residue or not cut.names:
        left = " ".join(text[slice(*span)] for span in cut.residue) or text
        near = reference.states.suggest(left)
        hint: Texts = texts("write its name, or its code of three letters")
        if near:
            labels = {tag: reference.label(near, tag) for tag in LANGUAGES}
            hint = advice(N_("did you mean {near}?"), "", near=labels).message
        raise BadConfig(N_("there is no state {left!r}"), hint=hint, left=left)
    yield from (one.id.removeprefix(field.prefix) for one in cut.names)


def _refuse_several(text: str, reference: Reference) -> None:
    """Nothing, or BadConfig where a name can mean several states."""
    found = reference.states.alike(text)
    if len(found) > 1:
        labels = ((reference.label(id_, LANGUAGES[0]), id_.removeprefix(_STATE)) for id_ in found)
        told = " or ".join(f"{label} ({code})" for label, code in sorted(labels))
        raise BadConfig(
            N_("{text!r} can mean {told}"),
            hint=N_("write the code of the one that you mean"),
            text=text,
            told=told,
        )


def _codes_of_states(reference: Reference) -> dict[str, str]:
    """The codes of states, of three letters or two, with those of three."""
    found: dict[str, str] = {}
    for id_ in reference.ids():
        if id_.startswith(_STATE):
            code = id_.removeprefix(_STATE)
            found |= {code: code, reference.iso2(id_) or code: code}
    return found


def _one(field: Field, text: str, reference: Reference, new: bool) -> str:
    """The one value that a text gives."""
    if field.kind == "code":
        return _code(field, text, reference, new)
    if field.kind == "language":
        if not is_tag(text.casefold()):
            raise BadConfig(
                N_("{text!r} is no code of a language"), hint=N_("write it as fr or ru"), text=text
            )
        return text.casefold()
    if field.kind not in ("year", "money", "id"):
        return text
    return _read(field, text, reference)


def _read(field: Field, text: str, reference: Reference) -> str:
    """The one reading of a year, an amount or an id, whatever language it is written in."""
    name = "budget.value" if field.kind == "money" else field.name
    means = [meaning_of(name, text, language, reference) for language in LANGUAGES]
    values = sorted({one.value for one in means if isinstance(one.value, str)})
    if len(values) == 1:
        return values[0]
    said = next((issue for one in means for issue in one.issues), None)
    if values or (said and said.code == "ambiguous-value"):
        told = " or ".join(values or (said.words[-1].split(" / ") if said else ()))
        raise BadConfig(
            N_("{text!r} can mean {told}"),
            hint=N_("write the one that you mean"),
            text=text,
            told=told,
        )
    example = {"year": "2021", "money": "49997.00", "id": "V47-805"}[field.kind]
    raise BadConfig(
        N_("{text!r} is no value of {name}"),
        hint=N_("write it like {example}"),
        text=text,
        name=field.name,
        example=example,
    )


def _listed(field: Field, text: str, reference: Reference) -> str:
    """The code of a list that a text is, with its list or without, or is a name of; empty where it
    is none.
    """
    bare = text.casefold().removeprefix("code:").removeprefix(f"{field.scheme}-")
    for code in (bare, reference.code(field.scheme, text)):
        if reference.lists(f"{field.prefix}{code}"):
            return code
    return ""


def _code(field: Field, text: str, reference: Reference, new: bool) -> str:
    """The code that a word stands for; one of no list only where that is asked for."""
    if code := _listed(field, text, reference):
        return code
    code = reference.code(field.scheme, text)
    if code and new:
        return code
    listed = ", ".join(map(repr, listed_like(reference, text, field.scheme)))
    hint = N_("write one that is, as {listed}; or make a new code of it with --new-code")
    raise BadConfig(
        N_("{text!r} is on no list of {name}"), hint=hint, text=text, name=field.name, listed=listed
    )
