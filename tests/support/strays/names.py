"""Files with odd names, those that belong to saved pages, those for people, and records that are
none.
"""

from collections.abc import Iterator, Mapping

from .stray import LANGUAGES, Fate, Stray, page

_START = 7_000

#: Names of sound pages, and what becomes of them.
_NAMES: tuple[tuple[bytes, Fate], ...] = (
    (b"caf\xe9.html", "page"),
    (b"\xff\xfe\x80.txt", "page"),
    (b"ni\xf1o \xed\xa0\xbd.htm", "page"),
    ("café décomposé".encode() + b"e\xcc\x81.html", "page"),
    ("项目 проект.html".encode(), "page"),
    ("😀.txt".encode(), "page"),
    ("\u202elmth.exe.html".encode(), "page"),
    ("zero\u200bwidth.html".encode(), "page"),
    (b"with space and 'quotes' \"double\".html", "page"),
    (b"tab\there.html", "page"),
    (b"line\nend.html", "page"),
    (b"\x1b[2Jclear.html", "page"),
    (b"##[error]file=x::no.html", "page"),
    (b"-n.html", "page"),
    (b"--help.txt", "page"),
    (b"*.html", "page"),
    (b"$(reboot).html", "page"),
    (b"a&b<c>d%20e#f?g.html", "page"),
    (b"back\\slash.html", "page"),
    (b"http:__me:secret@iom.int_.html", "page"),
    (b"CON.txt", "page"),
    (b"trailing. .html", "page"),
    (b"n" * 240 + b".html", "page"),
    (b"Page | IOM.html", "page"),
    (b"page.php?id=3.html", "page"),
    (b"page.html.txt", "page"),
    (b"page.pdf.html", "page"),
    (b"PAGE.HTML", "unused"),
    (b"page.Html", "unused"),
    (b"page.html~", "unused"),
    (b"page.html.part", "unused"),
    (b"page.html.crdownload", "unused"),
    (b"page.xhtml", "unused"),
    (b"page.html ", "unused"),
    (b"page.php", "unused"),
    (b"175831", "unused"),
    (b".hidden.html.swp", "unused"),
    (b"~$page.docx", "unused"),
    (b"Thumbs.db", "unused"),
    (b"desktop.ini", "unused"),
    (b".DS_Store", "unused"),
    (b"README.txt", "unused"),
    (b"ReadMe.html", "unused"),
    (b"LISEZMOI.txt", "unused"),
    ("LÉAME.txt".encode(), "unused"),
    ("LE\u0301AME.html".encode(), "unused"),
    (b"README.fr.txt", "unused"),
    (b"LICENSE.txt", "unused"),
    (b"CHANGELOG.html", "unused"),
)

#: Folders that browsers save what belongs to a page in; the page stands beside them.
_FOLDERS = ("_files", "_fichiers", "_archivos", ".files")

_RECORDS: Mapping[str, bytes] = {
    "open list.yaml": b"kind: project\nid: [\n",
    "open map.yaml": b"kind: project\nid: {\n",
    "tab.yaml": b"kind: project\n\tid: x\n",
    "alias.yaml": b"kind: &a project\nid: *b\n",
    "bomb.yaml": b"a: &a [x,x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n",
    "tag.yaml": b"kind: !!python/object/apply:os.system ['true']\n",
    "no kind.yaml": b"id: ZZ.9999\n",
    "other kind.yaml": b"format: 2\nkind: letter\nid: ZZ.9998\n",
    "empty.yaml": b"",
    "binary.yaml": bytes(range(256)),
    "pdf.yaml": b"%PDF-1.4\n",
    "deep.yaml": b"id: " + b"[" * 5_000,
    "open.jsonl": b'{"kind": "project"\n',
    "list.jsonl": b"[1, 2]\n",
    "number.jsonl": b"7\n",
    "half.jsonl": b'{"format":2,"kind":"project","id":"ZZ.99',
    "deep.jsonl": b'{"id":' + b"[" * 50_000 + b"\n",
    "wide.jsonl": '{"kind": "project"}\n'.encode("utf-16"),
    "twice.jsonl": b'{"kind": "project", "kind": "programme", "id": "ZZ.9997"}\n',
    "record.txt": b"format: 2\nkind: project\nid: [\n",
    "object.txt": b'{"kind": "project", "id": \n',
}


def strays() -> Iterator[Stray]:
    """Odd names in the folder, folders of saved pages, and records that cannot be read."""
    for number, (name, fate) in enumerate(_NAMES, _START):
        language = LANGUAGES[number % 3]
        form = "txt" if name.endswith(b".txt") else "html"
        yield Stray(name, page(language, number, form).encode(), fate, language, number)
    for number, ending in enumerate(_FOLDERS, _START + 200):
        language = LANGUAGES[number % 3]
        page_name = f"Projet {number}"
        web = page(language, number, "html").encode()
        yield Stray(f"{page_name}.html".encode(), web, "page", language, number)
        yield Stray(f"{page_name}{ending}/frame.html".encode(), web, "unused")
        yield Stray(f"{page_name}{ending}/a.js".encode(), b"var a;", "unused")
    for record, data in _RECORDS.items():
        yield Stray(f"record {record}".encode(), data, "aside")
