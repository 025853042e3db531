"""Pages that are refused, as text and as HTML."""

from .case import Case, unusable

FIELDS = "Statut du projet\nActif\n-\nAnnée\n2021\n-\nProjet ID\nPX.0220\n"
PAGE = f"Un titre\n-\n{FIELDS}Un texte. Il est court.\n"
LONG = 512_001


def foreign(name: str, data: bytes | str, words: str) -> Case:
    """A file that is named for what it is, and is no page."""
    return Case(name, data, words, error="NoPage")


def refused(name: str, data: bytes | str, words: str, where: str = "") -> Case:
    """A page that can be decoded and is refused for what it holds."""
    return Case(name, data, words, where, "BadPage")


def lines(count: int, end: str) -> bytes:
    """A page of so many lines."""
    return (PAGE + f"x{end}" * count).encode()


def twice(label: str, value: str) -> str:
    """A page with one more field after the third."""
    return f"Un titre\n-\n{FIELDS}-\n{label}\n{value}\nUn texte. Il est court.\n"


def div(inside: str) -> str:
    """A page of HTML."""
    return f"<!DOCTYPE html>\n<html lang=fr><body>\n{inside}\n</body></html>\n"


CASES = (
    # bytes
    unusable("empty", b"", "is empty"),
    unusable("white space", b" \t\r\n\x0b\x0c\n", "is empty"),
    unusable("NUL alone", b"\0", "no text from byte 0 on"),
    unusable("NUL", PAGE.replace("Actif", "Ac\0tif"), "no text from byte 30 on"),
    foreign("PNG", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is an image"),
    foreign("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "is a PDF document"),
    foreign("ZIP", b"PK\x03\x04\x14\0\x08\0", "is an archive"),
    refused("gzip", b"\x1f\x8b\x08\x08\xd2\x02\x96\x49\x03", "is compressed, and cut"),
    unusable("UTF-16 that is cut", PAGE.encode("utf-16")[:-1], "is not utf-16"),
    unusable(
        "UTF-16 without a mark, half of a pair",
        PAGE.encode("utf-16-le") + b"\x3d\xd8",
        "no text from byte 1 on",
    ),
    unusable("UTF-32 that is cut", PAGE.encode("utf-32")[:-1], "is not utf-32"),
    unusable("cp1252 with what it lacks", PAGE.encode("cp1252") + b"\x81", "byte 0xe9", "6"),
    unusable("cp437", PAGE.encode("cp437"), "byte 0x82", "6"),
    unusable(
        "UTF-8 and cp1252 mixed", PAGE.encode() + "Année\n".encode("cp1252"), "byte 0xe9", "12"
    ),
    unusable("half of a surrogate pair", PAGE.encode() + b"\xed\xa0\xbd", "byte 0xed", "12"),
    unusable("overlong slash", PAGE.encode() + b"\xc0\xaf", "byte 0xc0", "12"),
    unusable(
        "five bytes for a character", PAGE.encode() + b"\xf8\x88\x80\x80\x80", "byte 0xf8", "12"
    ),
    unusable("beyond Unicode", PAGE.encode() + b"\xf4\x90\x80\x80", "byte 0xf4", "12"),
    unusable("cut in a character", PAGE.encode() + b"\xe2\x80", "byte 0xe2", "12"),
    unusable("stray continuation", b"\x80" + PAGE.encode(), "byte 0x80 at offset 0", "1"),
    unusable("all bytes", bytes(range(1, 256)), "byte 0x80 at offset 127", "2"),
    refused("byte order mark alone", "\ufeff", "no content"),
    refused("marks that show nothing", "\u200b\n\u2060\n\u200b", "no content"),
    # size
    unusable(
        "a byte too large",
        lambda: PAGE + "x" * (LONG - len(PAGE.encode())),
        "larger than 512,000 bytes",
    ),
    unusable("a hundred times too large", lambda: b"x" * 51_200_000, "larger than 512,000 bytes"),
    Case(
        "too many lines", lambda: lines(20_001, "\n"), "more than 20,000 lines", "20000", "BadPage"
    ),
    Case(
        "too many lines by CR",
        lambda: lines(20_001, "\r"),
        "more than 20,000 lines",
        "20000",
        "BadPage",
    ),
    Case(
        "too many lines by CRLF",
        lambda: lines(20_001, "\r\n"),
        "more than 20,000 lines",
        "20000",
        "BadPage",
    ),
    Case(
        "too many blank lines",
        lambda: PAGE + "\n" * 30_000,
        "more than 20,000 lines",
        "20000",
        "BadPage",
    ),
    # characters that hide
    refused("bell", PAGE.replace("Actif", "Ac\x07tif"), "U+0007", "4:3"),
    refused(
        "escape sequence of a terminal",
        PAGE.replace("Un titre", "\x1b[2JUn titre"),
        "U+001B",
        "1:1",
    ),
    refused("backspaces", PAGE.replace("2021", "2021\x08\x08\x08\x08"), "U+0008", "7:5"),
    refused("vertical tab", PAGE.replace("2021", "2021\x0b"), "U+000B", "7:5"),
    refused("form feed", f"\x0c{PAGE}", "U+000C", "1:1"),
    refused("delete", PAGE.replace("2021", "20\x7f21"), "U+007F", "7:3"),
    refused("C1 control", PAGE.replace("2021", "20\x9b21"), "U+009B", "7:3"),
    refused("right-to-left override", PAGE.replace("PX.0220", "\u202e0220.XP"), "U+202E", "10:1"),
    refused("left-to-right embedding", PAGE.replace("PX", "\u202aPX"), "U+202A", "10:1"),
    refused("isolate that is not closed", PAGE.replace("PX", "\u2067PX"), "U+2067", "10:1"),
    refused(
        "line separator before an override",
        PAGE.replace("titre", "ti\u2028t\u202ere"),
        "U+202E",
        "1:8",
    ),
    refused("embedding that turns digits", f"{PAGE}\u202b1 2\u202c\n", "U+202B", "12:1"),
    refused("isolate that turns letters", f"{PAGE}\u2067a b\u2069\n", "U+2067", "12:1"),
    refused("interlinear annotation", PAGE.replace("titre", "ti\ufff9tre"), "U+FFF9", "1:6"),
    refused("replacement character", PAGE.replace("Année", "Ann\ufffde"), "U+FFFD", "6:4"),
    refused("noncharacter", PAGE.replace("titre", "ti\uffffe"), "U+FFFF", "1:6"),
    # fields
    refused("two ids", twice("Projet ID", "PX.0221"), "'Projet ID' twice, first on line 9", "12:1"),
    refused(
        "one id, printed twice",
        twice("Projet ID", "PX.0220"),
        "'Projet ID' twice, first on line 9",
        "12:1",
    ),
    refused(
        "an id in two languages",
        twice("Projects ID", "PX.0221"),
        "first on line 9 as 'Projet ID'",
        "12:1",
    ),
    refused(
        "label in another case", twice("ANNÉE", "2022"), "'ANNÉE' twice, first on line 6", "12:1"
    ),
    refused("label with another accent", twice("Annee", "2022"), "'Annee' twice", "12:1"),
    refused(
        "label twice, with colons", "Un titre\nAnnée: 2021\nAnnée: 2022\n", "'Année' twice", "3:1"
    ),
    refused(
        "two pages in one",
        PAGE.removesuffix("Un texte. Il est court.\n") + f"-\n{FIELDS}",
        "twice",
        "12:1",
    ),
)

HTML = (
    unusable("NUL", div("<p>a\0b</p>"), "is a binary file"),
    unusable("UTF-16 that is cut", div("<p>x</p>").encode("utf-16")[:-1], "is not utf-16"),
    unusable("cp437 that is not declared", div("<p>Année</p>").encode("cp437"), "byte 0x82", "3"),
    unusable(
        "encoding that is not known",
        div("<meta charset=klingon><p>Année</p>").encode("cp437"),
        "byte 0x82",
        "3",
    ),
    unusable(
        "UTF-7", div("<meta charset=utf-7><p>+ADw-\x81</p>").encode("latin1"), "byte 0x81", "3"
    ),
    unusable(
        "UTF-8 declared, cp437 sent",
        div("<meta charset=utf-8><p>Année</p>").encode("cp437"),
        "byte 0x82",
        "3",
    ),
    unusable("larger than the limit", lambda: div("x" * 512_000), "larger than 512,000 bytes"),
    unusable(
        "one huge attribute",
        lambda: div(f"<p title='{'x' * 512_000}'>y</p>"),
        "larger than 512,000 bytes",
    ),
    refused("doctype alone", "<!DOCTYPE html>", "no content"),
    refused("empty document", "<html></html>", "no content"),
    refused("comment alone", "<!-- <p>Un titre</p> -->", "no content"),
    refused("comment that is not closed", "<!DOCTYPE html><!-- <p>Un titre</p>", "no content"),
    refused("title alone", "<!DOCTYPE html><title>Un titre</title>", "no content"),
    foreign(
        "script alone", div("<script>document.write('Un titre')</script>"), "is an empty shell"
    ),
    foreign(
        "script that is not closed", div("<script>Un titre <p>Un texte</p>"), "is an empty shell"
    ),
    refused("style alone", div("<style>p::after { content: 'Un titre' }</style>"), "no content"),
    refused("style that is not closed", div("<style><p>Un titre</p>"), "no content"),
    refused("template alone", div("<template><p>Un titre</p></template>"), "no content"),
    refused("textarea that is not closed", div("<textarea><p>Un titre</p>"), "no content"),
    refused("navigation alone", div("<nav><a href=/>Accueil</a></nav>"), "no content"),
    refused("footer alone", div("<footer>Contact</footer>"), "no content"),
    refused("header alone", div("<header><h2>Un titre</h2></header>"), "no content"),
    refused(
        "images alone",
        div("<img src=a.png alt='Un titre'><svg><text>Un titre</text></svg>"),
        "no content",
    ),
    refused(
        "form fields alone",
        div("<select><option>Actif</select><button>Envoyer</button>"),
        "no content",
    ),
    refused("hidden content", div("<div hidden><p>Un titre</p></div>"), "no content"),
    refused(
        "content hidden by style",
        div("<div style='display : NONE'><p>Un titre</p></div>"),
        "no content",
    ),
    refused(
        "content hidden from readers", div("<div aria-hidden=true>Un titre</div>"), "no content"
    ),
    refused("spaces alone", div("<p> &#9; &#10; </p><br><p>\n</p>"), "no content"),
    foreign(
        "an application that must run",
        div("<div id=root></div><noscript>Activez JavaScript</noscript>"),
        "is an empty shell",
    ),
    refused(
        "frames", "<!DOCTYPE html>\n<html><frameset><frame src=a></frameset></html>", "no content"
    ),
    Case(
        "ten thousand elements in one another",
        lambda: div("<div>" * 10_000 + "x" + "</div>" * 10_000),
        "nests too deeply",
        "",
        "BadPage",
    ),
    Case(
        "ten thousand elements that are not closed",
        lambda: div("<b>" * 10_000 + "x"),
        "nests too deeply",
        "",
        "BadPage",
    ),
    Case(
        "a hundred thousand open lists",
        lambda: div("<ul><li>" * 50_000),
        "nests too deeply|no content",
        "",
        "BadPage",
    ),
    Case(
        "too many attributes",
        lambda: div(f"<p {' '.join(f'a{n}=1' for n in range(300))}>x</p>"),
        "more than 250 attributes",
        "3",
        "BadPage",
    ),
    Case(
        "attributes without values",
        lambda: div(f"<p {' '.join(f'a{n}' for n in range(60_000))}>x</p>"),
        "more than 250 attributes",
        "3",
        "BadPage",
    ),
    Case(
        "attributes in a quoted text",
        lambda: div('<p title="' + "'> <p " * 10 + '" ' + "b " * 300 + ">x</p>"),
        "more than 250 attributes",
        "3",
        "BadPage",
    ),
    Case(
        "too many lines",
        lambda: div("<p>x</p>" * 20_001),
        "more than 20,000 lines",
        "20000",
        "BadPage",
    ),
    Case(
        "too many breaks",
        lambda: div("x<br>" * 20_001),
        "more than 20,000 lines",
        "20000",
        "BadPage",
    ),
    refused("bell", div("<p>Un titre</p>\n<p>a\x07b</p>"), "U+0007", "4"),
    refused("right-to-left override", div("<p>Un titre</p>\n<p>a\u202eb</p>"), "U+202E", "4"),
    refused(
        "right-to-left override as a code", div("<p>Un titre</p>\n<p>a&#x202e;b</p>"), "U+202E", "4"
    ),
    refused("isolate as a name", div("<p>Un titre</p>\n<p>a&#8295;b</p>"), "U+2067", "4"),
    refused("noncharacter as a code", div("<p>Un titre</p>\n<p>a&#xfffe;b</p>"), "U+FFFE", "4"),
    refused(
        "replacement character as a code", div("<p>Un titre</p>\n<p>a&#xfffd;b</p>"), "U+FFFD", "4"
    ),
    refused(
        "two ids",
        div("<h1>Un titre</h1>\n<dl><dt>Projet ID<dd>PX.0220\n<dt>Projet ID<dd>PX.0221</dl>"),
        "'Projet ID' twice",
        "5",
    ),
    Case(
        "main elements in one another",
        lambda: div("<main>" * 230 + "<p>" * 60_000),
        "no content",
        "",
        "BadPage",
    ),
    refused("marks that show nothing", div("<p>&#8203;</p>"), "no content"),
    refused("CDATA alone", div("<![CDATA[Un titre]]>"), "no content"),
)
