"""The graph around a project or a programme as a small picture: what it is linked to, by which
property, and how many projects share that.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from ...model.fields import FORMS, WAYS_TO_BENEFIT
from ...model.labels import PROPERTIES
from ...model.nodes import Json, Node, is_node
from ...model.text import capitalized, decimal
from .frame import own_words
from .markup import escaped, joined
from .page_voice import PageVoice
from .selections import projects_of

#: The properties that are drawn, in their order, and how many values of each are at most.
_DRAWN = ("isPartOf", "association", *WAYS_TO_BENEFIT, "projectType", "fundRegion")
_MOST = 4


def surroundings(voice: PageVoice, own: Node) -> Sequence[Markup]:
    """What a project or a programme is linked to, row by row; nothing around what is neither."""
    if own.get("type") not in FORMS:
        return ()
    links = (one for key in _DRAWN if key in own for one in _shown(voice, key, own[key]))
    return [_row(voice, label, target) for label, target in links]


def _shown(voice: PageVoice, key: str, value: Json) -> Iterator[tuple[str, str]]:
    """Links of a property: what each is called, and its target; of many the first, and how many
    more there are.
    """
    for label, targets in groupby(_links(voice, key, value), lambda link: link[0]):
        found = [target for _, target in targets]
        yield from ((label, one) for one in found[:_MOST])
        if len(found) > _MOST:
            yield label, f"+{len(found) - _MOST}"


def _links(voice: PageVoice, key: str, value: Json) -> Iterator[tuple[str, str]]:
    for item in value if isinstance(value, list) else [value]:
        if is_node(item) and {"role", "agent"} <= item.keys():
            role, agent = (voice.code(part, str(item[part])) for part in ("role", "agent"))
            yield voice.name(role)[0], agent
        elif isinstance(item, str):
            label = own_words(voice.lexicon.labels(key, PROPERTIES), voice.language)
            yield capitalized(label), voice.code(key, item)


def _row(voice: PageVoice, label: str, target: str) -> Markup:
    """What is linked to: what the link is called, its name as a link, and how many projects share
    it.
    """
    if not voice.address(target):
        return voice.labelled(escaped(label), escaped(target))
    projects = projects_of(voice.lexicon.site.overview, target)
    shown = voice.labelled(escaped(label), voice.resource(target))
    number = decimal(str(len(projects.projects)), voice.language) if projects else ""
    return joined(shown, escaped(number), by=" · ") if number else shown
