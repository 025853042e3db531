"""Lists, names and fields that do not fit a form: what is there, what is asked, what to write."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec
from msgspec.inspect import DictType, LiteralType, StrType, StructType, Type

from ...model.datatypes import Incoherent
from ...model.errors import advice
from ...model.judgements import Review
from ...model.text import LANGUAGES
from . import misfit_words as say
from .form_words import OWN_WORDS, TEXT
from .known_names import words_under
from .meant import language_of, meanings
from .misfit_words import cut, either, folded_key, listed, near_names
from .misfits import KNOWN_FIELDS, NOTHING, Misfit, Spot, choice, misfit, quoted, words_of

#: How many unknown names are held against those that are missing.
_COMPARED = 20


def other_kind(at: Spot, data: Any, members: Sequence[Type]) -> Misfit:
    """A list, a text or fields where another of the three is asked."""
    asked = members[0]
    if isinstance(data, list):
        return _a_list(at, data, asked)
    if isinstance(data, dict):
        return misfit(at, say.FIELDS_THERE, say.DASHES if _is_list(asked) else say.ONE_VALUE)
    if _is_list(asked):
        return _listed(at, data, asked)
    if isinstance(asked, DictType) and _is_text(asked.value_type):
        return misfit(at, say.NO_LANGUAGE, say.WITH_LANGUAGE, field=_key(at))
    return _parts(at, data, asked) if isinstance(asked, StructType | DictType) else quoted(at, data)


def _a_list(at: Spot, data: Sequence[Any], asked: Type) -> Misfit:
    """A list where one value is asked, or fields are."""
    if isinstance(asked, StructType | DictType):
        return misfit(at, say.A_LIST, say.FIELDS_BELOW, fields=_inside(asked))
    if len(data) == 1 and not isinstance(data[0], dict | list):
        return Misfit(advice(say.A_LIST, say.WRITE, meant=cut(data[0])), at, value=data[0])
    return misfit(at, say.A_LIST, say.KEEP_ONE)


def unknown(at: Spot, key_: str, names: Sequence[str], data: Mapping[str, Any]) -> Misfit:
    """A field that is not known there."""
    near = near_names(key_, [name for name in names if name not in data])
    sure = near[0] if near and folded_key(near[0]) == folded_key(key_) else ""
    if sure:
        return Misfit(advice(say.NO_FIELD, say.WRITE, value=cut(key_), meant=sure), at, key=sure)
    if near:
        told = advice(say.NO_FIELD, say.DID_YOU_MEAN, value=cut(key_), words=either(near))
    elif key_ in KNOWN_FIELDS:
        told = advice(say.NO_FIELD, say.ELSEWHERE, value=cut(key_), words=listed(names))
    else:
        told = advice(say.NO_FIELD, say.ONE_OF, value=cut(key_), words=listed(names))
    return Misfit(told, at)


def key(at: Spot, key_: str, type_: Type, data: Mapping[str, Any]) -> Misfit:
    """A key that is no language, or no other name that can stand there."""
    words = [str(one) for one in type_.values] if isinstance(type_, LiteralType) else []
    if not words or set(words) <= set(LANGUAGES):
        code = language_of(key_)
        if code and (not words or code in words) and code not in data:
            return Misfit(advice(say.NO_TAG, say.WRITE, value=cut(key_), meant=code), at, key=code)
        return Misfit(
            advice(
                say.NO_TAG,
                say.ONE_OF if words else say.WRITE_AS,
                value=cut(key_),
                words=listed(words or ["fr"]),
            ),
            at,
        )
    return unknown(at, key_, words, data)


def no_tag(at: Spot, field: str, tag: Any, named: Iterable[str], *, given: bool) -> Misfit:
    """A record that does not say of which kind it is."""
    inside = at.step(field, {})
    if not given:
        return Misfit(
            advice(say.MISSING, say.WRITE, field=field, meant=f"{field}: {next(iter(named))}"),
            inside,
        )
    return choice(inside, str(tag), list(named))


def missing(at: Spot, name: str, type_: Type) -> Misfit:
    """A field that must be there; of one with people's own words, an example of them."""
    if name in OWN_WORDS and words_of(_first(type_)) is TEXT:
        shown = f"{name}: {OWN_WORDS[name]}"
        return misfit(at, say.MISSING, say.WRITE_AS, field=name, words=shown)
    first = _first(type_)
    if isinstance(first, LiteralType) and len(first.values) > 1:
        words = listed([*map(str, first.values)])
        return misfit(at, say.MISSING, say.ONE_OF, field=name, words=words)
    return Misfit(
        advice(say.MISSING, say.WRITE, field=name, meant=f"{name}: {_example(at, type_)}"), at
    )


def beside(at: Spot, names: Sequence[str]) -> Misfit:
    """A field without a value, beside which stands what belongs below it."""
    return Misfit(advice(say.BESIDE, say.FURTHER_IN, names=listed(names)), at, instead=True)


def length(at: Spot, data: Sequence[Any], number: int) -> Misfit:
    """A list that has not as many items as it must have: perhaps as the commas are missing."""
    parts = re.split(r"[\s;]+", str(data[0]).strip()) if len(data) == 1 else []
    if len(parts) == number:
        shown = f"[{', '.join(parts)}]"
        return Misfit(advice(say.NO_COMMA, say.WRITE, meant=cut(shown)), at, value=parts)
    return Misfit(advice(say.LENGTH, say.AS_MANY, number=number), at)


def empty(at: Spot) -> Misfit:
    """A list, or fields, without anything in it."""
    return Misfit(advice(say.EMPTY_LIST, say.REMOVE), at)


def unfit(at: Spot, error: msgspec.ValidationError) -> Misfit:
    """What fits part by part, and not as a whole."""
    cause = error.__cause__
    if isinstance(cause, Incoherent):
        return Misfit(cause.told, at)
    if cause is not None:
        said = advice(say.UNFIT, say.SEE)
        return Misfit(said._replace(message=dict.fromkeys(LANGUAGES, str(cause))), at)
    return Misfit(advice(say.UNFIT, say.SEE), at)


def is_near(name: str, data: Mapping[str, Any], names: Sequence[str]) -> bool:
    """Whether a field that is not there is so under a name that is almost its own."""
    others = islice((one for one in data if one not in names), _COMPARED)
    return any(name in near_names(other, names)[:1] for other in others)


def _listed(at: Spot, data: Any, asked: Any) -> Misfit:
    """One value, or several with commas, where a list is asked."""
    items = getattr(asked, "item_type", None)
    item = next(
        (one for one in getattr(items, "types", (items,)) if isinstance(one, StrType)), None
    )
    if not isinstance(data, str) or item is None:
        return Misfit(advice(say.NO_LIST, say.DASHES), at)
    signs = f"-{say.BULLETS}"
    apart = rf"(?:^|\s)[{signs}]\s*" if data.startswith(tuple(signs)) else "[,;]"
    parts = [part.strip() for part in re.split(apart, data.strip("[]")) if part.strip()]
    if item.pattern is None or not parts:
        parts = [data]
    shown = f"[{', '.join(parts)}]"
    return Misfit(advice(say.NO_LIST, say.WRITE, meant=cut(shown)), at, value=parts)


def _parts(at: Spot, data: Any, asked: Type) -> Misfit:
    """One value where fields of their own are asked: of an amount all are known."""
    names = [field.encode_name for field in getattr(asked, "fields", ())]
    found = meanings("amount", "", str(data)) if names == ["value", "currency"] else ()
    if found:
        value = {"value": found[0], "currency": "USD"}
        shown = f"{_key(at)}: {{value: '{found[0]}', currency: USD}}"
        sure = NOTHING if found[0] == str(data) else value
        return Misfit(advice(say.NO_FIELDS, say.WRITE, meant=shown), at, value=sure)
    if isinstance(asked, StructType) and asked.cls is Review:
        return misfit(at, say.NO_FIELDS, say.LET_REVIEW, name=cut(data))
    return Misfit(advice(say.NO_FIELDS, say.FIELDS_BELOW, fields=_inside(asked)), at)


def _example(at: Spot, type_: Type) -> str:
    """What a field looks like."""
    inner = _first(type_)
    if isinstance(inner, LiteralType):
        return str(inner.values[0])
    if isinstance(inner, DictType):
        return "{en: ...}"
    if isinstance(inner, StrType):
        known = list(words_under(at.prefix)) if at.prefix else []
        words = words_of(inner)
        return known[0] if known else "..." if words is TEXT else words.example
    item = getattr(inner, "item_type", None)
    return f"[{_example(at, item)}]" if item else "..."


def _first(type_: Type) -> Type:
    """The type, or the first of several that it can be."""
    first: Type = getattr(type_, "types", (type_,))[0]
    return first


def _inside(type_: Type) -> dict[str, str]:
    fields = [field.encode_name for field in getattr(type_, "fields", ())]
    return listed(fields or ["..."])


def _is_list(type_: Type) -> bool:
    return hasattr(type_, "item_type") or hasattr(type_, "item_types")


def _is_text(type_: Type) -> bool:
    return isinstance(type_, StrType) and type_.pattern is None


def _key(at: Spot) -> str:
    """The last key on the way to a place."""
    return next((str(one) for one in reversed(at.steps) if isinstance(one, str)), "")
