"""Pages for people: each document as HTML in three languages, with who says so, and the pages that
lead to them.
"""

from .ask_page import AskAnswer, AskCell, AskedQuestion, AskField, AskView, Refusal, desk_page
from .content import Catalogue, Download, Site, read_catalogue
from .frame import Framing, own_words
from .outlines import Outline, Outlines, read_outlines
from .site import Pages

__all__ = [
    "AskAnswer",
    "AskCell",
    "AskField",
    "AskView",
    "AskedQuestion",
    "Catalogue",
    "Download",
    "Framing",
    "Outline",
    "Outlines",
    "Pages",
    "Refusal",
    "Site",
    "desk_page",
    "own_words",
    "read_catalogue",
    "read_outlines",
]
