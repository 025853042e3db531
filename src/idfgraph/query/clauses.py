"""What a query asks for beside patterns: other services, and graphs to look into
(https://www.w3.org/TR/sparql11-query/#sparqlGrammar).
"""

import re
from typing import NamedTuple

from pyoxigraph import Store

_SPACE = r"(?:\s|\#[^\n\r]*+)*+"

#: The shape of a call of a service, wherever it stands: no other text can be read as one.
_SERVICE = re.compile(
    rf"""(?<!:)SERVICE {_SPACE} (?:SILENT {_SPACE})?
    (?:<[^>{{]*> | [?$][^\s{{]* | [^\s:{{}}<>/?$"'()]*:[^\s{{>]*) {_SPACE} \{{""",
    re.VERBOSE | re.IGNORECASE,
)

#: The word by itself, and what no engine reads outside of texts and comments.
_WORD, _NO_WORD = re.compile("SERVICE", re.IGNORECASE), "\0" * 7

#: What stands in a query and is no keyword: a comment, a text, an IRI, a variable, and the name
#: behind a prefix.
_TOKENS = re.compile(
    r"""
      (?P<said> \#[^\n\r]*
        | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3} | "{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3}
        | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*" )
    | (?P<iri> <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*> )
    | (?P<variable> [?$]\w+ )
    | (?P<prefix> (?<![\w.-])[^\W\d_][\w.-]*: | : ) (?P<name> (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)* )
    """,
    re.VERBOSE | re.DOTALL,
)

#: What each token is replaced by, character for character; an IRI stays between its brackets.
_MASK = "_"

_FROM = re.compile(
    r"(?<!\w)FROM(?:\s*NAMED)?(?:\s*(<_*>)|\s+([^\W\d_][\w.-]*:_*|:_*))", re.IGNORECASE
)
_FORM = re.compile(r"(?<![\w.-])(?:SELECT|CONSTRUCT|DESCRIBE|ASK)(?![\w.-]*:)", re.IGNORECASE)


class Clauses(NamedTuple):
    """Whether a query calls a service, the graphs that it chooses as it writes them, and the
    declarations before it that say what they mean.
    """

    calls_service: bool
    graphs: tuple[str, ...]
    prologue: str


def clauses_of(query: str) -> Clauses:
    """What a query asks for beside patterns.

    >>> clauses_of("PREFIX x: <x:> SELECT * FROM x:a FROM NAMED <b> { ?service ?p 'SERVICE' }")
    Clauses(calls_service=False, graphs=('x:a', '<b>'), prologue='PREFIX x: <x:> ')
    >>> clauses_of("ASK { service silent <http://127.0.0.1/> {} }").calls_service
    True
    """
    bare = _TOKENS.sub(_masked, query)
    form = _FORM.search(bare)
    chosen = (found.span(found.lastindex or 0) for found in _FROM.finditer(bare))
    return Clauses(
        calls_service=_SERVICE.search(query) is not None and not _is_only_said(query),
        graphs=tuple(dict.fromkeys(query[start:end] for start, end in chosen)),
        prologue=query[: form.start()] if form else query,
    )


def _is_only_said(query: str) -> bool:
    """Whether each call of a service stands in a text or a comment, where the engine does not mind
    what is written: what is a text, and what compares with `<`, is for it to say.
    """
    try:
        Store().query(_WORD.sub(_NO_WORD, query), base_iri="x:")
    except (SyntaxError, ValueError, RuntimeError):
        return False
    return True


def _masked(found: re.Match[str]) -> str:
    """What stands for a token, as long as it."""
    text = found[0]
    match found.lastgroup:
        case "said":
            return " " * len(text)
        case "iri":
            return f"<{_MASK * (len(text) - 2)}>"
        case "variable":
            return text[0] + _MASK * (len(text) - 1)
    prefix, name = found.group("prefix", "name")
    return f"{prefix}{_MASK * len(name)}"
