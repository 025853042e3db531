"""Arguments, streams, surroundings and sitemaps, as they should not be."""

import gzip
from collections.abc import Iterator

from .case import USED, Hostile

_ESCAPE = "\x1b[31m\x1b]0;owned\x07"
_LONG = "x" * 100_000
_HALF = "\udcff"

_ARGUMENTS: tuple[tuple[str, ...], ...] = (
    (_ESCAPE,),
    (_LONG,),
    (_HALF,),
    ("validate", _ESCAPE),
    ("validate", _LONG),
    ("validate", _HALF),
    ("validate", ""),
    ("validate", "in", f"--{_ESCAPE}"),
    ("validate", "in", f"--{_HALF}"),
    ("validate", "in", "--format", _ESCAPE),
    ("validate", "in", "--format", _HALF),
    ("validate", "in", "--format", _LONG),
    ("validate", "in", "--lang", _ESCAPE),
    ("validate", "in", "--jobs", _ESCAPE),
    ("validate", "in", "--jobs", "9" * 9_000),
    ("validate", "in", "--jobs", "-1"),
    ("validate", "in", "--jobs", "٣x"),
    ("validate", "in", "--engine", _ESCAPE),
    ("validate", "in", "--engine", _LONG),
    ("validate", "in", "--fail-on", _ESCAPE),
    ("validate", "in", "--base", _ESCAPE),
    ("validate", "in", "--base", _LONG),
    ("validate", "in", "--base", "https://me:hunter2@example.org/"),
    ("validate", "in", "--base", "https://me:hunter2 @example.org/x"),
    ("validate", "in", "--baseline", _ESCAPE),
    ("validate", "in", "--baseline", _LONG),
    ("validate", "in", "--summary", _LONG),
    ("validate", "in", "--output", _LONG),
    ("publish", "in", "--out", _LONG),
    ("publish", "in", "--previous", _ESCAPE),
    ("publish", "in", "--layout", _ESCAPE),
    ("publish", "in", "--encoding", _ESCAPE),
    ("publish", "in", "--encoding", _LONG),
    ("publish", "in", "--encoding", "zlib"),
    ("publish", "in", "--encoding", "idna"),
    ("publish", "in", "--encoding", _HALF),
    ("query", _ESCAPE),
    ("query", _LONG),
    ("query", _HALF),
    ("query", "../pyproject"),
    ("query", "a/../../x", "--on", _ESCAPE),
    ("query", "beneficiary-states", "--on", _LONG),
    ("query", "beneficiary-projects", "--set", "state=ALB", "--set", "state=MDA"),
    ("query", "beneficiary-states", "--deadline", "inf"),
    ("query", "beneficiary-states", "--deadline", "1e300"),
    ("query", "beneficiary-states", "--deadline", "nan"),
    ("query", "beneficiary-states", "--max-memory", "9" * 30),
    ("query", "beneficiary-states", "--max-rows", "0"),
    ("explain", _ESCAPE),
    ("explain", _LONG),
    ("explain", _HALF),
    ("explain", "../../etc/passwd"),
    ("compare", _ESCAPE, "in"),
    ("compare", "--upload-pack=id", "in"),
    ("compare", "HEAD:../x", "in"),
    ("compare", _LONG, "in"),
    ("compare", _HALF, "in"),
    ("compare", "in", "in", "--path", _ESCAPE),
    ("new", "project", _ESCAPE),
    ("new", "project", "../x"),
    ("new", "project", _LONG),
    ("new", "project", _HALF),
    ("new", _ESCAPE, "X"),
    ("init", "in"),
    ("init", _LONG),
    ("init", "in/dataset.yaml/x"),
    ("review", "in/dataset.yaml", "--by", "x"),
    ("review", "nowhere.yaml", "--by", _ESCAPE),
    ("review", "in/dataset.yaml", "--by", "x", "--on", _ESCAPE),
    ("review", _LONG, "--by", "x"),
    ("migrate", _LONG),
    ("migrate", _ESCAPE),
    ("todo", _LONG),
    ("todo", _HALF),
    ("schema", _ESCAPE),
    ("releases", _LONG),
    ("releases", "public", "--keep", "9" * 9_000),
    ("rollback", _LONG),
    ("extract", f"http://127.0.0.1:9/{_ESCAPE}"),
    ("extract", f"http://127.0.0.1:9/{_HALF}"),
    ("extract", "http://me:hunter2@127.0.0.1:9/"),
    ("extract", "http://me:hunter2@[::1]:9/"),
    ("extract", "https://me:hunter2@127.0.0.1:99999/"),
    ("extract", "--sitemap", "http://me:hunter2@127.0.0.1:9/"),
    ("extract", "--sitemap", _ESCAPE),
    ("extract", "--sitemap", _LONG),
    ("extract", "in/pages/p.txt", "--url", "https://me:hunter2@iom.int/"),
    ("extract", "in/pages/p.txt", "--url", _ESCAPE),
    ("extract", "in/pages/p.txt", "--programme", _ESCAPE),
    ("extract", "in/pages/p.txt", "--into", _LONG),
    ("extract", "in/pages/p.txt", "--delay", "nan"),
    ("extract", "in/pages/p.txt", "--delay", "inf"),
    ("extract", "in/pages/p.txt", "--delay", "-1"),
    ("extract", _ESCAPE),
    ("extract", _LONG),
    ("extract", _HALF),
)
#: Arguments that name nothing wrong by themselves, or that a system may allow.
_LENIENT = ("releases", "migrate", "nan", "init", "idna", "--path", _HALF)


def _arguments() -> Iterator[Hostile]:
    for args in _ARGUMENTS:
        name = " ".join(word.encode("unicode-escape").decode()[:30] for word in args)
        lenient = any(word in _LENIENT for word in args) or args[:2] == ("new", "project")
        codes = USED if lenient else frozenset({2})
        yield Hostile(f"arguments: {name}", args, codes=codes, release="--deadline" in args)


_AROUND: tuple[tuple[str, tuple[str, ...], str, frozenset[int]], ...] = (
    ("closed input", ("query", "-"), "<&-", frozenset({2})),
    ("closed output", ("query", "--list"), ">&-", frozenset({2})),
    ("closed errors", ("validate", "nowhere"), "2>&-", frozenset({2})),
    ("closed output of a report", ("validate", "in", "--format", "json"), ">&-", frozenset({2})),
    ("closed output and errors", ("validate", "in"), ">&- 2>&-", frozenset({2})),
    ("all closed", ("validate", "in"), "<&- >&- 2>&-", frozenset({2})),
    ("all closed, published", ("publish", "in"), "<&- >&- 2>&-", frozenset({0})),
    ("full output", ("query", "--list"), ">/dev/full", frozenset({2})),
    ("full errors", ("validate", "nowhere"), "2>/dev/full", frozenset({2})),
    ("full errors, published", ("publish", "in"), "2>/dev/full", frozenset({0})),
    ("full output and errors", ("validate", "in"), ">/dev/full 2>/dev/full", frozenset({2})),
    ("output that is read only", ("query", "--list"), "1</dev/null", frozenset({2})),
    ("input that is write only", ("query", "-"), "0>/dev/null", frozenset({2})),
    ("input without end", ("query", "-"), "</dev/zero", frozenset({2})),
    ("a reader that leaves", ("query", "--list"), "| true", USED),
    ("a reader of a report that leaves", ("validate", "in", "--format", "json"), "| true", USED),
    ("a reader of errors that leaves", ("validate", "nowhere"), "2>&1 >/dev/null | true", USED),
)
_SURROUNDINGS: tuple[tuple[str, dict[str, str], frozenset[int]], ...] = (
    ("no folder for a while", {"TMPDIR": "/nonexistent"}, USED),
    ("a device for a while", {"TMPDIR": "/dev/full"}, USED),
    ("a folder for a while that refuses", {"TMPDIR": "/proc"}, USED),
    ("a locale that there is not", {"LANG": "xx_YY", "LC_ALL": "xx_YY"}, USED),
    ("plain ASCII", {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}, USED),
    ("a year beyond", {"SOURCE_DATE_EPOCH": "99999999999"}, USED),
    ("a day of other digits", {"SOURCE_DATE_EPOCH": "٣٤٥"}, USED),
    ("a superscript as a day", {"SOURCE_DATE_EPOCH": "²"}, frozenset({2})),
    ("no columns", {"COLUMNS": "0", "LINES": "0"}, USED),
    ("columns of words", {"COLUMNS": "many"}, USED),
    ("no home", {"HOME": "/nonexistent"}, USED),
    ("a terminal that there is not", {"TERM": "\x1b[31m"}, USED),
    ("a proxy with a password", {"http_proxy": "http://me:hunter2@127.0.0.1:9/"}, USED),
)

_NS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SET = f'<urlset xmlns="{_NS}"><url><loc>http://127.0.0.1:0/a</loc></url></urlset>'


def _declared(encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>{_SET}'.encode()


_SITEMAPS: tuple[tuple[str, bytes], ...] = (
    ("utf-7", _declared("utf-7")),
    ("utf-32", _declared("utf-32")),
    ("an encoding that there is not", _declared("klingon")),
    ("an encoding of another kind", _declared("zlib")),
    ("an encoding of many bytes", _declared("shift_jis")),
    ("EBCDIC", _declared("cp037")),
    ("an encoding without end", _declared("x" * 5_000)),
    ("rot13", _declared("rot13")),
    ("undefined", _declared("undefined")),
    ("idna", _declared("idna")),
    ("utf-16 that is none", _declared("utf-16")),
    ("empty", b""),
    ("no XML", b"http://127.0.0.1:9/\n"),
    ("cut off", _SET.encode()[:-9]),
    ("NUL", _SET.replace("/a", "/\0").encode()),
    ("a feed", b"<feed/>"),
    ("an element without end", b"<" + b"a" * 2_000_000),
    ("a root without end", b"<" + b"a" * 200_000 + b"/>"),
    ("a root of escapes", "<a\x9b31m/>".encode()),
    ("deep", b"<a>" * 50_000),
    ("a document type", b'<!DOCTYPE x [<!ENTITY a "b">]><urlset/>'),
    ("an entity that there is not", _SET.replace("/a", "/&b;").encode()),
    ("a cut gzip", gzip.compress(_SET.encode())[:-9]),
    ("a bomb", gzip.compress(b" " * 60_000_000)),
    ("an address with an escape", _SET.replace("/a", "/&#x9b;31m").encode()),
    ("an address with a password", _SET.replace("//127", "//me:hunter2@127").encode()),
    ("an address of script", _SET.replace("http://127.0.0.1:0/a", "javascript:alert(1)").encode()),
    ("an address without end", _SET.replace("/a", "/" + "a" * 500_000).encode()),
    ("an address of half a bracket", _SET.replace("127.0.0.1:0", "[::1").encode()),
    ("an address of nothing", _SET.replace("http://127.0.0.1:0/a", "").encode()),
)


def cases() -> Iterator[Hostile]:
    """All of them."""
    yield from _arguments()
    for name, args, around, codes in _AROUND:
        yield Hostile(
            f"streams: {name}", args, around=around, codes=codes, release="publish" not in args
        )
    for name, env, codes in _SURROUNDINGS:
        yield Hostile(f"surroundings: {name}", ("publish", "in"), env=env, codes=codes)
    for name, answer in _SITEMAPS:
        args = ("extract", "--allow-private", "--delay", "0", "--sitemap", "{site}")
        yield Hostile(f"sitemap: {name}", args, answer=answer)
