"""The checks, as they stand in `checks.toml`: what is asked, and what should come."""

from typing import Literal

import msgspec

from ...system import resources

#: What is checked: how a thing is told of, or how queries are answered.
Subject = Literal["thing", "sparql"]


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request. `on` is the thing, the document that it leads to, what is not there, or the
    endpoint; `query` is sent as `by` says.
    """

    on: Literal["thing", "document", "missing", "endpoint"]
    method: Literal["GET", "HEAD", "OPTIONS", "POST"] = "GET"
    headers: dict[str, str] = {}
    query: str = ""
    by: Literal["address", "form", "body"] = "address"
    more: str = ""
    follow: bool = False


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What should come: one of these statuses (none named: none of 500 and more), headers in which
    a pattern is found, and what the body is.
    """

    status: tuple[int, ...] = ()
    headers: dict[str, str] = {}
    lacks: dict[str, str] = {}
    body: Literal["", "none", "rdf", "true", "row", "about"] = ""
    text: str = ""
    as_get: bool = False
    if_header: str = ""


class HttpCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A check: its name, what it is about, the clause and its address, and whether that says must
    or should. `needs` names a header of the document, without which nothing is asked.
    """

    name: str
    about: Subject
    clause: str
    address: str
    level: Literal["must", "should"]
    says: str
    ask: Ask
    want: Expected
    needs: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    check: tuple[HttpCheck, ...]


def checks(about: Subject) -> list[HttpCheck]:
    """The checks of one subject, in the order in which they are made.

    >>> checks("sparql")[0].clause
    'SPARQL 1.1 Protocol 2.1.1'
    """
    import tomllib  # noqa: PLC0415 - for this alone

    found = tomllib.loads(resources.HTTP_CHECKS.read_text("utf-8"))
    return [one for one in msgspec.convert(found, _File).check if one.about == about]
