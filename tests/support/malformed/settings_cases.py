"""`dataset.yaml`, `pages.yaml` and `overrides.yaml` that are refused."""

from .case import MISFIT, NOT_YAML, Case, unusable

DATASET = """title: {en: T}
description: {en: D}
rights: {en: R}
publisher: P
asOf: 2026-01-01
"""
ALIAS = {"alias": "Swaziland", "lang": "en", "id": "st:SWZ", "why": "name until 2018"}


def dataset(before: str, after: str) -> str:
    """A sound file with one change."""
    assert before in DATASET
    return DATASET.replace(before, after, 1)


def base(address: str) -> Case:
    """A base that cannot be used."""
    return Case(
        f"base {address[:40]!r}", f"{DATASET}base: '{address}'\n", "cannot be used", "", "BadConfig"
    )


def alias(**changed: str | None) -> str:
    """A sound alias, and one with a field changed or left out."""
    fields = ", ".join(
        f"{key}: {text!r}" for key, text in (ALIAS | changed).items() if text is not None
    )
    return f"- {{{', '.join(f'{key}: {text!r}' for key, text in ALIAS.items())}}}\n- {{{fields}}}\n"


def many(count: int) -> str:
    """Addresses of so many files."""
    return "".join(f"{number:05}.txt: https://iom.int/{number}\n" for number in range(count))


CASES = (
    unusable("empty", b"", "is empty"),
    unusable("cp1252", dataset("T", "Année").encode("cp1252"), "UTF-8", "1"),
    Case("comments alone", "# to be written\n", "is empty", "1"),
    Case("a list", "- title\n", MISFIT, "1:1"),
    Case("a text", "Un titre\n", MISFIT, "1:1"),
    Case("no title", dataset("title: {en: T}\n", ""), "title is missing", "1:1 title"),
    Case(
        "no rights",
        dataset("rights: {en: R}\n", ""),
        "rights is missing",
        "1:1 rights",
    ),
    Case("no day", dataset("asOf: 2026-01-01\n", ""), "asOf is missing", "1:1 asOf"),
    Case("title as a text", dataset("{en: T}", "T"), MISFIT, "1:1 title"),
    Case(
        "title in an unknown language",
        dataset("en: T", "de: T"),
        MISFIT,
        "1:9 title.de",
    ),
    Case("empty title", dataset("en: T", "en: ''"), MISFIT, "1:9 title.en"),
    Case("title without its text", dataset("{en: T}", ""), "has no value", "1 title"),
    Case(
        "publisher as a list",
        dataset("publisher: P", "publisher: [P]"),
        MISFIT,
        "4:1 publisher",
    ),
    Case("empty publisher", dataset("publisher: P", "publisher: ''"), MISFIT, "4:1 publisher"),
    Case("day with a 13th month", dataset("2026-01-01", "2026-13-01"), MISFIT, "5:1 asOf"),
    Case("day with a 32nd", dataset("2026-01-01", "2026-01-32"), MISFIT, "5:1 asOf"),
    Case("day in another order", dataset("2026-01-01", "01.01.2026"), MISFIT, "5:1 asOf"),
    Case("today", dataset("2026-01-01", "today"), MISFIT, "5:1 asOf"),
    Case(
        "publishPages: yes",
        f"{DATASET}publishPages: yes\n",
        "cannot stand here; write one of false, true",
        "6:1 publishPages",
    ),
    Case("unknown key", f"{DATASET}bse: x\n", "no field “bse” here", "6:1 bse"),
    Case("key twice", f"{DATASET}publisher: Q\n", "stands twice", "6:1 publisher"),
    Case("alias", dataset("{en: R}", "*title"), "begins with * or &", "3:9 rights"),
    Case("base as a list", f"{DATASET}base: [https://example.org/]\n", MISFIT, "6:1 base"),
    *map(
        base,
        (
            *(
                "",
                "x",
                "ftp://example.org/",
                "https://example.org",
                "https://example.org/x",
                "https:///",
                "//x/",
            ),
            *(
                "javascript:alert(1)//",
                "file:///etc/",
                "https://a b/",
                "https://example.org/#/",
                "https://x/?y=/",
            ),
            *(
                "https://example.org/<x>/",
                'https://example.org/"/',
                "https://example.org/é\u00a0/",
                "urn:x:y/",
            ),
            "https://example.org/{x}/",
        ),
    ),
)

ADDRESSES = (
    Case("a list", "- https://iom.int/\n", MISFIT, "1:1"),
    Case("a text", "https://iom.int/\n", MISFIT, "1:1"),
    Case("a file without an address", "p.txt:\n", "has no value", "1 p.txt"),
    Case("a file named as a path of fields", "'[...]': x\n", MISFIT, "1:1 [...]"),
    Case("the last of very many", lambda: many(20_000) + "z: x\n", MISFIT, "20001:1 z"),
    Case(
        "two addresses",
        "p.txt: [https://iom.int/a, https://iom.int/b]\n",
        MISFIT,
        "1:1 p.txt",
    ),
    Case(
        "a file twice",
        "p.txt: https://iom.int/a\np.txt: https://iom.int/b\n",
        "stands twice",
        "2:1 p.txt",
    ),
    Case("no address", "p.txt: unknown\n", MISFIT, "1:1 p.txt"),
    Case("address without a scheme", "p.txt: iom.int/a\n", MISFIT, "1:1 p.txt"),
    Case("address that runs", "p.txt: 'javascript:alert(1)'\n", MISFIT, "1:1 p.txt"),
    Case("address of a file", "p.txt: file:///etc/passwd\n", MISFIT, "1:1 p.txt"),
    Case("address without a host", "p.txt: https:///a\n", MISFIT, "1:1 p.txt"),
    Case("address with a password", "p.txt: https://a:b@iom.int/\n", MISFIT, "1:1 p.txt"),
    Case("address with a line end", 'p.txt: "https://iom.int/\\n"\n', MISFIT, "1:1 p.txt"),
    Case("address with a space", "p.txt: https://iom.int/a b\n", MISFIT, "1:1 p.txt"),
    Case("address with a quote", "p.txt: 'https://iom.int/\"'\n", MISFIT, "1:1 p.txt"),
    Case("address with a bidi character", "p.txt: https://iom.int/\u202ea\n", "U+202E", "1:24"),
    Case("address with an escaped NUL", 'p.txt: "https://iom.int/\\0"\n', "U+0000", "1:8 p.txt"),
)

OVERRIDES = (
    Case("a mapping", "Swaziland: st:SWZ\n", MISFIT, "1:1"),
    Case("names alone", "- Swaziland\n", MISFIT, "1:3 [0]"),
    Case("no reason", alias(why=None), "why is missing", "2:3 [1].why"),
    Case("empty reason", alias(why=""), MISFIT, "2"),
    Case("no name", alias(alias=None), "alias is missing", "2:3 [1].alias"),
    Case("empty name", alias(alias=""), MISFIT, "2"),
    Case("unknown language", alias(lang="pt"), MISFIT, "2"),
    Case("unknown key", alias(note="x"), "no field “note” here", "2"),
    Case(
        "colon in a text without quotes",
        "- {alias: x, lang: en, id: st: SWZ, why: y}\n",
        NOT_YAML,
        "1:28",
    ),
    Case("merge key", "- {<<: {alias: x}}\n", "no plain name", "1:4 [0]"),
)
