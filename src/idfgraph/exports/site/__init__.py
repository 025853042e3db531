"""Pages for people: each document as HTML in three languages, with who says so, and the pages that
lead to them.
"""

from .content import Catalogue, Download, Site, read_catalogue
from .site import Pages

__all__ = ["Catalogue", "Download", "Pages", "Site", "read_catalogue"]
