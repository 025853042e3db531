"""What a file is, is told by what it holds: pages are read whatever they are wrapped in, all else
is named for what it is, in three languages.
"""

import gzip
import io
import os
import pickle
import tarfile
import zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from hashlib import sha256
from pathlib import Path

import pytest

from idfgraph.checks.shards import unreadable, unused
from idfgraph.curation.filed_pages import file_page
from idfgraph.model.errors import BadInput, BadPage, NoPage
from idfgraph.model.text import LANGUAGES
from idfgraph.sources.files import find_files, pages_of
from idfgraph.sources.foreign import foreign
from idfgraph.sources.kinds import kind_of
from idfgraph.sources.pages import page_text, published_bytes, read_page
from idfgraph.sources.records import read_record, read_records, render_record

HTML = (
    '<!DOCTYPE html><html lang="fr"><main><h1>Un titre d’essai</h1><dl><dt>Statut du projet</dt>'
    "<dd>Achevé</dd><dt>Projet ID</dt><dd>TC.9001</dd></dl><p>Le projet aide.</p></main></html>"
)


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            kind = name.removeprefix("mimetype")
            archive.writestr(name, f"application/vnd.oasis.opendocument.{kind}" * (kind != name))
    return file.getvalue()


def tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("page.html"))
    return file.getvalue()


FOREIGN = {
    "PDF": (b"%PDF-1.4\n1 0 obj<<>>endobj\n", "PDF"),
    "PDF with bytes before": (b"\r\n\0x%PDF-1.7\n\xe2\xe3", "PDF"),
    "DOCX": (zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "Word"),
    "XLSX": (zipped("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
    "PPTX": (zipped("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint"),
    "ODT": (zipped("mimetypetext", "content.xml"), "OpenDocument text"),
    "ODS": (zipped("mimetypespreadsheet"), "OpenDocument spreadsheet"),
    "ZIP": (zipped("a.html", "b.html"), "an archive"),
    "TAR": (tar(), "an archive"),
    "DOC": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "Microsoft Office"),
    "RTF": (b"{\\rtf1\\ansi Projet}", "RTF"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "an image"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"),
    "GIF": (b"GIF89a\1\0\1\0", "an image"),
    "WebP": (b"RIFF\x1a\0\0\0WEBPVP8 ", "an image"),
    "SVG": (b'<svg xmlns="x"><path/></svg>', "an image"),
    "SQLite": (b"SQLite format 3\0" + bytes(84), "SQLite"),
    "JSON": (b'{"a": 1,\n "b": [2]}', "JSON"),
    "JSON list": (b'[{"id": "TC.9001"}]', "JSON"),
    "RSS": (b'<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>', "XML"),
    "sitemap": (b'<?xml version="1.0"?><urlset><url/></urlset>', "XML"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4", "an archive"),
    "xz": (b"\xfd7zXZ\0\0\4", "a compressed file"),
    "e-mail": (b"Received: from x\r\nMIME-Version: 1.0\r\nSubject: P\r\n\r\nBonjour", "an e-mail"),
    "letter": (b"From: a@b.org\r\nTo: c@d.org\r\nSubject: x\r\n\r\nBonjour\r\n", "an e-mail"),
    "WARC": (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "a web archive"),
    "bzip2": (b"BZh91AY&SY", "a compressed file"),
    "web archive": (b"bplist00\xd1\1\2", "a web archive"),
    "LFS": (b"version https://x.example/spec/v1\noid sha256:ab\nsize 3\n", "Git LFS"),
    "compressed PDF": (gzip.compress(b"%PDF-1.4\n1 0 obj"), "PDF"),
    "table": ("Projet ID;Titre;État\nTC.1;A, b;\nTC.2;B, c;\n".encode(), "a table"),
    "table with tabs": (b"id\ttitle\tbudget\nTC.1\tA\t1\nTC.2\tB\t2", "a table"),
    "table with commas": (b'id,title,budget\r\nTC.1,"A, b",1\r\nTC.2,B,2\r\n', "a table"),
    "film": (b"\0\0\0\x18ftypmp42\0\0", "a film"),
}


def page(folder: Path, data: bytes | str, name: str = "page.html") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_page_is_named(name: str, tmp_path: Path) -> None:
    data, word = FOREIGN[name]
    for ending in ("page.html", "page.txt"):
        with pytest.raises(NoPage) as caught:
            read_page(page(tmp_path, data, ending))
        assert word in caught.value.message
    sent = pickle.loads(pickle.dumps(caught.value))
    assert (sent.said, sent.place) == (caught.value.said, caught.value.place)
    said = unreadable(sent).result.messages
    assert said.keys() == {"en", "fr", "es"}
    assert len(set(said.values())) == len(said)


def saved(encoding: str = "utf-8") -> bytes:
    whole = MIMEMultipart("related")
    whole["Snapshot-Content-Location"] = "https://iom.int/fr/node/1"
    whole["From"] = "<Saved by Blink>"
    whole.attach(MIMEText("p { color: red }", "css"))
    whole.attach(MIMEText(HTML, "html", encoding))
    return whole.as_bytes()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.mht", saved()),
        ("page.mhtml", saved("cp1252")),
        ("page.txt", saved()),
        ("page.html.gz", gzip.compress(HTML.encode(), mtime=0)),
        ("page.html", gzip.compress(HTML.encode(), mtime=0)),
        ("page.mht.gz", gzip.compress(saved(), mtime=0)),
    ],
)
def test_a_page_is_read_out_of_what_it_is_wrapped_in(
    name: str, data: bytes, tmp_path: Path
) -> None:
    file = page(tmp_path, data, name)
    (path,) = find_files([tmp_path]).pages.values()
    read = read_page(path)
    (source,) = read.record.sources
    assert (read.record.id, source.language) == ("TC.9001", "fr")
    assert source.url == (
        None if "mht" not in name and name != "page.txt" else "https://iom.int/fr/node/1"
    )
    text = page_text(file, source.encoding)
    assert all(one.text == text[slice(*one.span)] for one in source.values if one.span)
    assert published_bytes(file) == text.encode()
    assert read.origin.place("status").line == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (gzip.compress(b"x" * 600_000), "larger than 512,000 bytes once it is unpacked"),
        (gzip.compress(bytes(20_000_000)), "once it is unpacked"),
        (gzip.compress(HTML.encode())[:-20], "compressed, and cut"),
        (saved()[: saved().index(b"text/html") + 200], "is a saved page, and cut"),
        (gzip.compress(gzip.compress(HTML.encode())), "holds no page"),
        (b"\x1f\x8b\x08\0" + b"\xff" * 30, "damaged"),
        (saved().replace(b"text/html", b"text/plain"), "holds no page of HTML"),
        (saved() + b"\nContent-Type: multipart/mixed\n" * 50, "nests too deeply"),
    ],
)
def test_what_is_wrapped_badly_is_refused(data: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(BadPage, match=message):
        read_page(page(tmp_path, data, "page.html"))


@pytest.mark.parametrize(
    "text",
    [
        "Un, deux, trois.\nAlbanie, Moldavie, Serbie.\nEt puis, enfin, voilà.",
        "Statut\tAchevé\nProjet ID\tTC.9001\nAnnée\t2021",
        *(
            "{Projet}\n\nUn texte.",
            "[Projet] Un texte.",
            "BMI et projet",
            "MZ est un sigle",
            "ID3 : un projet",
        ),
        *("From: où ?\nUn texte.", "%PDF est un format.", "PARIS: 1", "{\nProjet\n}"),
    ],
)
def test_a_text_stays_a_text(text: str, tmp_path: Path) -> None:
    assert kind_of(text.encode(), ".txt") == "page"
    assert page_text(page(tmp_path, text, "page.txt")) == text


def test_a_list_of_records_with_as_many_fields_is_no_table() -> None:
    assert foreign(b'{"kind":"project","id":"A","page":"b"}\n' * 4) is None


def test_a_table_is_told_by_its_name_and_once(tmp_path: Path) -> None:
    with pytest.raises(NoPage, match="is a table"):
        read_page(page(tmp_path, "Titre;Projet\nA;TC.9001\n", "Projets.CSV"))
    refused = list[BadInput]()
    rows = page(tmp_path, "id;title;year\nA;b;1\nB;c;2\n", "r.jsonl")
    with pytest.raises(BadInput, match="is a table"):
        list(read_records(rows, refused.append))
    assert refused == []


NO_PAGES = {
    "a check": [
        "<title>Just a moment...</title><body><h1>iom.int</h1><p>Verifying you are human.</p>",
        "<title>Un instant…</title><h1>iom.int</h1><p>Vérifiez que vous êtes humain.</p>",
        "<title>Un momento…</title><body><p>Verifique que es humano</p>",
        "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>",
        "Checking your browser before accessing iom.int.\nRay ID: 8a1\n",
    ],
    "not.*found|nothing was found": [
        "<title>Page not found | IOM</title><main><h1>Page not found</h1><p>Search.</p></main>",
        "<title>Page introuvable | OIM</title><main><p>La page demandée n'existe pas.</p></main>",
        "<title>OIM</title><main><h1>Página no encontrada</h1><p>Busque.</p></main>",
        "<title>404 Not Found</title><center><h1>404 Not Found</h1></center><hr>nginx",
        "Erreur 404\n\nLa page que vous cherchez a été déplacée.\n",
    ],
    "a log-in": [
        "<title>Log in | IOM</title><main><h1>Log in</h1><input type=password>Name</main>",
        "<title>Se connecter</title><main><p>Mot de passe</p></main>",
        "<title>Iniciar sesión - OIM</title><main><p>Contraseña</p></main>",
        "<title>IOM</title><main><p>Username</p><input type='password'></main>",
        "<title>Iniciar sesión</title><form><input type=text><input type=password></form>",
    ],
    "an error": [
        "<title>503 Service Unavailable</title><h1>Service Unavailable</h1>",
        "<title>Site en maintenance</title><main><p>Revenez plus tard.</p></main>",
        "<title>Acceso denegado</title><main><p>No tiene permiso.</p></main>",
    ],
    "a redirection": [
        "<title>301 Moved Permanently</title><center><h1>301 Moved Permanently</h1></center>",
        "<title>OIM</title><p>Vous allez être redirigé vers la page.</p>",
    ],
    "a message of an error|not.*found|a log-in": [
        "<title>Error 503 Backend fetch failed</title><p>Guru Meditation</p>",
        "<title>410 Gone</title><h1>410 Gone</h1>",
        "<title>Sesión</title><p>Su sesión ha expirado.</p>",
        "Este sitio\nNo se puede acceder a este sitio\nERR_CONNECTION_REFUSED\n",
        "Un ti\xadtre\nCette page est in\xadtrouvable.\n",
    ],
    "cookies": [
        "<title>OIM</title><main><p>Nous utilisons des cookies.</p><p>Tout accepter</p></main>",
        "<title>IOM</title><p>This website uses cookies. Accept all cookies?</p>",
        "<title>OIM</title><p>Este sitio utiliza cookies. Aceptar</p>",
    ],
    "shell": [
        "<title>P</title><noscript>You need to enable JavaScript.</noscript><div id=root></div>"
        "<script src=m.js></script>",
        "<title>P</title><div id=app>Loading...</div><script></script>",
        "<title>P</title><p>Veuillez activer JavaScript pour voir cette page.</p>",
        "<title>P</title><p>Cargando…</p><script></script>",
    ],
}


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in NO_PAGES.items() for text in texts]
)
def test_what_a_site_sends_in_place_of_a_page_is_none(kind: str, text: str, tmp_path: Path) -> None:
    data = f"<!DOCTYPE html><html>{text}</html>" if text.startswith("<") else text
    with pytest.raises(NoPage, match=kind):
        read_page(page(tmp_path, data, "page.html"))


def test_a_page_may_speak_of_all_of_that(tmp_path: Path) -> None:
    banner = "<p>We use cookies. Accept all. Log in. Please enable JavaScript. Captcha.</p>"
    whole = HTML.replace("</main>", f"{banner}<input type=password></main>")
    numbers = "<!DOCTYPE html><title>500 migrants</title><main><h1>500 migrants formés</h1></main>"
    assert read_page(page(tmp_path, numbers)).record.sources
    assert read_page(page(tmp_path, whole)).record.id == "TC.9001"
    prose = "Ce programme aide les gouvernements à gérer la migration. " * 30
    text = f"<title>Programme</title><main><h1>Programme</h1><p>{prose}</p>{banner}</main>"
    assert read_page(page(tmp_path, f"<!DOCTYPE html>{text}")).record.sources


def test_what_is_skipped_in_a_folder_is_listed(tmp_path: Path) -> None:
    page(tmp_path, HTML, "Projet.html")
    for name in ("Projet_files", "own_files"):
        (tmp_path / name).mkdir()
        page(tmp_path / name, HTML.replace("TC.9001", "TC.9002"), "frame.html")
    page(tmp_path, "Un texte pour les gens.", "README.txt")
    page(tmp_path, FOREIGN["DOCX"][0], "note.docx")
    page(tmp_path, FOREIGN["PNG"][0], "photo.bin")
    page(tmp_path, "Un texte.", "175831")
    files = find_files([tmp_path])
    assert {path.name for path in files.pages.values()} == {"Projet.html", "frame.html"}
    assert "own_files" in "".join(map(str, files.pages.values()))
    listed = {Path(one.place.file).name: one for one in files.unused}
    assert listed.keys() == {"Projet_files", "README.txt", "note.docx", "photo.bin", "175831"}
    said = {name: unused(one).result.messages["en"] for name, one in listed.items()}
    assert "is a Word document" in said["note.docx"] and "is an image" in said["photo.bin"]
    assert {name for name, one in listed.items() if one.meant} == {"note.docx"}
    (refused,) = find_files([tmp_path / "README.txt"]).refused
    assert "is for people" in refused.message


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (b"caf\xe9", "caf<U+DCE9>"),
        ("\u202elmth".encode(), "<U+202E>lmth"),
        (b"a\nb", "a<U+000A>b"),
        ("café".encode(), "café"),
    ],
)
def test_a_name_that_is_no_text_is_told_and_read(name: bytes, told: str, tmp_path: Path) -> None:
    with Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name + b".html")).open("w") as file:
        file.write(HTML)
    (path,) = find_files([tmp_path]).pages.values()
    record = read_page(path).record
    assert record.sources[0].identifier == told
    (again := tmp_path / "TC.9001.yaml").write_text(render_record(record), "utf-8")
    assert read_record(again).record.sources[0].identifier == told


def test_a_folder_gives_what_cannot_be_read_to_those_who_tell(tmp_path: Path) -> None:
    sound, pdf = page(tmp_path, HTML), page(tmp_path, b"%PDF-1.4\n", "a.txt")
    page(tmp_path, b"%PDF-1.4\n", "note.pdf")
    assert pages_of([tmp_path]) == [pdf, sound]


def test_a_page_with_a_long_name_is_filed_under_a_short_one(tmp_path: Path) -> None:
    long = page(tmp_path, HTML, f"{'n' * 240}.html")
    filed = file_page(long, sha256(HTML.encode()).hexdigest(), tmp_path / "pages")
    assert filed and len(filed.name) < 30 and filed.read_text("utf-8") == HTML


INSTEAD = {
    "<b>Fatal error</b>: Uncaught PDOException: SQLSTATE[HY000] [2002] in /x.php:79": "an error",
    "<h1>Demuestre que no es un robot</h1>": "asks for a person",
    "<h1>Prouvez que vous n’êtes pas un robot</h1>": "asks for a person",
    "<h1>Search results</h1><p>12 results for Moldova</p>": "searched",
    "<h1>Résultats de la recherche</h1><ul><li>Un projet</li></ul>": "searched",
    "<h1>Resultados de la búsqueda</h1><ul><li>Un proyecto</li></ul>": "searched",
    "<h1>Subscribe to read</h1><p>Already a subscriber? Sign in.</p>": "a log-in",
    "<h1>Article réservé aux abonnés</h1>": "a log-in",
    "<h1>Contenido exclusivo para suscriptores</h1>": "a log-in",
}


@pytest.mark.parametrize("body", INSTEAD)
def test_what_a_site_sends_instead_is_named(body: str, tmp_path: Path) -> None:
    with pytest.raises(NoPage, match=INSTEAD[body]):
        read_page(page(tmp_path, f"<!DOCTYPE html><html><body>{body}</body></html>"))


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("r.yaml", b"PK\x03\x04..word/document.xml\x03", "is a Word document, though its name"),
        ("r.yml", b"%PDF-1.7\n", "is a PDF document, though its name"),
        ("r.jsonl", b"id;title\nA;b\n", "is a table, no JSON Lines"),
        ("r.jsonl", b"id\ttitle\n", "is a table, no JSON Lines"),
        ("r.jsonl", b"{\\rtf1 x}", "is an RTF document, no JSON Lines"),
        ("r.yaml", b"id,title,budget\nA,b,1\nB,c,2\n", "is a table, though its name"),
        ("r.jsonl", b"{id: x}", "is not JSON from here on"),
    ],
)
def test_what_has_the_name_of_records_and_is_none_is_named(
    name: str, data: bytes, what: str, tmp_path: Path
) -> None:
    """In all languages, with the way out; the characters in it are not told one by one."""
    (file := tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput) as refused:
        list(read_records(file)) if name.endswith(".jsonl") else read_record(file)
    assert what in str(refused.value) and "U+" not in str(refused.value)
    assert len(set(refused.value.said.values())) == len(LANGUAGES)
