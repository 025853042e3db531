"""The language of a page, and that of each text in it."""

from collections.abc import Iterator

from ...model.fields import VALUES
from ...model.records import Capture, Record, Source
from ...model.text import Language, ours
from ...model.tongues import endonym, language_in, likely, spoken
from .issues import FOREIGN, PERHAPS, Issue
from .meanings import PrintedCapture

#: Properties whose values are texts, each in a language.
TEXTS = frozenset(field.name for field in VALUES if field.kind == "texts")


def language_of(record: Record, source: Source) -> Language:
    """The language of a page: its own, unless a person decided another of ours.

    Such a decision is about the pages that it gives as evidence, or about all of the record's where
    it gives none of them. It is about title and narrative too, which have their own language
    otherwise.
    """
    return ours(_decided(record, source)) or source.language


def language_shown(source: Source) -> str:
    """The language that a page is said to be in: where it has no label that is known, and so none
    in a language of ours, that of all its texts, if these tell one that is none of ours.

    >>> title = Capture(property="title", text="Поддержка управления миграцией")
    >>> language_shown(Source(page="0" * 64, identifier="a", language="en", values=(title,)))
    'ru'
    """
    known = [capture for capture in source.values if capture.property != "unknown"]
    texts = (one for one in known if one.property in TEXTS and one.text)
    told = {_marked(one) or spoken(one.text or "") for one in texts}
    tongue = told.pop() if len(told) == 1 and not any(one.label for one in known) else ""
    return source.language if ours(tongue) else tongue or source.language


def _decided(record: Record, source: Source) -> str:
    """The language that a person decided, be it one of ours or not; empty where nobody did."""
    for decision in record.decisions:
        if decision.property == "language" and isinstance(decision.value, str):
            about = {page.url for page in record.sources if page.url in decision.evidence}
            if not about or source.url in about:
                return language_in(decision.value)
    return ""


def language_of_text(text: str, capture: Capture, record: Record, source: Source) -> str:
    """The language of a text of a page: what a person decided, else what the page says of the text
    itself, else what its words tell, else the page's.
    """
    return _decided(record, source) or _marked(capture) or spoken(text) or source.language


def in_other_words(printed: PrintedCapture, property_: str, source: Source) -> Iterator[Issue]:
    """An issue where a text is, or may be, in another language than its page, or in one that is not
    read here.
    """
    if property_ not in TEXTS:
        return
    told, page = printed.tag, source.language
    if told != page and told == language_shown(source):
        yield Issue("other-language", property_, words=(endonym(told),), message=FOREIGN)
    elif told != page:
        yield Issue("other-language", property_, words=(endonym(told), endonym(page)))
    elif (said := _doubted(printed)) not in ("", page):
        words = (endonym(said), endonym(page))
        yield Issue("other-language", property_, words=words, message=PERHAPS)


def _doubted(printed: PrintedCapture) -> str:
    """The language that words speak for without telling it, where nothing else does."""
    told = _marked(printed.capture) or spoken(printed.text)
    return "" if told else likely(printed.text)


def _marked(capture: Capture) -> str:
    """The language that the page gives to a text itself: a text has no label whose it could be."""
    return "" if capture.label else capture.label_language or ""
