"""What sites, networks and browsers send in place of a page, in three languages and several forms:
after real ones, made up.
"""

import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from .stray import Kind, Stray, named

_MESSAGES = Path(__file__).parents[2] / "data" / "strays" / "instead.jsonl"


def strays() -> Iterator[Stray]:
    """Each message bare, in the site's frame and as text; those of servers as they are."""
    messages = [json.loads(line) for line in _MESSAGES.read_text("utf-8").splitlines()]
    of_sites = [one for one in messages if "html" not in one]
    of_servers = (one for one in messages if "html" in one)
    yield from named((kind for one in of_sites for kind in _written(one)), "html", room="instead")
    yield from named(map(_text, of_sites), "txt", room="instead-text")
    kinds = (Kind(one["what"], one["html"].encode()) for one in of_servers)
    yield from named(kinds, "html", room="server")


def _text(message: Mapping[str, str]) -> Kind:
    text = "\n".join((message["title"], "", *message["lines"], ""))
    return Kind(f"{message['what']} {message['language']}", text.encode())


def _written(message: Mapping[str, str]) -> Iterator[Kind]:
    name, language = message["what"], message["language"]
    lines = "".join(f"<p>{escape(line)}</p>" for line in message["lines"])
    title = escape(message["title"])
    head = f'<!DOCTYPE html><html lang="{language}"><head><title>{title}</title>'
    framed = (
        f"{head}<style>p {{}}</style></head><body><header><nav><ul><li><a href=/>Accueil</a>"
        f"</ul></nav></header><main><h1>{title}</h1>{lines}</main>"
        "<footer><p>© IOM 2026</p></footer></body></html>"
    )
    bare = f"{head}<script>var a = 1;</script></head><body><div>{lines}</div></body></html>"
    yield Kind(f"{name} {language} framed", framed.encode())
    yield Kind(f"{name} {language} bare", bare.encode("utf-16" if language == "es" else "utf-8"))
