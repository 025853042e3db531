"""What is known of a release in, its catalogue, figures, rights, links and citation out."""

from .catalogue import title_of
from .facts import Facts
from .markup import Markup
from .write import describe, facts_of, markup_of

__all__ = ["Facts", "Markup", "describe", "facts_of", "markup_of", "title_of"]
