"""YAML that is refused: what YAML can and records do not use, what is no YAML, and what does not
fit the form.
"""

from .case import MISFIT, NOT_YAML, Case, unusable

BASE = "format: 2\nkind: project\nid: V47-805\n"
SHA = "0123456789abcdef" * 4
SOURCE = f"sources:\n- page: {SHA}\n  identifier: p\n  language: fr\n  "
DECISION = {
    "property": "status",
    "value": "active",
    "why": "{en: Seen}",
    "evidence": "[https://iom.int/x]",
    "by": "A",
    "on": "2026-01-01",
}


def after(text: str) -> str:
    """A record with more lines; the first of them is line 4."""
    return BASE + text


def value(text: str) -> str:
    """A record with a value, on line 5."""
    return f"{BASE}values:\n  {text}\n"


def source(text: str) -> str:
    """A record with a source and one more field of it, on line 8."""
    return f"{BASE}{SOURCE}{text}\n"


def capture(text: str) -> str:
    """A record with one captured value, on line 9."""
    return source(f"values:\n  - {{{text}}}")


def decision(**changed: str | None) -> str:
    """A record with one decision, a field of it another or left out."""
    fields = {key: text for key, text in (DECISION | changed).items() if text is not None}
    lines = [
        f"{'  ' if number else '- '}{key}: {text}\n"
        for number, (key, text) in enumerate(fields.items())
    ]
    return f"{BASE}decisions:\n{''.join(lines)}"


def deep_flow() -> str:
    """A thousand lists in one another."""
    return value(f"title: {'[' * 1_000}x{']' * 1_000}")


def long_keys() -> str:
    """Mappings in one another, each with a long key."""
    return "".join(f"{' ' * number}{'k' * 1_000}:\n" for number in range(45))


CASES = (
    # the file
    unusable("empty", b"", "is empty"),
    unusable("only white space", b" \n\t\r\n ", "is empty"),
    unusable(
        "larger than the limit", lambda: after("# " + "x" * 1_048_576), "larger than 1,048,576"
    ),
    unusable("a NUL", after("values: \0\n"), "is a binary file"),
    unusable("UTF-16 with its mark", lambda: BASE.encode("utf-16"), "is a binary file"),
    unusable("UTF-16 without a mark", lambda: BASE.encode("utf-16-be"), "is a binary file"),
    unusable("UTF-32", lambda: BASE.encode("utf-32"), "is a binary file"),
    unusable("cp1252", lambda: value("title: {fr: Année}").encode("cp1252"), "UTF-8", "5"),
    unusable("half of a surrogate pair", BASE.encode() + b"x: \xed\xa0\x80\n", "UTF-8", "4"),
    unusable("overlong UTF-8", BASE.encode() + b"x: \xc0\xaf\n", "UTF-8", "4"),
    unusable("cut in a character", BASE.encode() + b"x: \xe2\x82", "UTF-8", "4"),
    # characters that hide
    Case("bell", value("title: {fr: a\x07b}"), "U+0007", "5:16"),
    Case("escape sequence of a terminal", value("title: {fr: a\x1b[31mb}"), "U+001B", "5:16"),
    Case("right-to-left override", value("title: {fr: a\u202eb}"), "U+202E", "5:16"),
    Case("isolate", value("title: {fr: a\u2066b}"), "U+2066", "5:16"),
    Case("line separator", value("title: {fr: a\u2028b}"), "U+2028", "5:16"),
    Case("noncharacter", value("title: {fr: a\uffffb}"), "U+FFFF", "5:16"),
    Case("delete", value("title: {fr: a\x7fb}"), "U+007F", "5:16"),
    Case("bidi character in a comment", after("# a\u202eb\n"), "U+202E", "4:4"),
    Case("escaped NUL", value(r'title: {fr: "a\0b"}'), "U+0000", "5:15 values.title.fr"),
    Case("escaped bell", value(r'title: {fr: "a\ab"}'), "U+0007", "5:15 values.title.fr"),
    Case(
        "escaped right-to-left override",
        value(r'title: {fr: "a\u202Eb"}'),
        "U+202E",
        "5:15 values.title.fr",
    ),
    Case(
        "escaped lone surrogate",
        value(r'title: {fr: "a\ud800b"}'),
        "U+D800",
        "5:15 values.title.fr",
    ),
    Case("escaped line separator", value(r'title: {fr: "a\Lb"}'), "U+2028", "5:15 values.title.fr"),
    Case("escape beyond Unicode", value(r'title: {fr: "a\UFFFFFFFFb"}'), NOT_YAML),
    # what YAML can, and records do not use
    Case("anchor", value("title: &a {fr: x}"), "begins with * or &", "5:10 values.title"),
    Case(
        "anchor on a text", value("title: {fr: &a x}"), "begins with * or &", "5:15 values.title.fr"
    ),
    Case("alias", value("title: *a"), "begins with * or &", "5:10 values.title"),
    Case("alias as a key", value("*a : x"), "a key that is no plain name", "5:3 values"),
    Case(
        "billions of laughs",
        after("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"),
        "begins with * or &",
        "4:4 a",
    ),
    Case("anchor that holds itself", after("a: &a [*a]\n"), "begins with * or &", "4:4 a"),
    Case(
        "merge key", value("<<: {startYear: '2000'}"), "a key that is no plain name", "5:3 values"
    ),
    Case("quoted merge key", value('"<<": x'), "a key that is no plain name", "5:3 values"),
    Case(
        "tag of Python",
        value("title: !!python/object/apply:os.system [ls]"),
        "uses the tag",
        "5:10 values.title",
    ),
    Case("tag of a text", value("title: {fr: !!str x}"), "uses the tag", "5:15 values.title.fr"),
    Case(
        "tag of one's own", value("title: !mine {fr: x}"), "uses the tag !mine", "5:10 values.title"
    ),
    Case(
        "tag that says nothing", value("title: {fr: ! x}"), "uses the tag !", "5:15 values.title.fr"
    ),
    Case("tag on a key", value("!!str title: {fr: x}"), "uses the tag", "5:3 values"),
    Case(
        "verbatim tag",
        value("title: {fr: !<tag:x,2000:y> x}"),
        "uses the tag",
        "5:15 values.title.fr",
    ),
    Case("tag with an unknown handle", value("title: {fr: !x!y z}"), NOT_YAML, "5:15"),
    Case("binary", value("title: {fr: !!binary AAAA}"), "uses the tag", "5:15 values.title.fr"),
    Case("set", value("title: !!set {fr}"), "uses the tag", "5:10 values.title"),
    Case("directive of another version", f"%YAML 2.0\n---\n{BASE}", NOT_YAML, "1:1"),
    Case("directive twice", f"%YAML 1.1\n%YAML 1.1\n---\n{BASE}", NOT_YAML, "2:1"),
    Case("directive without a document", "%YAML 1.1\n", NOT_YAML, "1:10"),
    Case("tag directive that is none", f"%TAG x\n---\n{BASE}", NOT_YAML, "1:6"),
    Case("two documents", f"{BASE}---\n{BASE}", "second document", "4:1"),
    Case("a document after the end", f"{BASE}...\n{BASE}", NOT_YAML, "5:1"),
    Case("comments only", "# nothing\n# at all\n", "is empty", "1"),
    Case("list as a key", value("? [a, b]\n  : x"), "a key that is no plain name", "5:5 values"),
    Case("mapping as a key", value("? {a: b}\n  : x"), "a key that is no plain name", "5:5 values"),
    Case("flow mapping as a key", value("{a: b}: x"), "a key that is no plain name", "5:3 values"),
    Case("key without a value", value("? title"), "has no value", "6:1 values.title"),
    Case("value without a key", value(": x"), NOT_YAML, "5:3"),
    Case("nothing after the colon", value("title:"), "has no value", "5 values.title"),
    Case(
        "nothing in a list",
        value("beneficiary:\n  -\n  - ALB"),
        "has no value",
        "6 values.beneficiary[0]",
    ),
    Case("key twice", after("id: V47-806\n"), "stands twice", "4:1 id"),
    Case("key twice, once in quotes", after("'id': V47-806\n"), "stands twice", "4:1 id"),
    Case(
        "key twice in a flow mapping",
        value("title: {fr: a, fr: b}"),
        "stands twice",
        "5:18 values.title.fr",
    ),
    Case("key twice, once with an escape", after('"\\x69d": V47-806\n'), "stands twice", "4:1 id"),
    Case("tilde as nothing", after("values: ~\n"), MISFIT, "4:1 values"),
    # depth and size
    Case(
        "51 lists in one another",
        lambda: after("x: " + "[" * 51 + "y" + "]" * 51 + "\n"),
        "deeper than 50",
        "4",
    ),
    Case(
        "51 mappings in one another",
        lambda: "".join(" " * n + "a:\n" for n in range(51)) + " " * 51 + "b: c\n",
        "deeper than 50",
        "52",
    ),
    Case("a thousand lists in one another", deep_flow, "deeper than 50", "5"),
    Case("half a million open brackets", lambda: "[" * 500_000, "deeper than 50", "1"),
    Case("half a million open braces", lambda: "{" * 500_000, "a key that is no plain name", "1:2"),
    Case(
        "a hundred thousand dashes on a line", lambda: "- " * 100_000 + "x", "deeper than 50", "1"
    ),
    Case(
        "a hundred thousand question marks",
        lambda: "? " * 100_000,
        "a key that is no plain name",
        "1",
    ),
    Case(
        "as many keys as fit",
        lambda: "".join(f"k{n}: v\n" for n in range(90_000)),
        "more than 50000 keys and values",
        "25000:9",
    ),
    Case("one very long key", lambda: "k" * 1_000_000 + ": v\n", NOT_YAML, "1"),
    Case("one very long text", lambda: "x" * 1_000_000, MISFIT, "1"),
    Case("a very long text over many lines", lambda: "x\n" * 400_000, MISFIT, "1"),
    Case("very many blank lines", lambda: BASE + "\n" * 1_000_000 + "x\n", NOT_YAML),
    Case("a very long comment, then a fault", lambda: "#" * 1_000_000 + "\n[", NOT_YAML),
    Case("very many spaces", lambda: BASE + " " * 1_000_000 + "x: y\n", NOT_YAML),
    Case(
        "a very long list",
        lambda: BASE + "sources: [" + "x," * 250_000 + "]\n",
        "more than 50000 keys and values",
        "4",
    ),
    Case(
        "very many quotes",
        lambda: BASE + "x: " + "'" * 500_000 + "\n",
        "no field “x” here",
        "4:1 x",
    ),
    Case(
        "very many escapes",
        lambda: BASE + 'x: "' + "\\n" * 250_000 + '"\n',
        "no field “x” here",
        "4:1 x",
    ),
    Case(
        "a very long tag", lambda: BASE + f"x: !{'a' * 500_000} y\n", "uses the tag !aaa", "4:4 x"
    ),
    Case(
        "a long key over many values",
        lambda: f"? {'k' * 500_000}\n: [{'x,' * 40_000}]\n",
        "a key that is too long",
        "1:3",
    ),
    Case(
        "long keys in one another",
        lambda: long_keys() + " " * 45 + f"[{'x,' * 45_000}]\n",
        "a key that is too long",
        "2:2",
    ),
    Case(
        "very many anchors",
        lambda: "".join(f"- &a{n} x\n" for n in range(50_000)),
        "begins with * or &",
        "1:3 [0]",
    ),
    # what is no YAML
    Case("tab as indentation", after("values:\n\ttitle: x\n"), NOT_YAML, "5:1"),
    Case("unterminated quote", value('title: {fr: "x}'), NOT_YAML, "5:15"),
    Case("unterminated apostrophe", value("title: {fr: 'x}"), NOT_YAML, "5:15"),
    Case("unknown escape", value(r'title: {fr: "\q"}'), NOT_YAML, "5:15"),
    Case("escape cut off", value(r'title: {fr: "\x4"}'), NOT_YAML, "5:15"),
    Case("bracket that is not closed", value("beneficiary: [ALB"), NOT_YAML, "5:16"),
    Case("brace that is not closed", value("title: {fr: x"), NOT_YAML, "5:10"),
    Case("bracket that closes nothing", value("title: ]"), NOT_YAML, "5:10"),
    Case("comma at the beginning", value("title: ,"), NOT_YAML, "5:10"),
    Case("two colons", value("title: fr: x"), NOT_YAML, "5:10"),
    Case("wrong indentation", value("title:\n    fr: a\n   en: b"), NOT_YAML, "7:4"),
    Case("text after a quotation", value('title: {fr: "a" b}'), NOT_YAML, "5:15"),
    Case("list and mapping mixed", after("- x\n"), NOT_YAML, "4:1"),
    Case("reserved character", value("title: {fr: @x}"), NOT_YAML, "5:15"),
    Case("backquote", value("title: {fr: `x`}"), NOT_YAML, "5:15"),
    Case("percent sign", value("title: %x"), NOT_YAML, "5:10"),
    Case("block text with a wrong header", value("title: |x\n    y"), NOT_YAML, "5:10"),
    Case("block text with indentation 0", value("title: |0\n    y"), NOT_YAML, "5:10"),
    Case("byte order mark inside", after("\ufeffvalues: {}\n"), "no field"),
    Case("JSON that is cut off", '{"format": 2, "kind": "project"', NOT_YAML, "1"),
    Case("a page", "Titre du projet\nUne phrase.\n", MISFIT, "1:1"),
    # what does not fit the form of a record
    Case("a list", f"- {SHA}\n", MISFIT, "1:1"),
    Case("a text", "V47-805\n", MISFIT, "1:1"),
    Case("no kind", "format: 2\nid: V47-805\n", "kind is missing", "1:1 kind"),
    Case("unknown kind", BASE.replace("project", "projet"), MISFIT, "2:1 kind"),
    Case("kind as a list", BASE.replace("project", "[project]"), MISFIT, "2:1 kind"),
    Case("no id", "format: 2\nkind: project\n", "id is missing", "1:1 id"),
    Case("empty id", BASE.replace("V47-805", "''"), MISFIT, "3:1 id"),
    Case("id with a slash", BASE.replace("V47-805", "a/b"), MISFIT, "3:1 id"),
    Case("id with two dots", BASE.replace("V47-805", ".."), MISFIT, "3:1 id"),
    Case("id with a space", BASE.replace("V47-805", "V47 805"), MISFIT, "3:1 id"),
    Case("id with a line end", BASE.replace("V47-805", '"V47-805\\n"'), MISFIT, "3:1 id"),
    Case("id that is too long", lambda: BASE.replace("V47-805", "x" * 5_000), MISFIT, "3:1 id"),
    Case("format 3", BASE.replace("2", "3", 1), MISFIT, "1:1 format"),
    Case("format 1.5", BASE.replace("2", "1.5", 1), MISFIT, "1:1 format"),
    Case(
        "format of 5,000 digits",
        lambda: BASE.replace("2", "1" * 5_000, 1),
        MISFIT,
        "1:1 format",
    ),
    Case(
        "unknown field of a record", after("colour: red\n"), "no field “colour” here", "4:1 colour"
    ),
    Case(
        "key in snake case",
        value("start_year: '2000'"),
        "no field “start_year” here",
        "5:3 values.start_year",
    ),
    Case("key in another script", value("titlе: {fr: x}"), "no field", "5:3"),
    Case("values as a list", after("values: [x]\n"), MISFIT, "4:1 values"),
    Case("values as a text", after("values: x\n"), MISFIT, "4:1 values"),
    Case("title as a text", value("title: x"), MISFIT, "5:3 values.title"),
    Case(
        "title in an unknown language",
        value("title: {deutsch: x}"),
        MISFIT,
        "5:11 values.title.deutsch",
    ),
    Case("empty title", value("title: {fr: ''}"), MISFIT, "5:11 values.title.fr"),
    Case("title as a list", value("title: {fr: [x]}"), MISFIT, "5:11 values.title.fr"),
    Case("year of three digits", value("startYear: '200'"), MISFIT, "5:3 values.startYear"),
    Case("year in other digits", value("startYear: '٢٠٠٤'"), MISFIT, "5:3 values.startYear"),
    Case("year with a line end", value('startYear: "2004\\n"'), MISFIT, "5:3 values.startYear"),
    Case("codes as a text", value("projectType: px"), MISFIT, "5:3 values.projectType"),
    Case(
        "a wrong code among codes",
        value("projectType: [px, X Y]"),
        MISFIT,
        "5:21 values.projectType[1]",
    ),
    Case("status in capitals", value("status: ACTIVE"), MISFIT, "5:3 values.status"),
    Case("budget as a number", value("budget: 100"), MISFIT, "5:3 values.budget"),
    Case(
        "budget without a currency",
        value("budget: {value: '1'}"),
        "currency is missing",
        "5:3 values.budget.currency",
    ),
    Case(
        "budget in euros",
        value("budget: {value: '1', currency: EUR}"),
        MISFIT,
        "5:24 values.budget.currency",
    ),
    Case(
        "budget with a comma",
        value("budget: {value: '1,5', currency: USD}"),
        MISFIT,
        "5:12 values.budget.value",
    ),
    Case(
        "budget that is infinite",
        value("budget: {value: .inf, currency: USD}"),
        MISFIT,
        "5:12 values.budget.value",
    ),
    Case(
        "budget of 13 digits",
        value("budget: {value: '1000000000000', currency: USD}"),
        MISFIT,
        "5:12 values.budget.value",
    ),
    Case(
        "state in small letters",
        value("beneficiary: [alb]"),
        MISFIT,
        "5:17 values.beneficiary[0]",
    ),
    Case(
        "state in two letters",
        value("beneficiary: [ALB, AL]"),
        MISFIT,
        "5:22 values.beneficiary[1]",
    ),
    Case(
        "a mapping as a state",
        value("beneficiary: [{ALB: x}]"),
        MISFIT,
        "5:17 values.beneficiary[0]",
    ),
    Case(
        "a programme's field on a project",
        value("hasPart: ['1']"),
        "no field “hasPart” here",
        "5:3 values.hasPart",
    ),
    Case(
        "count with a leading zero",
        value("result: [{count: '01', measure: x}]").replace("project", "programme"),
        MISFIT,
        "5:13 values.result[0].count",
    ),
    Case(
        "partner without a role",
        value("association: [{agent: iom}]").replace("project", "programme"),
        "role is missing",
        "5:17 values.association[0].role",
    ),
    Case(
        "values on a page without id",
        after("values: {}\n").replace("project", "page"),
        "no field “values” here",
        "4:1 values",
    ),
    # sources
    Case("sources as a mapping", after("sources: {a: b}\n"), MISFIT, "4:1 sources"),
    Case("a text as a source", after("sources: [x]\n"), MISFIT, "4:11 sources[0]"),
    Case(
        "source without a page",
        after("sources:\n- identifier: p\n  language: fr\n"),
        "has no page, and cites no document",
        "5:3 sources[0]",
    ),
    Case(
        "page of 63 digits",
        source("url: https://iom.int/").replace(SHA, SHA[1:]),
        MISFIT,
        "5:3 sources[0].page",
    ),
    Case(
        "page in capitals",
        source("url: https://iom.int/").replace(SHA, SHA.upper()),
        MISFIT,
        "5:3 sources[0].page",
    ),
    Case(
        "source in an unknown language",
        source("encoding: x").replace("language: fr", "language: pt"),
        MISFIT,
        "7:3 sources[0].language",
    ),
    Case("address that runs", source("url: javascript:alert(1)"), MISFIT, "8:3 sources[0].url"),
    Case("address of a file", source("url: file:///etc/passwd"), MISFIT, "8:3 sources[0].url"),
    Case("address with a space", source("url: https://iom.int/a b"), MISFIT, "8:3 sources[0].url"),
    Case(
        "address with angle brackets",
        source("url: https://iom.int/<x>"),
        MISFIT,
        "8:3 sources[0].url",
    ),
    Case(
        "address that is too long",
        lambda: source("url: https://iom.int/" + "x" * 2_000),
        MISFIT,
        "8:3 sources[0].url",
    ),
    Case(
        "address with a bad escape",
        source("url: https://iom.int/%zz"),
        MISFIT,
        "8:3 sources[0].url",
    ),
    Case(
        "capture without a property",
        capture("text: x"),
        "property is missing",
        "9:5 sources[0].values[0].property",
    ),
    Case(
        "capture of a bad property",
        capture("property: a b"),
        MISFIT,
        "9:6 sources[0].values[0].property",
    ),
    Case(
        "capture twice",
        source(
            "values:\n  - {property: title, text: a, span: [0, 1]}\n"
            "  - {property: title, text: b, span: [1, 2]}"
        ),
        "captures title twice",
        "5:3 sources[0]",
    ),
    Case(
        "span of one number",
        capture("property: title, text: x, span: [1]"),
        MISFIT,
        "9:32 sources[0].values[0].span",
    ),
    Case(
        "span below zero",
        capture("property: title, text: x, span: [-1, 2]"),
        MISFIT,
        "9:39 sources[0].values[0].span[0]",
    ),
    Case(
        "span beyond any page",
        capture("property: title, text: x, span: [1, 99999999]"),
        MISFIT,
        "9:42 sources[0].values[0].span[1]",
    ),
    Case(
        "span of words",
        capture("property: title, text: x, span: [a, b]"),
        MISFIT,
        "9:39 sources[0].values[0].span[0]",
    ),
    Case(
        "span of 5,000 digits",
        lambda: capture(f"property: title, text: x, span: [1, {'9' * 5_000}]"),
        MISFIT,
        "9:42 sources[0].values[0].span[1]",
    ),
    Case(
        "unknown remark",
        source("remarks: [{issue: odd, property: title}]"),
        MISFIT,
        "8:14 sources[0].remarks[0].issue",
    ),
    # decisions and review
    Case(
        "decision on no property",
        decision(property="colour"),
        "cannot stand here; write one of allocationYear, beneficiary, budget",
        "5:3 decisions[0].property",
    ),
    Case(
        "decision without a value",
        decision(value=None),
        "value is missing",
        "5:3 decisions[0].value",
    ),
    Case("decision for an empty list", decision(value="[]"), MISFIT, "6:3 decisions[0].value"),
    Case(
        "decision without evidence",
        decision(evidence=None),
        "evidence is missing",
        "5:3 decisions[0].evidence",
    ),
    Case(
        "decision with no evidence in it",
        decision(evidence="[]"),
        MISFIT,
        "8:3 decisions[0].evidence",
    ),
    Case(
        "evidence that is no address",
        decision(evidence="[a book]"),
        MISFIT,
        "8:14 decisions[0].evidence[0]",
    ),
    Case(
        "decision for no reason",
        decision(why="{}", by=None),
        "by is missing",
        "5:3 decisions[0].by",
    ),
    Case("reason as a text", decision(why="Seen"), MISFIT, "7:3 decisions[0].why"),
    Case("decision in the 13th month", decision(on="2026-13-01"), MISFIT, "10:3 decisions[0].on"),
    Case(
        "decision with a time",
        decision(on="2026-01-01T10:00:00Z"),
        MISFIT,
        "10:3 decisions[0].on",
    ),
    Case("decision by nobody", decision(by="''"), MISFIT, "9:3 decisions[0].by"),
    Case(
        "review without a day",
        after("reviewed: [{by: A}]\n"),
        "on is missing",
        "4:12 reviewed[0].on",
    ),
    Case(
        "review of short digits",
        after("reviewed: [{by: A, on: 2026-01-01, values: abc}]\n"),
        MISFIT,
        "4:36 reviewed[0].values",
    ),
    Case("review as in format 1", after("reviewed: {by: A}\n"), MISFIT, "4:1 reviewed"),
    Case("review as a switch", after("reviewed: true\n"), MISFIT, "4:1 reviewed"),
)
