"""Answers of one release to what assistants ask of its names, in a process of its own."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import chain, islice
from typing import Any, NamedTuple

from ...model.errors import BadQuery
from ...model.iris import rebase
from ...model.text import N_, gettext
from ...query.meant_values import learn_names, understood, unknown
from ...query.question import bare, to_question
from ...sources.reference_files import read_reference
from ...system import resources
from ..reconcile import (
    CANDIDATES,
    KINDS,
    KnownThing,
    NameQuery,
    ReleaseAt,
    ReleaseDesk,
    key_of,
    local_id,
    open_desk,
)
from .quoting import Told, quoted, quoted_of
from .text_index import TextIndex, passage
from .thing_facts import ThingFacts
from .tool_arguments import AskArguments, FindArguments
from .unanswered import Declined

#: The likeness from which on a name comes before words that are found in texts.
_LIKE = 90.0

#: How many things are named that may be meant.
_MEANT = 3

_NOTHING = N_("Nothing is called so, and no text holds these words.")
_MEANS = N_("{name}: {value} was taken for what was given.")
_ASSUMED = N_("{name} was not given: {value} was taken.")


class DeskTask(NamedTuple):
    """What is asked of a release: what for, and with what."""

    release: ReleaseAt
    what: str
    told: Any


def consulted(task: DeskTask) -> Any:
    """The answer to a task. Declined where there is none, OtherRelease where the folder is another
    by now, BadOutput or OSError where it is damaged.
    """
    desk = _desk(task.release)
    answers: Mapping[str, Callable[[Any], Any]] = {
        "find": desk.found,
        "thing": desk.named,
        "describe": desk.described,
        "question": desk.filled,
        "known": desk.known,
    }
    return answers[task.what](task.told)


@lru_cache(1)
def _desk(release: ReleaseAt) -> "AssistantDesk":
    """What answers for a release; that of the one before is let go."""
    return AssistantDesk(open_desk(release))


class AssistantDesk:
    """What answers for one release."""

    def __init__(self, desk: ReleaseDesk) -> None:
        self._desk, self._names = desk, desk.names

    @cached_property
    def _texts(self) -> TextIndex:
        return TextIndex(self._names.things)

    @cached_property
    def _entries(self) -> frozenset[str]:
        """The compact IRIs of all that the reference data has."""
        learn_names()
        return frozenset(entry.id for entry in read_reference(resources.REFERENCE).entries)

    def found(self, asked: FindArguments) -> Told:
        """Things by their names, codes and ids, and by the words of their texts."""
        type_ = self._type(asked.type)
        query = NameQuery(query=asked.text, type=type_ or None, limit=CANDIDATES)
        named = {one.thing.id: one for one in self._names.candidates(query)}
        wanted = key_of(asked.text).split()
        fits = (one for one in self._texts.holding(wanted) if not type_ or type_ in one.types)
        worded = {one.id: one for one in fits}
        like = (id_ for id_, one in named.items() if one.score >= _LIKE)
        order = dict.fromkeys(chain(like, worded, named))
        matches = []
        for id_ in islice(order, asked.limit):
            told = self._told(self._names.by_id[id_], asked)
            if one := named.get(id_):
                told |= {"score": one.score, "is_surely_meant": one.match}
            if thing := worded.get(id_):
                told["words"] = quoted(passage(thing, wanted), asked.lang)
            matches.append(told)
        note = {} if matches else {"note": gettext(_NOTHING, asked.lang)}
        return {"matches": matches, "found": len(order), **note}

    def named(self, text: str) -> str:
        """The id of the one thing that a text means; Declined where it may be none or several."""
        if thing := self._names.thing(text.strip()):
            return thing.id
        found = self._names.candidates(NameQuery(query=text, limit=CANDIDATES))
        if found and found[0].match:
            return found[0].thing.id
        near = ", ".join(one.thing.id for one in found[:_MEANT])
        meant = f"these may be meant: {near}; give the id of one" if near else "find gives ids"
        raise Declined(f"no thing is surely called {text[:100]!r}; {meant}")

    def described(self, asked: tuple[str, bytes, str]) -> Told:
        """What is known of a thing by its id, of its document, in a language."""
        id_, document, language = asked
        thing = self._names.by_id[id_]
        return {
            "id": id_,
            "address": f"{self._desk.base}{id_}",
            "type": thing.kind,
            "type_label": self._desk.words.type_name(thing.kind, language),
            "name": quoted_of(thing.label, language),
            **ThingFacts(self._desk, language).told(thing, document),
        }

    def filled(self, asked: tuple[AskArguments, str]) -> Told:
        """The query of a question, given by its text, with values of its parameters."""
        arguments, text = asked
        question, given = to_question(arguments.question, text), dict(arguments.values)
        if any(parameter.name == "lang" for parameter in question.parameters):
            given.setdefault("lang", arguments.lang)
        try:
            values = understood(question, given, self._knows)
            query = bare(rebase(question.with_values(values), self._desk.base))
        except BadQuery as error:
            raise Declined(error.text) from None
        for parameter, value in unknown(question, values, self._knows):
            said = f"this release knows no {parameter.name} {value[:100]!r}"
            raise Declined(f"{said}; give {parameter.description}: find gives codes and ids")
        say = partial(gettext, language=arguments.lang)
        meant = [
            say(_MEANS, name=name, value=value)
            for name, value in values.items()
            if given[name] != value
        ]
        assumed = [say(_ASSUMED, name=one.name, value=one.default) for one in question.left(values)]
        return {"query": query, "values": values, "assumptions": [*meant, *assumed]}

    def known(self, resources: Sequence[str]) -> frozenset[str]:
        """Those of some resources (compact IRIs) that a question may name here."""
        return frozenset(filter(self._knows, resources))

    def _type(self, type_: str) -> str:
        """A type that there is; Declined where there is none such."""
        known = self._desk.words.types
        if type_ and (type_ := self._names.type_of(type_)) not in known:
            lists = ", ".join(list(known)[len(KINDS) :])
            raise Declined(f"there is no type {type_[:100]!r}; use {', '.join(KINDS)}, {lists}")
        return type_

    def _told(self, thing: KnownThing, asked: FindArguments) -> dict[str, Any]:
        return {
            "id": thing.id,
            "address": f"{self._desk.base}{thing.id}",
            "type": thing.types[0],
            "name": quoted_of(thing.label, asked.lang),
            "in_short": quoted(self._desk.description(thing, asked.lang), asked.lang),
        }

    def _knows(self, resource: str) -> bool:
        """Whether a resource (a compact IRI) is in the release, or in the reference data."""
        return local_id(resource) in self._names.by_id or resource in self._entries
