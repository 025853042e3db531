"""Pages for people: each document as HTML in three languages, with who says so, and the pages that lead to them."""

from .site import Catalogue, Document, Download, Site, read_catalogue
from .writing import Pages

__all__ = ["Catalogue", "Document", "Download", "Pages", "Site", "read_catalogue"]
