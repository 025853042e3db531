"""Pages for people: each document as HTML in three languages, with who says so, and the pages that
lead to them.
"""

from .ask_here import MOST, answers_here
from .ask_page import (
    PARAMETER_LABELS,
    AskAnswer,
    AskCell,
    AskedQuestion,
    AskField,
    AskView,
    Refusal,
    desk_page,
)
from .content import BrowserLoad, Catalogue, Download, Site, read_catalogue
from .engine import engine_files
from .frame import Framing, own_words
from .ingredients import Ingredients, MadeOf, shared_by_pages
from .narratives import narratives_of
from .outlines import Outline, Outlines, read_outlines
from .passages import DocumentEvidence, EvidenceView, Passage
from .site import Pages
from .term_cells import NAMES, Reader, names_query, read_names, resource

__all__ = [
    "MOST",
    "NAMES",
    "PARAMETER_LABELS",
    "AskAnswer",
    "AskCell",
    "AskField",
    "AskView",
    "AskedQuestion",
    "BrowserLoad",
    "Catalogue",
    "DocumentEvidence",
    "Download",
    "EvidenceView",
    "Framing",
    "Ingredients",
    "MadeOf",
    "Outline",
    "Outlines",
    "Pages",
    "Passage",
    "Reader",
    "Refusal",
    "Site",
    "answers_here",
    "desk_page",
    "engine_files",
    "names_query",
    "narratives_of",
    "own_words",
    "read_catalogue",
    "read_names",
    "read_outlines",
    "resource",
    "shared_by_pages",
]
