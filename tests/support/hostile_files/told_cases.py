"""Baselines, summaries, patches, releases, questions and lists, as they should not be."""

import json
from collections.abc import Iterator

from .case import USED, Content, Hostile, Odd

_DEEP = "[" * 100_000
_ESCAPE = "\x1b]0;owned\x07"


def _baseline(name: str, text: Content, told: str = "", where: str = "(:1)?") -> Hostile:
    pattern = rf"known\.json{where}.*{told}"
    args = ("validate", "in", "--baseline", "known.json")
    return Hostile(f"baseline: {name}", args, pattern, {"known.json": text})


_BASELINES = (
    _baseline("empty", "", "is not JSON"),
    _baseline("no JSON", "known\n", "is not JSON"),
    _baseline("a list", "[]", "Expected"),
    _baseline("a text", '"x"', "Expected"),
    _baseline("no findings", '{"format": 1}', "findings"),
    _baseline("another format", '{"format": 2, "findings": []}', "format 2"),
    _baseline("a format without end", '{"format": ' + "9" * 100_000 + ', "findings": []}'),
    _baseline("format as a text", '{"format": "1", "findings": []}', "Expected"),
    _baseline("NaN", '{"format": NaN, "findings": []}'),
    _baseline("infinite", '{"format": 1e999, "findings": []}'),
    _baseline(
        "fingerprint as a number", '{"format": 1, "findings": [{"fingerprint": 7}]}', "Expected"
    ),
    _baseline("fingerprint of no one", '{"format": 1, "findings": [{}]}', "fingerprint"),
    _baseline("deep", _DEEP),
    _baseline("not UTF-8", b'{"format": 1, "findings": ["\xff"]}', ""),
    _baseline("utf-16", '{"format": 1}'.encode("utf-16"), ""),
    _baseline("binary", bytes(range(256)) * 40, ""),
    _baseline("an escape as a key", json.dumps({"format": 1, _ESCAPE: 1})),
    _baseline("a key without end", lambda: json.dumps({"format": _ESCAPE * 50_000})),
    _baseline("of 70 MB", lambda: " " * 70_000_000, "larger than", ""),
    Hostile(
        "baseline: half of a character",
        ("validate", "in", "--baseline", "known.json"),
        files={"known.json": '{"format": 1, "findings": [{"fingerprint": "\\ud800"}]}'},
        codes=USED,
    ),
    Hostile(
        "baseline: many",
        ("validate", "in", "--baseline", "known.json"),
        files={
            "known.json": lambda: json.dumps(
                {"format": 1, "findings": [{"fingerprint": str(n)} for n in range(200_000)]}
            )
        },
        codes=USED,
    ),
    Hostile("baseline: missing", ("validate", "in", "--baseline", "known.json"), r"known\.json.*"),
    Hostile("baseline: written to a folder", ("validate", "in", "--write-baseline", "in"), "in: "),
)


def _summary(name: str, text: Content, codes: frozenset[int] = USED, told: str = "") -> Hostile:
    args = ("validate", "in", "--summary", "s.md")
    return Hostile(f"summary: {name}", args, told, {"s.md": text}, codes=codes)


_SUMMARIES = (
    _summary("not UTF-8", b"caf\xe9\n"),
    _summary("utf-16", "before\n".encode("utf-16")),
    _summary("binary", bytes(range(256))),
    _summary("without a last newline", "before"),
    _summary("carriage returns", b"a\r\nb\rc\n"),
    _summary("of 70 MB", lambda: "x" * 70_000_000, frozenset({2}), r"s\.md.*larger than"),
    Hostile(
        "summary: where no folder can be",
        ("validate", "in", "--summary", "in/dataset.yaml/s.md"),
        "dataset",
    ),
)

_ZEROS, _ONES = 64 * "0", 64 * "1"
_HEAD = f'H old "{_ZEROS}" .\nH new "{_ONES}" .\nTX .\n'


def _patch(name: str, text: Content, told: str = "", where: str = r"(:\d+)?") -> Hostile:
    pattern = rf"p\.rdfp{where}.*{told}"
    return Hostile(
        f"patch: {name}",
        ("patch", "public/data/idf.nq", "p.rdfp"),
        pattern,
        {"p.rdfp": text},
        release=True,
    )


_PATCHES = (
    _patch("empty", "", "no patch of ours"),
    _patch("no patch", "Bonjour\n", "no patch of ours"),
    _patch("half a head", f'H old "{_ZEROS}" .\n', "no patch of ours"),
    _patch(
        "hashes of another kind", f'H old "{_ZEROS[:40]}" .\nH new "{_ONES}" .\nTX .\n', "no patch"
    ),
    _patch("not UTF-8", _HEAD.encode() + b"A \xff\n")._replace(told=""),
    _patch("not UTF-8 in its head", b'H old "\xff" .\n', r"not UTF-8", ":1"),
    _patch("utf-16", _HEAD.encode("utf-16"), r"not UTF-8", ":1"),
    _patch("binary", bytes(range(256)), "", ""),
    _patch("a line without end", lambda: "H " + "x" * 40_000_000, "longer than", ":1"),
    _patch("a head without end", lambda: "H id <x> .\n" * 400_000, "no patch of ours", ""),
    Hostile(
        "patch: for another dump",
        ("patch", "public/data/idf.nq", "p.rdfp"),
        r"idf\.nq.*not the dump",
        {"p.rdfp": _HEAD},
        release=True,
    ),
    Hostile("patch: of no dump", ("patch", "in", "p.rdfp"), "in: ", {"p.rdfp": _HEAD}),
    Hostile("patch: missing", ("patch", "public/data/idf.nq", "p.rdfp"), r"p\.rdfp"),
    Hostile(
        "patch: rows out of order",
        ("patch", "d.nq", "p.rdfp"),
        "",
        {
            "d.nq": "",
            "p.rdfp": 'H old "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" .\n'
            + f'H new "{_ONES}" .\nTX .\nA b\nA a\nTC .\n',
        },
    ),
    Hostile(
        "patch: with an escape",
        ("patch", "d.nq", "p.rdfp"),
        "",
        {
            "d.nq": "",
            "p.rdfp": 'H old "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" .\n'
            + f'H new "{_ONES}" .\nTX .\n{_ESCAPE}\nTC .\n',
        },
    ),
    Hostile(
        "patch: of a dump that is not UTF-8",
        ("patch", "d.nq", "p.rdfp"),
        "",
        {"d.nq": b"\xff\n", "p.rdfp": _HEAD},
    ),
)


def _diff(name: str, file: str, text: Content, codes: frozenset[int] = frozenset({2})) -> Hostile:
    """A release with another file; what has a sum is told by it."""
    return Hostile(
        f"diff: {name}",
        ("diff", "public", "public"),
        "",
        {f"public/{file}": text},
        codes=codes,
        release=True,
    )


_DIFFS = (
    _diff("sums that are not UTF-8", "SHA256SUMS", b"\xff"),
    _diff("no sums", "SHA256SUMS", ""),
    _diff("sums of a dump without end", "SHA256SUMS", lambda: "0" * 9_000_000 + "  data/idf.nq\n"),
    _diff("sums with an escape", "SHA256SUMS", f"{_ZEROS}  {_ESCAPE}\n"),
    _diff("another dump", "data/idf.nq", "<x:s> <x:p> <x:o> .\n"),
    _diff("a dump that is not UTF-8", "data/idf.nq", b"\xff\n"),
    _diff("a context that is no JSON", "context.jsonld", "{"),
    _diff("a context of another kind", "context.jsonld", '{"@context": {"a": 7}}'),
    _diff("a context that is a list", "context.jsonld", "[]"),
    _diff("a context without terms", "context.jsonld", '{"@context": null}'),
    _diff("a deep context", "context.jsonld", _DEEP),
    _diff("a context that is not UTF-8", "context.jsonld", b"\xff"),
    Hostile("diff: no release", ("diff", "in", "in"), "in: "),
    Hostile("diff: a file", ("diff", "in/dataset.yaml", "in/dataset.yaml"), "dataset"),
    Hostile("diff: nothing", ("diff", "nowhere", "nowhere"), "nowhere"),
    Hostile("rollback: no folder", ("rollback", "nowhere"), ""),
    Hostile(
        "rollback: out of the folder", ("rollback", "public", "--to", "../../etc"), "", release=True
    ),
    Hostile("rollback: an escape", ("rollback", "public", "--to", _ESCAPE), "", release=True),
    Hostile("releases: a file", ("releases", "in/dataset.yaml"), "", codes=USED),
    Hostile(
        "releases: a summary of no form",
        ("releases", "public"),
        "",
        {"public/summary.json": "7"},
        codes=USED,
        release=True,
    ),
    Hostile(
        "releases: a deep summary",
        ("releases", "public"),
        "",
        {"public/summary.json": _DEEP},
        codes=USED,
        release=True,
    ),
    Hostile(
        "releases: a summary that is not UTF-8",
        ("releases", "public"),
        "",
        {"public/summary.json": b"\xff"},
        codes=USED,
        release=True,
    ),
)


def _question(name: str, text: Content, told: str = "") -> Hostile:
    return Hostile(f"question: {name}", ("query", "q.rq"), told, {"q.rq": text}, release=True)


_QUESTIONS = (
    _question("empty", "", "cannot be run"),
    _question("no SPARQL", "SELEKT\n", "cannot be run"),
    _question("not UTF-8", b"SELECT * { ?s ?p '\xff' }", r"q\.rq"),
    _question("utf-16", "SELECT * {}".encode("utf-16"), r"q\.rq"),
    _question("NUL", b"SELECT * { ?s ?p '\0' ", ""),
    _question("an escape", f"SELECT {_ESCAPE}"),
    _question("an address with a password", "SELECT * { <http://me:hunter2@x/"),
    _question("of 2 MB", lambda: "# " + "x" * 2_000_000 + "\nSELECT * {}", r"q\.rq.*larger than"),
    _question("a word without end", lambda: "SELECT ?" + "x" * 300_000),
    _question("an update", "INSERT DATA { <x:s> <x:p> <x:o> }"),
    Hostile(
        "question: from a stream that is not UTF-8",
        ("query", "-"),
        "",
        stdin=b"SELECT \xff",
        release=True,
    ),
    Hostile("question: from an empty stream", ("query", "-"), "", release=True),
    Hostile(
        "question: from a stream of 2 MB",
        ("query", "-"),
        "larger than",
        stdin=b"# " + b"x" * 2_000_000,
        release=True,
    ),
    Hostile(
        "question: of no context",
        ("query", "projects"),
        "",
        {"public/context.jsonld": "[]"},
        release=True,
    ),
    Hostile(
        "question: of a deep context",
        ("query", "beneficiary-states"),
        "context",
        {"public/context.jsonld": _DEEP},
        release=True,
    ),
    Hostile(
        "question: of a context that is not UTF-8",
        ("query", "beneficiary-states"),
        "context",
        {"public/context.jsonld": b"\xff"},
        release=True,
    ),
    Hostile(
        "question: of a context of numbers",
        ("query", "beneficiary-states"),
        "context",
        {"public/context.jsonld": '{"@context": {"a": 7}}'},
        release=True,
    ),
    Hostile(
        "question: of a broken dump",
        ("query", "beneficiary-states"),
        "",
        {"public/data/idf.nq": "no quads\n"},
        release=True,
    ),
)


def _value(name: str, value: str) -> Hostile:
    args = ("query", "beneficiary-projects", "--set", value)
    return Hostile(f"value: {name}", args, "", release=True)


_VALUES = (
    _value("no equals sign", "state"),
    _value("nothing", "="),
    _value("of nothing", "state="),
    _value("small letters of no code", "state=zzz"),
    _value("that breaks out", "state=ALB } SERVICE <http://127.0.0.1/> {"),
    _value("an escape", f"state={_ESCAPE}"),
    _value("an unknown name", "colour=red"),
    _value("a name with an escape", f"{_ESCAPE}=red"),
    _value("a name without end", "n" * 100_000 + "=x"),
    _value("without end", "state=" + "A" * 100_000),
    _value("a newline", "state=ALB\n"),
    _value("letters of another alphabet", "state=\u0391L\u0392"),
)


def _list(
    name: str, text: Content, told: str = "", codes: frozenset[int] = frozenset({2})
) -> Hostile:
    return Hostile(
        f"list: {name}", ("extract", "--list", "urls.txt"), told, {"urls.txt": text}, codes=codes
    )


_LISTS = (
    _list("not UTF-8", b"http://127.0.0.1:9/\n\xff\n", r"urls\.txt:2"),
    _list("utf-16", "http://127.0.0.1:9/\n".encode("utf-16"), r"urls\.txt:1"),
    _list("binary", bytes(range(256)), r"urls\.txt"),
    _list("of 11 MB", lambda: "# " + "x" * 11_000_000, r"urls\.txt.*larger than"),
    _list("no addresses", "Bonjour\nmundo\n", "Bonjour"),
    _list("an escape", f"http://127.0.0.1/{_ESCAPE}\n"),
    _list("a password", "http://me:hunter2@127.0.0.1/\n", r"127\.0\.0\.1"),
    _list("a password with a slash", "http://me:hunter2/hunter2@127.0.0.1/\n"),
    _list("a password with a space", "http://me:hunter2 hunter2@127.0.0.1/\n"),
    _list("a password with a hash", "http://me:x#hunter2@127.0.0.1/\n"),
    _list("a password of an unknown scheme", "ftp://me:hunter2@127.0.0.1/\n"),
    _list("a password in capitals", "HTTPS://me:hunter2@127.0.0.1/\n"),
    _list("a password with an at sign", "http://me:a@hunter2@127.0.0.1/\n"),
    _list("a password after a backslash", "http:\\\\me:hunter2@127.0.0.1\\\n"),
    _list("a password without a host", "http://me:hunter2@/\n"),
    _list("a port without end", "http://127.0.0.1:" + "9" * 5_000 + "/\n"),
    _list("a host without end", "http://" + "a." * 900 + "/\n"),
    _list("an address without end", "http://127.0.0.1/" + "a" * 500_000 + "\n"),
    _list("half an IPv6 address", "http://[::1/\n"),
    _list("a zone", "http://[fe80::1%25eth0]/\n"),
    _list("halves of characters", "http://127.0.0.1/%ED%A0%80\n"),
    _list("nothing but comments", "# none\n", "", USED),
    Hostile("list: missing", ("extract", "--list", "urls.txt"), r"urls\.txt"),
)

_ODD: tuple[tuple[str, tuple[str, ...], str, Odd], ...] = tuple(
    (f"{kind}: {'a device without end' if odd == '/dev/zero' else f'a {odd}'}", args, path, odd)
    for kind, args, path in (
        ("baseline", ("validate", "in", "--baseline", "odd"), "odd"),
        ("list", ("extract", "--list", "odd"), "odd"),
        ("question", ("query", "./odd"), "odd"),
        ("patch", ("patch", "in/dataset.yaml", "odd"), "odd"),
        ("dump", ("patch", "odd", "odd"), "odd"),
        ("diff", ("diff", "odd", "odd"), "odd"),
        ("release", ("query", "beneficiary-states", "--on", "odd"), "odd"),
        ("page", ("extract", "odd"), "odd"),
        ("record to review", ("review", "odd", "--by", "x"), "odd"),
    )
    for odd in ("pipe", "folder", "/dev/zero", "loop", "nowhere")
)


#: What stands in the way of `extract`, and where.
_IN_THE_WAY: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("its record", (), "data/records/PX.0220.yaml"),
    ("a record of the same id", ("--into", "other"), "other/PX.0220.yaml"),
    ("its page", (), "data/pages/p.txt"),
)


def cases() -> Iterator[Hostile]:
    """All of them."""
    for name, more, path in _IN_THE_WAY:
        args = ("extract", "in/pages/p.txt", *more)
        yield Hostile(f"extract: a pipe for {name}", args, path, odd={path: "pipe"})
    yield from (*_BASELINES, *_SUMMARIES, *_PATCHES, *_DIFFS, *_QUESTIONS, *_VALUES, *_LISTS)
    for name, args, path, odd in _ODD:
        yield Hostile(name, args, path, odd={path: odd}, codes=frozenset({1, 2}))
    yield Hostile(
        "summary: a pipe that nobody reads",
        ("validate", "in", "--summary", "odd"),
        "odd",
        odd={"odd": "pipe"},
    )
    yield Hostile(
        "summary: a full device",
        ("validate", "in", "--summary", "odd"),
        "",
        odd={"odd": "/dev/full"},
    )
    yield Hostile(
        "output: a pipe that nobody reads",
        ("validate", "in", "--output", "odd"),
        "odd",
        odd={"odd": "pipe"},
    )
    yield Hostile(
        "output: a full device", ("validate", "in", "--output", "odd"), "", odd={"odd": "/dev/full"}
    )
