"""Room describe: what is known of a release in, its catalogue, figures, rights, links and citation out."""

from .catalogue import catalogue_nodes, dataset_nodes, release_nodes, title_of
from .citation import citation
from .counting import Counts, count
from .examples import example_nodes
from .facts import Example, Facts, File, Node, media_type
from .markup import Markup, dataset_markup, embedded, project_markup
from .rights import rights_nodes
from .signposting import LINKSET, Link, document_links, landing_links, linkset
from .sitemap import robots, sitemaps
from .void import void_nodes
from .words import NOTES, TARGETS, filled

__all__ = [
    "LINKSET",
    "NOTES",
    "TARGETS",
    "Counts",
    "Example",
    "Facts",
    "File",
    "Link",
    "Markup",
    "Node",
    "catalogue_nodes",
    "citation",
    "count",
    "dataset_markup",
    "dataset_nodes",
    "document_links",
    "embedded",
    "example_nodes",
    "filled",
    "landing_links",
    "linkset",
    "media_type",
    "project_markup",
    "release_nodes",
    "rights_nodes",
    "robots",
    "sitemaps",
    "title_of",
    "void_nodes",
]
