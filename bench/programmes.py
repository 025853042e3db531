"""How well pages of programmes are read: right, wrong and missed facts of a folder of pages.

    python bench/programmes.py bench/programmes/unseen

The folder has pages (`NAME.txt`) and `expected.yaml`: for each name what is expected. Facts are
what becomes content; suggestions are not counted.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from idfgraph.graph.setting import Setting, linked, prepare
from idfgraph.sources.pages import read_page

Fact = tuple[str, str]


def read(setting: Setting, page: Path) -> frozenset[Fact]:
    """The facts that are content of a page."""
    record = read_page(page, programme="p", prose=setting.reference.prose.read).record
    return frozenset(_facts(linked(setting, record).node))


def expected(said: Mapping[str, object]) -> frozenset[Fact]:
    """The facts that a page of `expected.yaml` should give."""
    return frozenset(_expected(said))


def _facts(node: Mapping[str, object]) -> Iterator[Fact]:
    yield from (("title", text) for text in _mapping(node.get("title")).values())
    for one in _list(node.get("association")):
        yield str(one["role"]), str(one["agent"]).removeprefix("ag:")
    for kind, property_ in (("start", "startYear"), ("end", "endYear"), ("coverage", "coverage")):
        if node.get(property_):
            yield kind, str(node[property_])
    states = node.get("targetsGovernmentOf")
    yield from (("state", str(state)) for state in (states if isinstance(states, list) else ()))
    budget = _mapping(node.get("budget")).get("value")
    if budget:
        yield "budget", budget.split(".")[0]
    yield from (("result", f"{one['measure']}={one['count']}") for one in _list(node.get("result")))
    yield from (("phase", str(one["phaseNumber"])) for one in _list(node.get("hasPart")))


def _expected(said: Mapping[str, object]) -> Iterator[Fact]:
    for kind in ("title", "coverage", "budget"):
        if kind in said:
            yield kind, str(said[kind])
    years = said.get("years")
    for kind, year in zip(("start", "end"), years if isinstance(years, list) else (), strict=False):
        if year:
            yield kind, str(year)
    several = {"funding": "funding", "implementing": "implementing", "states": "state"}
    for key, kind in {**several, "phases": "phase"}.items():
        values = said.get(key)
        yield from ((kind, str(value)) for value in (values if isinstance(values, list) else ()))
    results = said.get("results")
    for measure, count in (results if isinstance(results, dict) else {}).items():
        yield "result", f"{measure}={count}"


def _mapping(value: object) -> Mapping[str, str]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> Iterable[Mapping[str, object]]:
    return value if isinstance(value, list) else ()


def main() -> None:
    """Prints the facts that are wrong or missed, and a table by kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    pages = yaml.safe_load((folder / "expected.yaml").read_text("utf-8"))
    setting = prepare([])
    counts = {"right": Counter[str](), "wrong": Counter[str](), "missed": Counter[str]()}
    for name, said in pages.items():
        found, wanted = read(setting, folder / f"{name}.txt"), expected(said)
        sorts = {"right": found & wanted, "wrong": found - wanted, "missed": wanted - found}
        for sort, facts in sorts.items():
            counts[sort].update(kind for kind, _ in facts)
            if facts and sort != "right":
                print(name, sort, *(f"{kind}={value}" for kind, value in sorted(facts)))
    right, wrong, missed = (counts[sort].total() for sort in counts)
    print(f"\n{'kind':14}" + "".join(f"{sort:>8}" for sort in counts))
    for kind in sorted(set().union(*counts.values())):
        print(f"{kind:14}" + "".join(f"{counts[sort][kind]:8}" for sort in counts))
    print(f"{'all':14}{right:8}{wrong:8}{missed:8}")
    print(
        f"precision {right / (right + wrong or 1):.3f}, recall {right / (right + missed or 1):.3f}"
    )


if __name__ == "__main__":
    main()
