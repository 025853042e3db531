"""A thing at a glance: a small page that tools show beside a name, without a script."""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from markupsafe import Markup

from ...model.text import N_, gettext

_STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:.5em;color:#222;background:#fff}"
    "h1{font-size:1.1em;margin:0}p{margin:.2em 0 .5em;color:#555}"
    "dl{display:grid;grid-template-columns:auto 1fr;gap:.1em .8em;margin:0}"
    "dt{color:#555}dd{margin:0}a{color:#0b5394}"
)

#: What the page may load: its own style; it may be shown in frames of any page.
PREVIEW_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
    f"{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
)

_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{name}</title>'
    '<meta name="robots" content="noindex"><style>{style}</style></head><body>\n'
    "<h1><bdi>{name}</bdi></h1><p>{kind}</p>\n<dl>{facts}</dl>\n"
    '<p><a href="{href}" target="_blank" rel="noopener">{more}</a></p>\n</body></html>\n'
)
_FACT = Markup("<dt>{}</dt><dd><bdi>{}</bdi></dd>")


def thing_preview(
    name: str, kind: str, facts: Iterable[tuple[str, str]], href: str, language: str
) -> str:
    """The page of a thing, with what is said of it: what that is called, and the values.

    >>> "&lt;b&gt;" in thing_preview("<b>", "State", [("code", "ALB")], "x", "en")
    True
    """
    return _PAGE.format(
        language=language,
        name=name,
        style=Markup(_STYLE),  # noqa: S704 - our own
        kind=kind,
        facts=Markup("").join(_FACT.format(*fact) for fact in facts),
        href=href,
        more=gettext(N_("all that is known of it"), language),
    )
