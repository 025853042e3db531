"""Forty questions that want to end the engine, eat the machine, or reach a server on loopback."""

_CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l ."
_TEN = " ".join(f"{number}" for number in range(10))
_MANY = " ".join(f"VALUES ?v{number} {{ {_TEN} }}" for number in range(9))


def _doubled(times: int) -> str:
    """A text that is made twice as long, again and again."""
    steps = " ".join(f"BIND(CONCAT(?t{step}, ?t{step}) AS ?t{step + 1})" for step in range(times))
    return f"BIND('0123456789abcdef' AS ?t0) {steps}"


#: Questions by name; `{server}` stands for the address of the server.
HOSTILE_QUESTIONS = {
    # nested too deep
    "calls": "ASK { FILTER(" + "STR(" * 5000 + "1" + ")" * 5000 + " = '1') }",
    "braces": "ASK " + "{" * 9000 + "}" * 9000,
    "open braces": "SELECT * " + "{" * 9000,
    "brackets": "ASK { FILTER(" + "(" * 9000 + "1" + ")" * 9000 + ") }",
    "open brackets": "ASK { FILTER(" + "(" * 9000,
    "sums": "SELECT (1" + "+1" * 300_000 + " AS ?n) {}",
    "negations": "ASK { FILTER(" + "!" * 50_000 + "true) }",
    "collections": "ASK { ?s ?p " + "(" * 9000 + ")" * 9000 + " }",
    "blank nodes": "ASK { ?s ?p " + "[ ?p " * 9000 + "1" + "]" * 9000 + " }",
    "subqueries": "SELECT * {" * 4000 + "}" * 4000,
    "optionals": "ASK {" + "OPTIONAL {" * 5000 + "}" * 5000 + "}",
    "unions": "ASK {" + "{} UNION " * 50_000 + "{}}",
    "paths": "ASK { ?s " + "(" * 9000 + "<x:p>" + ")*" * 9000 + " ?o }",
    "quoted triples": "ASK { ?s ?p " + "<<( ?s ?p " * 5000 + "1" + ")>>" * 5000 + " }",
    # too much work
    "cross product": f"SELECT * {{ {_CROSS} }}",
    "counted cross product": f"SELECT (COUNT(*) AS ?n) {{ {_CROSS} }}",
    "sorted cross product": f"SELECT * {{ {_CROSS} }} ORDER BY ?a ?f ?i",
    "distinct cross product": f"SELECT DISTINCT ?a ?f ?i {{ {_CROSS} }} LIMIT 1 OFFSET 99999999",
    "constructed cross product": f"CONSTRUCT {{ ?a ?e ?i }} {{ {_CROSS} }}",
    "described cross product": f"DESCRIBE ?a ?d ?g {{ {_CROSS} }}",
    "filtered cross product": f"ASK {{ {_CROSS} FILTER(STRLEN(STR(?a)) < 0) }}",
    "subtracted cross product": f"ASK {{ {_CROSS} MINUS {{ ?a ?b ?c . ?d ?e ?f }} }}",
    "all paths": "SELECT (COUNT(*) AS ?n) { ?a (!<x:p>)* ?b . ?c (!<x:q>|^!<x:q>)* ?d }",
    "values": f"SELECT (COUNT(*) AS ?n) {{ {_MANY} }}",
    "rows": f"SELECT * {{ {_MANY} }}",
    "patterns": f"ASK {{ {_CROSS} FILTER(REGEX(STR(?c), '(a*)*(b*)*(c*)*$')) FILTER(?a = 1) }}",
    "large pattern": "ASK { FILTER(REGEX('a', '" + "(a{1000}){1000}" * 50 + "')) }",
    # too much memory
    "doubled text": f"SELECT (STRLEN(?t40) AS ?n) {{ {_doubled(40)} }}",
    "doubled row": f"SELECT * {{ {_doubled(30)} }}",
    "joined texts": f"SELECT (GROUP_CONCAT(STR(?a); separator='|') AS ?t) {{ {_CROSS} }}",
    "grouped": f"SELECT ?a ?f ?i (COUNT(*) AS ?n) {{ {_CROSS} }} GROUP BY ?a ?f ?i",
    "longest": "ASK { FILTER(1 IN (" + ",".join(["1"] * 400_000) + ")) }",
    # another server
    "service": "SELECT * { SERVICE <{server}> { ?s ?p ?o } }",
    "silent service": "SELECT * { SERVICE SILENT <{server}> { ?s ?p ?o } }",
    "service by variable": "SELECT * { BIND(<{server}> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "service by prefix": "PREFIX x: <{server}> ASK { FILTER(1<5)SERVICEx:{} }",
    "service behind a comment": "ASK { FILTER(1<5)SERVICE#>\n<{server}> {} }",
    "service below": "ASK { FILTER NOT EXISTS { { SELECT * { sErViCe <{server}> {} } } } }",
    # what is fetched elsewhere
    "graphs": "SELECT * FROM <{server}> FROM NAMED <{server}x> { ?s ?p ?o GRAPH ?g { ?s ?p ?o } }",
    "update": "LOAD <{server}>",
}
