"""Words that no list has: gathered from all records, and each told as one finding."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..graph.resolve import CodeNames, Coined
from ..graph.setting import Setting
from ..model.errors import Place
from ..model.findings import Finding, Result
from ..model.provisional_codes import scheme_and_code
from ..model.text import LANGUAGES, Language, Texts, chosen, ngettext
from ..model.vocab import SH
from ..sources.origin import Origin
from .shacl import shape_words

#: The shape that no provisional code fits; engines tell of it once a shard, this file once.
_SHAPE = "shapes/concept#on-a-list"

#: How many places of one code are told.
_SHOWN = 10


class CodeUse(NamedTuple):
    """Who has a provisional code: how many records print it or have it decided, in how many it is
    doubted, and some of their places.
    """

    records: int = 0
    doubted: int = 0
    places: tuple[Place, ...] = ()


class ProvisionalCodes:
    """The provisional codes of all records, as they are gathered shard by shard."""

    def __init__(self) -> None:
        self.names = CodeNames()
        self.uses: dict[str, CodeUse] = defaultdict(CodeUse)

    def note(self, found: Iterable[Coined], origins: Mapping[str, Origin]) -> None:
        """Takes note of the codes of records; `origins` is where each record is, by its id."""
        for one in found:
            self.names.add([one])
            records, doubted, places = self.uses[one.code]
            origin = origins.get(one.record.partition(":")[2])
            if one.doubted and origin and len(places) < _SHOWN:
                decided = origin.signed("decisions", one.doubted)
                places = (*places, decided or origin.place(one.doubted))
            self.uses[one.code] = CodeUse(records + 1, doubted + bool(one.doubted), places)

    def findings(self, setting: Setting) -> Iterator[Finding]:
        """A finding for each code that is doubted, with the number of records that have it."""
        shape = f"{setting.base}{_SHAPE}"
        names = shape_words(tuple(setting.words.shapes.values()))[shape].names
        for code, (_, doubted, places) in sorted(self.uses.items()):
            if doubted:
                focus = setting.mapper.iri(code)[1:-1]
                said: Texts = {name: self._said(setting, code, doubted, name) for name in LANGUAGES}
                result = Result(
                    "Warning",
                    shape,
                    focus,
                    "",
                    f"<{focus}>",
                    f"{SH}NotConstraintComponent",
                    "",
                    names,
                    said,
                )
                first, *others = places or (Place(),)
                yield Finding(result, first, tuple(others))

    def _said(self, setting: Setting, code: str, number: int, language: Language) -> str:
        """That so many records have a word that no list has."""
        scheme, name = scheme_and_code(code)
        word, _ = chosen({tag: texts[0] for tag, texts in self.names.names(code).items()}, language)
        return ngettext(
            "“{word}” ({list}) is on no list: {number} record has it, as the code {code}.",
            "“{word}” ({list}) is on no list: {number} records have it, as the code {code}.",
            number,
            language,
            word=word,
            list=setting.reference.label(f"code:{scheme}", language),
            code=name,
        )


def is_told_apart(result: Result) -> bool:
    """Whether a result is one of those that this file tells once for all records.

    >>> is_told_apart(Result("Warning", "x:shapes/concept#on-a-list", "", "", "", "", "", {}, {}))
    True
    """
    return result.shape.endswith(_SHAPE)
