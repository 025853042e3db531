"""The analyst's story: a question by name, file or text, asked of a published release."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..graph.mapping import compile_context
from ..model.errors import BadMapping, BadQuery, Place
from ..model.iris import BASE, rebase
from ..model.layout import CONTEXT
from ..sources.reference_files import read_reference
from ..system import resources
from ..system.reading import read_text
from .answer import Answerer, load
from .question import Question, read_question, to_question

#: No file has a longer name.
_LONGEST_NAME = 255


def questions() -> Iterator[Question]:
    """The questions that ship with the package, by name."""
    return (read_question(path) for path in resources.files_in(resources.QUERIES, ".rq"))


def find_question(name: str, text: str | None = None) -> Question:
    """The question with this name, in this file, or with this text; BadQuery if there is none."""
    if text is not None:
        return to_question(name, text)
    shipped = resources.QUERIES / f"{name}.rq"
    if shipped.is_file():
        return read_question(shipped)
    if len(name) <= _LONGEST_NAME and Path(name).is_file():
        return read_question(Path(name))
    raise BadQuery(
        f"no question and no file is called {name[:80]!r}",
        hint="list the questions with idfgraph query --list",
    )


def ask(question: Question, release: Path, values: Mapping[str, str]) -> tuple[Answerer, str]:
    """What answers questions over a release, and the question's query under the release's base.

    Raises BadQuery, also for a parameter that names what neither the release nor the reference data
    has: its answer would read as if pages were silent.
    """
    prefixes = _prefixes(release)
    base = prefixes.get("idf", BASE).removesuffix("def#")
    query, answerer = rebase(question.with_values(values), base), load(release, prefixes)
    for parameter in question.parameters:
        value = values.get(parameter.name, parameter.default)
        named = parameter.resource and value
        if named and not _is_known(answerer, f"{parameter.resource}:{value}"):
            raise BadQuery(
                f"knows no {parameter.name} {value!r}",
                Place(str(release)),
                hint=f"give --set {parameter.name}=VALUE: {parameter.description}",
            )
    return answerer, query


def _prefixes(release: Path) -> Mapping[str, str]:
    """The prefixes of a release; BadQuery if it is none, or has no context that can be used."""
    context = release / CONTEXT
    if not context.is_file():
        raise BadQuery(
            "is no published release",
            Place(str(release)),
            hint="run idfgraph publish, or name one with --on",
        )
    try:
        return compile_context(read_text(context)).terms.prefixes
    except BadMapping as error:
        raise BadQuery(
            f"has no readable context: {error.message}",
            Place(str(context)),
            hint="publish it again",
        ) from error


def _is_known(answerer: Answerer, resource: str) -> bool:
    """Whether a resource (compact) is in a release, or in the reference data."""
    return answerer.knows(resource) or any(
        entry.id == resource for entry in read_reference(resources.REFERENCE).entries
    )
