"""What the profile says in words: how many values, what they are, and what to know before one
asks.
"""

from collections.abc import Mapping

from ...model.text import N_, gettext, listed
from .profile_rows import ProfileRow

#: What the picture of the model shows.
PICTURE = N_(
    "The classes and what leads from one to another: projects and programmes lead to their budget, "
    "partners, states, results, phases and codes; each has a record, which leads to captured pages "
    "and quality notes; pages lead to the values that they print, in graphs of their own."
)

#: What a stranger stumbles over.
TIPS = (
    N_(
        "Facts stand in the default graph, each once. Who says so stands in named graphs: ask for "
        "them with GRAPH ?graph { … }, of data/idf.nq or data/idf.trig. The other dumps have the "
        "facts alone: there such a question has no answer."
    ),
    N_(
        "Codes, states and organisations are resources. Their names are at skos:prefLabel, at most "
        "one in a language: filter by LANG, or rows come several times. States have all three "
        "languages, others may lack one."
    ),
    N_(
        "Titles, narratives and names may be in one language alone: a filter on one language loses "
        "the others. An OPTIONAL for each, and COALESCE, take the next."
    ),
    N_(
        "A budget is a node: its amount is at idf:budget/schema:value. Of a project with several "
        "states it is there once for all of them: a sum over projects and states counts it several "
        "times."
    ),
    N_(
        "Work is dated by years alone. They are xsd:gYear, which engines do not order: compare "
        "xsd:integer(STR(?year))."
    ),
    N_(
        "What no page says is absent, never empty: use OPTIONAL, or such projects go missing from "
        "answers; and SUM(COALESCE(?value, 0)), or there is no sum at all."
    ),
    N_(
        "idf:benefitingState holds every state that benefits, in whatever way; idf:beneficiary "
        "only those that a page lists as such."
    ),
    N_(
        "Programmes are no projects of the Fund: sums and counts of projects leave them out. No "
        "property leads from one that is published to a programme or to another project."
    ),
    N_(
        "Pages and quality notes are those of the record: "
        "foaf:isPrimaryTopicOf/prov:hadPrimarySource leads from a project to its pages."
    ),
    N_(
        "A value as a page prints it is an idf:SourceValue, to which its page leads by "
        "idf:sourceValue. It is about the subject of the statement: that of an amount is not the "
        "project but what idf:budget leads to, with idf:aboutProperty schema:value."
    ),
    N_(
        "What is printed and not accepted has another idf:rank than code:rank-accepted, and the "
        "cause at idf:reason. Values of pages of no project or programme have no rank: nothing is "
        "accepted of them."
    ),
    N_(
        "The same things elsewhere are at skos:exactMatch and skos:closeMatch, told apart by how "
        "their addresses begin."
    ),
    N_("What is missing or doubtful is told by quality notes, and by report.ttl."),
    N_("Severities of quality notes are those of SHACL: sh:Violation, sh:Warning, sh:Info."),
)

#: What a value is of which no more is known.
_RESOURCE = N_("resource")

_MISSED = N_("{number}; where there is none, the report says so")


def number_words(row: ProfileRow, language: str) -> str:
    """How many values there are, in words."""
    number = gettext(_number(row), language, least=str(row.asked.least))
    return gettext(_MISSED, language, number=number) if row.asked.missed else number


def _number(row: ProfileRow) -> str:
    least, most = row.asked.least, row.asked.most
    if row.per_language:
        few = N_("one in each language at most")
        some = N_("{least} or more, one in each language at most")
        return some if least else few
    if most == 1:
        return N_("exactly one") if least else N_("at most one")
    return N_("one or more") if least else N_("any number")


def value_words(row: ProfileRow, names: Mapping[str, str], language: str) -> str:
    """What the values are, in words; `names` are what classes are called."""
    if row.codes:
        return gettext(N_("code of the list {list}"), language, list=row.codes)
    if row.classes:
        return listed((names.get(name, name) for name in row.classes), language)
    if row.is_open:
        return gettext(N_("resource or literal"), language)
    if row.kind == "typed":
        return row.datatype
    words = {
        "text": N_("text"),
        "texts": N_("text in a language"),
        "term": N_("property"),
    }
    return gettext(words.get(row.kind, _RESOURCE), language)
