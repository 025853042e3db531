"""The application profile: each class with each property that it has in data, how many, what its
values are, an example and a query, from the context, the shapes, the ontology and a table of words.
"""

from .counts import AskedCount
from .lists_of_codes import CodeList, code_lists
from .profile_query import ready_query
from .profile_rows import ProfileClass, ProfileRow, profile_classes
from .profile_words import PICTURE, TIPS, number_words, value_words

__all__ = [
    "PICTURE",
    "TIPS",
    "AskedCount",
    "CodeList",
    "ProfileClass",
    "ProfileRow",
    "code_lists",
    "number_words",
    "profile_classes",
    "ready_query",
    "value_words",
]
