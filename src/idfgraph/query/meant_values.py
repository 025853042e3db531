"""Values of parameters as people write them: names, codes and ids in any case and language."""

import re
from collections.abc import Callable, Iterator, Mapping

from ..model.errors import BadQuery
from ..model.iris import SLUG
from ..model.text import N_
from ..sources.records import language_of, likely_ids, words_named, words_nearest, words_under
from .question import Parameter, Question

#: What is taken for a name; anything else is held against the form of the parameter as it is.
_NAME = re.compile(r"[\w .:,'’()-]{1,100}")


_ID = re.compile(SLUG)


def understood(
    question: Question, values: Mapping[str, str], knows: Callable[[str], bool]
) -> dict[str, str]:
    """Values of parameters as the query writes them; `knows` says whether a resource (a compact
    IRI) is there. Raises BadQuery for a state that is none.

    >>> from .question import to_question
    >>> question = to_question("q", "# param s: st: a state\\n# param l: lang: a language")
    >>> understood(question, {"s": "moldavie", "l": "français"}, lambda _: False)
    {'s': 'MDA', 'l': 'fr'}
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    return {
        name: _meant(known[name], value, knows)
        if name in known and _NAME.fullmatch(value)
        else value
        for name, value in values.items()
    }


def unknown(
    question: Question, values: Mapping[str, str], knows: Callable[[str], bool]
) -> Iterator[tuple[Parameter, str]]:
    """The parameters of a question that name what is not there, each with its value."""
    for parameter in question.parameters:
        value = values.get(parameter.name, parameter.default)
        if parameter.resource and value and not knows(f"{parameter.resource}:{value}"):
            yield parameter, value


def learn_names() -> None:
    """Reads all names that values can be, for a process that may read no file any more."""
    words_named("st:", "x")
    language_of("x")


def _meant(parameter: Parameter, value: str, knows: Callable[[str], bool]) -> str:
    prefix = parameter.kind
    bare = value[len(prefix) :] if value.casefold().startswith(prefix) else value
    bare = bare.strip()
    if prefix == "lang:":
        return language_of(bare) or bare
    if prefix == "st:":
        return _state(bare, knows)
    likely = (bare, bare.upper(), bare.lower(), *likely_ids(bare))
    known = (one for one in likely if _ID.fullmatch(one) and knows(f"{prefix}{one}"))
    return next(known, bare)


def _state(name: str, knows: Callable[[str], bool]) -> str:
    """The code of a state; BadQuery where there is none, or several are called so."""
    if _ID.fullmatch(name) and knows(f"st:{name}"):
        return name
    found = sorted(words_named("st:", name))
    if len(found) == 1:
        return found[0]
    near = found or words_nearest("st:", name)
    names = words_under("st:")
    shown = " or ".join(f"{names[code]['en']} ({code})" for code in near)
    hint = N_("did you mean {near}?") if near else N_("give a name or a code, as MDA")
    raise BadQuery(N_("no such state: {name!r}"), hint=hint, name=name, near=shown)
