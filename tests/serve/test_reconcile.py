"""Names matched to things of a release, asked for as OpenRefine asks."""

import json
import re
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlencode

import pytest
from support.reconciling import ADDRESS, Refine, publish_all, rows
from support.served import Served, served

from idfgraph.model.iris import BASE
from idfgraph.model.layout import JSON_LD
from idfgraph.serve.reconcile.reconcile_requests import NameQuery
from idfgraph.serve.reconcile.reconciler import Reconciler
from idfgraph.serve.reconcile.release_things import local_id, read_things
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

#: What is asked of the answers: the share that is right at the first place, and how many of those
#: that the service is sure of may be wrong.
RIGHT, WRONG = 0.96, 0


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_all(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def server(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("serve")
    with served(release, folder, "--base", ADDRESS, "--workers", "1") as found:
        yield found


@pytest.fixture(scope="module")
def refine(server: Served) -> Refine:
    return Refine(server)


def query(name: str, type_: str = "") -> dict[str, object]:
    return {"query": name, "type": type_, "limit": 3} if type_ else {"query": name, "limit": 3}


def test_names_are_matched_to_what_they_mean(
    refine: Refine, capsys: pytest.CaptureFixture[str]
) -> None:
    names = rows("names.tsv")
    found = refine.match([query(name, type_) for _, type_, _, name in names])
    pairs = list(zip(names, found, strict=True))
    missed = [(name, said[:1]) for name, said in pairs if not said or said[0]["id"] != name[2]]
    sure = [(name, said[0]) for name, said in pairs if said and said[0]["match"]]
    wrong = [(name, one) for name, one in sure if one["id"] != name[2]]
    with capsys.disabled():
        right = len(names) - len(missed)
        sys.stdout.write(
            f"\n{len(names)} names: {right} right at the first place ({right / len(names):.1%}); "
            f"sure of {len(sure)} (recall {(len(sure) - len(wrong)) / len(names):.1%}), of which "
            f"{len(wrong)} wrong (precision {1 - len(wrong) / len(sure):.1%})\n"
        )
    assert len(names) >= 200
    assert len(missed) <= (1 - RIGHT) * len(names), missed
    assert len(wrong) <= WRONG, wrong


def test_names_of_others_are_not_matched(refine: Refine) -> None:
    names = rows("apart.tsv")
    found = refine.match([query(name, type_) for _, type_, _, name in names])
    for (why, _, other, name), said in zip(names, found, strict=True):
        sure = [one["id"] for one in said if one["match"]]
        assert len(sure) <= 1
        assert not sure or (other not in {"*", sure[0]}), (why, name, sure)


def test_states_are_known_by_the_names_that_the_un_has(refine: Refine) -> None:
    text = (Path(__file__).parents[1] / "data" / "country-names.tsv").read_text("utf-8")
    names = [line.split("\t") for line in text.splitlines()]
    found = refine.match([query(name, "State") for _, _, name, _ in names], 50)
    for (_, _, name, code), said in zip(names, found, strict=True):
        assert (said[0]["id"], said[0]["match"]) == (f"id/state/{code}", True), name


@pytest.mark.parametrize("is_typed", [True, False])
@pytest.mark.parametrize("has_all", [True, False])
def test_no_known_name_is_taken_for_another_thing(
    release: Path, published: Path, *, has_all: bool, is_typed: bool
) -> None:
    """Each name of each state and organisation that we know, whether the release has it or not."""
    dump = (release if has_all else published) / JSON_LD
    reconciler = Reconciler(read_things(dump.read_bytes()), BASE)
    for entry in read_reference(resources.REFERENCE).entries:
        kind = {"st": "State", "ag": "Organization"}.get(entry.id.partition(":")[0])
        labels = (*entry.pref_label.values(), *chain(*entry.alt_label.values()))
        for name in {label.text for label in labels} if kind else ():
            asked = NameQuery(query=name, type=kind if is_typed else None, limit=1)
            sure = [one.thing.id for one in reconciler.candidates(asked) if one.match]
            assert not sure or sure == [local_id(entry.id)], name
            assert sure or not is_typed or local_id(entry.id) not in reconciler.by_id, name


def test_a_column_is_matched_and_others_are_added(refine: Refine) -> None:
    """As people do it: choose a type, match, propose columns, add some."""
    cells = [
        "Mise en place d'une unité de soutien à la gestion des migrations en Albanie",
        "PX.0220",
    ]
    types = refine.at(refine.manifest["suggest"]["type"], "suggestions", prefix="proj")["result"]
    assert [one["id"] for one in types] == ["Project", "code/status", "code/type"]
    found = refine.match([query(cell, types[0]["id"]) for cell in cells])
    ids = [said[0]["id"] for said in found]
    assert [said[0]["match"] for said in found] == [True, True]
    place = refine.manifest["extend"]["propose_properties"]
    proposed = refine.at(place, "proposals", type="Project", limit=30)["properties"]
    assert {"title", "beneficiary", "budget", "status"} <= {one["id"] for one in proposed}
    few = refine.at(place, "proposals", type="State", limit=2)["properties"]
    assert len(few) == 2
    told = refine.extend(ids, *({"id": one["id"]} for one in proposed))
    assert list(told["rows"]) == ids
    row = told["rows"]["id/project/V47-805"]
    assert row["beneficiary"] == [{"id": "id/state/ALB", "name": "Albania"}]
    assert row["status"] == [{"id": "code/status-completed", "name": "Completed"}]
    assert row["projectId"] == [{"str": "V47-805"}]
    assert row["startYear"] == []
    (budget,) = row["budget"]
    assert isinstance(budget["float"], float)
    (head,) = [one for one in told["meta"] if one["id"] == "beneficiary"]
    assert head == {
        "id": "beneficiary",
        "name": "beneficiary",
        "type": {"id": "State", "name": "State or area"},
    }
    states = [cell["id"] for cell in row["beneficiary"]]
    codes = refine.extend(states, {"id": "m49"}, {"id": "iso2"})["rows"]["id/state/ALB"]
    assert codes == {"m49": [{"str": "008"}], "iso2": [{"str": "AL"}]}


def test_values_are_told_as_is_wished(refine: Refine) -> None:
    id_ = "id/project/V57-805"
    forms = {
        "linked": {"id": "id/state/BLZ", "name": "Belize"},
        "name": {"str": "Belize"},
        "code": {"str": "BLZ"},
        "iri": {"str": f"{BASE}id/state/BLZ"},
    }
    for form, cell in forms.items():
        column = {"id": "beneficiary", "settings": {"limit": "1", "labels": form}}
        assert refine.extend([id_], column)["rows"][id_]["beneficiary"] == [cell]
    whole = refine.extend([id_, "id/project/none"], {"id": "beneficiary"}, {"id": "no-such"})
    assert len(whole["rows"][id_]["beneficiary"]) == 8
    assert whole["rows"]["id/project/none"] == {"beneficiary": [], "no-such": []}


def test_properties_tell_namesakes_apart(refine: Refine) -> None:
    name = "Renforcement des capacités de lutte contre la traite des personnes"
    wishes: list[tuple[str, object, str]] = [
        ("beneficiary", "Guinée", "XX.0003"),
        ("beneficiary", {"id": "id/state/GNB", "name": "Guinea-Bissau"}, "XX.0004"),
        ("beneficiary", ["Guinea-Bissau"], "XX.0004"),
        ("startYear", 2009, "XX.0003"),
        ("startYear", "2012", "XX.0004"),
    ]
    for pid, value, id_ in wishes:
        asked = {**query(name, "Project"), "properties": [{"pid": pid, "v": value}]}
        ((first, second, *_),) = refine.match([asked])
        assert (first["id"], first["score"], first["match"]) == (f"id/project/{id_}", 100, True)
        assert second["score"] <= 75
        assert not second["match"]
        assert {"id": pid, "value": True} in first["features"]
    both = {**query(name, "Project"), "properties": [{"pid": "fundRegion", "v": "Afrique"}]}
    ((first, second, *_),) = refine.match([both])
    assert (first["score"], second["score"], first["match"]) == (100, 100, False)
    other = {**query(name, "Project"), "properties": [{"pid": "fundRegion", "v": "Europe"}]}
    assert not [one for one in refine.match([other])[0] if one["match"] or one["score"] > 75]
    alone = {"type": "Project", "limit": 9, "properties": [{"pid": "beneficiary", "v": "Dominica"}]}
    (found,) = refine.match([alone])
    assert "id/project/XX.0006" in {one["id"] for one in found}
    assert not [one for one in found if one["match"]]


def test_a_number_is_the_code_that_it_is_with_zeros_before_it(refine: Refine) -> None:
    same: list[object] = [8, 8.0, "8", "008", ["x", 8]]
    others: list[object] = [80, 0, "", 8.5, True, None]
    for value in same:
        wish = {"pid": "m49", "v": value}
        ((first, *_),) = refine.match([{**query("Albania", "State"), "properties": [wish]}])
        assert (first["id"], first["score"], first["match"]) == ("id/state/ALB", 100, True), value
    for value in others:
        wish = {"pid": "m49", "v": value}
        ((first, *_),) = refine.match([{**query("Albania", "State"), "properties": [wish]}])
        assert (first["score"], first["match"]) == (50, False), value


def test_names_that_share_letters_by_chance_are_not_like_each_other(refine: Refine) -> None:
    """Short names, names that no source has, acronyms: in three languages."""
    apart = {
        "Holland": "POL", "Hollande": "POL", "England": "FIN", "Scotland": "POL", "Persia": "RUS",
        "Perse": "PER", "Siam": "SUR", "CAR": "QAT", "PRC": "CAF", "EAU": "BLR", "KSA": "USA",
        "Holanda": "UGA", "Nyasaland": "FIN", "Abyssinia": "ALB", "Bechuanaland": "THA",
    }  # fmt: skip
    found = refine.match([query(name, "State") for name in apart])
    for (name, other), said in zip(apart.items(), found, strict=True):
        assert f"id/state/{other}" not in {one["id"] for one in said}, name
    slips = {"Preu": "PER", "Cuab": "CUB", "Libia": "LBY", "Sloveina": "SVN", "Camerún": "CMR"}
    found = refine.match([query(name, "State") for name in slips])
    for (name, code), said in zip(slips.items(), found, strict=True):
        assert said[0]["id"] == f"id/state/{code}", name
    ((first, *others),) = refine.match([query("Republic of China", "State")])
    assert first["id"] == "id/state/CHN"
    assert all(one["score"] < 85 for one in others)


def test_properties_are_proposed_for_a_type_that_there_is(refine: Refine) -> None:
    place, suggest = refine.manifest["extend"]["propose_properties"], refine.manifest["suggest"]
    everything = refine.at(place, "proposals")["properties"]
    assert {"projectId", "m49", "notation"} <= {one["id"] for one in everything}
    for type_ in ("zzz", "code/zzz", "state"):
        assert refine.at(place, "proposals", type=type_)["properties"] == []
        assert refine.at(suggest["property"], "suggestions", type=type_)["result"] == []
    listed = refine.at(place, "proposals", type="code/status")["properties"]
    assert "notation" in {one["id"] for one in listed}


@pytest.mark.parametrize(
    ("language", "amount", "names"),
    [
        ("en", "USD\u00a049,997.00", "Moldova, Moldavie (fr), Moldavia (es)"),
        ("fr", "49\u202f997,00\u00a0USD", "Moldova, Moldavie, Moldavia (es)"),
        ("es", "49.997,00\u00a0USD", "Moldova, Moldavie (fr), Moldavia"),
    ],
)
def test_a_preview_is_in_one_language(
    server: Served, language: str, amount: str, names: str
) -> None:
    def shown(id_: str) -> str:
        return server.ask("GET", f"/{language}/reconcile/preview?id={id_}").body.decode()

    assert amount in shown("id/project/V47-805")
    assert names in shown("id/state/MDA")


def test_types_are_kept_to(refine: Refine) -> None:
    for type_, strict, kinds in (
        ("Organization", "any", {"Organization"}),
        (["Organization", "State"], "any", {"Organization", "State"}),
        (f"{BASE}def#State", "any", {"State"}),
        (["code/status", "Concept"], "all", {"Concept"}),
        ("no-such", "any", set()),
    ):
        asked = {
            "query": "Government of Albania",
            "type": type_,
            "type_strict": strict,
            "limit": 50,
        }
        (found,) = refine.match([asked])
        assert {one["type"][-1]["id"] for one in found} <= kinds
    (found,) = refine.match([{"query": "Albania", "type": "Organization", "type_strict": "should"}])
    assert (found[0]["id"], found[0]["score"], found[0]["match"]) == ("id/state/ALB", 75, False)


def test_no_more_are_told_than_are_wished(refine: Refine) -> None:
    for limit, most in ((1, 1), (2.0, 2), (None, 10), (1_000_000, 100)):
        asked = {"query": "Government", "limit": limit}
        (found,) = refine.match([{k: v for k, v in asked.items() if v is not None}])
        assert len(found) <= most
        assert [one["score"] for one in found] == sorted((o["score"] for o in found), reverse=True)


def test_each_language_has_its_service(server: Served) -> None:
    names = {}
    for tag, name in {"en": "Moldova", "fr": "Moldova", "es": "Moldova"}.items():
        spoken = Refine(server, f"/{tag}/reconcile")
        ((first, *_),) = spoken.match([query(name, "State")])
        names[tag] = first["name"], first["type"][0]["name"]
        assert spoken.manifest["preview"]["url"].endswith(f"/{tag}/reconcile/preview?id={{{{id}}}}")
        lang = json.loads(server.ask("GET", f"/reconcile?lang={tag}").body)
        assert lang["suggest"] == Refine(server, "/reconcile").manifest["suggest"] or tag != "en"
        assert lang["name"] == spoken.manifest["name"]
    assert names == {
        "en": ("Republic of Moldova", "State or area"),
        "fr": ("République de Moldova", "État ou zone"),
        "es": ("República de Moldova", "Estado o zona"),
    }


def test_what_is_typed_is_completed(refine: Refine) -> None:
    entity = refine.manifest["suggest"]["entity"]
    for prefix, first in (
        ("mold", "id/state/MDA"),
        ("Moldova", "id/state/MDA"),
        ("V47", "id/project/V47-805"),
        ("id/state/ALB", "id/state/ALB"),
        ("guinea b", "id/state/GNB"),
    ):
        found = refine.at(entity, "suggestions", prefix=prefix)["result"]
        assert found[0]["id"] == first, prefix
    pages = [refine.at(entity, "suggestions", prefix="s", cursor=at)["result"] for at in (0, 10)]
    assert [len(page) for page in pages] == [10, 10]
    assert not {one["id"] for one in pages[0]} & {one["id"] for one in pages[1]}
    typed = refine.at(entity, "suggestions", prefix="s", type="Organization")["result"]
    assert {one["notable"][0]["id"] for one in typed} == {"Organization"}
    property_ = refine.manifest["suggest"]["property"]
    found = refine.at(property_, "suggestions", prefix="start")["result"]
    assert [one["id"] for one in found] == ["startYear"]
    assert len(refine.at(refine.manifest["suggest"]["type"], "suggestions")["result"]) == 10


def test_a_thing_is_shown_and_led_to(refine: Refine) -> None:
    for id_ in ("id/state/MDA", "id/project/V47-805", "code/status-active", "id/org/undp"):
        for whole in (id_, f"{BASE}{id_}"):
            address = refine.manifest["preview"]["url"].replace("{{id}}", quote(whole, safe=""))
            shown = refine.page(address)
            assert shown.status == 200
            assert shown.headers["content-type"] == "text/html; charset=utf-8"
            policy = shown.headers["content-security-policy"]
            assert policy.startswith("default-src 'none'")
            assert "frame-ancestors" not in policy
            assert "<script" not in shown.body.decode()
            view = refine.manifest["view"]["url"].replace("{{id}}", quote(whole, safe=""))
            led = refine.page(view)
            assert (led.status, led.headers["location"]) == (303, f"/{id_}")
    for id_ in ("", "id/state/XXX", "../../etc/passwd", "<script>", "catalog", "//example.org"):
        for where in ("preview", "view"):
            place = refine.manifest[where]["url"].replace("{{id}}", quote(id_, safe=""))
            answer = refine.page(place)
            assert answer.status == 404
            assert answer.headers["content-type"].startswith("text/plain")


def test_a_batch_can_be_asked_for_by_get(refine: Refine, server: Served) -> None:
    asked = urlencode({"queries": json.dumps({"q0": {"query": "Moldova"}})})
    answer = server.ask("GET", f"/reconcile?{asked}")
    assert refine.read("results", answer)["q0"]["result"][0]["id"] == "id/state/MDA"
    told = {"If-None-Match": answer.headers["etag"]}
    assert server.ask("GET", f"/reconcile?{asked}", told).status == 304
    head = server.ask("HEAD", "/reconcile")
    assert (head.status, head.body) == (200, b"")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 400),
        ({"queries": "["}, 400),
        ({"queries": "[]"}, 400),
        ({"queries": "null"}, 400),
        ({"queries": '"x"'}, 400),
        ({"queries": '{"q": []}'}, 400),
        ({"queries": '{"q": {"query": 5}}'}, 400),
        ({"queries": '{"q": {"query": "x", "limit": 0}}'}, 400),
        ({"queries": '{"q": {"query": "x", "limit": -1}}'}, 400),
        ({"queries": '{"q": {"query": "x", "limit": 1e999}}'}, 400),
        ({"queries": '{"q": {"query": "x", "type_strict": "maybe"}}'}, 400),
        ({"queries": '{"q": {"query": "x", "properties": [{"pid": 1, "v": 2}]}}'}, 400),
        ({"queries": '{"q": {"query": "\\ud800"}}'}, 400),
        ({"queries": "[" * 100_000}, 400),
        ({"queries": '{"q": {"query": "x", "properties": [{"pid": "a", "v": ' + "[" * 90_000}, 400),
        ({"queries": json.dumps({f"q{n}": {"query": "x"} for n in range(101)})}, 413),
        ({"queries": json.dumps({"q": {"query": "x" * 1_001}})}, 413),
        ({"queries": "x" * (1 << 20)}, 413),
        ({"queries": json.dumps({"q": {"properties": [{"pid": "m49", "v": ["x"] * 1_001}]}})}, 413),
        ({"queries": json.dumps({"q": {"query": "x", "type": ["x"] * 51}})}, 413),
        ({"extend": "{}"}, 400),
        ({"extend": '{"ids": [1], "properties": []}'}, 400),
        ({"extend": json.dumps({"ids": ["x"] * 1_001, "properties": []})}, 413),
        ({"extend": json.dumps({"ids": [], "properties": [{"id": "x"}] * 51})}, 413),
        ({f"f{n}": "x" for n in range(17)}, 400),
        ({"queries": "{}"}, 200),
        ({"queries": '{"q": {"query": ""}}'}, 200),
        ({"queries": '{"q": {"query": "\\u0000 \\u202e"}}'}, 200),
        ({"queries": '{"q": {"query": "%s"}}' % ("é " * 500)}, 200),
        ({"queries": '{"": {"query": "x", "unknown": {"a": [1]}}}'}, 200),
        (
            {"queries": '{"q": {"query": "x", "properties": [{"pid": "", "v": {"a": [null]}}]}}'},
            200,
        ),
        ({"extend": '{"ids": [], "properties": []}'}, 200),
        (
            {"extend": '{"ids": ["x"], "properties": [{"id": "m49", "settings": {"limit": -3}}]}'},
            200,
        ),
        (
            {"extend": '{"ids": ["x"], "properties": [{"id": "m49", "settings": {"limit": []}}]}'},
            200,
        ),
    ],
)
def test_what_cannot_be_answered_is_told(
    server: Served, fields: dict[str, str], status: int
) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = server.ask("POST", "/reconcile", kind, urlencode(fields).encode())
    assert answer.status == status, answer.body[:300]
    assert answer.headers["access-control-allow-origin"] == "*"
    if status != 200:
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.body.count(b"\n") == 1
        assert len(answer.body) < 400


def test_requests_of_other_kinds_are_refused(server: Served) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for told, body, status in (
        ({"Content-Type": "application/json"}, b"{}", 415),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x--", 415),
        ({**form, "Content-Encoding": "gzip"}, b"x", 415),
        (form, b"queries=%ff", 400),
        (form, b"queries=\xff", 400),
        ({}, b"queries=%7B%7D", 415),
    ):
        assert server.ask("POST", "/reconcile", told, body).status == status
    for method, path, allow in (
        ("PUT", "/reconcile", "GET, HEAD, POST, OPTIONS"),
        ("POST", "/fr/reconcile/suggest/entity", "GET, HEAD, OPTIONS"),
    ):
        answer = server.ask(method, path, {}, b"")
        assert (answer.status, answer.headers["allow"]) == (405, allow)
        answer = server.ask("OPTIONS", path)
        assert (answer.status, answer.headers["access-control-allow-methods"]) == (204, allow)
    for path in ("/reconcile/suggest/entity?cursor=-1", "/reconcile/properties?limit=x"):
        assert server.ask("GET", path).status == 400
    assert server.ask("GET", f"/reconcile/suggest/entity?prefix={'x' * 1_001}").status == 400
    assert server.ask("GET", "/de/reconcile").status == 404


def test_much_that_is_asked_at_a_time_is_answered_or_told_to_wait(refine: Refine) -> None:
    statuses: list[int] = []

    def ask() -> None:
        answer = refine.posted(queries={f"q{n}": query(f"Government of {n}") for n in range(100)})
        statuses.append(answer.status)

    threads = [Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {200} <= {*statuses} <= {200, 503}


def test_what_is_asked_is_counted_under_one_name(server: Served) -> None:
    text = server.ask("GET", "/metrics").body.decode()
    routes = {*re.findall(r'route="([^"]*)"', text)}
    assert "reconcile" in routes
    assert not [route for route in routes if "/" in route]
