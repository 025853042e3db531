"""Where the nodes of a YAML text end, and where its comments are: what edits in place need to
know.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

#: A break between lines.
BREAK = re.compile("\r\n?|[\n\x85]")

_SHOWN = re.compile("[^\r\n]")
_COMMENT = re.compile("#[^\r\n]*")


class Places:
    """A text, its nodes, and where each ends; `bare` is the text with every scalar blotted out."""

    def __init__(self, text: str) -> None:
        self.text = text
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        assert root is not None
        self.root = root
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.bare = "".join(self._bare())

    def end(self, node: yaml.Node) -> int:
        """Where the last word of a node ends, before blank lines and comments."""
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return self._block_end(node)
        if not isinstance(node, yaml.CollectionNode) or node.flow_style:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)

    def line_end(self, index: int) -> int:
        """Where the line ends, before its break."""
        found = BREAK.search(self.text, index)
        return found.start() if found else len(self.text)

    def line_start(self, index: int) -> int:
        """Where the line begins."""
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def comments(self, start: int, end: int) -> Iterator[str]:
        """The comments from `start` to `end`."""
        return (
            self.text[slice(*found.span())].rstrip()
            for found in _COMMENT.finditer(self.bare, start, end)
        )

    def _block_end(self, node: yaml.Node) -> int:
        start, end = node.start_mark.index, node.end_mark.index
        header = self.text[start : self.line_end(start)].partition("#")[0]
        if "+" in header:
            return int(end) - len(self.newline)
        return min(self.line_end(start + len(self.text[start:end].rstrip())), int(end))

    def _bare(self) -> Iterator[str]:
        done = 0
        for start, end in sorted(self._scalars(self.root)):
            yield self.text[done:start] + _SHOWN.sub("x", self.text[start:end])
            done = max(start, end)
        yield self.text[done:]

    def _scalars(self, node: yaml.Node) -> Iterator[tuple[int, int]]:
        """Where the words of each scalar are; a block's begin below its first line."""
        if not isinstance(node, yaml.ScalarNode):
            for child in node.value:
                for part in child if isinstance(child, tuple) else (child,):
                    yield from self._scalars(part)
            return
        start, end = node.start_mark.index, self.end(node)
        yield (min(self.line_end(start), end) if node.style in ("|", ">") else start), end


def data_of(node: yaml.Node) -> Any:
    """What a node reads as, every scalar a text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: data_of(value) for key, value in node.value}
    return (
        [data_of(item) for item in node.value]
        if isinstance(node, yaml.SequenceNode)
        else node.value
    )
