"""The page on which people ask a release in their browser, and one for each of its questions with
the answer that it had as it was published.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ...model import names
from ...model.errors import BadQuery
from ...model.iris import rebase
from ...model.layout import ANSWERS, ASK, TRIG, TURTLE
from ...model.text import LANGUAGES, decimal, gettext, translations
from ...query.question import Parameter, Question, bare
from ...query.results import SHOWN, Rows, resources
from .ask_page import PARAMETER_LABELS, AskAnswer, AskField
from .content import Site
from .edition import Edition
from .markup import visible
from .page_voice import PageVoice
from .term_cells import PLACES, Reader, column_names, names_query, read_names, resource

#: Takes a query and gives its answer; BadQuery where it has none.
Tell = Callable[[str], Rows]

#: Statements that a browser answers over: those of the facts, and those of all graphs.
MOST, MOST_OF_ALL = 200_000, 400_000

#: How many rows of an answer stand on its page.
_ROWS = 20

#: Seconds that a browser is given to answer.
_SECONDS = 20

#: Kind of a parameter -> the list that has its values.
_LISTS = {"st:": "states", "prg:": "programmes", "prj:": "projects"}

#: Those that a page shows all values of.
_SHOWN = frozenset({"st:", "prg:"})

#: The scripts that ask the engine.
DESK_SCRIPTS = ("ask.js", "ask-worker.js")


class DeskQuestion(NamedTuple):
    """A question with its words and fields: `values` are those of all its parameters, as JSON; it
    has none to be asked with where `command` is empty.
    """

    name: str
    title: str
    about: str
    fields: Sequence[AskField]
    values: str
    command: str
    query: str


class AskScript(NamedTuple):
    """What the page on which people ask has for its script: millions of bytes that the first answer
    loads, from the facts and from all graphs (empty: too many statements), words and more as JSON.
    """

    questions: Sequence[DeskQuestion]
    fields: Sequence[AskField]
    megabytes: str
    megabytes_of_all: str
    words: str
    setting: str


def answers_here(site: Site) -> bool:
    """Whether a browser can answer over a release."""
    return site.scripts and site.load.engine > 0 and site.load.facts <= MOST


def write_desk(edition: Edition, tell: Tell | None) -> None:
    """Writes the page on which people ask, and that of each question; `tell` gives the answers."""
    voice, load = edition.voice(""), edition.site.load
    asked = [_question(voice, one) for one in edition.site.questions]
    here = answers_here(edition.site)
    edition.write(
        ASK,
        "ask_here.html",
        questions=asked,
        desk=_desk(voice, asked) if here else None,
        statements=load.facts,
        most=MOST,
        lacks_engine=edition.site.scripts and not load.engine,
    )
    for one in asked:
        answer = _answer(edition, one, tell) if tell and one.command else None
        path = f"{ANSWERS}{one.name}"
        edition.write(path, "answer.html", question=one, answer=answer, here=here)


def _question(voice: PageVoice, asked: Question) -> DeskQuestion:
    """A question as a page shows it, with values that the release knows."""
    fields = [_field(voice, one) for one in asked.parameters if one.kind != "lang:"]
    values = {one.name: one.value for one in fields}
    command = f"idfgraph query {asked.name}"
    for name, value in values.items():
        command += f" --set {name}={value}"
    values |= {one.name: voice.language for one in asked.parameters if one.kind == "lang:"}
    has_all = all(values.values())
    query = rebase(asked.with_values(values), voice.lexicon.site.setting.base) if has_all else ""
    return DeskQuestion(
        asked.name,
        voice.own(asked.titles) or asked.name,
        voice.own(asked.descriptions),
        fields,
        json.dumps(values),
        command if has_all else "",
        visible(bare(query)),
    )


def _field(voice: PageVoice, parameter: Parameter) -> AskField:
    """A parameter, with the value that it has by itself if the release knows that, or the first of
    those that there are.
    """
    prefix = f"{parameter.resource}:"
    ids = voice.lexicon.catalogue.lists.get(_LISTS.get(parameter.kind, ""), [])
    known = [id_.removeprefix(prefix) for id_ in ids]
    value = parameter.default
    if parameter.kind in _LISTS and value not in known:
        value = min(known, default="")
    named = [(slug, voice.name(f"{prefix}{slug}")[0]) for slug in known]
    return AskField(
        parameter.name,
        gettext(PARAMETER_LABELS[parameter.kind], voice.language),
        value,
        sorted(named, key=lambda one: names.folded(one[1])) if parameter.kind in _SHOWN else (),
        parameter.pattern.replace(".-]", r".\-]"),  # as browsers read it
        parameter.term,
        resource(parameter.resource, "", voice.lexicon.site.setting.base)
        if parameter.resource
        else "",
    )


def _answer(edition: Edition, asked: DeskQuestion, tell: Tell) -> AskAnswer | None:
    """The first rows of a question's answer; None where there is none within the bounds."""
    base = edition.site.setting.base
    try:
        rows = tell(asked.query)
        rows = rows._replace(rows=rows.rows[:_ROWS])
        query = names_query(list(resources(rows)), base)
        names_ = read_names(tell(query)) if query else {}
    except BadQuery:
        return None
    reader = Reader(edition.language, base, names_, "../")
    return AskAnswer(reader.heads(rows.columns), list(map(reader.row, rows.rows)), rows.total)


def _desk(voice: PageVoice, asked: Sequence[DeskQuestion]) -> AskScript:
    site = voice.lexicon.site
    load, base = site.load, site.setting.base
    fields = {one.name: one for question in asked for one in question.fields}
    setting = {
        "lang": voice.language,
        "languages": LANGUAGES,
        "suffix": voice.suffix,
        "base": base,
        "places": PLACES,
        "names": names_query([f"{base}id"], base).replace(f"<{base}id>", "{}"),
        "number": decimal("1000.5", voice.language),
        "columns": list(column_names(voice.language).items()),
        "facts": TURTLE,
        "all": TRIG if load.all <= MOST_OF_ALL else "",
        "shown": SHOWN,
        "seconds": _SECONDS,
    }
    return AskScript(
        asked,
        list(fields.values()),
        _megabytes(load.engine + load.facts_size, voice.language),
        _megabytes(load.engine + load.all_size, voice.language) if load.all <= MOST_OF_ALL else "",
        json.dumps(_words(voice.language), ensure_ascii=False),
        json.dumps(setting, ensure_ascii=False),
    )


def _megabytes(size: int, language: str) -> str:
    return decimal(f"{size / 1e6:.1f}", language)


def _words(language: str) -> Mapping[str, str | Sequence[str]]:
    """What the script says; in {places} it puts values."""
    said = translations(language)
    rows = [said.ngettext("%(number)s row", "%(number)s rows", number) for number in (1, 2)]
    return {
        "loading": said.gettext("Loading the engine and the data …"),
        "asking": said.gettext("Looking for an answer …"),
        "rows": [one.replace("%(number)s", "{number}") for one in rows],
        "took": said.gettext("in {seconds} s"),
        "first": said.gettext("the first {shown} are shown; the file has all."),
        "none": said.gettext("Nothing published answers this."),
        "absent": said.gettext("not published"),
        "yes": said.gettext("Yes"),
        "no": said.gettext("No"),
        "late": said.gettext("There is no answer within {seconds} s."),
        "stopped": said.gettext("Stopped."),
        "unknown": said.gettext("This release does not know “{value}”."),
        "refused": said.gettext("This cannot be asked"),
        "broken": said.gettext("The engine or the data could not be loaded."),
        "large": said.gettext(
            "All graphs together are too many statements for a browser. Ask with idfgraph query."
        ),
    }
