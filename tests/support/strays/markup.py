"""Pages of HTML and text whose form is out of bounds: nested, repeated, huge, cut, empty."""

from collections.abc import Callable, Iterator, Mapping

from .stray import LANGUAGES, Stray, page

_START = 3_000


def _inside(text: str, before: str, after: str = "") -> str:
    """Something around the list of facts."""
    return text.replace("<ul class='facts'>", f"{before}<ul class='facts'>").replace(
        '<div class="body">', f'{after}<div class="body">'
    )


def _beside(text: str, more: str) -> str:
    return text.replace("<footer>", f"{more}<footer>")


#: What a browser shows as it shows the page.
SAME: Mapping[str, Callable[[str], str]] = {
    "nested 200": lambda text: _inside(text, "<div>" * 200, "</div>" * 200),
    "unclosed": lambda text: text.replace("</li>", "").replace("</p>", ""),
    "no end tags": lambda text: text.replace("</main>", "").replace("</body></html>", ""),
    "capitals": lambda text: (
        text.replace("<main>", "<MAIN>").replace("<li>", "<LI>").replace("<h1>", "<H1>")
    ),
    "script in the middle": lambda text: _inside(text, "<script>if (a < b) { '</div>' }</script>"),
    "style in the middle": lambda text: _inside(
        text, "<style>p::after { content: '</p>' }</style>"
    ),
    "comments": lambda text: text.replace("<li>", "<li><!-- <dt>Budget</dt> -- > -->"),
    "conditional": lambda text: _inside(text, "<!--[if IE]><p>Projet ID</p><![endif]-->"),
    "noscript": lambda text: _beside(text, "<noscript><p>Enable JavaScript</p></noscript>"),
    "attributes": lambda text: _inside(
        text, f"<div {' '.join(f'data-a{n}=1' for n in range(200))}>", "</div>"
    ),
    "long attribute": lambda text: _inside(text, f"<div title='{'x' * 200_000}'>", "</div>"),
    "cookie banner": lambda text: _beside(
        text, "<div class=cookies><p>We use cookies</p><button>Accept all</button></div>"
    ),
    "log-in form": lambda text: _beside(
        text, "<form><label>Password</label><input type=password></form>"
    ),
    "xhtml": lambda text: (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + text.replace("<html", '<html xmlns="http://www.w3.org/1999/xhtml"')
    ),
    "doctype 4": lambda text: text.replace(
        "<!DOCTYPE html>",
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">',
    ),
    "image in data": lambda text: _beside(
        text, f"<img src='data:image/png;base64,{'A' * 99_000}'>"
    ),
    "iframe": lambda text: _beside(text, "<iframe srcdoc='<p>Projet ID</p>'></iframe>"),
    "svg": lambda text: _beside(text, "<svg><title>Year</title><path d='M0 0'/></svg>"),
    "broken json-ld": lambda text: text.replace(
        "</head>", '<script type="application/ld+json">{"@type": [</script></head>'
    ),
    "deep json-ld": lambda text: text.replace(
        "</head>", f'<script type="application/ld+json">{"[" * 9_000}</script></head>'
    ),
    "stray end tags": lambda text: _inside(
        text, "</b></table></td></p></form>".replace("</p>", "")
    ),
    "one line": lambda text: text.replace("\n", " "),
}

#: What need only be told or read, within bounds.
OPEN: Mapping[str, Callable[[str], str]] = {
    "nested 3000": lambda text: _inside(text, "<div>" * 3_000),
    "nested 60000": lambda text: _inside(text, "<b>" * 60_000),
    "nested tables": lambda text: _inside(text, "<table><tr><td>" * 2_000),
    "nested lists": lambda text: _inside(text, "<ul><li>" * 5_000),
    "nested quotes": lambda text: _inside(text, "<blockquote>" * 9_000, "</blockquote>" * 9_000),
    "huge line": lambda text: text.replace("<p>", f"<p>{'mot ' * 60_000}", 1),
    "huge word": lambda text: text.replace("<p>", f"<p>{'x' * 300_000}", 1),
    "huge title": lambda text: text.replace("<span>", f"<span>{'titre ' * 20_000}", 1),
    "huge number": lambda text: text.replace("150000.00", "9" * 50_000),
    "huge year": lambda text: text.replace("2021", "2" * 5_000),
    "many list items": lambda text: text.replace("</ul>", "<li>a</li>" * 15_000 + "</ul>", 1),
    "many lines": lambda text: text.replace("<p>", "<p>" + "x<br>\n" * 25_000, 1),
    "many entities": lambda text: text.replace("<p>", "<p>" + "&amp;" * 60_000, 1),
    "many entities twice": lambda text: text.replace(
        "<p>", "<p>" + "&amp;amp;amp;eacute;" * 15_000, 1
    ),
    "many soft hyphens": lambda text: text.replace("<p>", "<p>" + "a\xad" * 90_000, 1),
    "many accents": lambda text: text.replace("<p>", "<p>e" + "\u0301" * 90_000, 1),
    "many isolates": lambda text: text.replace("<p>", "<p>" + "\u2068a\u2069" * 30_000, 1),
    "many open isolates": lambda text: text.replace("<p>", "<p>" + "\u2068a" * 30_000, 1),
    "many mojibake": lambda text: text.replace("<p>", "<p>" + "Ã©" * 60_000, 1),
    "many attributes": lambda text: _inside(text, f"<div {' a=1' * 5_000}>", "</div>"),
    "amounts": lambda text: text.replace("150000.00", "-1e309"),
    "no facts": lambda text: text.replace("<ul class='facts'>", "<!--").replace(
        '<div class="body">', '--><div class="body">'
    ),
    "twice": lambda text: text.replace("</main>", "", 1) + text,
    "frameset": lambda text: text.replace("<main>", "<frameset><frame src=a>"),
    "plaintext": lambda text: text.replace("<main>", "<plaintext>"),
    "template": lambda text: text.replace("<main>", "<template>"),
    "comment open": lambda text: text.replace("<main>", "<main><!--"),
    "script open": lambda text: text.replace("<main>", "<main><script>"),
    "cdata": lambda text: text.replace("<main>", "<main><![CDATA["),
    "head only": lambda text: text.partition("<body")[0],
    "cut in a tag": lambda text: text[: text.index("<li><div>") + 7],
    "cut in a value": lambda text: text[: text.index("150000") + 3],
    "cut in the text": lambda text: text[: text.index('class="body"') + 60],
    "tags alone": lambda _: "<!DOCTYPE html><html>" + "<div></div>" * 9_000,
    "doctype alone": lambda _: "<!DOCTYPE html>",
    "too large": lambda text: text + "<!-- x -->" * 60_000,
    "json in html": lambda _: '<html><body>{"message": "Not Found", "status": 404}</body></html>',
    "markdown": lambda _: "# Titre\n\n- **Statut du projet**: Actif\n- [a](b)\n" * 9,
    "csv": lambda _: "id,title\n1,x\n" * 99,
    "program": lambda _: "#!/bin/sh\nrm -rf /tmp/x\n",
    "source of a style": lambda _: "body { color: red }\n" * 40,
    "source of a script": lambda _: "(function(){var a=1;})();\n" * 40,
    "words of a log": lambda _: '127.0.0.1 - - [01/Jan/2026] "GET /" 200\n' * 300,
    "one letter": lambda _: "x",
    "one dash": lambda _: "-\n",
    "dashes": lambda _: "-\n" * 900,
    "braces": lambda _: "{{{{[[[[",
    "lone quote": lambda _: '"',
}

#: What holds nothing, or too much.
ASIDE: Mapping[str, bytes] = {
    "empty": b"",
    "white": b" \r\n\t\n",
    "mark alone": b"\xef\xbb\xbf",
    "wide mark alone": b"\xff\xfe",
    "zeros": bytes(4_096),
    "ones": b"\xff" * 4_096,
    "too large": b"Titre\n" * 90_000,
    "too many lines": b"x\n" * 30_000,
    "all bytes": bytes(range(256)) * 4,
    "far too large": b"x" * 3_000_000,
}


def strays() -> Iterator[Stray]:
    """Each form, those of whole pages in three languages in turn."""
    for number, (name, change) in enumerate(SAME.items(), _START):
        for step, language in enumerate(LANGUAGES):
            web = change(page(language, number + 100 * step, "html"))
            path = f"markup-{name.replace(' ', '-')}-{language}.html"
            yield Stray(path.encode(), web.encode(), "page", language, number + 100 * step)
    for number, (name, change) in enumerate(OPEN.items(), _START + 500):
        language = LANGUAGES[number % 3]
        data = change(page(language, number, "html")).encode()
        for ending in ("html", "txt") if len(data) < 5_000 else ("html",):
            yield Stray(f"open-{name.replace(' ', '-')}.{ending}".encode(), data, "open")
    for name, data in ASIDE.items():
        for ending in ("html", "txt"):
            yield Stray(f"nothing-{name.replace(' ', '-')}.{ending}".encode(), data, "aside")
