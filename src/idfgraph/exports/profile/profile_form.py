"""The table of words that the profile has beside context, shapes and ontology
(`ontology/profile.yaml`).
"""

from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from ...model.datatypes import Form
from ...model.text import Language, Texts
from ...sources.records import read_yaml
from ...system import resources

#: Kind of graph that things of a class stand in; empty: the default graph.
GraphKind = Literal["", "source", "decision", "run"]


class ClassWords(Form, frozen=True):
    """A class: its graph, the property that leads to it from what it is a part of, its properties
    where no closed shape has them, those that each has, those in the default graph all the same;
    `keys` are taken where several stand for one property, `never` are those that no release has,
    `to` the classes of values where these are this class's alone, `label` what a class of others is
    called here.
    """

    name: str
    graph: GraphKind = ""
    part: str = ""
    properties: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    to: Mapping[str, tuple[str, ...]] = {}
    label: Mapping[Language, str] = {}
    meaning: Mapping[Language, str] = {}


class KeyWords(Form, frozen=True):
    """A property of others: what it means here, and the classes of its values."""

    to: tuple[str, ...] = ()
    en: str = ""
    fr: str = ""
    es: str = ""

    @property
    def meaning(self) -> Texts:
        """What it means, by language; nothing where the ontology says it."""
        said = {"en": self.en, "fr": self.fr, "es": self.es}
        return {language: text for language, text in said.items() if text}


class ProfileForm(Form, frozen=True):
    """The classes in their order, the properties of what is gone, those with resources and literals
    as values, the words of others.
    """

    classes: tuple[ClassWords, ...]
    gone: tuple[str, ...]
    open: tuple[str, ...]
    properties: Mapping[str, KeyWords] = msgspec.field(default_factory=dict)


@cache
def profile_form() -> ProfileForm:
    """The table that ships.

    >>> profile_form().classes[0].name
    'Project'
    """
    form: ProfileForm = read_yaml(resources.PROFILE, ProfileForm)[0]
    return form
