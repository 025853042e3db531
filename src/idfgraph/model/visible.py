"""Characters that a reader cannot see, or that move other text about, and how they are shown all
the same.
"""

import re

#: Of a character class: bidi and joining controls, line and paragraph ends, tags, halves of
#: characters, noncharacters, and the controls but for the newline and the tab.
HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
)


def code_point(found: re.Match[str]) -> str:
    """What stands for a character that was found.

    >>> re.sub(f"[{HIDDEN}]", code_point, "a\\u202eb")
    'a<U+202E>b'
    """
    return f"<U+{ord(found[0]):04X}>"
