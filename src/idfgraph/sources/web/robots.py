"""robots.txt as RFC 9309 reads it: groups by agent, the longest rule that fits, `*` and a last `$`.

Python's own urllib.robotparser takes the first rule instead and knows no wildcards before its 2026
releases (python/cpython#138907), so that it would fetch what a site asks robots to leave alone.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from requests.utils import requote_uri

_LINE = re.compile(r"\r\n|\r|\n")
_AGENT = re.compile(r"[^\s/]*")


class RobotsRule(NamedTuple):
    """A pattern of paths, and whether they are allowed."""

    pattern: str
    allows: bool


class Rules(NamedTuple):
    """What one robots.txt says to us: its rules, and the seconds it asks for between requests."""

    rules: tuple[RobotsRule, ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be fetched: the longest rule that fits decides, or
        else yes.

        >>> text = "User-agent: *\\nDisallow: /\\nAllow: /fr/"
        >>> parse_robots(text, "idfgraph").allows("/fr/node/1")
        True
        """
        path = requote_uri(path)
        fitting = (
            (len(rule.pattern), rule.allows) for rule in self.rules if _fits(rule.pattern, path)
        )
        return path == "/robots.txt" or max(fitting, default=(0, True))[1]


class _Group:
    """The agents of one group of lines, and what is said to them."""

    def __init__(self) -> None:
        self.agents: set[str] = set()
        self.rules: list[RobotsRule] = []
        self.delay = 0.0
        self.closed = False


def parse_robots(text: str, token: str) -> Rules:
    """The rules of a robots.txt for an agent of this name: its own groups together, or else those
    for all.

    >>> parse_robots("User-agent: *\\nDisallow: /*?page=\\nCrawl-delay: 5", "idfgraph")
    Rules(rules=(RobotsRule(pattern='/*?page=', allows=False),), delay=5.0)
    """
    groups = _groups(text)
    own = [group for group in groups if token.casefold() in group.agents]
    ours = own or [group for group in groups if "*" in group.agents]
    rules = tuple(rule for group in ours for rule in group.rules)
    return Rules(rules, max((group.delay for group in ours), default=0.0))


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    for name, value in _fields(text):
        if name == "user-agent":
            if not groups or groups[-1].closed:
                groups.append(_Group())
            groups[-1].agents.update(agent.casefold() for agent in _AGENT.findall(value)[:1])
        elif groups:
            _tell(groups[-1], name, value)
    return groups


def _fields(text: str) -> Iterator[tuple[str, str]]:
    for line in _LINE.split(text.removeprefix("\ufeff")):
        name, _, value = line.partition("#")[0].partition(":")
        yield name.strip().casefold(), value.strip()


def _tell(group: _Group, name: str, value: str) -> None:
    """Adds a line to a group; an empty path is a rule about nothing."""
    if name in {"allow", "disallow"}:
        group.closed = True
        if value:
            group.rules.append(RobotsRule(requote_uri(value), name == "allow"))
    elif name == "crawl-delay" and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", value):
        group.delay = float(value)


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins with the pattern, or is all of it with a last `$`; in one pass,
    whatever the pattern.
    """
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not whole or at == len(path)
    *middle, last = rest
    for piece in middle:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return (
        path.endswith(last) and len(path) - len(last) >= at if whole else path.find(last, at) >= 0
    )
