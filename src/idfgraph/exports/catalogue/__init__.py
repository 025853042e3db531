"""What is known of a release in, its catalogue, figures, rights, links and citation out."""

from .catalogue import title_of
from .description import describe, facts_of, markup_of
from .release_facts import Facts
from .schema_org import Markup

__all__ = ["Facts", "Markup", "describe", "facts_of", "markup_of", "title_of"]
