"""`dataset.yaml`, `pages.yaml` and the fetch log, as they should not be."""

from collections.abc import Iterator

from .case import USED, Content, Hostile, Odd

SOUND = """title: {en: T}
description: {en: D}
rights: {en: R}
publisher: P
asOf: 2026-01-01
"""


def _settings(name: str, text: Content, told: str = "", where: str = r":\d+") -> Hostile:
    """A dataset.yaml that is refused."""
    files = {"in/dataset.yaml": text}
    return Hostile(
        f"dataset: {name}", ("validate", "in"), rf"in/dataset\.yaml{where}.*{told}", files
    )


def _with(line: str) -> str:
    """A sound one with another line."""
    return f"{SOUND}{line}\n"


_BASES = (
    "http://me:hunter2@example.org/",
    "https://example.org",
    "https://exämple.org/",
    "https://example.org/a b/",
    "https://example.org/?q=/",
    "https://example.org/#/",
    "https://example.org/<script>/",
    "javascript:alert(1)/",
    "https:///",
    "/relative/",
    "https://example.org:port/",
    "x" * 100_000 + "/",
)
_DATASETS = (
    *(_settings(f"base {base[:40]}", _with(f"base: '{base}'"), "", "") for base in _BASES),
    _settings("a list", "- title\n", "is a list, where one value is asked"),
    _settings("a text", "T\n", "is one value, where names with values of their own are asked"),
    _settings("binary", b"\0\1\2", "binary", ""),
    _settings("empty", "", "is empty", ""),
    _settings("cp1252", SOUND.replace("T", "É").encode("cp1252"), "is not saved as UTF-8"),
    _settings("utf-16", SOUND.encode("utf-16"), "", "(:1)?"),
    _settings("half of a character", SOUND.replace("T", '"\\uD800"', 1)),
    _settings("escape", SOUND.replace("T", '"\\e]0;owned\\a"', 1), "control character"),
    _settings("title of nothing", SOUND.replace("{en: T}", "{en: ''}"), "title"),
    _settings("title without words", SOUND.replace("{en: T}", "{}"), "title"),
    _settings(
        "title in French alone", SOUND.replace("{en: T}", "{fr: T}"), "", r"(:\d+)?"
    )._replace(codes=USED, told=""),
    _settings("rights twice", _with("rights: {en: R}"), "twice"),
    _settings("day of no calendar", SOUND.replace("2026-01-01", "2026-02-30")),
    _settings("year 0000", SOUND.replace("2026-01-01", "0000-01-01")),
    _settings("day of another script", SOUND.replace("2026", "٢٠٢٦")),
    _settings("switch of another word", _with("publishPages: maybe"), "publishPages"),
    _settings("endpoint of no address", _with("endpoint: ftp://x/"), "endpoint"),
    _settings(
        "endpoint with a password", _with("endpoint: https://me:hunter2@example.org/"), "endpoint"
    ),
    _settings("versions of no form", _with("withdrawnVersions: [x]"), "withdrawnVersions"),
    _settings("versions as a text", _with("withdrawnVersions: x"), "withdrawnVersions"),
    _settings("share above one", _with("expect: {fields: {startYear: '1.5'}}"), "expect"),
    _settings("share of what is no field", _with("expect: {fields: {colour: '1'}}"), "expect"),
    _settings("count below nothing", _with("expect: {projects: '-1'}"), "expect"),
    _settings("count without end", _with(f"expect: {{projects: '{'9' * 5000}'}}"), "expect"),
    _settings("merge key", _with("<<: {publisher: Q}"), ""),
    _settings("unknown directive", "%FOO bar\n---\n" + SOUND, "", r"(:\d+)?")._replace(
        codes=USED, told=""
    ),
    _settings("key without end", _with("k" * 1_100 + ": x"), ""),
    _settings("of 2 MB", lambda: SOUND + "# " + "x" * 2_000_000, "larger than", ""),
)


def _addresses(name: str, text: Content, told: str = "", where: str = r":\d+") -> Hostile:
    """A pages.yaml that is refused."""
    files = {"in/pages/pages.yaml": text}
    pattern = rf"(?s){told}.*in/pages/pages\.yaml{where}"
    return Hostile(f"addresses: {name}", ("validate", "in"), pattern, files)


_ADDRESSES = (
    _addresses("a list", "- p.txt\n", "is a list"),
    _addresses("no address", "p.txt: iom int\n", ""),
    _addresses("a script", "p.txt: 'javascript:alert(1)'\n", ""),
    _addresses("a password", "p.txt: 'https://me:hunter2@iom.int/'\n", ""),
    _addresses("no such day", "p.txt: {captured: 2026-02-30}\n", "calendar", ""),
    _addresses("an unknown key", "p.txt: {when: 2026-02-03}\n", "when"),
    _addresses("a name without end", lambda: "k" * 900 + ": x\n", ""),
    _addresses("a name twice", "p.txt: https://iom.int/\np.txt: https://iom.int/\n", "twice"),
    _addresses("an escape", '"p\\e[2J.txt": https://iom.int/\n', "control"),
    _addresses("empty", "", "is empty", ""),
)
_LOGS: tuple[tuple[str, Content], ...] = (
    ("no JSON", "fetched\n"),
    ("half of a character", '{"time": "\\ud800", "file": "\\ud800", "sha256": "\\ud800"}\n'),
    ("a year without end", '{"time": "' + "9" * 100_000 + '", "file": "p.txt", "sha256": "x"}\n'),
    ("the last year", '{"time": "9999-12-31T23:59:59-23:00", "file": "p.txt", "sha256": "x"}\n'),
    ("the first year", '{"time": "0001-01-01T00:00:00+23:00", "file": "p.txt", "sha256": "x"}\n'),
    ("deep", "[" * 200_000 + "\n"),
    ("not UTF-8", b'{"file": "\xff"}\n'),
    ("one line of 9 MB", lambda: '{"file": "' + "x" * 9_000_000),
)
_ODD: tuple[tuple[str, str, Odd], ...] = (
    ("dataset: a pipe", "in/dataset.yaml", "pipe"),
    ("dataset: a device without end", "in/dataset.yaml", "/dev/zero"),
    ("dataset: a folder", "in/dataset.yaml", "folder"),
    ("states: a pipe", "in/reference/states.jsonl", "pipe"),
    ("states: a device without end", "in/reference/states.jsonl", "/dev/zero"),
    ("overrides: a pipe", "in/reference/overrides.yaml", "pipe"),
    ("overrides: a folder", "in/reference/overrides.yaml", "folder"),
    ("addresses: a pipe", "in/pages/pages.yaml", "pipe"),
    ("log: a device without end", "in/pages/fetch-log.jsonl", "/dev/zero"),
    ("reference: a pipe", "in/reference", "pipe"),
)


def cases() -> Iterator[Hostile]:
    """All of them."""
    yield from _DATASETS
    yield from _ADDRESSES
    for name, text in _LOGS:
        files = {"in/pages/fetch-log.jsonl": text}
        yield Hostile(f"log: {name}", ("validate", "in"), "", files, codes=USED)
    for name, path, odd in _ODD:
        yield Hostile(name, ("validate", "in"), "", odd={path: odd}, codes=USED)
