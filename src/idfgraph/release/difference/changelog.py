"""Two releases held against each other: a changelog in three languages, JSON, or a patch; and a
patch applied.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from typing import NamedTuple, get_args

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ...checks.report import escaped
from ...graph.mapping import compile_context
from ...model.errors import BadInput, Place
from ...model.formats import DifferenceFormat
from ...model.layout import CONTEXT, ONTOLOGY, QUADS, SUMS
from ...model.visible import visible as shown
from ...model.vocab import RDF, RDFS
from ...system.disk import write_text
from .aligned import DumpLine, differing, merged
from .difference import Difference, difference, names_of
from .html import render as render_html
from .json_form import render as render_json
from .markdown import render as render_markdown
from .patch import apply_patch, hashes, render_patch
from .telling import ChangeVoice

#: The forms of a difference.
FORMS: tuple[DifferenceFormat, ...] = get_args(DifferenceFormat)

_HINT = "name the folder of a release, as idfgraph publish made it"
_FILE = "name a file of UTF-8 text that is there"


class _ReleaseSide(NamedTuple):
    """A release: its folder, its name (the first 16 hex digits of the SHA-256 of its sums), the
    SHA-256 of its dump.
    """

    folder: Path
    name: str
    digest: str

    @property
    def dump(self) -> Path:
        """The file of all its statements."""
        return self.folder / QUADS


def differ(old: Path, new: Path, form: str, language: str) -> Iterator[str]:
    """What changed from one release to another, as pieces of text in one of FORMS; words in `en`,
    `fr` or `es`.

    Raises BadInput for a folder that is no release, or whose dump is not what its sum says or not
    in order.
    """
    sides = _side(old), _side(new)
    if form == "patch":
        return render_patch(differing(_lines(sides)), sides[0].digest, sides[1].digest)
    compact, expand = _prefixes(new)
    found = difference(_lines(sides), compact, (sides[0].name, sides[1].name))
    voice = ChangeVoice(compact, expand, _terms(new), names_of(found, _lines(sides), expand))
    return _rendered(found, voice, form, language)


def patched(dump: Path, patch: Path) -> Iterator[str]:
    """The lines of a dump with a patch applied; the last one comes only if the whole has the
    SHA-256 that it should.

    Raises BadInput where the patch is none of ours, is for another dump, or makes another than it
    says.
    """
    old, new = hashes(_read(patch), str(patch))
    if _digest(dump) != old:
        raise BadInput(
            "is not the dump that the patch is for",
            Place(str(dump)),
            hint=f"its SHA-256 must be {old}",
        )
    return _held_against(apply_patch(_read(dump), _read(patch), str(patch)), new, patch)


def write(file: Path, pieces: Iterable[str]) -> None:
    """Writes pieces of text to a file, whole or not at all; raises BadOutput."""
    write_text(file, pieces)


def _rendered(found: Difference, voice: ChangeVoice, form: str, language: str) -> Iterator[str]:
    if form == "json":
        return render_json(found, voice)
    if form == "html":
        return render_html(found, voice, language, shown)
    return render_markdown(found, voice, language, escaped)


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
            "does not make the dump that it says", Place(str(patch)), hint="make it anew"
        )
    if before:
        yield before


def _side(folder: Path) -> _ReleaseSide:
    """A release, once its dump is what its sum says."""
    try:
        sums = (folder / SUMS).read_bytes()
    except OSError as error:
        raise BadInput("is no release", Place(str(folder)), hint=_HINT) from error
    digest = _digest(folder / QUADS)
    if f"{digest}  {QUADS}".encode() not in sums.splitlines():
        raise BadInput(
            "is not what its sum says",
            Place(str(folder / QUADS)),
            hint="take it as it was published",
        )
    return _ReleaseSide(folder, sha256(sums).hexdigest()[:16], digest)


def _lines(sides: tuple[_ReleaseSide, _ReleaseSide]) -> Iterator[DumpLine]:
    old, new = sides
    return merged(_read(old.dump), _read(new.dump), (str(old.dump), str(new.dump)))


def _read(file: Path) -> Iterator[str]:
    """The lines of a file, newlines kept."""
    try:
        with file.open(encoding="utf-8", newline="\n") as lines:
            yield from lines
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("cannot be read", Place(str(file)), hint=_FILE) from error


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise BadInput("cannot be read", Place(str(file)), hint=_FILE) from error


def _prefixes(release: Path) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """What makes IRIs short by a release's own context, and what makes them long again."""
    file = release / CONTEXT
    try:
        prefixes = {**compile_context(file.read_text("utf-8")).terms.prefixes, "rdf": RDF}
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError) as error:
        raise BadInput("cannot be read", Place(str(file)), hint=_HINT) from error
    longest = sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))

    def compact(iri: str) -> str:
        """The IRI with the prefix of the longest namespace that it begins with."""
        return next(
            (f"{name}:{iri[len(start) :]}" for name, start in longest if iri.startswith(start)), iri
        )

    def expand(short: str) -> str:
        """The IRI in full; what has no known prefix as it is."""
        prefix, colon, rest = short.partition(":")
        return prefixes[prefix] + rest if colon and prefix in prefixes else short

    return compact, expand


def _terms(release: Path) -> Mapping[str, Mapping[str, str]]:
    """Class or property (full IRI) -> its labels by language, by a release's own vocabulary."""
    file, labels = release / f"{ONTOLOGY}.ttl", dict[str, dict[str, str]]()
    try:
        for quad in parse(path=str(file), format=RdfFormat.TURTLE):
            if quad.predicate.value == f"{RDFS}label" and isinstance(quad.subject, NamedNode):
                value = quad.object
                if isinstance(value, Literal) and value.language:
                    labels.setdefault(quad.subject.value, {})[value.language] = value.value
    except (OSError, SyntaxError) as error:
        raise BadInput("cannot be read", Place(str(file)), hint=_HINT) from error
    return labels
