"""The only place that makes markup of data: texts, links, and what neither may hold."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from ...model.text import listed
from ...model.visible import HIDDEN, code_point

_HIDDEN = re.compile(f"[{HIDDEN}]")
_WEB = re.compile(r"https?://[A-Za-z0-9]", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")

#: Characters that may be written from right to left: none of Latin, Greek and Cyrillic, or of their
#: punctuation; `list.js` has the same.
_OTHER_WAYS = re.compile("[^\0-\u058f\u2010-\u2027]")

#: What stays as it is in an address; a percent sign does where it begins an escape already.
_KEPT = "/:=&?~#+!$,;'@()*%"


def escape(words: str) -> str:
    """A text as it stands in an element, or in an attribute between double quotes, as all of pages
    are: an apostrophe ends nothing there, and French has many.

    >>> print(escape("l'<b> & co"))
    l'&lt;b&gt; &amp; co
    """
    words = words.replace("&", "&amp;").replace("<", "&lt;")
    return words.replace(">", "&gt;").replace('"', "&quot;")


def made(text: str) -> Markup:
    """A text that is markup: all in it that came of data is escaped. The constructor of markupsafe
    takes three times as long, and a release has millions of such texts.
    """
    return str.__new__(Markup, text)


#: No markup.
NOTHING = made("")


@lru_cache(4096)
def stripped(markup: Markup) -> str:
    """The words of markup without it.

    >>> stripped(Markup("<b>a &amp; b</b>"))
    'a & b'
    """
    plain = "<" not in markup and "&" not in markup
    return " ".join(markup.split()) if plain else markup.striptags()


def escaped(value: object) -> Markup:
    """A value as markup: what is markup already as it is.

    >>> str(escaped("<b>")), str(escaped(Markup("<b>")))
    ('&lt;b&gt;', '<b>')
    """
    return value if type(value) is Markup else made(escape(str(value)))


def visible(text: str) -> str:
    """The text with hidden characters, none of which prints, written as `<U+202E>`; lines and tabs
    stay.

    >>> visible("a\\nb\\u202ec")
    'a\\nb<U+202E>c'
    """
    return text if text.isprintable() else _HIDDEN.sub(code_point, text)


def shown(value: Any) -> Any:
    """A value of plain JSON in which each text is as `visible` gives it.

    >>> shown({"title": {"en": "a\\u202eb"}, "beneficiary": ["ALB"]})
    {'title': {'en': 'a<U+202E>b'}, 'beneficiary': ['ALB']}
    """
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {
            key: one if type(one) is str and one.isprintable() else shown(one)
            for key, one in value.items()
        }
    return [shown(item) for item in value] if isinstance(value, list) else value


@lru_cache(256, typed=True)
def text(words: str, language: str = "") -> Markup:
    """A text, apart from the direction of what is around it if it could have another; `language`
    where it is not that of the page.

    >>> str(text("<b>", "fr")), str(text("<b>")), str(text("\u05d0"))
    ('<bdi lang="fr">&lt;b&gt;</bdi>', '&lt;b&gt;', '<bdi>\u05d0</bdi>')
    """
    if not language and not _OTHER_WAYS.search(words):
        return made(escape(words))  # the text is escaped
    tag = f' lang="{language}"' if language and _LANGUAGE.fullmatch(language) else ""
    return made(f"<bdi{tag}>{escape(words)}</bdi>")  # the text is escaped, the language is checked


def link(href: str, words: str, language: str = "") -> Markup:
    """A link to a place in the release; `href` is relative.

    >>> str(link("../state/ALB.html", "Albania"))
    '<a href="../state/ALB.html">Albania</a>'
    """
    tag = _language(words, language)
    said = escape(words) if tag else text(words, language)
    return made(f'<a href="{escape(href)}"{tag}>{said}</a>')  # all parts are escaped


def head_link(rel: str, href: str, type_: str = "") -> Markup:
    """A link of a page's head; its media type, if that is told.

    >>> str(head_link("icon", "../icon.svg"))
    '<link rel="icon" href="../icon.svg">'
    """
    tag = type_ and f' type="{escape(type_)}"'
    return made(f'<link rel="{escape(rel)}" href="{escape(href)}"{tag}>')  # all parts are escaped


def outward(address: str, words: str = "", language: str = "") -> Markup:
    """A link out of the release, if the address is one of the web; any other is shown as text.

    >>> str(outward("javascript:alert(1)"))
    'javascript:alert(1)'
    >>> str(outward("https://iom.int/a b"))
    '<a href="https://iom.int/a%20b" rel="noopener noreferrer">https://iom.int/a b</a>'
    """
    if not _WEB.match(address):
        return text(words or address, language)
    href, said = escape(quote(address, safe=_KEPT)), text(words or address, language)
    return made(f'<a href="{href}" rel="noopener noreferrer">{said}</a>')  # all parts are escaped


def enumerated(parts: Iterable[str], language: str) -> Markup:
    """Parts as a language lists them in a sentence; what is no markup is escaped.

    >>> str(enumerated([Markup("<b>a</b>"), "<b>"], "fr"))
    '<b>a</b> et &lt;b&gt;'
    """
    items = (str(escaped(part)) for part in parts)
    return made(listed(items, language))  # each item is markup


@lru_cache(256, typed=True)
def quoted(words: str, language: str = "") -> Markup:
    """Words in the quotation marks of the page's language; `language` where theirs is another.

    >>> str(quoted("<b>", "fr"))
    '<q lang="fr">&lt;b&gt;</q>'
    """
    tag = _language(words, language)
    said = escape(words) if tag else text(words, language)
    return made(f"<q{tag}>{said}</q>")  # the text is escaped


def _language(words: str, language: str) -> str:
    """The language of words as an attribute of the element around them, where nothing but that sets
    them apart.
    """
    own = language and _LANGUAGE.fullmatch(language) and not _OTHER_WAYS.search(words)
    return f' lang="{language}"' if own else ""


def joined(*parts: Markup, by: str) -> Markup:
    """Parts that are markup already, with a text between them that needs no escaping.

    >>> str(joined(text("a"), text("<"), by=" – "))
    'a – &lt;'
    """
    return made(by.join(parts))  # each part is markup


def disclosed(summary: str, lines: Sequence[Markup]) -> Markup:
    """Lines that are read once their summary is opened; nothing where there is none.

    >>> str(disclosed("1 <page>", [text("a")]))
    '<details><summary>1 &lt;page&gt;</summary>\\na</details>'
    """
    if not lines:
        return Markup()
    items = "".join(f"<li>{line}\n" for line in lines)
    body = f"<ul>{items}</ul>" if len(lines) > 1 else lines[0]
    head = f"<summary>{escaped(summary)}</summary>"
    return made(f"<details>{head}\n{body}</details>")  # the summary is escaped, lines are markup


def data_block(json_text: str) -> Markup:
    """JSON text that ends no script element and begins no other.

    >>> str(data_block('{"name": "</script>"}'))
    '{"name": "\\\\u003c/script\\\\u003e"}'
    """
    for character in "<>&\u2028\u2029":
        json_text = json_text.replace(character, f"\\u{ord(character):04x}")
    return made(json_text)  # nothing in it can end the element
