"""Reference data and added names that cannot be used, or only oddly."""

import json
from collections.abc import Iterator, Mapping

from .case import USED, Content, Hostile

STATE = {
    "id": "st:XAA",
    "type": "State",
    "prefLabel": {
        "en": {"text": "Syldavia"},
        "fr": {"text": "Syldavie"},
        "es": {"text": "Syldavia"},
    },
    "iso3": "XAA",
    "inScheme": ["code:state"],
}
AREA = {"id": "unarea:998", "type": "Concept", "prefLabel": {"en": {"text": "Elsewhere"}}}
AGENT = {"id": "ag:bxl", "type": "Organization", "prefLabel": {"en": {"text": "Office"}}}
CODE = {
    "id": "code:type-zz",
    "type": "Concept",
    "prefLabel": {"en": {"text": "Zigzag"}},
    "inScheme": ["code:type"],
}
EXCEPTION = {"state": "st:GEO", "region": "code:region-europe", "page": "https://iom.int/fr/node/1"}
SOURCE = {
    "key": "hdx",
    "title": "T",
    "url": "https://example.org/",
    "licence": "none",
    "checked": "2026-11-21",
}
_HOME = "in/reference/"

#: A name that no word is in, one of invisible characters, one that is a bracket, and so on.
WORDLESS = (
    "-",
    "((((",
    "…",
    "'",
    "\u00a0",
    "\u200b",
    "/",
    "()",
    "\u0301",
    "، ؛",
    "🙂",
    "\u02bc\u02bc",
)


def _line(entry: Mapping[str, object], **changed: object) -> str:
    """A line with fields changed, or left out where they are None."""
    said = {key: value for key, value in {**entry, **changed}.items() if value is not None}
    return json.dumps(said) + "\n"


def _after(entry: Mapping[str, object], line: str | bytes) -> bytes:
    """A sound line, and another after it."""
    return _line(entry).encode() + (line if isinstance(line, bytes) else line.encode())


def _bad(
    name: str, line: str | bytes, told: str = "", file: str = "states", where: str = "2"
) -> Hostile:
    """A second line that is refused where it stands."""
    entry: Mapping[str, object] = {
        "states": STATE,
        "areas": AREA,
        "organisations": AGENT,
        "concepts": CODE,
    }.get(file, STATE)
    entry = {"region-exceptions": EXCEPTION, "sources": SOURCE}.get(file, entry)
    place = rf"in/reference/{file}\.jsonl:{where}" if where else rf"in/reference/{file}\.jsonl"
    return Hostile(
        f"{file}: {name}",
        ("validate", "in"),
        f"{place}.*{told}",
        {f"{_HOME}{file}.jsonl": _after(entry, line)},
        codes=frozenset({1, 2}),
    )


def _state(name: str, told: str = "", **changed: object) -> Hostile:
    return _bad(name, _line(STATE, **({"id": "st:XBB"} | changed)), told)


def _texts(**labels: object) -> dict[str, object]:
    return {language: {"text": text} for language, text in labels.items()}


_STATES = (
    _bad("no JSON", "{\n", "is not JSON"),
    _bad("a list", "[]\n", "is a list, where one value is asked"),
    _bad("a number", "7\n", "is one value, where names with values of their own are asked"),
    _bad("nothing", "null\n", "is one value, where names with values of their own are asked"),
    _bad("a text", '"st:XBB"\n', "is one value, where names with values of their own are asked"),
    _bad("cut off", _line(STATE, id="st:XBB")[:40], "is not JSON"),
    _bad(
        "two on a line",
        _line(STATE, id="st:XBB").strip() + _line(STATE, id="st:XCC"),
        "is not JSON",
    ),
    _bad("not UTF-8", b'{"id": "st:\xff"}\n', "is not JSON"),
    _bad("utf-16", _line(STATE, id="st:XBB").encode("utf-16"), "is not JSON"),
    _bad("NUL", b'{"id": "st:X\0B"}\n', ""),
    _bad("a key twice", '{"id": "st:XBB", "id": "st:XCC", "type": "State"}\n', "twice"),
    _bad("half of a character as a key", '{"id": "st:XBB", "type": "State", "\\ud800": 1}\n'),
    _bad(
        "half of a character as a label", _line(STATE, id="st:XBB", prefLabel=_texts(en="a\ud800"))
    ),
    _bad("half of a character as an id", '{"id": "st:\\udfff", "type": "State"}\n'),
    _bad(
        "escape as a key",
        '{"id": "st:XBB", "type": "State", "\\u001b[31m": 1}\n',
        r"there is no field “<U\+001B>\[31m” here",
    ),
    _bad("deep", '{"id":' + "[" * 90_000 + "\n", "deeper"),
    _bad("a number without end", '{"id": ' + "9" * 400_000 + "}\n"),
    _bad("a key without end", '{"' + "k" * 400_000 + '": 1}\n'),
    _bad("an id without end", _line(STATE, id="st:" + "X" * 400_000)),
    _bad("a type without end", _line(STATE, id="st:XBB", type="S" * 400_000)),
    _bad("a line without end", '{"id": "' + "x" * 3_000_000 + '"}\n', "longer than"),
    _bad("many keys", "{" + ",".join(f'"k{n}": 1' for n in range(50_000)) + "}\n"),
    _bad("NaN", '{"id": NaN}\n', "is not JSON"),
    _bad("comment", "// states\n", "is not JSON"),
    _bad("no id", _line(STATE, id=None), "id: id is missing; write id: "),
    _bad("no type", _line(STATE, id="st:XBB", type=None), "type: type is missing; write type: "),
    _bad(
        "unknown key",
        _line(STATE, id="st:XBB", capital="Klow"),
        "capital: there is no field “capital” here",
    ),
    _state("id without a prefix", "id", id="XBB"),
    _state("id of a project", "id", id="prj:V47-805"),
    _state("id of a note", "id", id="st:XBB#note"),
    _state("id that walks out", "id", id="st:../../etc"),
    _state("id of an address", "id", id="https://example.org/XBB"),
    _state("id with a space", "id", id="st:X B"),
    _state("id of nothing", "id", id=""),
    _state("id of a prefix alone", "id", id="st:"),
    _state("id of a foreign prefix", "id", id="wd:Q1"),
    _state("id as a number", 'id: 7 is a number or a sign, where a text is asked; write "7"', id=7),
    _state("type that no context has", "type", type="Kingdom"),
    _state("type of a property", "type", type="label"),
    _state("type of nothing", "type", type=""),
    _state("no label", "prefLabel", prefLabel={}),
    _state("label in an unknown language", "prefLabel", prefLabel=_texts(de="Syldavien")),
    _state("label of nothing", "prefLabel", prefLabel=_texts(en="")),
    _state(
        "label as a text",
        "prefLabel: is one value, where names with values of their own are asked",
        prefLabel="Syldavia",
    ),
    _state("label with a line", "", prefLabel=_texts(en="a\nb")),
    _state("label with an escape", "control character", prefLabel=_texts(en="a\x1b[31m")),
    _state("label with a bidi character", "control character", prefLabel=_texts(en="a\u202eb")),
    _state("label of 400 kB", "prefLabel", prefLabel=_texts(en="x" * 400_000)),
    _state("iso2 of no such form", "iso2", iso2="<b>"),
    _state("iso3 of no such form", "iso3", iso3="ALBANIA"),
    _state("m49 of no such form", "m49", m49="eight"),
    _state("notation of nothing", "notation", notation=[""]),
    _state(
        "notation as a text", "is one value, where a list is asked; write .ABW.", notation="ABW"
    ),
    _state("broader of nothing", "broader", broader=[""]),
    _state("broader relative", "broader", broader=["029"]),
    _state("broader of an unknown prefix", "broader", broader=["nowhere:029"]),
    _state("broader with a space", "broader", broader=["unarea:0 29"]),
    _state("broader that breaks out", "broader", broader=["unarea:029> <x:p> <x:o> .\n<x:s"]),
    _state(
        "broader as numbers",
        '29 is a number or a sign, where a text is asked; write "29"',
        broader=[29],
    ),
    _state("scheme of an unknown prefix", "inScheme", inScheme=["nowhere:x"]),
    _state("part of what is no IRI", "unitOf", unitOf=["a b"]),
    _state("match of no IRI", "exactMatch", exactMatch=[{"id": "Q 222"}]),
    _state("match of an unknown prefix", "known prefix", closeMatch=[{"id": "xx:Q222"}]),
    _state("match of script", "exactMatch", exactMatch=[{"id": "javascript:alert(1)"}]),
    _state("match without id", "id is missing; write id: ", exactMatch=[{}]),
    _state("membership of nothing", "membership", membership=[{"organization": ""}]),
    _state(
        "membership in what is no entry", "no entry", membership=[{"organization": "ag:nobody"}]
    ),
    _state("membership twice", "memberships", membership=[{"organization": "ag:eu"}] * 2),
    _state(
        "membership on no day",
        "",
        membership=[{"organization": "ag:eu", "memberFrom": "2020-02-30"}],
    ),
    _state(
        "membership backwards",
        "before it begins",
        membership=[
            {"organization": "ag:eu", "memberFrom": "2020-02-03", "memberUntil": "2019-01-01"}
        ],
    ),
    _state(
        "membership by no source",
        "no key",
        membership=[{"organization": "ag:eu", "sources": ["hearsay"]}],
    ),
    _state("memberOf of the old form", "memberFrom", memberOf=["ag:eu"]),
    _state("mention as a text", "mention: “yes” is not true or false", mention="yes"),
    _bad("no key", "{}\n", "state: state is missing; .*and 2 more in it", "region-exceptions"),
    _bad("state of no form", _line(EXCEPTION, state="Georgia"), "state", "region-exceptions"),
    _bad("region of no form", _line(EXCEPTION, region="a b"), "region", "region-exceptions"),
    _bad("page of no address", _line(EXCEPTION, page="ftp://x"), "page", "region-exceptions"),
    _bad("no address", _line(SOURCE, url="file:///etc/passwd"), "url", "sources"),
    _bad("a password", _line(SOURCE, url="https://me:hunter2@example.org/"), "url", "sources"),
    _bad("no day", _line(SOURCE, checked="yesterday"), "checked", "sources"),
    _bad("no such day", _line(SOURCE, checked="2026-02-30"), "", "sources"),
    _bad("no key", _line(SOURCE, key=None), "key", "sources"),
    _bad("key without end", _line(SOURCE, key="k" * 400_000, url="x"), "", "sources"),
    _bad("id of a state", _line(AREA, id="st:XBB", type="Kingdom"), "type", "areas"),
    _bad("id of no IRI", _line(AREA, id="unarea:a b"), "id", "areas"),
    _bad("id of no IRI", _line(AGENT, id="ag:a b"), "id", "organisations"),
    _bad(
        "identifier as a number",
        _line(AGENT, id="ag:x", identifier=[7]),
        '7 is a number or a sign, where a text is asked; write "7"',
        "organisations",
    ),
    _bad("id of no code", _line(CODE, id="code:A_B"), "id", "concepts"),
    _bad("id without a scheme", _line(CODE, id="code:"), "id", "concepts"),
    _bad(
        "definition as a text",
        _line(CODE, id="code:type-yy", definition="x"),
        "definition: is one value, where names with values of their own are asked",
        "concepts",
    ),
)


def _wordless() -> Iterator[Hostile]:
    """Names that hold no word."""
    for name in WORDLESS:
        label = _line(STATE, id="st:XBB", prefLabel=_texts(en=name))
        yield _bad(f"label {name!r}", label, "without a letter|control character")
        alias = f"- {{alias: {json.dumps(name)}, lang: en, id: 'st:ALB', why: w}}\n"
        yield _names(f"alias {name!r}", alias, "without a letter|control character")


def _names(name: str, text: Content, told: str = "", where: str = r":\d+") -> Hostile:
    """An overrides.yaml that is refused."""
    return Hostile(
        f"overrides: {name}",
        ("validate", "in"),
        rf"in/reference/overrides\.yaml{where}.*{told}",
        {f"{_HOME}overrides.yaml": text},
    )


_ALIAS = "- {alias: Syldavia, lang: en, id: 'st:ALB', why: w}\n"
_NAMES = (
    _names("a mapping", "alias: x\n", "has names with colons in it, where a value is asked"),
    _names("a text", "Syldavia\n", "is one value, where a list is asked"),
    _names("no YAML", _ALIAS + "- {\n", "the bracket that begins here does not end: } is missing"),
    _names("tabs", "-\talias: x\n\tlang: en\n", ""),
    _names("a tag", _ALIAS + "- !!python/object/apply:os.system [id]\n", ""),
    _names("an anchor", _ALIAS + "- &a {alias: x}\n- *a\n", ""),
    _names("two documents", _ALIAS + "---\n" + _ALIAS, ""),
    _names("a key twice", "- {alias: x, alias: y, lang: en, id: 'st:ALB', why: w}\n", "twice"),
    _names("unknown language", _ALIAS.replace("en", "de"), "de"),
    _names("unknown key", _ALIAS.replace("why", "because"), "because|why"),
    _names("no reason", _ALIAS.replace(", why: w", ""), "why"),
    _names("address that is none", _ALIAS.replace("why: w", "why: w, source: iom int"), "source"),
    _names("escape", _ALIAS.replace("Syldavia", '"a\\e[31m"'), "control character"),
    _names("bidi character", _ALIAS.replace("Syldavia", '"a\\u202E"'), "control character"),
    _names("half of a character", _ALIAS.replace("Syldavia", '"\\uD800"'), ""),
    _names(
        "half of a character, as bytes",
        _ALIAS.replace("Syldavia", "\ud800"),
        "is not saved as UTF-8",
    ),
    _names("cp1252", _ALIAS.replace("Syldavia", "É").encode("cp1252"), "is not saved as UTF-8"),
    _names("deep", "[" * 9_000 + "]" * 9_000, ""),
    _names("a key without end", lambda: f"- {{{'k' * 400_000}: x}}\n", "", r"(:\d+)?"),
    _names("a language without end", lambda: _ALIAS.replace("en", "e" * 400_000), ""),
    _names("many", lambda: _ALIAS * 40_000, "", ""),
    _names("empty", "", "is empty", ""),
    _names("blank", " \n\n", "is empty", ""),
    _names("binary", b"\x89PNG\r\n\0\0", "binary", ""),
    _names("of 2 MB", lambda: "# " + "x" * 2_000_000, "larger than", ""),
)
_USED_NAMES = (
    ("an entry of no form", _ALIAS.replace("st:ALB", "a b")),
    ("an entry that there is not", _ALIAS.replace("st:ALB", "st:ZZZ")),
    ("a code without a scheme", _ALIAS.replace("st:ALB", "code:")),
    ("an entry without a prefix", _ALIAS.replace("st:ALB", "ALB")),
    ("a name of 200 kB", _ALIAS.replace("Syldavia", "Syl " * 50_000)),
    ("a name of 200 kB without a space", _ALIAS.replace("Syldavia", "Syldavia" * 25_000)),
    ("a name of many brackets", _ALIAS.replace("Syldavia", "'" + "(a" * 20_000 + "'")),
    ("a name of many commas", _ALIAS.replace("Syldavia", "'" + "a," * 20_000 + "'")),
)


def cases() -> Iterator[Hostile]:
    """All of them."""
    yield from _STATES
    yield from _wordless()
    yield from _NAMES
    for name, text in _USED_NAMES:
        files: dict[str, Content] = {f"{_HOME}overrides.yaml": text}
        yield Hostile(f"overrides: {name}", ("validate", "in"), "", files, codes=USED)
