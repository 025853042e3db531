"""The language of a page, and that of each text in it."""

from collections.abc import Iterator, Mapping

from ...model.fields import VALUES
from ...model.records import Record, Source
from ...model.text import LANGUAGES, Language
from ...model.tongues import doubted, endonym, spoken
from .issues import PERHAPS, Issue
from .meanings import PrintedCapture

#: Properties whose values are texts, each in a language.
TEXTS = frozenset(field.name for field in VALUES if field.kind == "texts")

_LANGUAGES: Mapping[str, Language] = {language: language for language in LANGUAGES}


def language_of(record: Record, source: Source) -> Language:
    """The language of a page: its own, unless a person decided another.

    Such a decision is about the pages that it gives as evidence, or about all of the record's where
    it gives none of them. It is about title and narrative too, which have their own language
    otherwise.
    """
    return _decided(record, source) or source.language


def _decided(record: Record, source: Source) -> Language | None:
    addresses = {page.url for page in record.sources if page.url}
    for decision in record.decisions:
        about = addresses.intersection(decision.evidence)
        if (
            decision.property == "language"
            and (not about or source.url in about)
            and isinstance(decision.value, str)
        ):
            return _LANGUAGES.get(decision.value)
    return None


def language_of_text(text: str, record: Record, source: Source) -> Language:
    """The language of a text of a page: its own where that is told and nobody decided it, else the
    page's.
    """
    return _decided(record, source) or spoken(text) or source.language


def in_other_words(printed: PrintedCapture, property_: str, source: Source) -> Iterator[Issue]:
    """An issue where a text is, or may be, in another language than its page."""
    if property_ not in TEXTS:
        return
    told, page = printed.language, source.language
    if told != page:
        yield Issue("other-language", property_, words=(endonym(told), endonym(page)))
    elif likely := doubted(printed.text, page):
        words = (endonym(likely), endonym(page))
        yield Issue("other-language", property_, words=words, message=PERHAPS)
