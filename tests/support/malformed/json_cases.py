"""JSON Lines that are refused: what is no JSON, what JSON leaves open, and lines of reference data
that do not fit.
"""

from .case import MISFIT, Case

GOOD = '{"kind":"project","id":"V47-805"}\n'
ENTRY = '{"id":"st:AAA","type":"State"'


def line(text: str) -> str:
    """A record with more fields, after a sound one: on line 2."""
    return GOOD + GOOD[:-2] + "," + text + "}\n"


def title(text: str) -> str:
    """A record with a French title (JSON text), on line 2."""
    return line(f'"values":{{"title":{{"fr":{text}}}}}')


def entry(text: str) -> str:
    """A reference entry with more fields, after a sound one: on line 2."""
    return f"{ENTRY}}}\n{ENTRY},{text}}}\n"


def many(count: int) -> str:
    """A field with so many keys, and one more that stands twice."""
    keys = "".join(f'"k{number}":[],' for number in range(count))
    return f'"sources":{{{keys}"z":[],"z":[]}}'


def long_key() -> str:
    """A long key with very many values, the last of which does not fit."""
    return '"sources":{"' + "k" * 500_000 + '":[' + '"x",' * 100_000 + "1]}"


CASES = (
    # no JSON
    Case("a page", "Titre du projet\n", "is not JSON", "1"),
    Case("YAML", "kind: project\nid: V47-805\n", "is not JSON", "1"),
    Case("cut off", GOOD + GOOD[:20], "is not JSON", "2"),
    Case("cut off in a text", GOOD + '{"kind":"proj', "is not JSON", "2"),
    Case("cut off in an escape", GOOD + '{"kind":"\\u00', "is not JSON", "2"),
    Case("two values on a line", GOOD + GOOD[:-1] + GOOD, "is not JSON", "2"),
    Case("two values and a comma", GOOD + GOOD[:-1] + "," + GOOD, "is not JSON", "2"),
    Case("one array over lines", "[\n" + GOOD + "]\n", "is not JSON", "1"),
    Case("an object over lines", '{\n"kind": "project"\n}\n', "is not JSON", "1"),
    Case("trailing comma", GOOD + '{"kind":"project","id":"A",}\n', "is not JSON", "2"),
    Case("single quotes", GOOD + "{'kind':'project','id':'A'}\n", "is not JSON", "2"),
    Case("key without quotes", GOOD + '{kind:"project","id":"A"}\n', "is not JSON", "2"),
    Case("comment", GOOD + "// a record\n", "is not JSON", "2"),
    Case("comment after a record", GOOD[:-1] + " # a record\n", "is not JSON", "1"),
    Case("NaN", line('"format":NaN'), "is not JSON", "2"),
    Case("Infinity", line('"format":Infinity'), "is not JSON", "2"),
    Case("minus Infinity", line('"format":-Infinity'), "is not JSON", "2"),
    Case("None", line('"values":None'), "is not JSON", "2"),
    Case("number with a leading zero", line('"format":01'), "is not JSON", "2"),
    Case("number with a plus", line('"format":+1'), "is not JSON", "2"),
    Case("hexadecimal number", line('"format":0x1'), "is not JSON", "2"),
    Case("number that ends in a point", line('"format":1.'), "is not JSON", "2"),
    Case("unknown escape", title('"\\x41"'), "is not JSON", "2"),
    Case("escaped apostrophe", title('"\\\'"'), "is not JSON", "2"),
    Case("lone high surrogate", title('"\\ud800"'), "is not JSON|surrogate", "2"),
    Case("lone low surrogate", title('"\\udc00x"'), "is not JSON|surrogate", "2"),
    Case("surrogates the wrong way round", title('"\\udc00\\ud800"'), "is not JSON|surrogate", "2"),
    Case("a tab in a text", title('"a\tb"'), "is not JSON", "2"),
    Case("a line end in a text", title('"a\nb"'), "is not JSON", "2"),
    Case("CR as line end", GOOD.strip() + "\r" + GOOD.strip() + "\r", "is not JSON", "1"),
    Case("cut, after a byte order mark", "\ufeff" + GOOD + '{"id":', "is not JSON", "2"),
    Case("byte order mark on the second line", GOOD + "\ufeff" + GOOD, "is not JSON", "2"),
    Case("no-break space before a record", GOOD + "\xa0" + GOOD, "is not JSON", "2"),
    Case("NUL before a record", GOOD + "\0" + GOOD, "is not JSON|NUL", "2"),
    Case("NUL in a text", title('"a\0b"'), "is not JSON|NUL", "2"),
    Case("NUL after a record", GOOD + GOOD[:-1] + "\0\n", "is not JSON|NUL", "2"),
    Case("UTF-16", GOOD.encode("utf-16"), "is not JSON|UTF-8|utf-8", "1"),
    Case("cp1252", (GOOD + title('"Année"')).encode("cp1252"), "UTF-8|utf-8|JSON", "3"),
    Case(
        "half of a surrogate pair in bytes",
        title('"@"').encode().replace(b"@", b"\xed\xa0\x80"),
        "UTF-8|utf-8|JSON",
        "2",
    ),
    Case(
        "overlong UTF-8", title('"@"').encode().replace(b"@", b"\xc0\xaf"), "UTF-8|utf-8|JSON", "2"
    ),
    Case("record separators", "\x1e" + GOOD, "is not JSON", "1"),
    # depth and size
    Case(
        "51 arrays in one another",
        lambda: line('"x":' + "[" * 51 + "]" * 51),
        "no field|deeper|nests",
        "2",
    ),
    Case(
        "51 objects in one another",
        lambda: line('"x":' + '{"a":' * 51 + "1" + "}" * 51),
        "no field|deeper|nests",
        "2",
    ),
    Case(
        "a hundred thousand arrays",
        lambda: GOOD + "[" * 100_000 + "]" * 100_000 + "\n",
        "is a list|JSON|deep",
        "2",
    ),
    Case("half a million open brackets", lambda: GOOD + "[" * 500_000, "is a list|JSON|deep", "2"),
    Case(
        "a deep value of a known field",
        lambda: line('"values":' + '{"title":' * 5_000 + "1" + "}" * 5_000),
        "is a list|JSON|deep",
        "2",
    ),
    Case(
        "line longer than the limit",
        lambda: GOOD + '{"kind":"' + "x" * 1_048_576 + '"}\n' + GOOD,
        "longer than 1,048,576 bytes",
        "2",
    ),
    Case(
        "long line without an end",
        lambda: GOOD + "x" * 1_048_577,
        "longer than 1,048,576 bytes",
        "2",
    ),
    Case(
        "long blank line",
        lambda: GOOD + " " * 1_048_577 + "\n" + GOOD,
        "longer than 1,048,576 bytes",
        "2",
    ),
    Case(
        "very many keys",
        lambda: line(",".join(f'"k{n}":1' for n in range(60_000))),
        "no field “k0” here",
        "2 k0",
    ),
    Case(
        "very many equal keys",
        lambda: line(",".join(['"k":1'] * 60_000)),
        "twice|no field",
        "2",
    ),
    Case(
        "very many escapes",
        lambda: line('"x":"' + "\\u0041" * 100_000 + '"'),
        "no field",
        "2 x",
    ),
    # what JSON leaves open
    Case("key twice", line('"id":"V47-806"'), "'id' twice", "2"),
    Case("key twice with one value", line('"id":"V47-805"'), "'id' twice", "2"),
    Case("key twice, once with an escape", line('"\\u0069d":"V47-805"'), "'id' twice", "2"),
    Case("key twice inside", line('"values":{"title":{"fr":"a","fr":"b"}}'), "'fr' twice", "2"),
    Case(
        "number of 5,000 digits",
        lambda: line('"format":' + "1" * 5_000),
        "cannot stand|JSON|digits",
        "2",
    ),
    Case("number beyond any float", line('"format":1e999'), "cannot stand|JSON|range", "2"),
    Case("number with a fraction", line('"format":1.5'), MISFIT, "2 format"),
    Case("negative number", line('"format":-1'), MISFIT, "2 format"),
    Case("escaped NUL", title('"a\\u0000b"'), "U+0000", "2 values.title.fr"),
    Case("escaped bell", title('"a\\u0007b"'), "U+0007", "2 values.title.fr"),
    Case("escaped backspace", title('"a\\bb"'), "U+0008", "2 values.title.fr"),
    Case("escaped right-to-left override", title('"a\\u202eb"'), "U+202E", "2 values.title.fr"),
    Case("right-to-left override", title('"a\u202eb"'), "U+202E", "2 values.title.fr"),
    Case(
        "isolate in a list",
        line('"sources":[{"page":"%s","identifier":"\u2066","language":"fr"}]' % ("0" * 64)),
        "U+2066",
        "2 sources[0].identifier",
    ),
    Case("line separator", title('"a\u2028b"'), "U+2028", "2 values.title.fr"),
    Case("noncharacter", title('"a\\uffffb"'), "U+FFFF", "2 values.title.fr"),
    # the form of a record
    Case("array", GOOD + "[]\n", MISFIT, "2"),
    Case("text", GOOD + '"V47-805"\n', MISFIT, "2"),
    Case("number", GOOD + "1\n", MISFIT, "2"),
    Case("null", GOOD + "null\n", MISFIT, "2"),
    Case("empty object", GOOD + "{}\n", "kind is missing", "2 kind"),
    Case("no id", GOOD + '{"kind":"project"}\n', "id is missing", "2 id"),
    Case("kind as a number", GOOD + '{"kind":1,"id":"A"}\n', MISFIT, "2 kind"),
    Case("unknown kind", GOOD + '{"kind":"projet","id":"A"}\n', MISFIT, "2 kind"),
    Case("id as a number", GOOD + '{"kind":"project","id":5}\n', MISFIT, "2 id"),
    Case("id as null", GOOD + '{"kind":"project","id":null}\n', MISFIT, "2 id"),
    Case("id that walks out", GOOD + '{"kind":"project","id":"../x"}\n', MISFIT, "2 id"),
    Case("format as a text", line('"format":"2"'), MISFIT, "2 format"),
    Case("format as true", line('"format":true'), MISFIT, "2 format"),
    Case("unknown field", line('"colour":"red"'), "no field “colour” here", "2 colour"),
    Case(
        "unknown field inside",
        line('"values":{"colour":"red"}'),
        "no field “colour” here",
        "2 values.colour",
    ),
    Case("title as null", title("null"), MISFIT, "2 values.title.fr"),
    Case("empty title", title('""'), MISFIT, "2 values.title.fr"),
    Case(
        "title in an unknown language",
        line('"values":{"title":{"deutsch":"x"}}'),
        MISFIT,
        "2 values.title.deutsch",
    ),
    Case(
        "year as a number",
        line('"values":{"startYear":2004}'),
        MISFIT,
        "2 values.startYear",
    ),
    Case(
        "budget as a number",
        line('"values":{"budget":{"value":1.5,"currency":"USD"}}'),
        MISFIT,
        "2 values.budget.value",
    ),
    Case(
        "wrong state among states",
        line('"values":{"beneficiary":["ALB","x"]}'),
        MISFIT,
        "2 values.beneficiary[1]",
    ),
    Case(
        "state as an object",
        line('"values":{"beneficiary":[{}]}'),
        MISFIT,
        "2 values.beneficiary[0]",
    ),
    Case("sources as an object", line('"sources":{}'), MISFIT, "2 sources"),
    Case(
        "span of fractions",
        line(
            '"sources":[{"page":"%s","identifier":"p","language":"fr","values":[{"property":"title","span":[0.5,1]}]}]'
            % ("0" * 64)
        ),
        MISFIT,
        "2 sources[0].values[0].span[0]",
    ),
    Case("faults after many sound lines", lambda: GOOD * 5_000 + "{\n", "is not JSON", "5001"),
)

REFERENCE = (
    Case("a list", "[]\n", MISFIT, "1"),
    Case("cut off", entry('"iso3":"AAA"')[:-3], "is not JSON", "2"),
    Case("no type", '{"id":"st:AAA"}\n', "type is missing", "1 type"),
    Case("id as a number", '{"id":4,"type":"State"}\n', MISFIT, "1 id"),
    Case("unknown field", entry('"colour":"red"'), "no field “colour” here", "2 colour"),
    Case(
        "name as a text",
        entry('"prefLabel":{"fr":"Albanie"}'),
        MISFIT,
        "2 prefLabel.fr",
    ),
    Case(
        "name in an unknown language",
        entry('"prefLabel":{"de":{"text":"x"}}'),
        MISFIT,
        "2 prefLabel.de",
    ),
    Case("empty name", entry('"prefLabel":{"fr":{"text":""}}'), MISFIT, "2 prefLabel.fr.text"),
    Case(
        "name without a text",
        entry('"prefLabel":{"fr":{}}'),
        "text is missing",
        "2 prefLabel.fr.text",
    ),
    Case("names as one", entry('"altLabel":{"fr":{"text":"x"}}'), MISFIT, "2 altLabel.fr"),
    Case(
        "a wrong name among names",
        entry('"altLabel":{"fr":[{"text":"x"},1]}'),
        MISFIT,
        "2 altLabel.fr[1]",
    ),
    Case("key twice", entry('"id":"st:AAB"'), "'id' twice", "2"),
    Case(
        "bidi character in a name",
        entry('"prefLabel":{"fr":{"text":"a\\u202eb"}}'),
        "U+202E",
        "2 prefLabel.fr.text",
    ),
    Case("wider areas as a text", entry('"broader":"unarea:001"'), MISFIT, "2 broader"),
    Case("match as a text", entry('"exactMatch":["wd:Q1"]'), MISFIT, "2 exactMatch[0]"),
    Case("mention as a text", entry('"mention":"no"'), MISFIT, "2 mention"),
    Case("code as a number", entry('"m49":8'), MISFIT, "2 m49"),
    Case("sources as a list", entry('"sources":[]'), MISFIT, "2 sources"),
    Case(
        "line longer than the limit",
        lambda: entry('"iso2":"' + "x" * 1_048_576 + '"'),
        "longer than 1,048,576 bytes",
        "2",
    ),
    Case("no text at all", b"\x80\x81", "is not JSON", "1"),
    Case(
        "key that looks like a path",
        entry('"sources":{"[...]":["x",1]}'),
        MISFIT,
        "2 sources.[...][1]",
    ),
    Case("the last of very many keys twice", lambda: entry(many(60_000)), "'z' twice", "2"),
    Case("a long key over many values", lambda: entry(long_key()), MISFIT, "2"),
    Case("key with a dot", entry('"sources":{"a.b":["x",1]}'), MISFIT, "2 sources.a.b[1]"),
    Case(
        "the last of very many",
        lambda: entry('"broader":[' + '"unarea:002",' * 70_000 + "1]"),
        MISFIT,
        "2 broader[70000]",
    ),
)
