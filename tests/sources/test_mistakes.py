"""Usual mistakes in records, each told in plain words in three languages: where it is, and what to
do; and none of it in the words of a parser, or of a pattern.
"""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.inspect import Metadata, StrType, StructType, type_info

from idfgraph.model.entries import Alias, Entry, FieldLabel, Phrase
from idfgraph.model.errors import BadInput
from idfgraph.model.records import Dataset, Record
from idfgraph.model.text import LANGUAGES
from idfgraph.sources.records import read_record
from idfgraph.sources.records.form import to_form
from idfgraph.sources.records.form_words import FORM_WORDS

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "mistakes.yaml").read_text("utf-8")
)
PATTERN = re.compile(r"\^\[|\(\?|\\[dswW]|\[0-9\]|\[A-Z|\{[0-9]|\)\$")
PARSER = re.compile(
    "token|mapping|scalar|sequence|block end|expected|Expected|stream|flow|regex|Invalid|`str`"
)


def told(text: str, path: Path) -> list[dict[str, str]]:
    """What is said of a text as a record: its place, then in each language."""
    path.write_text(text, "utf-8", newline="")
    try:
        read_record(path)
    except BadInput as error:
        return [{"at": _at(one), **one.said} for one in (error, *error.others)]
    return []


def _at(error: Any) -> str:
    place = error.place
    return f"{place.line}:{place.column} {place.field}".strip()


def test_mistakes_are_many() -> None:
    assert len(CASES["mistakes"]) >= 150


@pytest.mark.parametrize("number", range(len(CASES["mistakes"])))
def test_each_mistake_is_told(number: int, tmp_path: Path) -> None:
    case = CASES["mistakes"][number]
    assert case["was"] in CASES["record"]
    text = CASES["record"].replace(case["was"], case["now"], 1)
    assert told(text, tmp_path / "r.yaml") == case["told"]
    for one in case["told"]:
        line = re.match("[0-9]+:[0-9]+", one["at"])
        assert line, "each has its line"
        for language in LANGUAGES:
            assert not PATTERN.search(one[language]), one[language]
            assert not PARSER.search(one[language]), one[language]
            assert ";" in one[language] or ":" in one[language], "says what to do"


@pytest.mark.parametrize(
    "slip", ["\tstatus: x", "status:x", "status: [x", "status: 'x", " status: x", "status"]
)
def test_what_follows_from_a_slip_is_not_told(slip: str, tmp_path: Path) -> None:
    """Nor what stands below it: no one knows how it would be read."""
    text = CASES["record"].replace("status: active", slip, 1)
    text = text.replace("[px]", "[nonsense X").replace("PX.0220", "not an id")
    (one,) = told(text, tmp_path / "r.yaml")
    assert one["at"].startswith("13:")


def test_no_message_holds_a_pattern() -> None:
    source = Path(__file__).parents[2] / "src" / "idfgraph" / "model" / "locale"
    for catalogue in source.glob("*/LC_MESSAGES/*.po"):
        for line in catalogue.read_text("utf-8").splitlines():
            assert not re.search(r"\^\[|\\\\d|\[0-9\]|\(\?[:!=]", line), line


def _texts(form: Any, path: str, seen: set[Any]) -> Iterator[tuple[str, str]]:
    """The texts of a form that have a pattern, with where they stand."""
    form = form.type if isinstance(form, Metadata) else form
    if isinstance(form, StrType) and form.pattern:
        yield path, form.pattern
    if isinstance(form, StructType) and form.cls not in seen:
        seen.add(form.cls)
        for one in form.fields:
            yield from _texts(one.type, f"{path}.{one.encode_name}", seen)
    inner = (getattr(form, name, None) for name in ("item_type", "key_type", "value_type"))
    several = (getattr(form, name, ()) for name in ("types", "item_types"))
    for one in (*filter(None, inner), *chain.from_iterable(several)):
        yield from _texts(one, path, seen)


@pytest.mark.parametrize("form", [Record, Dataset, Entry, Alias, Phrase, FieldLabel])
def test_each_form_of_a_text_is_called_by_its_name(form: Any) -> None:
    """None is told as `a text`, of which anything that is written is one."""
    found = dict(_texts(type_info(form), "", set()))
    assert not [path for path, pattern in found.items() if pattern not in FORM_WORDS]


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("Fiji", "write st:FJI (Fiji)"),
        ("république de moldova", "write st:MDA (Republic of Moldova)"),
        ("Fidj", "did you mean st:FJI (Fiji)?"),
        ("xyzzy", "write it as in st:FJI"),
    ],
)
def test_a_name_is_told_the_id_of_its_entry(said: str, what: str) -> None:
    with pytest.raises(ValueError, match=re.escape(what)):
        to_form({"alias": "x", "lang": "en", "id": said, "why": "x"}, Alias, texts=True)
