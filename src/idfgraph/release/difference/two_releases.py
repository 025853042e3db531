"""Two releases held against each other: a changelog in three languages, JSON, or a patch; and a
patch applied.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path
from typing import NamedTuple, get_args

from ...graph.lines import without_stubs
from ...graph.mapping import Mapper, Terms, compile_context
from ...model.errors import BadInput, BadMapping, BadOutput, Place
from ...model.findings import severity_name
from ...model.formats import DifferenceFormat
from ...model.labels import CLASSES, KINDS, PROPERTIES
from ...model.layout import CONTEXT, ONTOLOGY, QUADS
from ...model.text import LANGUAGES, N_, Texts
from ...model.vocab import RDF, RDF_TYPE, SEVERITIES, SH
from ...sources.term_labels import term_labels
from ...system.disk import write_text
from ...system.reading import opened, read_lines, read_text, read_whole
from ..changelog import Changelog, render_html, render_json, render_markdown
from ..sums import name_of, read_sums
from .difference import Difference, Resource, difference, names_of
from .difference_form import difference_form
from .difference_tables import ReleaseVoice, difference_log
from .patch import apply_patch, hashes, render_patch
from .two_dumps import Sides, differing, stretches, unlike

#: The forms of a difference.
FORMS: tuple[DifferenceFormat, ...] = get_args(DifferenceFormat)

#: Whole texts of pages, which a list of changes is not to repeat.
_NARRATIVE = "idf:narrative"

_HINT = N_("name the folder of a release, as idfgraph publish made it")


class ReleaseDump(NamedTuple):
    """The dump of a release: its file, its SHA-256, and the name of the release."""

    file: Path
    digest: str
    release: str


def differ(old: Path, new: Path, form: str, language: str) -> Iterator[str]:
    """What changed from one release to another, as pieces of text in one of FORMS; words in `en`,
    `fr` or `es`.

    Raises BadInput for a folder that is no release, or whose dump is not what its sum says or not
    in order.
    """
    dumps = _dump(old), _dump(new)
    if form == "patch":
        return render_patch(differing(unlike(_stretches(dumps))), dumps[0].digest, dumps[1].digest)
    found, voice = _found(dumps, new)
    if form == "json":
        return render_json(difference_form(found, voice), end="")
    log = difference_log(found, voice, language)
    return render_html(log) if form == "html" else render_markdown(log)


def change_logs(
    old: Path, new: Path, sides: tuple[str, str]
) -> tuple[Difference, Callable[[str], Changelog]]:
    """What became of things from a release to one that is being made, and the changelog of that in
    a language, whose rows begin with compact IRIs; `sides` is what the releases are called.
    Evidence and narratives are left out.

    Raises BadInput as `differ` does, but the new one has no sums yet.
    """
    dumps = _dump(old)._replace(release=sides[0]), ReleaseDump(new / QUADS, "", sides[1])
    found, voice = _found(dumps, new)
    things = (one for one in found.resources if one.id.partition(":")[0] in KINDS)
    told = (_without(one, voice.expand(_NARRATIVE)) for one in things)
    found = found._replace(resources=tuple(one for one in told if one.items), evidence=())
    return found, partial(difference_log, found, voice, name=str)


def _without(resource: Resource, property_: str) -> Resource:
    """A resource without what became of a property."""
    items = (
        item._replace(fields=tuple(one for one in item.fields if one.property != property_))
        for item in resource.items
    )
    return resource._replace(items=tuple(item for item in items if item.fields))


def patched(dump: Path, patch: Path) -> Iterator[str]:
    """The lines of a dump with a patch applied; the last one comes only if the whole has the
    SHA-256 that it should.

    Raises BadInput where the patch is none of ours, is for another dump, or makes another than it
    says.
    """
    old, new = hashes(_read(patch), str(patch))
    if _digest(dump) != old:
        raise BadInput(
            N_("is not the dump that the patch is for"),
            Place(str(dump)),
            hint=N_("its SHA-256 must be {old}"),
            old=old,
        )
    return _held_against(apply_patch(_read(dump), _read(patch), str(patch)), new, patch)


def write(file: Path, pieces: Iterable[str]) -> None:
    """Writes pieces of text to a file, whole or not at all; raises BadOutput."""
    write_text(file, pieces)


def _found(dumps: tuple[ReleaseDump, ReleaseDump], new: Path) -> tuple[Difference, ReleaseVoice]:
    """What differs between dumps, and how the new release calls things."""
    terms = _terms(new)
    compact, expand = Mapper(terms).compact, partial(_expanded, terms.prefixes)
    lines = unlike(_stretches(dumps), without_stubs)
    found = difference(lines, compact, (dumps[0].release, dumps[1].release))
    names = names_of(found, _stretches(dumps), expand)
    return found, ReleaseVoice(compact, expand, _labels(new), _labels_of_others(terms), names)


def _held_against(lines: Iterable[str], digest: str, patch: Path) -> Iterator[str]:
    """The lines, the last one held back until the SHA-256 of all is known to be right."""
    found, before = sha256(), ""
    for line in lines:
        found.update(line.encode())
        if before:
            yield before
        before = line
    if found.hexdigest() != digest:
        raise BadInput(
            N_("does not make the dump that it says"), Place(str(patch)), hint=N_("make it anew")
        )
    if before:
        yield before


def _dump(release: Path) -> ReleaseDump:
    """The dump of a release, once it is what its sum says."""
    file = release / QUADS
    try:
        sums, name = read_sums(release), name_of(release)
    except BadOutput as error:
        raise BadInput(N_("is no release"), Place(str(release)), hint=_HINT) from error
    digest = _digest(file)
    if digest != sums.get(QUADS):
        raise BadInput(
            N_("is not what its sum says"), Place(str(file)), hint=N_("take it as it was published")
        )
    return ReleaseDump(file, digest, name)


def _stretches(dumps: tuple[ReleaseDump, ReleaseDump]) -> Iterator[Sides]:
    return stretches(dumps[0].file, dumps[1].file)


def _read(file: Path) -> Iterator[str]:
    """The lines of a file, newlines kept."""
    return read_lines(file)


def _digest(file: Path) -> str:
    with opened(file) as content:
        return file_digest(content, "sha256").hexdigest()


def _terms(release: Path) -> Terms:
    """The terms of a release's own context, with the prefix `rdf`."""
    file = release / CONTEXT
    try:
        terms = compile_context(read_text(file)).terms
    except BadMapping as error:
        raise BadInput(
            N_("cannot be used: {fault}"), Place(str(file)), hint=_HINT, fault=error.about.message
        ) from error
    return terms._replace(prefixes={**terms.prefixes, "rdf": RDF})


def _expanded(prefixes: Mapping[str, str], short: str) -> str:
    """A compact IRI in full; what has no known prefix as it is."""
    prefix, colon, rest = short.partition(":")
    return prefixes[prefix] + rest if colon and prefix in prefixes else short


def _labels(release: Path) -> Mapping[str, Texts]:
    """What the classes and properties of a release are called, by its own vocabulary, and what
    severities are.
    """
    file = release / f"{ONTOLOGY}.ttl"
    try:
        return {**term_labels(read_whole(file)), **_severities()}
    except SyntaxError as error:
        raise BadInput(N_("is no vocabulary"), Place(str(file)), hint=_HINT) from error


def _severities() -> Mapping[str, Texts]:
    return {
        f"{SH}{one}": {language: severity_name(one, language) for language in LANGUAGES}
        for one in SEVERITIES
    }


def _labels_of_others(terms: Terms) -> Mapping[str, str]:
    """Full IRI -> what a class or property of another vocabulary is called, as a message."""
    properties = {
        term.predicate[1:-1]: PROPERTIES[key]
        for key, term in terms.properties.items()
        if key in PROPERTIES
    }
    classes = {iri: CLASSES[name] for name, iri in terms.classes.items() if name in CLASSES}
    return {**properties, **classes, RDF_TYPE: PROPERTIES["type"]}
